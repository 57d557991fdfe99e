"""The short notation of the invented town says when, seen from the Monday of this week."""

from __future__ import annotations

from datetime import date, time

import pytest

from omzien.base.catalogue.importers.demo.written_times import (
    WrongNotation,
    days_of_calendar,
    first_of,
    monday_of,
    read_change,
    read_day,
    read_line,
    weeks_of,
)
from omzien.base.catalogue.importers.rows import ChangeRow, LineRow

# 1 January 2026 was a Thursday.
MONDAY = date(2026, 11, 23)
TEN, TWO_HOURS = time(10), 120


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("tue,thu 10:00-12:00", LineRow(date(2026, 1, 1), TEN, TWO_HOURS, weekdays=(1, 3))),
        (
            "tue/2 10:00-12:00",
            LineRow(date(2026, 1, 6), TEN, TWO_HOURS, interval=2, weekdays=(1,)),
        ),
        (
            "fri#1,-1 10:00-12:00",
            LineRow(
                date(2026, 1, 2), TEN, TWO_HOURS, "monthly", weekdays=(4,), weeks_of_month=(1, -1)
            ),
        ),
        (
            "tue#2/2 10:00-12:00",
            LineRow(
                *(date(2026, 1, 13), TEN, TWO_HOURS, "monthly"),
                interval=2,
                weekdays=(1,),
                weeks_of_month=(2,),
            ),
        ),
        ("daily 10:00-12:00", LineRow(date(2026, 1, 1), TEN, TWO_HOURS, "daily")),
        ("daily 00:00-24:00", LineRow(date(2026, 1, 1), time(0), 1_440, "daily")),
        ("+9 10:00-12:00", LineRow(date(2026, 12, 2), TEN, TWO_HOURS, "once")),
        ("24-12 10:00-12:00", LineRow(date(2025, 12, 24), TEN, TWO_HOURS, "yearly")),
        (
            "mon 10:00-12:00 x8 from+7",
            LineRow(date(2026, 11, 30), TEN, TWO_HOURS, weekdays=(0,), count=8),
        ),
        (
            "mon 10:00-12:00 until-30",
            LineRow(date(2026, 1, 5), TEN, TWO_HOURS, weekdays=(0,), until=date(2026, 10, 24)),
        ),
        (
            "sat 10:00-12:00 season=01-11..28-02",
            LineRow(date(2026, 11, 7), TEN, TWO_HOURS, weekdays=(5,), until=date(2027, 2, 28)),
        ),
        (
            "sat 10:00-12:00 season=01-03..31-10",
            LineRow(date(2027, 3, 6), TEN, TWO_HOURS, weekdays=(5,), until=date(2027, 10, 31)),
        ),
        ("fri 23:00-03:00", LineRow(date(2026, 1, 2), time(23), 240, weekdays=(4,))),
    ],
)
def test_a_line_is_read(text: str, line: LineRow) -> None:
    assert read_line(text, MONDAY) == line


@pytest.mark.parametrize(
    "text",
    ["", "tue", "tue 10-12", "dinsdag 10:00-12:00", "die 10:00-12:00", "tue 10:00-12:00 often"],
)
def test_what_is_no_line_is_refused(text: str) -> None:
    with pytest.raises(WrongNotation):
        read_line(text, MONDAY)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("cancel +8 | Nel is weg.", ChangeRow(day=date(2026, 12, 1), note="Nel is weg.")),
        (
            "move +8 > +9 14:00-15:30",
            ChangeRow(
                day=date(2026, 12, 1),
                new_day=date(2026, 12, 2),
                new_starts_at=time(14),
                new_minutes=90,
            ),
        ),
        (
            "extra +5 10:00-12:00 | Omdat het kan.",
            ChangeRow(
                new_day=date(2026, 11, 28),
                new_starts_at=TEN,
                new_minutes=TWO_HOURS,
                note="Omdat het kan.",
            ),
        ),
    ],
)
def test_a_change_is_read(text: str, change: ChangeRow) -> None:
    assert read_change(text, MONDAY) == change


@pytest.mark.parametrize("text", ["skip +8", "move +8", "extra +5", "cancel +8 10:00-12:00"])
def test_what_is_no_change_is_refused(text: str) -> None:
    with pytest.raises(WrongNotation):
        read_change(text, MONDAY)


def test_a_day_of_the_year_is_the_first_to_come() -> None:
    assert read_day("23-11", MONDAY) == MONDAY
    assert read_day("22-11", MONDAY) == date(2027, 11, 22)
    assert read_day("-30", MONDAY) == date(2026, 10, 24)
    with pytest.raises(WrongNotation):
        read_day("soon", MONDAY)


def test_every_day_of_a_week_has_the_same_monday() -> None:
    assert {monday_of(date(2026, 11, 23 + number)) for number in range(7)} == {MONDAY}


def test_a_day_is_counted_from_both_ends_of_its_month() -> None:
    assert weeks_of(date(2026, 11, 24)) == {4, -1}
    assert weeks_of(date(2026, 10, 29)) == {5, -1}
    assert first_of(date(2026, 11, 1), (4,), (-1,)) == date(2026, 11, 27)


def test_closed_days_of_the_year_are_told_twice_and_others_once() -> None:
    written = [
        {"name": "Kerst", "first": "25-12", "last": "26-12"},
        {"name": "Dicht", "first": "+1", "last": "+2"},
    ]
    assert days_of_calendar(written, MONDAY) == [
        ("Dicht", date(2026, 11, 24), date(2026, 11, 25)),
        ("Kerst", date(2026, 12, 25), date(2026, 12, 26)),
        ("Kerst", date(2027, 12, 25), date(2027, 12, 26)),
    ]
