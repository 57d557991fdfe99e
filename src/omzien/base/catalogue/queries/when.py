"""When an offer takes place, in words: "every Tuesday, 10.00 to 12.00"."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omzien.base.catalogue.models import Frequency
from omzien.base.catalogue.queries.dates import from_to_words, listed

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Offer, ScheduleLine

LAST = -1


def when_words(offer: Offer) -> tuple[str, ...]:
    """Say the lines of a schedule in the reader's language, in their order."""
    lines = sorted(offer.schedule.all(), key=lambda line: line.position)
    return tuple(line_words(line) for line in lines)


def line_words(line: ScheduleLine) -> str:
    begin = datetime.combine(line.first_day, line.starts_at)
    end = begin + timedelta(minutes=line.minutes)
    words = f"{days_words(line)}, {from_to_words(begin.time(), end.time())}"
    if line.until:
        until = date_format(line.until, "j F Y")
        return _("%(words)s, until %(day)s") % {"words": words, "day": until}
    if line.count:
        times = ngettext("%(count)s time", "%(count)s times", line.count) % {"count": line.count}
        return f"{words} ({times})"
    return words


def days_words(line: ScheduleLine) -> str:
    """Say on which days: the rhythm and the weekdays."""
    if line.frequency == Frequency.ONCE:
        return date_format(line.first_day, "l j F Y")
    if line.frequency == Frequency.YEARLY:
        return _("every year on %(day)s") % {"day": date_format(line.first_day, "j F")}
    if line.frequency == Frequency.MONTHLY:
        return monthly_words(line)
    if line.frequency == Frequency.DAILY:
        often = _("every day") if line.interval == 1 else _("every %(count)s days")
        return often % {"count": line.interval}
    return weekly_words(line)


def weekly_words(line: ScheduleLine) -> str:
    days = weekday_words(line)
    if line.interval == 1:
        return _("every %(days)s") % {"days": days}
    if line.interval == 2:  # noqa: PLR2004  people have a word for this one
        return _("every other week on %(days)s") % {"days": days}
    return _("every %(count)s weeks on %(days)s") % {"count": line.interval, "days": days}


def monthly_words(line: ScheduleLine) -> str:
    if line.weeks_of_month:
        weeks = listed([week_words(week) for week in line.weeks_of_month])
        days = _("the %(weeks)s %(days)s") % {"weeks": weeks, "days": weekday_words(line)}
    else:
        days = listed([month_day_words(day) for day in month_days_of(line)])
    if line.interval == 1:
        return _("every month on %(days)s") % {"days": days}
    return _("every %(count)s months on %(days)s") % {"count": line.interval, "days": days}


def month_days_of(line: ScheduleLine) -> list[int]:
    return line.month_days or [line.first_day.day]


def month_day_words(day: int) -> str:
    return _("the last day") if day == LAST else _("day %(number)s") % {"number": day}


def weekday_words(line: ScheduleLine) -> str:
    days = line.weekdays or [line.first_day.weekday()]
    return listed([str(WEEKDAYS[day]) for day in sorted(days)])


def week_words(week: int) -> str:
    """Say which one of its kind in the month: the first, the last."""
    names = {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), 5: _("fifth")}
    return names.get(week, _("last"))
