"""The database of the tests: the application's role, a transaction, nothing left behind."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import ProgrammingError, connection, connections, transaction
from django.utils import timezone

if TYPE_CHECKING:
    from omzien.config.provision import DatabaseUrls


def keep_session() -> None:
    Session.objects.create(session_key="kept", session_data="", expire_date=timezone.now())


@pytest.mark.django_db
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_test_writes_is_gone_in_the_next(turn: int) -> None:
    assert not Session.objects.exists(), turn
    keep_session()


@pytest.mark.django_db
def test_tests_run_as_the_application_and_own_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, pg_has_role('omzien_app', 'MEMBER')")
        assert cursor.fetchone() == ("omzien_login_app", True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "TRUNCATE django_session",
        "DROP TABLE django_session",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "DELETE FROM journal_entry",
        "UPDATE journal_entry SET verb = 'other'",
    ],
)
def test_the_application_may_not(statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_committed_copy_is_seen_by_other_processes(committed_db: DatabaseUrls) -> None:
    keep_session()
    program = (
        "import psycopg, sys;"
        "print(psycopg.connect(sys.argv[1]).execute('SELECT session_key FROM django_session')"
        ".fetchall())"
    )
    seen = subprocess.run(
        [sys.executable, "-c", program, committed_db.default],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "kept" in seen.stdout


def test_a_committed_copy_starts_empty(committed_db: DatabaseUrls) -> None:
    with psycopg.connect(committed_db.default) as other:
        assert other.execute("SELECT count(*) FROM django_session").fetchone() == (0,)


def test_the_owner_makes_tables_that_the_application_can_fill(committed_db: DatabaseUrls) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE fresh (id int)")
    with psycopg.connect(committed_db.default) as application:
        application.execute("INSERT INTO fresh VALUES (1)")
    with psycopg.connect(committed_db.retention) as retention:
        assert retention.execute("DELETE FROM fresh").rowcount == 1
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            retention.execute("INSERT INTO fresh VALUES (2)")
