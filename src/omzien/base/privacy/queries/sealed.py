"""Where in the database sealed text stands, and with which key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, models
from psycopg import sql

from omzien.base.privacy.queries.declarations import our_models

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


@dataclass(frozen=True)
class Column:
    """A column that may hold sealed text."""

    table: str
    column: str
    number: str

    def fill(self, query: str) -> sql.Composed:
        """Put the names of table, column and row number in a query."""
        return sql.SQL(query).format(
            table=sql.Identifier(self.table),
            column=sql.Identifier(self.column),
            number=sql.Identifier(self.number),
        )


COUNT_OLD = "SELECT count(*) FROM {table} WHERE {column} LIKE %s AND {column} NOT LIKE %s"
CHOOSE_OLD = (
    "SELECT {number}, {column} FROM {table} WHERE {column} LIKE %s AND {column} NOT LIKE %s"
    " LIMIT %s FOR UPDATE"
)
CHANGE = "UPDATE {table} SET {column} = %s WHERE {number} = %s"


def text_columns() -> Iterator[Column]:
    """Yield every free text column of ours: an app may keep sealed text in a plain one too."""
    for model in our_models():
        if not model._meta.managed:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.TextField | models.CharField) and not field.choices:
                number = str(model._meta.pk.column)
                yield Column(model._meta.db_table, str(field.column), number)


def patterns(controller: str, current: int) -> list[str]:
    """Return how any value of this controller begins, and how one with the newest key does."""
    escaped = controller.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return [f"{escaped}/%:gAAAA%", f"{escaped}/{current}:%"]


def count_old(controller: str, *, current: int) -> int:
    """Return how many values wait to be sealed again with the newest key."""
    return sum(count_in(column, controller, current) for column in text_columns())


def count_in(column: Column, controller: str, current: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(column.fill(COUNT_OLD), patterns(controller, current))
        return int(cursor.fetchone()[0])


def open_since(moment: datetime) -> int:
    """Return how many transactions of the application began before `moment` and still run."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = current_user"
            " AND datname = current_database() AND pid <> pg_backend_pid() AND xact_start < %s",
            [moment],
        )
        return int(cursor.fetchone()[0])
