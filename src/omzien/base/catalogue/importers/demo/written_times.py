"""When something takes place, in the short notation of the invented town.

============================  =====================================================
`tue,thu 10:00-12:00`         every week on Tuesday and Thursday
`tue/2 10:00-12:00`           every second week
`fri#1,3 10:00-12:00`         the first and third Friday of the month; `#-1` the last
`tue#2/2 19:30-21:30`         the second Tuesday of every second month
`daily 08:00-10:00`           every day
`+9 14:00-17:00`              once: nine days after the Monday of this week
`24-12 17:30-21:00`           every year on 24 December
`… x8`                        eight times
`… from+7`, `… until-30`      not before, not after so many days from this Monday
`… season=01-04..31-10`       only in this part of each year
============================  =====================================================

An end that is not later than the begin is on the next day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import count
from typing import TYPE_CHECKING

from omzien.base.catalogue.importers.rows import ChangeRow, LineRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
LINE = re.compile(r"(?P<days>\S+) (?P<begin>\d\d:\d\d)-(?P<end>\d\d:\d\d)(?P<tail>(?: \S+)*)")
REPEATED = re.compile(
    r"(?P<days>[a-z]{3}(?:,[a-z]{3})*)(?:#(?P<weeks>-?\d(?:,-?\d)*))?(?:/(?P<interval>\d))?"
)
CHANGE = re.compile(
    r"(?P<verb>cancel|move|extra) (?P<day>\+\d+)"
    r"(?: > (?P<to>\+\d+))?(?: (?P<begin>\d\d:\d\d)-(?P<end>\d\d:\d\d))?"
)
DAY_MINUTES = 24 * 60
A_YEAR = timedelta(days=365)


class WrongNotation(ValueError):
    """This does not say when in the notation of the invented town."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which days something takes place, and how many times at most."""

    first: date
    last: date | None = None
    count: int | None = None


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def read_day(text: str, monday: date) -> date:
    """Return the day that `+9`, `-30` or `24-12` is; of a day of the year the first to come."""
    if re.fullmatch(r"[+-]\d+", text):
        return monday + timedelta(days=int(text))
    day, month = day_and_month(text)
    this_year = date(monday.year, month, day)
    return this_year if this_year >= monday else date(monday.year + 1, month, day)


def days_of_calendar(
    written: Iterable[Mapping[str, str]], monday: date
) -> list[tuple[str, date, date]]:
    """Return the closed days of a calendar with their names; days of the year two times."""
    found = set()
    for days in written:
        relative = days["first"].startswith("+")
        for start in (monday,) if relative else (monday, monday + A_YEAR):
            first = read_day(days["first"], start)
            last = read_day(days["last"], start if relative else first)
            found.add((days["name"], first, last))
    return sorted(found, key=lambda one: one[1])


def day_and_month(text: str) -> tuple[int, int]:
    if not re.fullmatch(r"\d\d-\d\d", text):
        raise WrongNotation(text)
    return int(text[:2]), int(text[3:])


def read_line(text: str, monday: date) -> LineRow:
    """Return the line of a schedule that is written so, seen from this Monday."""
    found = LINE.fullmatch(text)
    if not found:
        raise WrongNotation(text)
    days, bounds = found["days"], read_bounds(found["tail"].split(), monday)
    begin = time.fromisoformat(found["begin"])
    minutes = minutes_between(found["begin"], found["end"])
    if days[0] == "+":
        return LineRow(read_day(days, monday), begin, minutes, frequency="once")
    if days[0].isdigit():
        day, month = day_and_month(days)
        return LineRow(date(monday.year - 1, month, day), begin, minutes, frequency="yearly")
    if days == "daily":
        return LineRow(
            bounds.first, begin, minutes, "daily", until=bounds.last, count=bounds.count
        )
    return read_repeated(days, bounds, begin, minutes)


def read_bounds(words: Iterable[str], monday: date) -> Bounds:
    """Return the bounds that stand behind a line; without any it began this year."""
    first, last, times = date(monday.year, 1, 1), None, None
    for word in words:
        if word[0] == "x":
            times = int(word[1:])
        elif word.startswith("season="):
            begin, end = word.removeprefix("season=").split("..")
            last = read_day(end, monday)
            first = last_before(begin, last)
        elif word.startswith("from"):
            first = read_day(word.removeprefix("from"), monday)
        elif word.startswith("until"):
            last = read_day(word.removeprefix("until"), monday)
        else:
            raise WrongNotation(word)
    return Bounds(first, last, times)


def last_before(text: str, day: date) -> date:
    """Return the last time that a day of the year comes before another day."""
    number, month = day_and_month(text)
    this_year = date(day.year, month, number)
    return this_year if this_year <= day else date(day.year - 1, month, number)


def read_repeated(days: str, bounds: Bounds, begin: time, minutes: int) -> LineRow:
    """Return the line of something on days of the week; it begins on such a day."""
    found = REPEATED.fullmatch(days)
    if not found or set(found["days"].split(",")) - set(WEEKDAYS):
        raise WrongNotation(days)
    weekdays = tuple(WEEKDAYS[day] for day in found["days"].split(","))
    weeks = tuple(int(week) for week in (found["weeks"] or "").split(",") if week)
    return LineRow(
        first_of(bounds.first, weekdays, weeks),
        begin,
        minutes,
        "monthly" if weeks else "weekly",
        interval=int(found["interval"] or 1),
        weekdays=weekdays,
        weeks_of_month=weeks,
        until=bounds.last,
        count=bounds.count,
    )


def first_of(begin: date, weekdays: tuple[int, ...], weeks: tuple[int, ...]) -> date:
    """Return the first day from `begin` on that is one of these weekdays in one of these weeks."""
    days = (begin + timedelta(days=number) for number in count())
    return next(
        day
        for day in days
        if day.weekday() in weekdays and (not weeks or weeks_of(day) & set(weeks))
    )


def weeks_of(day: date) -> set[int]:
    """Return the how manieth of its weekday this day is in its month, from both ends."""
    left = monthrange(day.year, day.month)[1] - day.day
    return {(day.day - 1) // 7 + 1, -(left // 7) - 1}


def minutes_between(begin: str, end: str) -> int:
    first, last = (int(text[:2]) * 60 + int(text[3:]) for text in (begin, end))
    return last - first if last > first else last - first + DAY_MINUTES


def read_change(text: str, monday: date) -> ChangeRow:
    """Return a change such as `cancel +8 | why`, `move +8 > +9 14:00-15:00` or `extra +5 …`."""
    what, _, why = (part.strip() for part in text.partition("|"))
    found = CHANGE.fullmatch(what)
    if not found or (found["verb"] == "cancel") != (found["begin"] is None):
        raise WrongNotation(text)
    day = read_day(found["day"], monday)
    if found["verb"] == "cancel":
        return ChangeRow(day=day, note=why)
    return ChangeRow(
        day=None if found["verb"] == "extra" else day,
        new_day=read_day(found["to"] or found["day"], monday),
        new_starts_at=time.fromisoformat(found["begin"]),
        new_minutes=minutes_between(found["begin"], found["end"]),
        note=why,
    )
