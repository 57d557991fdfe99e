"""What happens to any piece of owned work: given to somebody, put off, done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.desk.actions.duty import NotOnDuty, duty_or_refuse
from omzien.base.desk.queries.duty import kind_of, people_on_duty, work_list_of
from omzien.base.journal.actions import record
from omzien.base.people.queries.participants import seal

if TYPE_CHECKING:
    from datetime import date, datetime

    from omzien.base.accounts.models import User
    from omzien.base.desk.models import OnDuty, OwnedWork
    from omzien.base.journal.models import Actor


class AlreadyDone(Exception):
    """Somebody finished it already."""


class EndsWithAnAnswer(Exception):
    """This ends with the person's own answer. Open it and write down how it ended."""


def hold(work: OwnedWork) -> OwnedWork:
    """Hold the row of open work until the transaction ends; refuse what is done."""
    manager = type(work)._default_manager  # noqa: SLF001 - Django's own
    locked = manager.select_for_update().get(pk=work.pk)
    if locked.closed_at is not None:
        raise AlreadyDone
    return locked


def owner_of_new(model: type[OwnedWork]) -> OnDuty:
    """Return who gets new work of a kind: the owner of the list, held until the end.

    Without a list it goes to whoever has been on duty longest; refused when nobody is.
    """
    work_list = work_list_of(kind_of(model))
    first = work_list.owner if work_list else people_on_duty().order_by("since", "pk").first()
    if first is None:
        raise NotOnDuty
    return duty_or_refuse(first.user)


@transaction.atomic
def assign_work(work: OwnedWork, *, to: User, by: Actor, now: datetime) -> OwnedWork:
    """Give open work to somebody who is on duty."""
    duty = duty_or_refuse(to)
    locked = hold(work)
    locked.owner = duty
    locked.save(update_fields=["owner"])
    record("desk.assign_work", subject=locked, by=by, reason=kind_of(locked), now=now)
    return locked


@transaction.atomic
def set_due_day(work: OwnedWork, *, due_on: date, by: Actor, now: datetime) -> OwnedWork:
    """Set before which day open work must be done."""
    locked = hold(work)
    locked.due_on = due_on
    locked.save(update_fields=["due_on"])
    record("desk.set_due_day", subject=locked, by=by, reason=kind_of(locked), now=now)
    return locked


@transaction.atomic
def move_work(
    work: OwnedWork, *, to: User | None, due_on: date | None, by: Actor, now: datetime
) -> None:
    """Move open work to a colleague, to another day, or both at once."""
    if to is not None:
        assign_work(work, to=to, by=by, now=now)
    if due_on is not None:
        set_due_day(work, due_on=due_on, by=by, now=now)


@transaction.atomic
def change_note(work: OwnedWork, *, note: str, by: Actor, now: datetime) -> OwnedWork:
    """Change the note of open work; it is kept encrypted."""
    locked = hold(work)
    locked.sealed_note = seal(locked.about, note)
    locked.save(update_fields=["sealed_note"])
    record("desk.change_note", subject=locked, by=by, reason=kind_of(locked), now=now)
    return locked


@transaction.atomic
def close_work(work: OwnedWork, *, by: Actor, now: datetime) -> OwnedWork:
    """Write that work is done; it belongs to nobody any more."""
    if work.ends_with_an_answer:
        raise EndsWithAnAnswer
    locked = hold(work)
    locked.owner, locked.closed_at, locked.closed_by = None, now, by.key
    locked.save(update_fields=["owner", "closed_at", "closed_by"])
    record("desk.close_work", subject=locked, by=by, reason=kind_of(locked), now=now)
    return locked
