"""Records in words: when it takes place, what it costs, how to get in touch."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from omzien.base.catalogue.models import Frequency

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

    from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
    from omzien.base.catalogue.models import Offer
    from omzien.methods.recurrence import Meeting

# A day to add hours to.
ANY_DAY = date(2000, 1, 1)
WHICH = {
    1: gettext_lazy("first"),
    2: gettext_lazy("second"),
    3: gettext_lazy("third"),
    4: gettext_lazy("fourth"),
    5: gettext_lazy("fifth"),
    -1: gettext_lazy("last"),
}


def listed(words: Sequence[str]) -> str:
    """Write words after each other: "Monday, Tuesday and Friday"."""
    if len(words) <= 1:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def day_words(day: date) -> str:
    return date_format(day, "l j F Y")


def time_words(at: time) -> str:
    return time_format(at, "H.i")


def hours_words(starts_at: time, minutes: int) -> str:
    """Write "from 10.00 to 12.00"; midnight reads 0.00."""
    end = (datetime.combine(ANY_DAY, starts_at) + timedelta(minutes=minutes)).time()
    return _("from %(begin)s to %(end)s") % {
        "begin": time_words(starts_at),
        "end": time_words(end),
    }


def line_words(line: LineRow, *, today: date) -> str:
    """Write one line of a schedule as a person says it."""
    parts = [f"{days_words(line)} {hours_words(line.starts_at, line.minutes)}"]
    if line.first_day > today and line.frequency != Frequency.ONCE:
        parts.append(_("from %(day)s") % {"day": day_words(line.first_day)})
    if line.until:
        parts.append(_("until %(day)s") % {"day": day_words(line.until)})
    if line.count:
        parts.append(
            ngettext("%(number)s time", "%(number)s times", line.count) % {"number": line.count}
        )
    return ", ".join(parts)


def days_words(line: LineRow) -> str:
    """Write on which days a line comes back."""
    kinds = {
        Frequency.ONCE: once_words,
        Frequency.DAILY: daily_words,
        Frequency.WEEKLY: weekly_words,
        Frequency.MONTHLY: monthly_words,
        Frequency.YEARLY: yearly_words,
    }
    return kinds[Frequency(line.frequency)](line)


def once_words(line: LineRow) -> str:
    return _("on %(day)s") % {"day": day_words(line.first_day)}


def daily_words(line: LineRow) -> str:
    if line.interval == 1:
        return _("every day")
    return _("every %(number)s days") % {"number": line.interval}


def weekly_words(line: LineRow) -> str:
    days = listed([str(WEEKDAYS[day]) for day in line.weekdays or (line.first_day.weekday(),)])
    if line.interval == 1:
        return _("every %(days)s") % {"days": days}
    return _("every %(number)s weeks on %(days)s") % {"number": line.interval, "days": days}


def monthly_words(line: LineRow) -> str:
    """Write "every first Tuesday of the month", or on which dates."""
    said = {"which": weeks_words(line), "number": line.interval}
    if line.interval == 1:
        return _("every month on the %(which)s") % said
    return _("every %(number)s months on the %(which)s") % said


def weeks_words(line: LineRow) -> str:
    """Write "first and third Tuesday", or "2nd" as the bare number of the day."""
    if not line.weekdays:
        days = line.month_days or (line.first_day.day,)
        return listed([_("last day") if day < 0 else str(day) for day in days])
    days_said = listed([str(WEEKDAYS[day]) for day in line.weekdays])
    weeks = listed([str(WHICH[week]) for week in line.weeks_of_month])
    return f"{weeks} {days_said}".strip()


def yearly_words(line: LineRow) -> str:
    if line.weekdays:
        return _("every year on the %(which)s of %(month)s") % {
            "which": weeks_words(line),
            "month": date_format(line.first_day, "F"),
        }
    return _("every year on %(day)s") % {"day": date_format(line.first_day, "j F")}


def change_words(change: ChangeRow) -> str:
    """Write what is different once: cancelled, moved, or added."""
    if change.new_day is None or change.new_starts_at is None or change.new_minutes is None:
        assert change.day is not None  # noqa: S101 - the database refuses a change of nothing
        return noted(_("not on %(day)s") % {"day": day_words(change.day)}, change.note)
    new = f"{day_words(change.new_day)} {hours_words(change.new_starts_at, change.new_minutes)}"
    if change.day is None:
        return noted(_("also on %(moment)s") % {"moment": new}, change.note)
    moved = _("not on %(day)s but on %(moment)s") % {"day": day_words(change.day), "moment": new}
    return noted(moved, change.note)


def noted(text: str, note: str) -> str:
    return f"{text} ({note})" if note else text


def meeting_words(meeting: Meeting) -> str:
    """Write one meeting: "Tuesday 10 November 2026 from 10.00 to 12.00"."""
    minutes = int((meeting.end - meeting.start).total_seconds() // 60)
    return f"{day_words(meeting.start.date())} {hours_words(meeting.start.time(), minutes)}"


def price_words(offer: Offer) -> str:
    """Write what it costs a time; nothing where nobody said."""
    if offer.price_cents is None:
        return offer.price_note
    price = euros(offer.price_cents) if offer.price_cents else _("free of charge")
    return noted(price, offer.price_note)


def euros(cents: int) -> str:
    return f"€ {number_format(cents / 100, decimal_pos=2, force_grouping=True)}"


def place_words(offer: Offer) -> str:
    """Write where it takes place."""
    if offer.location:
        place = ", ".join(filter(None, [offer.location.name, offer.location.street]))
    else:
        place = _("at people's homes") if offer.at_home else ""
    by_phone = _("by telephone") if offer.by_phone else ""
    return "; ".join(filter(None, [place, by_phone]))


def contact_words(offer: Offer) -> str:
    """Write how people get in touch."""
    return ", ".join(filter(None, [offer.phone, offer.email, offer.website]))
