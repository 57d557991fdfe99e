"""One line of a schedule: what can be, and on which days it comes back."""

from __future__ import annotations

from datetime import UTC, date, time
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omzien.methods.recurrence.errors import (
    DaysDoNotFit,
    EndsBeforeItBegins,
    EndsTwice,
    NeverTakesPlace,
    ScheduleRefused,
    WrongCount,
    WrongDay,
    WrongInterval,
    WrongLength,
    WrongTime,
)
from omzien.methods.recurrence.rules import (
    LATEST,
    Frequency,
    Rule,
    days,
    first_meeting_day,
    last_day,
    says,
)
from tests.methods.recurrence.strategies import rules

if TYPE_CHECKING:
    from collections.abc import Iterable

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
LAST = -1
EVENING = time(19, 30)
# A Tuesday.
TODAY = date(2026, 11, 24)


def rule(first_day: date = TODAY, **what: Any) -> Rule:  # noqa: ANN401 - the fields of a rule
    return Rule(first_day, what.pop("starts_at", EVENING), what.pop("minutes", 120), **what)


def first_days(of: Rule, number: int) -> list[date]:
    return list(islice(days(of, since=of.first_day, until=LATEST), number))


def written(found: Iterable[date]) -> list[str]:
    return [f"{day:%d-%m-%Y}" for day in found]


# --- On which days ------------------------------------------------------------------------------


def test_every_second_and_fourth_tuesday() -> None:
    found = rule(frequency=Frequency.MONTHLY, weekdays=(TUE,), weeks_of_month=(2, 4))
    expected = ["24-11-2026", "08-12-2026", "22-12-2026", "12-01-2027"]
    assert written(first_days(found, 4)) == expected


def test_a_week_without_weekdays_takes_that_of_its_first_day() -> None:
    expected = ["24-11-2026", "08-12-2026", "22-12-2026"]
    assert written(first_days(rule(interval=2), 3)) == expected


def test_every_second_week_goes_on_over_new_year_in_a_year_of_53_weeks() -> None:
    found = rule(date(2026, 12, 21), interval=2, weekdays=(MON,))
    assert written(first_days(found, 3)) == ["21-12-2026", "04-01-2027", "18-01-2027"]


def test_a_week_begins_on_monday() -> None:
    # From Sunday: the Monday before it is in the same week, so the next is eight days later.
    found = rule(date(2026, 11, 29), interval=2, weekdays=(MON, SUN))
    assert written(first_days(found, 3)) == ["29-11-2026", "07-12-2026", "13-12-2026"]


def test_the_fifth_friday_comes_only_in_some_months() -> None:
    found = rule(
        date(2026, 1, 1), frequency=Frequency.MONTHLY, weekdays=(FRI,), weeks_of_month=(5,)
    )
    expected = ["30-01-2026", "29-05-2026", "31-07-2026", "30-10-2026"]
    assert written(first_days(found, 4)) == expected


def test_the_31st_passes_over_short_months_and_the_last_day_does_not() -> None:
    found = rule(date(2026, 1, 31), frequency=Frequency.MONTHLY)
    assert written(first_days(found, 3)) == ["31-01-2026", "31-03-2026", "31-05-2026"]
    found = rule(date(2026, 1, 31), frequency=Frequency.MONTHLY, month_days=(LAST,))
    assert written(first_days(found, 3)) == ["31-01-2026", "28-02-2026", "31-03-2026"]


def test_the_29th_of_february_comes_every_four_years_but_not_in_2100() -> None:
    found = rule(date(2092, 2, 29), frequency=Frequency.YEARLY)
    assert written(first_days(found, 3)) == ["29-02-2092", "29-02-2096", "29-02-2104"]


def test_burendag_is_the_fourth_saturday_of_september() -> None:
    found = rule(
        date(2025, 9, 1), frequency=Frequency.YEARLY, weekdays=(SAT,), weeks_of_month=(4,)
    )
    assert written(first_days(found, 3)) == ["27-09-2025", "26-09-2026", "25-09-2027"]


def test_every_saturday_of_every_second_month() -> None:
    found = rule(date(2026, 11, 26), frequency=Frequency.MONTHLY, interval=2, weekdays=(SAT,))
    assert written(first_days(found, 3)) == ["28-11-2026", "02-01-2027", "09-01-2027"]


def test_it_goes_on_until_that_very_day() -> None:
    found = rule(until=date(2026, 12, 8))
    assert written(first_days(found, 9)) == ["24-11-2026", "01-12-2026", "08-12-2026"]
    assert last_day(found) == date(2026, 12, 8)


def test_what_is_counted_ends_after_the_last() -> None:
    found = rule(weekdays=(TUE, THU), count=3)
    assert written(first_days(found, 9)) == ["24-11-2026", "26-11-2026", "01-12-2026"]
    assert last_day(found) == date(2026, 12, 1)


def test_counting_does_not_go_beyond_2199() -> None:
    found = rule(date(2190, 1, 1), frequency=Frequency.YEARLY, count=5_000)
    assert last_day(found) == date(2199, 1, 1)


def test_once_is_once() -> None:
    found = rule(frequency=Frequency.ONCE)
    assert first_days(found, 9) == [TODAY]
    assert last_day(found) == TODAY
    assert not says(found, date(2026, 12, 1))


def test_an_endless_rule_ends_with_the_year_2199() -> None:
    assert last_day(rule()) == LATEST
    at_the_end = days(rule(), since=date(2199, 12, 26), until=date(2300, 1, 1))
    assert written(at_the_end) == ["31-12-2199"]


