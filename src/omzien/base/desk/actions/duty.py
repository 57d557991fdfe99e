"""Coming on duty, going away, coming back: open work always moves along in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from omzien.base.desk.models import Absence, OnDuty, WorkList
from omzien.base.desk.queries.duty import open_work, stand_in_for, work_models
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from omzien.base.accounts.models import User
    from omzien.base.journal.models import Actor


class NotOnDuty(Exception):
    """Nobody can own work who is away or has left. Choose somebody who is here."""


class AwayNow(Exception):
    """Somebody who is away cannot come on duty. End the absence first."""


class ImpossibleAbsence(Exception):
    """Choose a last day that is not before the first, other days than before, and a colleague."""


class AlreadyBack(Exception):
    """The absence is over already."""


def lock_duty(*users: User) -> dict[int, OnDuty]:
    """Hold the rows of these people, in one order, so that nobody goes away meanwhile.

    Returns them by the number of the user; who is not on duty is left out.
    """
    rows = OnDuty.objects.select_for_update().filter(user__in=users).order_by("pk")
    return {row.user_id: row for row in rows}


def duty_or_refuse(user: User) -> OnDuty:
    """Hold the row of one person, or refuse who is not on duty."""
    found = lock_duty(user).get(user.pk)
    if found is None:
        raise NotOnDuty
    return found


@transaction.atomic
def begin_duty(user: User, *, by: Actor, now: datetime) -> OnDuty:
    """Let somebody own work from now on; twice changes nothing."""
    if Absence.objects.filter(user=user, started_at__isnull=False, ended_at__isnull=True).exists():
        raise AwayNow
    if not user.is_active:
        raise NotOnDuty
    duty, made = OnDuty.objects.get_or_create(user=user, defaults={"since": now})
    if made:
        record("desk.begin_duty", subject=user, by=by, now=now)
    return duty


@transaction.atomic
def hand_over(user: User, *, to: User, by: Actor, now: datetime) -> int:
    """Move all open work and work lists of one colleague to another; returns how many pieces."""
    rows = lock_duty(user, to)
    if to.pk not in rows or user.pk not in rows or user.pk == to.pk:
        raise NotOnDuty
    moved = move_everything(rows[user.pk], to=rows[to.pk])
    record("desk.hand_over", subject=user, by=by, now=now)
    return moved


def move_everything(duty: OnDuty, *, to: OnDuty) -> int:
    """Move open work and work lists from one row to another, both held by the caller."""
    moved = sum(open_work(model).filter(owner=duty).update(owner=to) for model in work_models())
    # The new owner can no longer be the deputy of that list: a new deputy is asked for.
    WorkList.objects.filter(owner=duty, deputy=to).update(deputy=None)
    WorkList.objects.filter(owner=duty).update(owner=to)
    WorkList.objects.filter(deputy=duty, owner=to).update(deputy=None)
    WorkList.objects.filter(deputy=duty).update(deputy=to)
    return moved


@transaction.atomic
def leave_duty(user: User, *, to: User, by: Actor, now: datetime) -> int:
    """Let somebody own nothing any more: everything open goes to a colleague first."""
    moved = hand_over(user, to=to, by=by, now=now)
    OnDuty.objects.get(user=user).delete()
    record("desk.leave_duty", subject=user, by=by, now=now)
    return moved


@transaction.atomic
def plan_absence(
    user: User, *, deputy: User, first_day: date, last_day: date, by: Actor, now: datetime
) -> Absence:
    """Write when somebody will be away and who takes over; no reason is asked."""
    if last_day < first_day:
        raise ImpossibleAbsence
    try:
        with transaction.atomic():
            absence = Absence.objects.create(
                user=user, deputy=deputy, period=DateRange(first_day, last_day, "[]")
            )
    except IntegrityError as error:
        raise ImpossibleAbsence from error
    record("desk.plan_absence", subject=absence, by=by, now=now)
    return absence


@transaction.atomic
def plan_and_start(
    user: User,
    *,
    deputy: User,
    first_day: date,
    last_day: date,
    today: date,
    by: Actor,
    now: datetime,
) -> Absence:
    """Plan an absence, and begin it at once when its first day is today or before."""
    absence = plan_absence(
        user, deputy=deputy, first_day=first_day, last_day=last_day, by=by, now=now
    )
    if first_day <= today <= last_day:
        start_absence(absence, by=by, now=now)
    return absence


@transaction.atomic
def start_absence(absence: Absence, *, by: Actor, now: datetime) -> int:
    """Begin an absence: all open work goes to the deputy, or who stands in for the deputy.

    Raises `NotOnDuty` when nobody is there to take it: then nothing moves.
    """
    locked = Absence.objects.select_for_update().get(pk=absence.pk)
    if locked.running:
        return 0
    if locked.ended_at is not None:
        raise AlreadyBack
    moved = empty_hands(locked)
    locked.started_at = now
    locked.save(update_fields=["started_at"])
    absence.refresh_from_db()
    record("desk.start_absence", subject=locked, by=by, now=now)
    return moved


def empty_hands(absence: Absence) -> int:
    """Move everything of who goes away to who stands in, and take them off duty."""
    stand_in = stand_in_for(absence.deputy)
    rows = lock_duty(absence.user, *([stand_in.user] if stand_in else []))
    own = rows.get(absence.user_id)
    # Looked up again: between the first look and the lock somebody may have gone.
    taker = rows.get(stand_in.user_id) if stand_in else None
    if taker is None or taker == own:
        raise NotOnDuty
    if own is None:
        return 0
    moved = move_everything(own, to=taker)
    own.delete()
    return moved


@transaction.atomic
def end_absence(absence: Absence, *, by: Actor, now: datetime) -> OnDuty | None:
    """End an absence, or one that never began: who was away can own work again.

    What was moved stays with the deputy; `hand_over` gives it back in one action.
    """
    locked = Absence.objects.select_for_update().select_related("user").get(pk=absence.pk)
    if locked.ended_at is not None:
        raise AlreadyBack
    was_away = locked.running
    locked.ended_at = now
    locked.save(update_fields=["ended_at"])
    absence.refresh_from_db()
    record("desk.end_absence", subject=locked, by=by, now=now)
    returns = was_away and locked.user.is_active
    return begin_duty(locked.user, by=by, now=now) if returns else None


def start_and_end(
    to_start: Iterable[Absence], to_end: Iterable[Absence], *, by: Actor, now: datetime
) -> list[Absence]:
    """End and begin the absences of a night; returns those that nobody can stand in for."""
    for absence in to_end:
        end_absence(absence, by=by, now=now)
    stuck = []
    for absence in to_start:
        try:
            start_absence(absence, by=by, now=now)
        except NotOnDuty:
            stuck.append(absence)
    return stuck


@transaction.atomic
def set_work_list(
    kind: str, *, owner: User, deputy: User | None, by: Actor, now: datetime
) -> WorkList:
    """Say whose a kind of work is and who takes over."""
    wanted = [owner] if deputy is None else [owner, deputy]
    rows = lock_duty(*wanted)
    if len(rows) != len(wanted):
        raise NotOnDuty
    work_list, _made = WorkList.objects.update_or_create(
        kind=kind,
        defaults={
            "owner": rows[owner.pk],
            "deputy": rows[deputy.pk] if deputy is not None else None,
        },
    )
    record("desk.set_work_list", subject=work_list, by=by, reason=kind, now=now)
    return work_list
