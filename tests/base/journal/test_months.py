"""Months come ahead of time, go at their term, and leave a signed line."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, ProgrammingError, connection, connections

from omzien.base.journal.actions import (
    drop_expired_months,
    drop_month,
    make_month,
    make_months,
    make_strays_a_month,
    record,
)
from omzien.base.journal.models import Actor, Entry, MonthProof
from omzien.base.journal.queries import (
    NoSigningKey,
    broken_proofs,
    month_after,
    months,
    sign,
    unaccounted_months,
)

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
JAN_2015, FEB_2015 = date(2015, 1, 1), date(2015, 2, 1)
FATIMA = Actor(uuid.uuid4(), "visitor")
pytestmark = pytest.mark.usefixtures("committed_db")


def happen(*days: datetime) -> None:
    for day in days:
        record("visit.planned", subject=None, by=FATIMA, now=day)


def in_2015(month: int, day: int = 10) -> datetime:
    return datetime(2015, month, day, tzinfo=UTC)


def where_they_lie() -> list[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM journal_entry ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def test_make_months_makes_this_month_and_three_ahead_once() -> None:
    later = datetime(2030, 11, 5, tzinfo=UTC)
    expected = [date(2030, 11, 1), date(2030, 12, 1), date(2031, 1, 1), date(2031, 2, 1)]
    assert make_months(now=later) == expected
    assert make_months(now=later) == []


def test_a_fresh_database_has_its_months() -> None:
    assert len(months()) >= 4


def test_an_entry_lies_in_its_month() -> None:
    make_month(JAN_2015)
    happen(in_2015(1), in_2015(2))
    assert where_they_lie() == ["journal_entry_2015_01", "journal_entry_default"]


def test_entries_that_came_too_early_move_into_their_month_unchanged() -> None:
    happen(in_2015(1, 1), in_2015(1, 31), in_2015(2, 1))
    before = list(Entry.objects.order_by("id").values())
    make_month(JAN_2015)
    assert where_they_lie() == [
        "journal_entry_2015_01",
        "journal_entry_2015_01",
        "journal_entry_default",
    ]
    assert list(Entry.objects.order_by("id").values()) == before


def test_drop_expired_months_erases_what_is_past_its_term_and_nothing_else() -> None:
    make_month(JAN_2015)
    happen(in_2015(1), in_2015(1), NOW)
    proofs = drop_expired_months(now=NOW)
    assert [(proof.month, proof.entries) for proof in proofs] == [(JAN_2015, 2)]
    assert set(Entry.objects.values_list("verb", "at")) == {
        ("visit.planned", NOW),
        ("journal.month_erased", NOW),
    }
    assert drop_expired_months(now=NOW) == []


def test_old_entries_without_a_month_go_too() -> None:
    happen(in_2015(1), datetime(2015, 2, 28, 23, 30, tzinfo=UTC))
    make_strays_a_month(NOW - Entry.Privacy.keep)
    assert where_they_lie() == ["journal_entry_2015_01", "journal_entry_2015_02"]
    assert [proof.month for proof in drop_expired_months(now=NOW)] == [JAN_2015, FEB_2015]


def test_a_month_within_its_term_cannot_be_dropped_whatever_the_clock_of_the_caller() -> None:
    this_month = months()[0]
    far = NOW + timedelta(days=365 * 100)
    with pytest.raises(DatabaseError, match="within its term"):
        drop_expired_months(now=far)
    assert this_month in months()


def test_the_term_in_the_database_is_the_declared_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'journal_drop_month'")
        source = str(cursor.fetchone()[0])
    assert f"interval '{Entry.Privacy.keep.days} days'" in source


def test_drop_month_is_all_or_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    make_month(JAN_2015)
    happen(in_2015(1))
    monkeypatch.setattr(settings, "SECRETS_DIR", tmp_path)
    with pytest.raises(NoSigningKey):
        drop_month(JAN_2015, now=NOW)
    assert JAN_2015 in months()
    assert Entry.objects.count() == 1
    assert not MonthProof.objects.exists()


def test_the_same_entries_give_the_same_fingerprint() -> None:
    make_month(JAN_2015)
    make_month(FEB_2015)
    first, second = drop_month(JAN_2015, now=NOW), drop_month(FEB_2015, now=NOW)
    assert first.digest == second.digest
    assert len(first.digest) == 64
    assert first.signature != second.signature


@pytest.mark.parametrize("alias", ["default", "retention"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_monthproof SET entries = 0",
        "DELETE FROM journal_monthproof",
        "TRUNCATE journal_monthproof",
        "ALTER TABLE journal_monthproof DISABLE TRIGGER ALL",
        "DROP TABLE journal_monthproof",
    ],
)
def test_nobody_rewrites_a_proof(alias: str, statement: str) -> None:
    with pytest.raises(ProgrammingError), connections[alias].cursor() as cursor:
        cursor.execute(statement)


def test_the_application_cannot_write_a_proof() -> None:
    with pytest.raises(ProgrammingError, match="denied"):
        MonthProof.objects.create(month=JAN_2015, entries=0, dropped_at=NOW, signature="x")


def test_a_proof_that_was_changed_is_found() -> None:
    for month in (JAN_2015, FEB_2015, date(2015, 3, 1)):
        make_month(month)
        happen(datetime(2015, month.month, 5, tzinfo=UTC))
    proofs = drop_expired_months(now=NOW)
    assert list(broken_proofs(MonthProof.objects.all())) == []
    proofs[1].entries = 0
    assert list(broken_proofs(proofs)) == [proofs[1]]


def test_a_proof_that_was_taken_out_is_found() -> None:
    for month in (JAN_2015, FEB_2015, date(2015, 3, 1)):
        make_month(month)
    first, _taken, third = drop_expired_months(now=NOW)
    assert list(broken_proofs([first, third])) == [third]


def test_sign_depends_on_the_key_the_content_and_the_one_before(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    known = sign("", ["2015-01-01", "2"])
    assert known == sign("", ["2015-01-01", "2"])
    assert known != sign("", ["2015-01-01", "3"])
    assert known != sign("x", ["2015-01-01", "2"])
    monkeypatch.setattr(settings, "SECRETS_DIR", tmp_path)
    with pytest.raises(NoSigningKey):
        sign("", [])


def test_journal_proof_says_that_all_is_accounted_for(capsys: pytest.CaptureFixture[str]) -> None:
    month, first_of_this_installation = JAN_2015, months()[0]
    while month < first_of_this_installation:
        make_month(month)
        month = month_after(month)
    drop_expired_months(now=NOW)
    call_command("journal_proof")
    assert "82 months erased at their term" in capsys.readouterr().out


def test_journal_proof_finds_a_month_that_was_dropped_by_hand() -> None:
    for month in (JAN_2015, FEB_2015, date(2015, 3, 1)):
        make_month(month)
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE journal_entry_2015_02")
    assert FEB_2015 in unaccounted_months()
    with pytest.raises(CommandError, match="2015-02: gone without a proof"):
        call_command("journal_proof")


def test_journal_proof_finds_a_forged_line() -> None:
    make_month(JAN_2015)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_monthproof (month, entries, digest, dropped_at, signature)"
            " VALUES ('2015-02-01', 4, '', now(), 'f')"
        )
    with pytest.raises(CommandError, match="2015-02: the signature is wrong"):
        call_command("journal_proof")
