"""Which repetitions are written out, and which might be searched in vain."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from icalendar import Event, vRecur

from omzien.methods.recurrence.calendars.spelling_out import check_rules, spelled_out
from omzien.methods.recurrence.errors import CannotSay, TooOften

NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)


def event(rule: str) -> Event:
    found = Event()
    found.add("dtstart", NOW)
    found.add("rrule", vRecur.from_ical(rule))
    return found


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=MONTHLY;BYDAY=1MO,3WE",
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        "FREQ=WEEKLY;INTERVAL=2;BYMONTH=9,10,11",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=WEEKLY;BYDAY=TU;BYHOUR=10,15",
        "FREQ=YEARLY;BYDAY=1SA",
    ],
)
def test_what_surely_comes_back_is_written_out(rule: str) -> None:
    check_rules(event(rule))
    found = spelled_out([event(rule)], zone="Europe/Amsterdam", minutes=45, now=NOW)
    assert {slot.minutes for slot in found} == {45}


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYYEARDAY=366",
        "FREQ=YEARLY;BYWEEKNO=53",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3",
        "FREQ=MONTHLY;BYMONTHDAY=20;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=DAILY;BYDAY=1MO",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=MONTHLY;BYSETPOS=2",
        "FREQ=MONTHLY;BYDAY=1MO,2MO;BYSETPOS=3",
        "FREQ=WEEKLY;BYMONTHDAY=13",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
        "FREQ=WEEKLY;INTERVAL=999",
        "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,10,20",
        "FREQ=DAILY;BYSECOND=0,1",
    ],
)
def test_what_may_never_come_back_is_refused(rule: str) -> None:
    with pytest.raises(CannotSay):
        check_rules(event(rule))


def test_what_is_no_meeting_is_refused() -> None:
    with pytest.raises(TooOften):
        check_rules(event("FREQ=HOURLY"))


def test_what_the_other_program_chokes_on_is_refused() -> None:
    odd = event("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1")
    odd.add("sequence", [1, 2])
    with pytest.raises(CannotSay):
        spelled_out([odd], zone="Europe/Amsterdam", minutes=45, now=NOW)
