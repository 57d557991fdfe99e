"""What is past its term, by the declarations alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from psycopg import sql

from omzien.base.privacy.queries.declarations import model_of, personal_declarations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models.expressions import Combinable

    from omzien.base.privacy.models import Declaration

RETENTION = "retention"
OWN_NUMBER = "{pk}"


@dataclass(frozen=True)
class PastTerm:
    """How many rows of a table are past their term, and how they end."""

    table: str
    erase: str
    rows: int
    until: datetime


def to_erase() -> Iterator[Declaration]:
    """Yield the declarations that the nightly erasure carries out row by row."""
    for one in personal_declarations():
        if one.erase in {"delete", "anonymise"}:
            yield one


def past_term(*, now: datetime) -> list[PastTerm]:
    """Return what the next erasure would end; nothing is changed."""
    return [
        PastTerm(one.table, one.erase, count_expired(one, now=now), until(one, now=now))
        for one in to_erase()
    ]


def until(one: Declaration, *, now: datetime) -> datetime:
    """Return the moment before which a date is past its term."""
    return now - (one.keep or timedelta(0))


def count_expired(one: Declaration, *, now: datetime) -> int:
    """Count with the application's log-in: only erasing takes the one of retention."""
    model = model_of(one.table)
    if model is not None:
        return expired(model, one, now=now).using("default").count()
    query = sql.SQL("SELECT count(*) FROM {} WHERE {} < %s")
    with connection.cursor() as cursor:
        cursor.execute(named(query, one), [until(one, now=now)])
        return int(cursor.fetchone()[0])


def named(query: sql.SQL, one: Declaration) -> sql.Composed:
    """Fill in the names of a table without a model and of its date."""
    return query.format(sql.Identifier(one.table), sql.Identifier(one.keep_from))


def expired(model: type[Model], one: Declaration, *, now: datetime) -> QuerySet[Model]:
    """Return the rows past their term; those that were anonymised before do not come again."""
    found = model._base_manager.using(RETENTION)
    found = found.filter(**{f"{one.keep_from}__lt": until(one, now=now)})
    return found.exclude(already(one)) if one.anonymise else found


def already(one: Declaration) -> Q:
    """Return the condition that a row holds nothing any more but what anonymising leaves."""
    done = Q()
    for name, value in replacements(one).items():
        done &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return done


def replacements(one: Declaration) -> dict[str, Any]:
    """Return what takes the place of each field; `{pk}` becomes the number of the row."""
    return {name: replacement(text) for name, text in one.anonymise.items()}


def replacement(text: str | None) -> str | Combinable | None:
    if text is None or OWN_NUMBER not in text:
        return text
    before, _, after = text.partition(OWN_NUMBER)
    return Concat(Value(before), Cast("pk", TextField()), Value(after), output_field=TextField())
