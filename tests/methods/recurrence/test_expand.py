"""The meetings of a plan: what takes place, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omzien.methods.recurrence.expand import meetings, next_meeting, times_changed
from omzien.methods.recurrence.plans import Change, DayRange, Plan, Slot
from omzien.methods.recurrence.rules import Frequency, Rule
from tests.methods.recurrence.schedules import TRICKY
from tests.methods.recurrence.strategies import plans

TUE, FRI = 1, 4
EVENING = time(19, 30)
YEAR = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
COFFEE = Rule(date(2026, 11, 3), EVENING, 120, weekdays=(TUE,))
NOVEMBER = (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
TENTH = datetime(2026, 11, 10, 18, 30, tzinfo=UTC)


def starts(plan: Plan, after: datetime = YEAR[0], before: datetime = YEAR[1]) -> list[str]:
    found = meetings(plan, after=after, before=before)
    return [f"{meeting.start:%d-%m %H:%M}" for meeting in found]


def in_november(plan: Plan) -> list[str]:
    return starts(plan, *NOVEMBER)


# --- The ten schedules, by hand -----------------------------------------------------------------

BY_HAND = {
    "the clock goes forward": ["10-03 19:30", "17-03 19:30", "24-03 19:30", "31-03 19:30"],
    "an hour that does not exist": [
        *("27-03 02:30", "28-03 02:30", "29-03 03:15", "29-03 03:30", "30-03 02:30"),
    ],
    "the fifth Friday": ["30-01 16:00", "29-05 16:00", "31-07 16:00", "30-10 16:00"],
    "the last weekday of the month, and the last day": [
        *("27-01 20:00", "29-01 20:00", "31-01 12:00", "24-02 20:00", "26-02 20:00"),
        *("28-02 12:00", "26-03 20:00", "31-03 12:00", "31-03 20:00"),
    ],
    "twice a day, and one day altogether at another time": [
        *("02-02 10:00", "02-02 15:00", "04-02 10:00", "04-02 15:00", "06-02 10:00"),
        *("06-02 15:00", "09-02 10:00", "09-02 15:00", "11-02 10:00", "11-02 15:00"),
        *("13-02 10:00", "13-02 15:00", "16-02 10:00", "16-02 15:00", "18-02 12:00"),
        *("20-02 10:00", "23-02 15:00", "25-02 10:00"),
    ],
    "every second week over New Year in a year of 53 weeks": [
        *("26-11 09:30", "07-12 09:30", "10-12 09:30", "21-12 09:30", "24-12 09:30"),
    ],
    "the 31st, until that very day": [
        *("31-01 23:00", "31-03 23:00", "31-05 23:00", "31-07 23:00", "31-08 23:00"),
        *("31-10 23:00", "31-12 23:00"),
    ],
    "so many times, of which some do not go on": [
        *("19-03 19:00", "24-03 19:00", "31-03 19:00", "02-04 19:00", "07-04 19:00"),
        *("09-04 19:00", "14-04 19:00", "16-04 19:00", "21-04 19:00", "30-04 19:30"),
        "07-05 19:00",
    ],
}


@pytest.mark.parametrize("name", BY_HAND)
def test_tricky_schedules_are_as_worked_out_by_hand(name: str) -> None:
    assert starts(TRICKY[name])[: len(BY_HAND[name])] == BY_HAND[name]


def test_a_night_of_an_hour_more() -> None:
    plan = TRICKY["the clock goes back, and a night goes on through it"]
    noon = datetime(2026, 10, 24, 12, tzinfo=UTC)
    found = meetings(plan, after=noon, before=noon + timedelta(1))
    assert [(f"{each.start:%d-%m %H:%M %Z}", f"{each.end:%d-%m %H:%M %Z}") for each in found] == [
        ("24-10 22:00 CEST", "25-10 06:00 CET"),
        ("25-10 02:30 CEST", "25-10 03:15 CET"),
        ("25-10 10:00 CET", "25-10 11:30 CET"),
    ]


def test_meetings_on_holidays_are_moved() -> None:
    plan = TRICKY["meetings on holidays are moved"]
    # Closed from 27 April to 8 May; Easter Monday is 6 April, Whit Monday 25 May.
    assert starts(plan)[4:12] == [
        *("30-03 14:00", "07-04 15:30", "13-04 14:00", "20-04 14:00", "28-04 14:00"),
        *("05-05 11:00", "11-05 14:00", "18-05 14:00"),
    ]
    assert "25-05 14:00" not in starts(plan)
    assert starts(plan)[-2:] == ["25-12 12:00", "28-12 14:00"]


# --- Changes ------------------------------------------------------------------------------------


def test_a_cancelled_meeting_does_not_take_place() -> None:
    plan = Plan((COFFEE,), changes=(Change(date(2026, 11, 10), EVENING),))
    assert in_november(plan) == ["03-11 19:30", "17-11 19:30", "24-11 19:30"]


def test_a_moved_meeting_says_when_it_should_have_been() -> None:
    to = Slot(date(2026, 11, 12), time(10), 60)
    plan = Plan((COFFEE,), changes=(Change(date(2026, 11, 10), EVENING, to),))
    assert in_november(plan) == ["03-11 19:30", "12-11 10:00", "17-11 19:30", "24-11 19:30"]
    moved = meetings(plan, after=NOVEMBER[0], before=NOVEMBER[1])[1]
    assert moved.end.isoformat() == "2026-11-12T11:00:00+01:00"


def test_a_change_of_a_meeting_that_no_rule_has_does_nothing() -> None:
    to = Slot(date(2026, 11, 12), time(10), 60)
    for change in (
        Change(date(2026, 11, 11), EVENING, to),
        Change(date(2026, 11, 10), time(9), to),
        Change(date(2026, 11, 11), None, to),
    ):
        assert in_november(Plan((COFFEE,), changes=(change,))) == in_november(Plan((COFFEE,)))


def test_all_of_a_day_becomes_one_meeting_but_for_what_is_changed_by_name() -> None:
    morning = replace(COFFEE, starts_at=time(10))
    noon = replace(COFFEE, starts_at=time(12))
    plan = Plan(
        (COFFEE, morning, noon),
        changes=(
            Change(date(2026, 11, 10), None, Slot(date(2026, 11, 10), time(14), 60)),
            Change(date(2026, 11, 10), time(10), Slot(date(2026, 11, 10), time(11), 60)),
        ),
    )
    assert times_changed(plan, plan.changes[0]) == [time(12), EVENING]
    assert in_november(plan)[3:6] == ["10-11 11:00", "10-11 14:00", "17-11 10:00"]


def test_on_closed_days_only_what_was_moved_or_added_takes_place() -> None:
    away = Slot(date(2026, 11, 12), time(10), 60)
    plan = Plan(
        (COFFEE,),
        changes=(
            Change(date(2026, 11, 10), EVENING, away),
            Change(date(2026, 11, 24), EVENING, Slot(date(2026, 11, 17), time(9), 60)),
        ),
        extra=(Slot(date(2026, 11, 11), time(8), 60),),
        closed=(
            DayRange(date(2026, 11, 9), date(2026, 11, 20)),
            DayRange(date(2026, 11, 10), date(2026, 11, 11)),
        ),
    )
    assert in_november(plan) == ["03-11 19:30", "11-11 08:00", "12-11 10:00", "17-11 09:00"]


def test_cancelling_a_day_leaves_what_was_added() -> None:
    plan = Plan(
        (COFFEE,),
        changes=(Change(date(2026, 11, 10)),),
        extra=(Slot(date(2026, 11, 10), EVENING, 30),),
    )
    found = meetings(plan, after=NOVEMBER[0], before=NOVEMBER[1])
    assert in_november(plan) == in_november(Plan((COFFEE,)))
    assert found[1].end - found[1].start == timedelta(minutes=30)


def test_of_meetings_that_begin_together_one_is_left() -> None:
    monthly = replace(COFFEE, frequency=Frequency.MONTHLY, weeks_of_month=(1,), minutes=30)
    plan = Plan(
        (COFFEE, monthly),
        changes=(Change(date(2026, 11, 17), EVENING, Slot(date(2026, 11, 10), EVENING, 15)),),
        extra=(Slot(date(2026, 11, 3), EVENING, 45), Slot(date(2026, 11, 24), EVENING, 45)),
    )
    found = meetings(plan, after=NOVEMBER[0], before=NOVEMBER[1])
    assert in_november(plan) == ["03-11 19:30", "10-11 19:30", "24-11 19:30"]
    assert {each.end - each.start for each in found} == {timedelta(minutes=120)}


def test_a_moved_meeting_goes_before_an_extra_one() -> None:
    to = Slot(date(2026, 11, 12), time(10), 60)
    plan = Plan(
        (COFFEE,),
        changes=(Change(date(2026, 11, 10), EVENING, to),),
        extra=(replace(to, minutes=15),),
    )
    moved = meetings(plan, after=NOVEMBER[0], before=NOVEMBER[1])[1]
    assert moved.end - moved.start == timedelta(minutes=60)


# --- The window ---------------------------------------------------------------------------------


def test_the_window_holds_its_beginning_and_not_its_end() -> None:
    assert starts(Plan((COFFEE,)), TENTH, TENTH + timedelta(seconds=1)) == ["10-11 19:30"]
    assert starts(Plan((COFFEE,)), TENTH - timedelta(days=1), TENTH) == []


def test_a_window_backwards_is_empty() -> None:
    plan = Plan((COFFEE,), extra=(Slot(date(2026, 11, 4), EVENING, 9),))
    assert starts(plan, *YEAR[::-1]) == []


def test_a_limit_takes_the_first_ones() -> None:
    found = meetings(Plan((COFFEE,)), after=YEAR[0], before=YEAR[1], limit=2)
    assert [meeting.start.day for meeting in found] == [3, 10]


def test_a_window_needs_zones() -> None:
    bare = [moment.replace(tzinfo=None) for moment in YEAR]
    with pytest.raises(ValueError, match="zone"):
        meetings(Plan(), after=bare[0], before=YEAR[1])
    with pytest.raises(ValueError, match="zone"):
        meetings(Plan(), after=YEAR[0], before=bare[1])


def test_the_widest_window_of_all_is_not_too_wide() -> None:
    ends_of_time = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    assert len(starts(Plan((replace(COFFEE, count=40),)), *ends_of_time)) == 40


@given(plans(), st.integers(0, 1_400), st.integers(0, 400), st.integers(0, 400))
def test_meetings_rise_within_the_window_and_windows_add_up(
    plan: Plan, begin: int, first: int, second: int
) -> None:
    after = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=begin)
    middle, before = after + timedelta(days=first), after + timedelta(days=first + second)
    found = meetings(plan, after=after, before=before)
    moments = [meeting.start.timestamp() for meeting in found]
    assert moments == sorted(set(moments))
    assert all(after.timestamp() <= each < before.timestamp() for each in moments)
    assert all(meeting.start.timestamp() < meeting.end.timestamp() for meeting in found)
    parts = (
        *meetings(plan, after=after, before=middle),
        *meetings(plan, after=middle, before=before),
    )
    assert parts == found
    assert meetings(plan, after=after, before=before, limit=2) == found[:2]


# --- The next one, and the last -----------------------------------------------------------------


def test_the_next_meeting_may_be_this_very_moment() -> None:
    this = next_meeting(Plan((COFFEE,)), after=TENTH)
    later = next_meeting(Plan((COFFEE,)), after=TENTH + timedelta(seconds=1))
    assert this
    assert later
    assert this.start.isoformat() == "2026-11-10T19:30:00+01:00"
    assert later.start.isoformat() == "2026-11-17T19:30:00+01:00"


def test_a_fifth_friday_in_february_is_found_after_28_years() -> None:
    rare = Rule(
        date(2025, 2, 1),
        EVENING,
        60,
        Frequency.YEARLY,
        weekdays=(FRI,),
        weeks_of_month=(5,),
    )
    # It takes a leap year of which 1 February is a Friday: 2036, 2064, 2092.
    first = next_meeting(Plan((rare,)), after=YEAR[0])
    second = next_meeting(Plan((rare,)), after=datetime(2036, 3, 1, tzinfo=UTC))
    assert first
    assert second
    assert (first.start.date(), second.start.date()) == (date(2036, 2, 29), date(2064, 2, 29))


def test_a_plan_without_rules_has_no_next_meeting() -> None:
    assert next_meeting(Plan(), after=YEAR[0]) is None
