"""Days and times as people say them: "tomorrow, Wednesday 4 November, 10.00 to 12.00"."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

ONE_DAY = timedelta(days=1)
MIDNIGHT = time(0)


def clock_words(at: datetime | time) -> str:
    """Write a time of day: 10.00 in Dutch, 10:00 in English."""
    return at.strftime(pgettext("format of a time of day", "%H:%M"))


def day_words(day: date, *, today: date) -> str:
    """Name a day with its weekday, and say it when that is today or tomorrow."""
    named = date_format(day, "l j F" if day.year == today.year else "l j F Y")
    if day == today:
        return _("today, %(day)s") % {"day": named}
    if day == today + ONE_DAY:
        return _("tomorrow, %(day)s") % {"day": named}
    return named


def from_to_words(starts_at: time, ends_at: time) -> str:
    if starts_at == ends_at == MIDNIGHT:
        return _("day and night")
    return _("%(start)s to %(end)s") % {
        "start": clock_words(starts_at),
        "end": clock_words(ends_at),
    }


def moment_words(starts_at: datetime, ends_at: datetime, *, today: date) -> str:
    """Say from when until when something takes place, in the time of this country."""
    start, end = localtime(starts_at), localtime(ends_at)
    day = day_words(start.date(), today=today)
    whole_day = end - start == ONE_DAY and start.time() == MIDNIGHT
    if end.date() == start.date() or whole_day:
        return f"{day}, {from_to_words(start.time(), end.time())}"
    return _("%(day)s, %(start)s, until %(last_day)s, %(end)s") % {
        "day": day,
        "start": clock_words(start),
        "last_day": day_words(end.date(), today=today),
        "end": clock_words(end),
    }


def listed(words: Sequence[str]) -> str:
    """Join words as in a sentence: "Monday, Tuesday and Friday"."""
    if len(words) < 2:  # noqa: PLR2004  one word needs no joining
        return "".join(words)
    return _("%(words)s and %(last)s") % {"words": ", ".join(words[:-1]), "last": words[-1]}
