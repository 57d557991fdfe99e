"""Giving the log-in of retention what erasing takes, and no more."""

from __future__ import annotations

from django.db import connections, transaction
from psycopg import sql

from omzien.base.privacy.queries.declarations import tables
from omzien.base.privacy.queries.rights import retention_rights

ROLE = sql.Identifier("omzien_retention")


def grant_rights(*, using: str) -> None:
    """Take all rights from retention and give those that the declarations ask for, at once.

    It runs after every migration, with the owner's log-in.
    """
    there = tables(using=using)
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}").format(ROLE))
        for table, rights in sorted(retention_rights().items()):
            if table in there:
                cursor.execute(grant(table, rights))


def grant(table: str, rights: set[str]) -> sql.Composed:
    """Write the statement; a right such as "UPDATE (name)" holds for one column."""
    return sql.SQL("GRANT {} ON {} TO {}").format(
        sql.SQL(", ").join(map(right_in_sql, sorted(rights))), sql.Identifier(table), ROLE
    )


def right_in_sql(right: str) -> sql.Composable:
    """Write one right in SQL, its column as a name."""
    verb, _, column = right.partition(" ")
    if not column:
        return {"SELECT": SELECT, "INSERT": INSERT, "DELETE": DELETE}[verb]
    return sql.SQL("UPDATE ({})").format(sql.Identifier(column.strip("()")))


SELECT, INSERT, DELETE = sql.SQL("SELECT"), sql.SQL("INSERT"), sql.SQL("DELETE")
