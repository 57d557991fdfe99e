"""The application can add to the journal and read it, and nothing else: we try everything."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction

from omzien.base.journal.actions import make_month, record
from omzien.base.journal.models import Actor, Entry
from omzien.base.journal.queries import months

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
EARLY = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
FATIMA = Actor(uuid.uuid4(), "visitor")

REFUSED = r"denied|must be owner"
TABLES = ["journal_entry", "journal_entry_default", "journal_entry_2026_11"]
FORBIDDEN = [
    "UPDATE {table} SET verb = 'x'",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} DISABLE TRIGGER journal_append_only",
    "ALTER TABLE {table} ALTER COLUMN reason TYPE text",
    "DROP TABLE {table}",
    "CREATE RULE nothing AS ON INSERT TO {table} DO INSTEAD NOTHING",
    "CREATE TRIGGER mine BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION journal_refuse()",
]


def execute(statement: str, *, using: str = "default") -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(statement)


def happen(at: datetime = NOW) -> None:
    record("visit.planned", subject=None, by=FATIMA, now=at)


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_application_is_refused(statement: str, table: str) -> None:
    make_month(date(2026, 11, 1))
    happen()
    with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
        execute(statement.format(table=table))
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_a_month_made_a_moment_ago_is_as_shut_as_the_others() -> None:
    make_month(date(2031, 5, 1))
    happen(datetime(2031, 5, 6, tzinfo=UTC))
    for statement in FORBIDDEN:
        with pytest.raises(ProgrammingError), transaction.atomic():
            execute(statement.format(table="journal_entry_2031_05"))
    with pytest.raises(ProgrammingError), transaction.atomic():
        execute("SELECT * FROM journal_entry_2031_05")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "DROP FUNCTION journal_refuse() CASCADE",
        "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
        "SELECT journal_drop_month('2015-01-01')",
        "ALTER TABLE journal_entry DETACH PARTITION journal_entry_default",
        "SET ROLE omzien_retention",
        "SET session_replication_role = replica",
        "ALTER ROLE omzien_app SUPERUSER",
        "CREATE TABLE journal_entry_mine PARTITION OF journal_entry DEFAULT",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_the_application_finds_no_way_round(statement: str) -> None:
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        execute(statement)


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_retention_changes_nothing_by_hand_either(statement: str, table: str) -> None:
    make_month(date(2026, 11, 1))
    with pytest.raises(ProgrammingError, match=REFUSED):
        execute(statement.format(table=table), using="retention")


@pytest.mark.usefixtures("committed_db")
@pytest.mark.parametrize("at", [NOW, EARLY])
def test_not_even_the_owner_changes_or_empties_it_by_mistake(at: datetime) -> None:
    make_month(date(2026, 11, 1))
    happen(at)
    for table in TABLES:
        with pytest.raises(ProgrammingError, match="append-only"):
            execute(f"TRUNCATE {table}", using="owner")
    for statement in ("UPDATE journal_entry SET verb = 'x'", "DELETE FROM journal_entry"):
        with pytest.raises(ProgrammingError, match="append-only"):
            execute(statement, using="owner")


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["Mevrouw De Vries was boos", "Vries", "a" * 61])
def test_there_is_no_room_for_a_name_or_a_sentence(reason: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        record("visit.planned", subject=None, by=FATIMA, reason=reason, now=NOW)


@pytest.mark.django_db
def test_the_rights_on_every_part_are_the_least_there_can_be() -> None:
    make_month(date(2027, 2, 1))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, acl.privilege_type FROM pg_class,"
            " LATERAL aclexplode(relacl) AS acl WHERE relname LIKE 'journal_entry%%'"
            " AND relkind IN ('r', 'p') AND acl.grantee::regrole::text LIKE 'omzien_%%'"
            " AND acl.grantee <> relowner"
        )
        rights = set(cursor.fetchall())
    assert rights == {("journal_entry", "SELECT"), ("journal_entry", "INSERT")}
    assert date(2027, 2, 1) in months()
