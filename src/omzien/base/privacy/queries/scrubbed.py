"""What a scrubbed dump puts in the place of each column, worked out from the declarations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connections, models
from psycopg import sql

from omzien.base.privacy.fields import EncryptedTextField
from omzien.base.privacy.queries.declarations import declarations, model_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omzien.base.privacy.models import Declaration

    AnyField = models.Field[Any, Any]

OWNER = "owner"
KEPT = (
    *(models.AutoField, models.IntegerField, models.BooleanField, models.UUIDField),
    *(models.ForeignKey, models.DateField, models.DurationField),
)
WORDS = (models.CharField, models.TextField, models.FileField)
ABOUT_BIRTH = ("birth", "born")


class Uncovered(Exception):
    """A field about people says not what a scrubbed dump does with it: `fields = {…}`."""


@dataclass(frozen=True)
class Copy:
    """One table in the dump: its columns and what is read for each."""

    table: str
    columns: tuple[str, ...]
    values: tuple[sql.Composable, ...]

    @property
    def query(self) -> sql.Composed:
        """Return the statement that reads the rows, scrubbed."""
        return sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(
            sql.SQL(", ").join(self.values), sql.Identifier(self.table)
        )

    @property
    def head(self) -> sql.Composed:
        """Return the statement in the dump that the rows follow."""
        return sql.SQL("COPY public.{} ({}) FROM stdin;").format(
            sql.Identifier(self.table), sql.SQL(", ").join(map(sql.Identifier, self.columns))
        )


def copies() -> list[Copy]:
    """Return how every table that is there is copied; refuse where a field is not covered."""
    plan, uncovered = [], list[str]()
    for one in declarations():
        columns = columns_of(one.table)
        if one.scrub == "empty" or not columns:
            continue
        model = model_of(one.table)
        if one.personal and model is None:
            uncovered.append(f"{one.table}: no model says what its columns are; scrub it empty")
            continue
        uncovered += not_covered(one, model)
        values = [value_of(one, model, column) for column in columns]
        plan.append(Copy(one.table, tuple(columns), tuple(values)))
    if uncovered:
        raise Uncovered("; ".join(uncovered))
    return plan


def columns_of(table: str) -> list[str]:
    """Return the columns of a table, without those that the database computes."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
            [f'public."{table}"'],
        )
        return [name for (name,) in cursor.fetchall()]


def not_covered(one: Declaration, model: type[models.Model] | None) -> Iterator[str]:
    """Yield the fields about people of which nobody said what becomes of them."""
    if not one.personal or model is None:
        return
    known = {field.column for field in model._meta.local_concrete_fields}
    for field in model._meta.local_concrete_fields:
        if field.name not in one.fields and scrubbed(field) is None:
            yield f"{one.table}.{field.name}"
    for column in columns_of(one.table):
        if column not in known:
            yield f"{one.table}.{column}"


def value_of(one: Declaration, model: type[models.Model] | None, column: str) -> sql.Composable:
    """Return what is read for a column."""
    if not one.personal or model is None:
        return sql.Identifier(column)
    field = next((f for f in model._meta.local_concrete_fields if f.column == column), None)
    if field is None:
        return sql.SQL("NULL")
    return in_sql(field, one.fields.get(field.name) or scrubbed(field) or "blank")


def scrubbed(field: AnyField) -> str | None:
    """Say what becomes of a field that its declaration does not name; None: nobody knows."""
    if isinstance(field, EncryptedTextField):
        return "blank"
    if isinstance(field, models.EmailField):
        return "fake"
    if isinstance(field, WORDS):
        return "keep" if field.choices else "fake" if is_unique(field) else "blank"
    if isinstance(field, models.JSONField | models.BinaryField | models.GenericIPAddressField):
        return "blank"
    if isinstance(field, KEPT) and not any(word in field.name for word in ABOUT_BIRTH):
        return "keep"
    return None


def is_unique(field: AnyField) -> bool:
    """Say whether two rows may not hold the same, alone or together with other fields."""
    together = (
        field.name in rule.fields
        for rule in field.model._meta.constraints
        if isinstance(rule, models.UniqueConstraint)
    )
    return field.unique or any(together)


def in_sql(field: AnyField, what: str) -> sql.Composable:
    """Write "keep", "blank" or "fake" as an expression."""
    if what == "keep":
        return sql.Identifier(str(field.column))
    if what == "fake":
        number = sql.Identifier(str(field.model._meta.pk.column))
        ending = "@example.invalid" if isinstance(field, models.EmailField) else ""
        return sql.SQL("'x' || {} || {}").format(number, sql.Literal(ending))
    if field.null:
        return sql.SQL("NULL")
    if isinstance(field, models.JSONField):
        return sql.SQL("'{}'::jsonb")
    return sql.SQL("'0.0.0.0'" if isinstance(field, models.GenericIPAddressField) else "''")