def test_the_first_meeting_may_be_later_than_the_first_day() -> None:
    assert first_meeting_day(rule(weekdays=(FRI,))) == date(2026, 11, 27)


def test_a_hundred_years_of_every_third_day_go_on_in_step() -> None:
    found = rule(date(1926, 1, 1), frequency=Frequency.DAILY, interval=3)
    # 1 January 1926 and 1 January 2026 are 36,525 days apart, which is 3 times 12,175.
    window = days(found, since=date(2026, 1, 1), until=date(2026, 1, 6))
    assert written(window) == ["01-01-2026", "04-01-2026"]


@given(rules(), st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.integers(0, 800))
def test_looking_from_later_gives_the_same_days(found: Rule, since: date, length: int) -> None:
    until = date.fromordinal(since.toordinal() + length)
    from_the_start = days(found, since=found.first_day, until=until)
    expected = [day for day in from_the_start if day >= since]
    assert list(days(found, since=since, until=until)) == expected


@given(rules())
def test_days_rise_within_what_the_rule_says(found: Rule) -> None:
    seen = first_days(found, 70)
    assert seen == sorted(set(seen))
    assert seen[0] == first_meeting_day(found) >= found.first_day
    assert all(says(found, day) for day in seen)
    assert seen[-1] <= last_day(found)
    if found.count is not None:
        assert seen[-1] == last_day(found)
        # Sixty times every fifth year does not fit before 2200.
        assert len(seen) == found.count or LATEST.year - seen[-1].year < 50


# --- What can be --------------------------------------------------------------------------------


def test_order_and_repetition_mean_nothing() -> None:
    found = rule(frequency=Frequency.MONTHLY, weekdays=(4, 1, 4), weeks_of_month=(LAST, 3, 1))
    assert (found.weekdays, found.weeks_of_month) == ((1, 4), (1, 3, LAST))


def test_how_often_may_be_said_by_its_word() -> None:
    assert rule(frequency="once").frequency is Frequency.ONCE


@pytest.mark.parametrize(
    ("what", "refused"),
    [
        ({"minutes": 0}, WrongLength),
        ({"minutes": -5}, WrongLength),
        ({"minutes": 10_081}, WrongLength),
        ({"starts_at": time(19, 30, tzinfo=UTC)}, WrongTime),
        ({"starts_at": time(19, 30, 0, 1)}, WrongTime),
        ({"starts_at": time(2, 30, fold=1)}, WrongTime),
        ({"first_day": date(1899, 12, 31)}, WrongDay),
        ({"first_day": date(2200, 1, 1)}, WrongDay),
        ({"until": date(2200, 1, 1)}, WrongDay),
        ({"interval": 0}, WrongInterval),
        ({"interval": -1}, WrongInterval),
        ({"interval": 367}, WrongInterval),
        ({"count": 0}, WrongCount),
        ({"count": 5_001}, WrongCount),
        ({"count": 3, "until": date(2027, 1, 1)}, EndsTwice),
        ({"until": date(2026, 11, 23)}, EndsBeforeItBegins),
        ({"weekdays": (7,)}, DaysDoNotFit),
        ({"weekdays": (-1,)}, DaysDoNotFit),
        ({"weeks_of_month": (2,)}, DaysDoNotFit),
        ({"month_days": (5,)}, DaysDoNotFit),
        ({"frequency": "daily", "weekdays": (1,)}, DaysDoNotFit),
        ({"frequency": "once", "weekdays": (1,)}, DaysDoNotFit),
        ({"frequency": "once", "interval": 2}, DaysDoNotFit),
        ({"frequency": "once", "count": 2}, DaysDoNotFit),
        ({"frequency": "once", "until": date(2027, 1, 1)}, DaysDoNotFit),
        ({"frequency": "monthly", "weeks_of_month": (2,)}, DaysDoNotFit),
        ({"frequency": "monthly", "weekdays": (1,), "weeks_of_month": (6,)}, DaysDoNotFit),
        ({"frequency": "monthly", "weekdays": (1,), "month_days": (5,)}, DaysDoNotFit),
        ({"frequency": "monthly", "month_days": (0,)}, DaysDoNotFit),
        ({"frequency": "monthly", "month_days": (32,)}, DaysDoNotFit),
        ({"frequency": "yearly", "month_days": (31,)}, NeverTakesPlace),
        ({"frequency": "monthly", "interval": 12, "month_days": (31,)}, NeverTakesPlace),
        ({"weekdays": (MON,), "until": date(2026, 11, 29)}, NeverTakesPlace),
    ],
)
def test_what_cannot_be_is_refused(what: dict[str, Any], refused: type[ScheduleRefused]) -> None:
    with pytest.raises(refused):
        rule(**{"first_day": TODAY} | what)


def test_the_30th_of_february_is_refused() -> None:
    with pytest.raises(NeverTakesPlace):
        rule(date(2026, 2, 1), frequency=Frequency.YEARLY, month_days=(30,))


def test_the_29th_of_february_in_odd_years_only_is_refused() -> None:
    with pytest.raises(NeverTakesPlace):
        rule(date(2025, 2, 1), frequency=Frequency.YEARLY, interval=2, month_days=(29,))


def test_a_refusal_is_a_sentence_and_what_it_is_about() -> None:
    with pytest.raises(WrongLength) as refused:
        rule(minutes=0)
    sentence = "A meeting lasts at least one minute and at most seven days."
    assert str(refused.value) == f"{sentence} (0)"
    assert str(EndsTwice()) == EndsTwice.__doc__
