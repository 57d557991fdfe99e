"""The meetings of some weeks, in words: "every Tuesday, 10.00 to 12.00, not on 10 November"."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from omzien.base.catalogue.queries.dates import from_to_words, listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, time

A_WEEK = timedelta(days=7)
DAYS_OF_A_WEEK = 7
# More times of day than these stand on the page of the offer.
SAID_AT_MOST = 3


def rhythm_words(
    moments: Sequence[tuple[datetime, datetime]], *, first_day: date, weeks: int
) -> str:
    """Say meetings in whole weeks from `first_day`: by their rhythm, or else by their dates.

    Unlike the words of a schedule it leaves out what is cancelled, moved, or on a day off.
    """
    by_time: dict[tuple[time, time], list[date]] = defaultdict(list)
    for starts_at, ends_at in moments:
        start, end = localtime(starts_at), localtime(ends_at)
        by_time[start.time(), end.time()].append(start.date())
    said = [
        f"{days}, {from_to_words(*times)}{without}"
        for times, dates in by_time.items()
        for days, without in days_words(dates, first_day=first_day, weeks=weeks)
    ]
    more = [_("and at other times")] if len(said) > SAID_AT_MOST else []
    return "; ".join(said[:SAID_AT_MOST] + more)


def days_words(dates: Sequence[date], *, first_day: date, weeks: int) -> list[tuple[str, str]]:
    """Say on which days, and on which of these it does not take place."""
    missing = missing_days(dates, first_day=first_day, weeks=weeks)
    seldom = [day for day in dates if day.weekday() not in missing]
    said = []
    if missing:
        without = sorted(day for days in missing.values() for day in days)
        said.append((every_words(sorted(missing)), not_on_words(without)))
    for weekday in sorted({day.weekday() for day in seldom}):
        days = [day for day in seldom if day.weekday() == weekday]
        said.append((f"{WEEKDAYS[weekday]} {dates_words(days)}", ""))
    return said


def missing_days(dates: Sequence[date], *, first_day: date, weeks: int) -> dict[int, list[date]]:
    """Return the weekdays that come every week, each with the one day in between it misses."""
    found = {}
    for weekday in {day.weekday() for day in dates}:
        first = first_day + timedelta(days=(weekday - first_day.weekday()) % DAYS_OF_A_WEEK)
        expected = [first + week * A_WEEK for week in range(weeks)]
        without = [day for day in expected if day not in dates]
        if not without or (len(without) == 1 and without[0] not in {expected[0], expected[-1]}):
            found[weekday] = without
    return found


def every_words(weekdays: Sequence[int]) -> str:
    if len(weekdays) == DAYS_OF_A_WEEK:
        return _("every day")
    return _("every %(days)s") % {"days": listed([str(WEEKDAYS[day]) for day in weekdays])}


def not_on_words(days: Sequence[date]) -> str:
    return _(", not on %(days)s") % {"days": dates_words(days)} if days else ""


def dates_words(days: Sequence[date]) -> str:
    """List dates, and name a month once: "3, 17 November and 1 December"."""
    said = []
    for number, day in enumerate(days):
        last = number + 1 == len(days) or days[number + 1].month != day.month
        said.append(date_format(day, "j F" if last else "j"))
    return listed(said)
