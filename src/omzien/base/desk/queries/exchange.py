"""What a work list that came back wants to change, row by row."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.core import signing
from django.utils.timezone import localtime

from omzien.base.desk.importers.work_sheet import NotAWorkList, SheetRow
from omzien.base.desk.queries.duty import people_on_duty, work_models
from omzien.base.desk.queries.lists import mark_of, open_items
from omzien.methods.bsn import looks_like_bsn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from omzien.base.accounts.models import User
    from omzien.base.desk.models import OwnedWork
    from omzien.base.desk.queries.lists import WorkItem

STAMP, WISHES = "desk.work_sheet", "desk.wishes"
# How long a list that was taken may come back, and how long a difference may wait for a yes.
OLDEST_SHEET, OLDEST_WISHES = timedelta(days=31), timedelta(hours=1)


class Refusal(StrEnum):
    """Why a row is not taken over."""

    UNKNOWN = "unknown"
    CHANGED = "changed"
    DAY = "day"
    OWNER = "owner"
    DONE = "done"
    ANSWER = "answer"
    BSN = "bsn"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to change about one piece of work; None leaves it as it is."""

    key: str
    mark: str
    due_on: str | None = None
    owner: str | None = None
    note: str | None = None
    done: bool = False


@dataclass(frozen=True)
class Change:
    """One cell: what it was and what it becomes."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """One row that came back different: what would change, or why it is refused."""

    row: SheetRow
    changes: tuple[Change, ...]
    wish: Wish
    refusal: Refusal | None = None


def rows_for_sheet(items: Iterable[WorkItem]) -> list[SheetRow]:
    """Return open work as the rows of a spreadsheet."""
    return [
        SheetRow(
            key=item.key,
            mark=item.mark,
            title=item.title,
            who=item.who,
            since=localtime(item.opened_at).date(),
            due_on=item.due_on,
            owner=item.owner_email,
            done=False,
            note=item.note,
        )
        for item in items
    ]


def new_stamp(by: User) -> str:
    """Return the signed mark of a list that was taken from here, by whom and when."""
    return signing.dumps(str(by.key), salt=STAMP)


def check_stamp(stamp: str) -> None:
    """Refuse a list that was not taken from here, or longer than a month ago."""
    try:
        signing.loads(stamp, salt=STAMP, max_age=OLDEST_SHEET)
    except signing.BadSignature as error:
        raise NotAWorkList from error


def differences(rows: Iterable[SheetRow]) -> list[Difference]:
    """Return what would change, row by row; rows that say nothing new are left out."""
    now = {item.key: item for item in open_items()}
    owners = {duty.user.email.casefold() for duty in people_on_duty()}
    found = [difference(row, now.get(row.key), owners) for row in rows]
    return [each for each in found if each.changes or each.refusal]


def difference(row: SheetRow, item: WorkItem | None, owners: set[str]) -> Difference:
    """Return what one row changes about a piece of open work, or why it cannot."""
    wish = Wish(key=row.key, mark=row.mark)
    if item is None:
        return Difference(row, (), wish, Refusal.UNKNOWN)
    changes = tuple(changes_of(row, item))
    fields = {change.field for change in changes}
    wish = replace(
        wish,
        due_on=row.due_on.isoformat() if row.due_on and "due_on" in fields else None,
        owner=row.owner if "owner" in fields else None,
        note=row.note if "note" in fields else None,
        done=bool(row.done),
    )
    refusal = refusal_of(row, item, owners) if changes else None
    return Difference(row, changes, wish, refusal)


def changes_of(row: SheetRow, item: WorkItem) -> Iterable[Change]:
    """Yield each cell that is different from what is known now."""
    pairs = [
        ("due_on", item.due_on.isoformat(), row.due_on.isoformat() if row.due_on else ""),
        ("owner", item.owner_email.casefold(), row.owner),
        ("note", item.note, row.note),
        ("done", "", "" if row.done is False else "x" if row.done else "?"),
    ]
    return (Change(field, before, after) for field, before, after in pairs if before != after)


def refusal_of(row: SheetRow, item: WorkItem, owners: set[str]) -> Refusal | None:
    """Return why a row that changes something is refused, or None."""
    reasons = {
        Refusal.CHANGED: row.mark != item.mark,
        Refusal.DAY: row.due_on is None,
        Refusal.OWNER: row.owner not in owners,
        Refusal.DONE: row.done is None,
        Refusal.ANSWER: bool(row.done) and item.ends_with_an_answer,
        Refusal.BSN: looks_like_bsn(row.note),
    }
    return next((reason for reason, true in reasons.items() if true), None)


def sign_wishes(found: Iterable[Difference], *, by: User) -> str:
    """Return what may be approved as one signed text, for this person and for an hour."""
    wishes = [asdict(each.wish) for each in found if each.refusal is None]
    return signing.dumps([str(by.key), wishes], salt=WISHES, compress=True)


def read_wishes(signed: str, *, by: User) -> list[Wish]:
    """Return what was shown to this person to approve; refuse anything else."""
    try:
        key, wishes = signing.loads(signed, salt=WISHES, max_age=OLDEST_WISHES)
    except signing.BadSignature as error:
        raise NotAWorkList from error
    if key != str(by.key):
        raise NotAWorkList
    return [Wish(**wish) for wish in wishes]


def day_wished(wish: Wish) -> date | None:
    return date.fromisoformat(wish.due_on) if wish.due_on else None


def work_by_key(keys: Iterable[str]) -> dict[str, OwnedWork]:
    """Return pieces of work of any kind by key."""
    wanted = [UUID(key) for key in keys]
    return {
        str(work.key): work
        for model in work_models()
        for work in model._default_manager.filter(key__in=wanted)  # noqa: SLF001 - Django's own
    }


def is_unchanged(work: OwnedWork, wish: Wish) -> bool:
    return mark_of(work) == wish.mark
