"""The clock on the wall, and what it does twice a year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omzien.methods.recurrence.errors import UnknownZone
from omzien.methods.recurrence.zones import (
    clock_changes,
    days_of_change,
    end_of,
    is_plain,
    known_zone,
    moment,
)

AMSTERDAM = known_zone("Europe/Amsterdam")


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return moment(wall(text), AMSTERDAM).astimezone(UTC)


def test_half_past_seven_stays_half_past_seven() -> None:
    assert utc("2026-03-24T19:30") == datetime(2026, 3, 24, 18, 30, tzinfo=UTC)
    assert utc("2026-03-31T19:30") == datetime(2026, 3, 31, 17, 30, tzinfo=UTC)


def test_a_time_that_is_skipped_becomes_an_hour_later() -> None:
    found = moment(wall("2026-03-29T02:30"), AMSTERDAM)
    assert found.isoformat() == "2026-03-29T03:30:00+02:00"


def test_of_a_time_that_comes_twice_it_is_the_first() -> None:
    found = moment(wall("2026-10-25T02:30"), AMSTERDAM)
    assert found.isoformat() == "2026-10-25T02:30:00+02:00"


def test_an_end_goes_by_the_clock_on_the_wall() -> None:
    evening = moment(wall("2026-10-24T22:00"), AMSTERDAM)
    assert end_of(evening, 480).isoformat() == "2026-10-25T06:00:00+01:00"
    skipped = moment(wall("2026-03-29T02:30"), AMSTERDAM)
    assert end_of(skipped, 60).isoformat() == "2026-03-29T04:30:00+02:00"
    into_the_gap = moment(wall("2026-03-29T01:30"), AMSTERDAM)
    assert end_of(into_the_gap, 60).isoformat() == "2026-03-29T03:30:00+02:00"


@given(st.datetimes(wall("2026-03-28"), wall("2026-03-30")), st.integers(1, 3_000))
def test_an_end_is_always_after_its_start(local: datetime, minutes: int) -> None:
    for days_later in (0, 210):
        start = moment(local + timedelta(days=days_later), AMSTERDAM)
        assert end_of(start, minutes).astimezone(UTC) > start.astimezone(UTC)


@pytest.mark.parametrize(
    ("local", "minutes", "plain"),
    [
        ("2026-06-02T02:30", 60, True),
        ("2026-03-29T10:00", 60, True),
        ("2026-03-29T03:00", 60, True),
        ("2026-03-29T02:30", 10, False),
        ("2026-03-29T01:30", 60, False),
        ("2026-03-28T22:00", 480, False),
        ("2026-10-25T02:30", 10, False),
        ("2026-10-25T01:30", 60, False),
        ("2026-10-24T22:00", 480, False),
        ("2026-10-25T03:00", 60, True),
    ],
)
def test_around_a_clock_change_programs_differ(local: str, minutes: int, *, plain: bool) -> None:
    assert is_plain(wall(local), minutes, AMSTERDAM) is plain


def test_the_clock_changes_on_the_last_sundays_of_march_and_october() -> None:
    forward, back = clock_changes(AMSTERDAM, 2026)
    assert (forward.local, forward.name) == (wall("2026-03-29T02:00"), "CEST")
    assert (back.local, back.name) == (wall("2026-10-25T03:00"), "CET")
    assert (forward.summer, back.summer) == (True, False)
    assert back.before == forward.after == timedelta(hours=2)
    assert back.after == forward.before == timedelta(hours=1)
    found = days_of_change(AMSTERDAM, since=date(2026, 3, 29), until=date(2027, 3, 27))
    assert found == [date(2026, 3, 29), date(2026, 10, 25)]


def test_where_the_clock_stands_still_it_does_not_change() -> None:
    assert clock_changes(known_zone("Asia/Tokyo"), 2026) == ()


@pytest.mark.parametrize(
    "name", ["", "Europe/Zoetermeer", "../../etc/passwd", "Europe", 999 * "a"]
)
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone):
        known_zone(name)
