"""When something takes place, as people write it in a cell: "elke dinsdag 10.00-12.00"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from omzien.base.catalogue.importers.rows import LineRow

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
SHORT = {name[:2]: number for number, name in enumerate(WEEKDAYS)}
ORDINALS = {
    "1e": 1,
    "eerste": 1,
    "2e": 2,
    "tweede": 2,
    "3e": 3,
    "derde": 3,
    "4e": 4,
    "vierde": 4,
    "5e": 5,
    "vijfde": 5,
    "laatste": -1,
}
USUAL_MINUTES = 120
CLOCK = r"(\d{1,2})(?:[.:](\d{2}))?(?:\s*uur|\s*u\b)?"
SPAN = re.compile(rf"{CLOCK}\s*(?:-|–|tot)\s*{CLOCK}")
ONE_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})|(\d{1,2})\s*(?:uur|u\b)")
DAY = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b|\b(\d{1,2})[-/](\d{1,2})[-/](\d{4})\b")
DAY_NAME = re.compile(
    r"\b(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo)(?:en)?\b"
)


class Unclear(Exception):
    """Write a day and a time, such as: dinsdag 10.00-12.00, or 2026-12-01 14:00-16:00."""


def read_when(text: str, *, today: date) -> tuple[LineRow, ...]:
    """Read the schedule that a person wrote in one cell; parts are divided by ; or a new line.

    Understands weekdays in full or short, "om de week", "eerste dinsdag van de maand", a day as
    2026-12-01 or 1-12-2026, and times as 10.00, 10:00 or 10 uur. Raises `Unclear` for the rest.
    """
    parts = [part.strip() for part in re.split(r"[;\n]", text.casefold()) if part.strip()]
    return tuple(line for part in parts for line in lines_of(part, today=today))


def lines_of(part: str, *, today: date) -> list[LineRow]:
    days = dates_in(part)
    starts_at, minutes = times_in(DAY.sub(" ", part))
    if days:
        return [LineRow(day, starts_at, minutes, frequency="once") for day in days]
    weekdays = weekdays_in(part)
    if not weekdays:
        raise Unclear
    first = today - timedelta(days=today.weekday())
    weeks = weeks_in(part)
    if weeks:
        return [LineRow(first.replace(day=1), starts_at, minutes, "monthly", 1, weekdays, weeks)]
    interval = 2 if re.search(r"om de week|tweewekelijks|even weken|oneven weken", part) else 1
    return [LineRow(first, starts_at, minutes, "weekly", interval, weekdays)]


def dates_in(part: str) -> list[date]:
    """Return the days that are written as numbers."""
    found = []
    for match in DAY.finditer(part):
        year, month, day, other_day, other_month, other_year = match.groups()
        try:
            found.append(
                date(int(year or other_year), int(month or other_month), int(day or other_day))
            )
        except ValueError as error:
            raise Unclear from error
    return found


def weekdays_in(part: str) -> tuple[int, ...]:
    """Return the days of the week, also of "maandag t/m vrijdag"."""
    names = [match.group(1)[:2] for match in DAY_NAME.finditer(part)]
    numbers = [SHORT[name] for name in names]
    pair = 2
    if len(numbers) == pair and re.search(r"t/m|tot en met", part) and numbers[0] < numbers[1]:
        numbers = list(range(numbers[0], numbers[1] + 1))
    return tuple(sorted(set(numbers)))


def weeks_in(part: str) -> tuple[int, ...]:
    """Return which weeks of the month are meant, where the part speaks of months."""
    return tuple(
        sorted({week for word, week in ORDINALS.items() if re.search(rf"\b{word}\b", part)})
    )


def times_in(part: str) -> tuple[time, int]:
    """Return when it begins and how many minutes it lasts: two hours where nobody says."""
    try:
        if span := SPAN.search(part):
            first, last = clock(span.group(1), span.group(2)), clock(span.group(3), span.group(4))
            minutes = minutes_between(first, last)
            if minutes <= 0:
                raise Unclear
            return first, minutes
        if one := ONE_CLOCK.search(part):
            return clock(one.group(1) or one.group(3), one.group(2)), USUAL_MINUTES
    except ValueError as error:
        raise Unclear from error
    raise Unclear


def clock(hour: str, minute: str | None) -> time:
    return time(int(hour), int(minute or 0))


def minutes_between(first: time, last: time) -> int:
    any_day = date(2000, 1, 1)
    gone = datetime.combine(any_day, last) - datetime.combine(any_day, first)
    return int(gone.total_seconds() // 60)
