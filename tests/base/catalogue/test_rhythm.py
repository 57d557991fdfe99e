"""The meetings of four weeks in words, by their rhythm or else by their dates."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone, translation

from omzien.base.catalogue.queries.rhythm import rhythm_words

# A Tuesday; four weeks later the clock has not changed.
FIRST = date(2026, 11, 3)
MORNING, EVENING = (time(10), time(12)), (time(19, 30), time(21))


@pytest.fixture(autouse=True)
def in_english() -> object:
    with translation.override("en"):
        yield


def at(*days: int, hours: tuple[time, time] = MORNING) -> list[tuple[datetime, datetime]]:
    """Return moments so many days after the first."""
    return [
        (
            timezone.make_aware(datetime.combine(FIRST + timedelta(days=day), hours[0])),
            timezone.make_aware(datetime.combine(FIRST + timedelta(days=day), hours[1])),
        )
        for day in days
    ]


def words(*moments: tuple[datetime, datetime]) -> str:
    return rhythm_words(moments, first_day=FIRST, weeks=4)


def test_what_comes_every_week_is_said_by_its_days() -> None:
    assert words(*at(0, 7, 14, 21)) == "every Tuesday, 10:00 to 12:00"
    both = at(0, 3, 7, 10, 14, 17, 21, 24)
    assert words(*both) == "every Tuesday and Friday, 10:00 to 12:00"


def test_a_day_before_today_counts_from_next_week() -> None:
    assert words(*at(6, 13, 20, 27)) == "every Monday, 10:00 to 12:00"


def test_every_day_is_every_day() -> None:
    assert words(*at(*range(28))) == "every day, 10:00 to 12:00"


def test_one_day_that_is_left_out_is_told() -> None:
    assert words(*at(0, 14, 21)) == "every Tuesday, 10:00 to 12:00, not on 10 November"


def test_what_begins_later_or_stops_earlier_is_said_by_its_dates() -> None:
    assert words(*at(7, 14, 21)) == "Tuesday 10, 17 and 24 November, 10:00 to 12:00"
    assert words(*at(0, 7, 14)) == "Tuesday 3, 10 and 17 November, 10:00 to 12:00"


def test_dates_in_two_months_name_both() -> None:
    found = rhythm_words(at(23, 44), first_day=FIRST + timedelta(days=21), weeks=4)
    assert found == "Thursday 26 November and 17 December, 10:00 to 12:00"


def test_other_days_and_other_times_stand_apart() -> None:
    assert words(*at(0, 7, 14, 21), *at(2, hours=EVENING)) == (
        "every Tuesday, 10:00 to 12:00; Thursday 5 November, 19:30 to 21:00"
    )


def test_a_moved_meeting_stands_beside_the_others() -> None:
    assert words(*at(0, 1, 14, 21)) == (
        "every Tuesday, 10:00 to 12:00, not on 10 November; Wednesday 4 November, 10:00 to 12:00"
    )


def test_of_very_many_times_three_are_said() -> None:
    many = [
        moment
        for hour in range(9, 15)
        for moment in at(0, 7, 14, 21, hours=(time(hour), time(hour + 1)))
    ]
    assert words(*many).endswith("11:00 to 12:00; and at other times")
    assert words(*many).count(";") == 3


def test_nothing_is_no_words() -> None:
    assert words() == ""
