"""The work lists: who waits longest first, one line a person, over every kind of owned work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac
from django.utils.text import capfirst

from omzien.base.desk.queries.duty import kind_of, open_work, work_models
from omzien.base.people.queries.participants import identity_of, unseal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from omzien.base.accounts.models import User
    from omzien.base.desk.models import OwnedWork

# More lines than this on one page help nobody; the page says how many there are.
MOST_LINES = 100


@dataclass(frozen=True)
class WorkItem:
    """One piece of open work as a line shows it."""

    key: str
    kind: str
    kind_title: str
    title: str
    url: str
    # The number of the person it is about, to put work for one person on one line.
    person: int | None
    who: str
    opened_at: datetime
    due_on: date
    owner: str
    owner_email: str
    note: str
    mark: str
    ends_with_an_answer: bool = False

    def late(self, today: date) -> bool:
        return self.due_on < today


@dataclass(frozen=True)
class Line:
    """Everything open for one person: what waits longest, and the rest."""

    first: WorkItem
    others: tuple[WorkItem, ...]
    late: bool


def open_items(*, kind: str = "", owner: User | None = None) -> list[WorkItem]:
    """Return open work of one kind or all, of one owner or all, longest waiting first."""
    models = [model for model in work_models() if not kind or kind_of(model) == kind]
    found = [item_of(work) for model in models for work in with_people(model, owner=owner)]
    return sorted(found, key=lambda item: (item.opened_at, item.key))


def with_people(model: type[OwnedWork], *, owner: User | None) -> Iterable[OwnedWork]:
    """Return open work with owner and person read along, so that a list takes one query a kind."""
    names = {field.name for field in model._meta.get_fields()}
    person = ["participant__identity"] if "participant" in names else []
    work = open_work(model).select_related("owner__user", *person, *model.READ_ALONG)
    return work.filter(owner__user=owner) if owner else work


def item_of(work: OwnedWork) -> WorkItem:
    """Return a piece of open work as a line shows it."""
    assert work.owner is not None  # noqa: S101 - the database refuses open work without one
    person = work.about
    meta = work._meta
    return WorkItem(
        key=str(work.key),
        kind=kind_of(work),
        kind_title=capfirst(str(meta.verbose_name)),
        title=work.title,
        url=work.get_absolute_url(),
        person=person.pk if person else None,
        who=who_of(work),
        opened_at=work.opened_at,
        due_on=work.due_on,
        owner=str(work.owner.user),
        owner_email=work.owner.user.email,
        note=unseal(person, work.sealed_note),
        mark=mark_of(work),
        ends_with_an_answer=work.ends_with_an_answer,
    )


def who_of(work: OwnedWork) -> str:
    """Return the name of the person, or what was noted of a caller whom we do not know."""
    identity = identity_of(work.about) if work.about else None
    return identity.name if identity else str(getattr(work, "whom", ""))


def mark_of(work: OwnedWork) -> str:
    """Return a keyed hash of what can be changed: it shows whether a row is still the same."""
    state = [kind_of(work), work.key, work.due_on, work.owner_id, work.sealed_note, work.closed_at]
    return salted_hmac("desk.row", "|".join(map(str, state)), algorithm="sha256").hexdigest()[:32]


def lines(items: Iterable[WorkItem], *, today: date) -> list[Line]:
    """Return one line a person, who waits longest first."""
    people: dict[object, list[WorkItem]] = {}
    for item in items:
        people.setdefault(item.person if item.person is not None else item.key, []).append(item)
    return [
        Line(first=own[0], others=tuple(own[1:]), late=any(each.late(today) for each in own))
        for own in people.values()
    ]
