"""Work lists out and back: taken with a reason, taken over in one transaction or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.accounts.models import User
from omzien.base.desk.actions.duty import lock_duty
from omzien.base.desk.actions.work import (
    AlreadyDone,
    assign_work,
    change_note,
    close_work,
    hold,
    set_due_day,
)
from omzien.base.desk.importers.work_sheet import write_sheet
from omzien.base.desk.queries.exchange import (
    day_wished,
    is_unchanged,
    new_stamp,
    rows_for_sheet,
    work_by_key,
)
from omzien.base.desk.queries.lists import open_items
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from omzien.base.desk.models import OwnedWork
    from omzien.base.desk.queries.exchange import Wish
    from omzien.base.journal.models import Actor


class ChangedMeanwhile(Exception):
    """Somebody changed one of these rows in the meantime. Nothing was taken over."""


@transaction.atomic
def take_work_list(
    user: User, *, kind: str, mine: bool, reason: str, by: Actor, now: datetime
) -> bytes:
    """Return open work as a spreadsheet; the journal keeps who took it and why (a code)."""
    items = open_items(kind=kind, owner=user if mine else None)
    record("desk.take_work_list", subject=user, by=by, reason=reason, now=now)
    return write_sheet(rows_for_sheet(items), stamp=new_stamp(user))


@transaction.atomic
def approve_wishes(wishes: Sequence[Wish], *, by: Actor, now: datetime) -> int:
    """Take over what was approved, all of it or nothing; returns how many rows."""
    emails = {wish.owner for wish in wishes if wish.owner}
    owners = {user.email.casefold(): user for user in User.objects.filter(email__in=emails)}
    # Held first and together, in the order of an absence, so that neither waits for the other.
    lock_duty(*owners.values())
    found = work_by_key(wish.key for wish in wishes)
    for wish in wishes:
        work = found.get(wish.key)
        if work is None:
            raise ChangedMeanwhile
        grant(work, wish, owners=owners, by=by, now=now)
    record("desk.approve_wishes", subject=None, by=by, now=now)
    return len(wishes)


def grant(
    work: OwnedWork, wish: Wish, *, owners: dict[str, User], by: Actor, now: datetime
) -> None:
    """Do what is wished with one piece of work, if nobody changed it meanwhile."""
    try:
        unchanged = is_unchanged(hold(work), wish)
    except AlreadyDone as error:
        raise ChangedMeanwhile from error
    if not unchanged:
        raise ChangedMeanwhile
    day = day_wished(wish)
    if day is not None:
        set_due_day(work, due_on=day, by=by, now=now)
    if wish.note is not None:
        change_note(work, note=wish.note, by=by, now=now)
    if wish.owner is not None and not wish.done:
        assign_work(work, to=owners[wish.owner], by=by, now=now)
    if wish.done:
        close_work(work, by=by, now=now)
