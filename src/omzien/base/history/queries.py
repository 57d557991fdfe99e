"""Reads of history: what changed in a record, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Field

from omzien.base.history.models import Revision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from omzien.base.journal.models import Actor, Subject


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a record before and after a change."""

    field: str
    before: object
    after: object


def revisions_of(subject: Subject) -> QuerySet[Revision]:
    """Return the changes of one record, newest first."""
    return Revision.objects.filter(
        subject_type=subject._meta.label_lower, subject_key=subject.key
    ).order_by("-at", "-pk")


def changed_by_others(kind: type[Model], *, than: Actor) -> set[UUID]:
    """Return the keys of the records of a kind that somebody else changed."""
    found = Revision.objects.filter(subject_type=kind._meta.label_lower)
    return set(found.exclude(actor_key=than.key).values_list("subject_key", flat=True))


def revision_by_key(key: UUID) -> Revision | None:
    return Revision.objects.filter(key=key).first()


def differences(revision: Revision) -> list[Difference]:
    """Return the fields that a change touched, by name."""
    names = sorted(revision.before.keys() | revision.after.keys())
    return [
        Difference(name, revision.before.get(name), revision.after.get(name)) for name in names
    ]


def snapshot(record: Model, fields: Iterable[str]) -> dict[str, object]:
    """Return the values of these fields: the state before or after a change."""
    return {name: value_of(record, name) for name in fields}


def value_of(record: Model, name: str) -> object:
    """Return a plain value; of another record its number, of several records their numbers."""
    field = record._meta.get_field(name)
    if field.many_to_many:
        return sorted(getattr(record, name).values_list("pk", flat=True))
    assert isinstance(field, Field)  # noqa: S101 - a name of a column
    return field.value_from_object(record)
