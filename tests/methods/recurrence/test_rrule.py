"""Rules as text: there and back, and what a schedule has no words for."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from itertools import takewhile
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given

from omzien.methods.recurrence.errors import (
    CannotSay,
    EndsTwice,
    NeverTakesPlace,
    NotARule,
    ScheduleRefused,
    TooOften,
    WrongCount,
    WrongInterval,
)
from omzien.methods.recurrence.rrule import from_rrule, to_rrule
from omzien.methods.recurrence.rules import Frequency, Rule, days, first_meeting_day
from tests.methods.recurrence.strategies import rules

# A Tuesday.
START = datetime.fromisoformat("2026-11-24T19:30")


def read(text: str) -> Rule:
    return from_rrule(text, start=START, minutes=90)


def rule(**what: Any) -> Rule:  # noqa: ANN401 - the fields of a rule
    return Rule(START.date(), START.time(), 90, **what)


@given(rules())
def test_there_and_back_is_the_same_rule(found: Rule) -> None:
    start = datetime.combine(found.first_day, found.starts_at)
    assert from_rrule(to_rrule(found), start=start, minutes=found.minutes) == found


@given(rules())
def test_dateutil_reads_the_same_days_in_the_text(found: Rule) -> None:
    start = datetime.combine(first_meeting_day(found), found.starts_at)
    # UNTIL is in UTC, and dateutil is asked without zones.
    until = f"{found.until:%Y%m%d}" if found.until else ""
    text = re.sub(r"UNTIL=\w+", f"UNTIL={until}T235959", to_rrule(found))
    theirs = rrulestr(text or "FREQ=DAILY;COUNT=1", dtstart=start)
    end = datetime.combine(date(2029, 1, 1), time())
    expected = [moment.date() for moment in takewhile(lambda moment: moment < end, theirs)]
    assert list(days(found, since=found.first_day, until=date(2028, 12, 31))) == expected


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ({}, "FREQ=WEEKLY"),
        ({"frequency": "once"}, ""),
        ({"frequency": "daily", "interval": 3, "count": 5}, "FREQ=DAILY;INTERVAL=3;COUNT=5"),
        ({"weekdays": (0, 3)}, "FREQ=WEEKLY;BYDAY=MO,TH"),
        (
            {
                "frequency": "monthly",
                "weekdays": (1,),
                "weeks_of_month": (2, 4),
                "until": date(2026, 12, 31),
            },
            "FREQ=MONTHLY;UNTIL=20261231T225959Z;BYDAY=2TU,4TU",
        ),
        ({"frequency": "monthly", "month_days": (1, -1)}, "FREQ=MONTHLY;BYMONTHDAY=1,-1"),
        (
            {"frequency": "yearly", "weekdays": (5,), "weeks_of_month": (-1,)},
            "FREQ=YEARLY;BYMONTH=11;BYDAY=-1SA",
        ),
    ],
)
def test_a_rule_as_text(what: dict[str, Any], text: str) -> None:
    assert to_rrule(rule(**what)) == text
    assert read(text) == rule(**what)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        # Outlook.
        (
            "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2",
            {"frequency": "monthly", "weekdays": (1,), "weeks_of_month": (2,)},
        ),
        ("FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;WKST=SU", {"weekdays": (1,)}),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR;WKST=SU", {"interval": 2, "weekdays": (1, 4)}),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", {"weekdays": (0, 1, 2, 3, 4)}),
        ("freq=weekly;byday=tu;", {"weekdays": (1,)}),
        ("FREQ=WEEKLY;BYHOUR=19;BYMINUTE=30;BYSECOND=0", {}),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=24", {"frequency": "yearly", "month_days": (24,)}),
        ("FREQ=YEARLY;BYMONTH=11", {"frequency": "yearly"}),
        ("FREQ=WEEKLY;UNTIL=99991231T235959Z", {}),
        ("FREQ=WEEKLY;UNTIL=20261208", {"until": date(2026, 12, 8)}),
        ("FREQ=WEEKLY;UNTIL=20261208T193000", {"until": date(2026, 12, 8)}),
        ("FREQ=WEEKLY;UNTIL=20261208T192959", {"until": date(2026, 12, 7)}),
        ("FREQ=WEEKLY;UNTIL=20261208T183000Z", {"until": date(2026, 12, 8)}),
        ("FREQ=WEEKLY;UNTIL=20261208T182959Z", {"until": date(2026, 12, 7)}),
    ],
)
def test_what_others_say_in_another_way(text: str, what: dict[str, Any]) -> None:
    assert read(text) == rule(**what)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=WEEKLY;BYDAY=TU;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=MONTHLY;BYDAY=1MO,3WE",
        "FREQ=MONTHLY;BYDAY=MO,1TU",
        "FREQ=MONTHLY;BYDAY=-2TU",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=WEEKLY;BYMONTH=1,2,3",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,TU;WKST=SU",
        "FREQ=WEEKLY;BYDAY=1TU",
        "FREQ=WEEKLY;BYHOUR=10,15",
        "FREQ=WEEKLY;BYMINUTE=0",
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
        "FREQ=DAILY;BYMONTHDAY=5",
        "FREQ=YEARLY;BYMONTH=3",
        "FREQ=YEARLY;BYDAY=SA",
        "FREQ=YEARLY;BYMONTHDAY=24",
        "FREQ=YEARLY;BYYEARDAY=100",
        "FREQ=YEARLY;BYWEEKNO=20",
        "RSCALE=HEBREW;FREQ=YEARLY",
    ],
)
def test_what_a_schedule_has_no_words_for(text: str) -> None:
    with pytest.raises(CannotSay) as refused:
        read(text)
    assert text in str(refused.value)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("FREQ=SECONDLY", TooOften),
        ("FREQ=MINUTELY;INTERVAL=5", TooOften),
        ("FREQ=HOURLY", TooOften),
        ("EVERY WEEK", NotARule),
        ("FREQ=SOMETIMES", NotARule),
        ("INTERVAL=2", NotARule),
        ("FREQ=WEEKLY;INTERVAL=0", NotARule),
        ("FREQ=WEEKLY;COUNT=0", NotARule),
        ("FREQ=WEEKLY;COUNT=-1", NotARule),
        ("FREQ=WEEKLY;COUNT=2;COUNT=3", NotARule),
        ("FREQ=WEEKLY;BYDAY=XX", NotARule),
        ("FREQ=WEEKLY;BYDAY=", NotARule),
        ("FREQ=MONTHLY;BYMONTHDAY=0", NotARule),
        ("FREQ=MONTHLY;BYMONTHDAY=32", NotARule),
        ("FREQ=YEARLY;BYMONTH=13", NotARule),
        ("FREQ=WEEKLY;UNTIL=20269999", NotARule),
        ("FREQ=WEEKLY;UNTIL=tomorrow", NotARule),
        ("FREQ=WEEKLY;BYEASTER=1", NotARule),
        ("FREQ=WEEKLY;BYMONTHDAY=" + ",".join(["1"] * 1_000), NotARule),
        ("FREQ=WEEKLY;INTERVAL=999", WrongInterval),
        ("FREQ=WEEKLY;COUNT=9999", WrongCount),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20270101", EndsTwice),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=31", NeverTakesPlace),
    ],
)
def test_nonsense_is_refused(text: str, refused: type[ScheduleRefused]) -> None:
    with pytest.raises(refused):
        read(text)


def test_the_end_is_that_of_the_zone() -> None:
    found = rule(until=date(2026, 12, 8))
    text = to_rrule(found, zone="America/New_York")
    assert text == "FREQ=WEEKLY;UNTIL=20261209T045959Z"
    assert from_rrule(text, start=START, minutes=90, zone="America/New_York") == found


def test_once_is_said_by_no_rule() -> None:
    assert read("") == rule(frequency=Frequency.ONCE)
