"""The clock of a zone in a calendar says what the tz database says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from omzien.methods.recurrence.calendars.time_zones import time_zone
from omzien.methods.recurrence.zones import known_zone

ZONES = ["Europe/Amsterdam", "Europe/London", "America/New_York", "Australia/Lord_Howe"]


def offsets(name: str, *, since: int) -> list[tuple[timedelta | None, timedelta | None]]:
    """Return what the calendar says and what the tz database says, every day of six years."""
    ours, theirs = time_zone(name, since=since).to_tz(lookup_tzid=False), known_zone(name)
    start = datetime(max(since, 1990), 1, 1, 5, tzinfo=UTC)
    moments = [start + timedelta(days=number) for number in range(366 * 6)]
    return [
        (each.astimezone(ours).utcoffset(), each.astimezone(theirs).utcoffset())
        for each in moments
    ]


@pytest.mark.parametrize("name", ZONES)
def test_the_clock_goes_as_in_the_tz_database(name: str) -> None:
    assert [pair for pair in offsets(name, since=2026) if pair[0] != pair[1]] == []


def test_the_clock_of_amsterdam_is_two_rules_from_1970() -> None:
    written = time_zone("Europe/Amsterdam", since=2026).to_ical(sorted=False).decode()
    assert written.split("\r\n")[1:8] == [
        "TZID:Europe/Amsterdam",
        "BEGIN:DAYLIGHT",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "TZNAME:CEST",
        "DTSTART:19700329T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
    ]
    assert written.count("RRULE") == 2


def test_before_1996_every_change_is_written_by_itself() -> None:
    # In 1995 the clock went back in September.
    assert b"RRULE" not in time_zone("Europe/Amsterdam", since=1994).to_ical()
    assert [p for p in offsets("Europe/Amsterdam", since=1994) if p[0] != p[1]] == []


def test_a_clock_that_follows_the_moon_is_written_change_by_change() -> None:
    assert b"RRULE" not in time_zone("Africa/Casablanca", since=2026).to_ical()


def test_a_clock_that_stands_still_has_one_offset() -> None:
    written = time_zone("Asia/Tokyo", since=2026).to_ical().decode()
    assert written.count("TZOFFSETTO:+0900") == 1
    assert "DAYLIGHT" not in written
