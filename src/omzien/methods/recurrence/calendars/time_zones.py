"""The clock of a zone as part of a calendar (VTIMEZONE)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from omzien.methods.recurrence.rrule import DAYS
from omzien.methods.recurrence.rules import LAST
from omzien.methods.recurrence.zones import ClockChange, clock_changes, known_zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

# Programs look from here on; Outlook gets lost in anything else than a rule from 1970.
BEGIN = 1970
# As far as the law of today is checked to be the same every year.
END = 2040
FAR = date(2100, 1, 1)

# Month, week in the month, weekday.
Yearly = tuple[int, int, int]


@lru_cache(maxsize=64)
def time_zone(name: str, *, since: int) -> Timezone:
    """Describe the clock of a zone.

    Parameters
    ----------
    name
        Such as Europe/Amsterdam.
    since
        The first year for which it has to be right.

    Returns
    -------
    icalendar.Timezone
        With a rule where the clock changes by the same rule every year from then on; else with
        every change one by one until 2100.

    Notes
    -----
    The European Union changes on the last Sundays of March and October, since 1996.
    """
    zone = known_zone(name)
    yearly = _every_year(zone, since)
    if yearly is None:
        return Timezone.from_tzid(name, first_date=date(since - 1, 1, 1), last_date=FAR)
    found = Timezone()
    found.add("tzid", name)
    for change, rule in yearly:
        found.add_component(_observance(change, rule))
    if not yearly:
        found.add_component(_unchanging(zone))
    return found


def _every_year(zone: ZoneInfo, since: int) -> list[tuple[ClockChange, Yearly]] | None:
    """Return the changes of a year with their month, week and weekday, if those never differ."""
    years = [clock_changes(zone, year) for year in range(since, END)]
    if len({len(changes) for changes in years}) > 1:
        return None
    found = []
    for same in zip(*years, strict=True):
        alike = {(each.before, each.after, each.name, each.local.time()) for each in same}
        days = set.intersection(*(_ways_to_say(each.local.date()) for each in same))
        if len(alike) > 1 or not days:
            return None
        found.append((same[0], min(days)))
    return found


def _ways_to_say(day: date) -> set[Yearly]:
    week = (day.day - 1) // 7 + 1
    is_last = day.day + 7 > monthrange(day.year, day.month)[1]
    weeks = {week, LAST} if is_last else {week}
    return {(day.month, each, day.weekday()) for each in weeks}


def _observance(change: ClockChange, on: Yearly) -> TimezoneStandard | TimezoneDaylight:
    month, week, weekday = on
    found = TimezoneDaylight() if change.summer else TimezoneStandard()
    found.add("tzoffsetfrom", change.before)
    found.add("tzoffsetto", change.after)
    found.add("tzname", change.name)
    found.add("dtstart", datetime.combine(_day_of(BEGIN, on), change.local.time()))
    found.add("rrule", {"freq": "yearly", "bymonth": month, "byday": f"{week}{DAYS[weekday]}"})
    return found


def _day_of(year: int, on: Yearly) -> date:
    month, week, weekday = on
    days = [
        day
        for number in range(1, monthrange(year, month)[1] + 1)
        if (day := date(year, month, number)).weekday() == weekday
    ]
    return days[week if week < 0 else week - 1]


def _unchanging(zone: ZoneInfo) -> TimezoneStandard:
    now = datetime.combine(date(END, 1, 1), time(), zone)
    found = TimezoneStandard()
    found.add("tzoffsetfrom", now.utcoffset())
    found.add("tzoffsetto", now.utcoffset())
    found.add("tzname", now.tzname())
    found.add("dtstart", datetime(BEGIN, 1, 1))  # noqa: DTZ001 - a time on the wall
    return found
