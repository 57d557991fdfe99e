"""Writing down a view, looking up who did, and telling unusual viewing from a busy week."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from omzien.base.accounts.models import User
from omzien.base.journal.actions import UnknownReason, look_up, record, record_view
from omzien.base.journal.models import Actor, Entry, ViewReason
from omzien.base.journal.queries import (
    entries,
    key_of_account,
    names_of,
    unusual_viewing,
    views_of,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
JAN, PIET = Actor(uuid.uuid4(), "coordinator"), Actor(uuid.uuid4(), "privacy_officer")


@dataclass
class Dossier:
    """Stands for any record with a key."""

    key: uuid.UUID = field(default_factory=uuid.uuid4)
    _meta = User._meta


def view(by: Actor, times: int, at: datetime = NOW) -> None:
    for _ in range(times):
        record_view(Dossier(), by=by, reason=ViewReason.FOLLOW_UP, now=at - timedelta(minutes=1))


def test_record_view_writes_who_what_when_and_why_and_returns_the_dossier() -> None:
    dossier = Dossier()
    assert record_view(dossier, by=JAN, reason=ViewReason.PHONE, now=NOW) is dossier
    line = Entry.objects.get()
    assert (line.actor_key, line.actor_role) == (JAN.key, "coordinator")
    assert (line.subject_type, line.subject_key) == ("accounts.user", dossier.key)
    assert (line.verb, line.reason, line.at) == ("viewed", "view.phone", NOW)


@pytest.mark.parametrize("reason", ["", "curious", "view.because"])
def test_record_view_wants_a_reason_from_the_list(reason: str) -> None:
    with pytest.raises(UnknownReason):
        record_view(Dossier(), by=JAN, reason=reason, now=NOW)
    assert not Entry.objects.exists()


def test_entries_are_found_by_record_actor_and_month_newest_first() -> None:
    dossier, other = Dossier(), Dossier()
    record("visit.planned", subject=dossier, by=JAN, now=NOW)
    record("visit.held", subject=dossier, by=PIET, now=NOW + timedelta(days=30))
    record("visit.planned", subject=other, by=JAN, now=NOW)
    assert [line.verb for line in entries(record=dossier.key)] == ["visit.held", "visit.planned"]
    assert entries(actor=JAN.key).count() == 2
    assert entries(record=dossier.key, actor=JAN.key, month=date(2026, 11, 1)).count() == 1
    assert entries(month=date(2026, 12, 31)).count() == 1


def test_views_of_a_person_cover_all_their_records_and_nothing_but_views() -> None:
    dossier, visit = Dossier(), Dossier()
    record_view(dossier, by=JAN, reason=ViewReason.PHONE, now=NOW)
    record_view(visit, by=JAN, reason=ViewReason.PREPARE, now=NOW)
    record("visit.planned", subject=dossier, by=JAN, now=NOW)
    record_view(Dossier(), by=JAN, reason=ViewReason.PHONE, now=NOW)
    assert {line.subject_key for line in views_of([dossier.key, visit.key])} == {
        dossier.key,
        visit.key,
    }
    assert views_of([dossier.key]).count() == 1


def test_look_up_is_itself_written_down() -> None:
    dossier = Dossier()
    found = look_up(entries(record=dossier.key), record_key=dossier.key, by=PIET, now=NOW)
    assert [(line.verb, line.actor_key) for line in found] == [("journal.read", PIET.key)]


def test_names_are_found_for_who_still_has_an_account() -> None:
    jan = User.objects.create(email="jan@example.nl", name="Jan", joined_at=NOW)
    assert names_of([jan.key, PIET.key]) == {jan.key: "Jan"}
    assert key_of_account("JAN@example.nl") == jan.key
    assert key_of_account("sam@example.nl") is None


def test_a_quiet_week_is_not_unusual_even_when_nobody_else_looked() -> None:
    view(JAN, 19)
    assert unusual_viewing(now=NOW) == []


def test_far_more_than_ones_own_weeks_before_is_unusual() -> None:
    view(JAN, 60)
    (one,) = unusual_viewing(now=NOW)
    assert (one.actor, one.role, one.seen) == (JAN.key, "coordinator", 60)
    assert (one.colleagues, one.before) == (60, 0)


def test_far_more_than_colleagues_is_unusual_also_when_it_is_a_habit() -> None:
    for back in range(9):
        view(JAN, 30, at=NOW - timedelta(days=7 * back))
    for _ in range(3):
        view(Actor(uuid.uuid4(), "coordinator"), 5)
    (one,) = unusual_viewing(now=NOW)
    assert (one.seen, one.colleagues, one.before) == (30, 5, 30)


def test_as_busy_as_colleagues_and_as_before_is_usual() -> None:
    for back in range(9):
        view(JAN, 30, at=NOW - timedelta(days=7 * back))
    view(Actor(uuid.uuid4(), "visitor"), 1)
    assert unusual_viewing(now=NOW) == []


def test_one_dossier_opened_many_times_counts_once() -> None:
    dossier = Dossier()
    for _ in range(60):
        record_view(dossier, by=JAN, reason=ViewReason.PHONE, now=NOW - timedelta(hours=1))
    assert unusual_viewing(now=NOW) == []
