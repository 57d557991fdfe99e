"""Records in words for who keeps them: what is different once, what it costs, how to call."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from omzien.base.catalogue.models import ScheduleLine
from omzien.base.catalogue.queries import when
from omzien.base.catalogue.queries.dates import from_to_words

if TYPE_CHECKING:
    from datetime import time

    from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
    from omzien.base.catalogue.models import Offer
    from omzien.methods.recurrence import DayRange

# A day to add hours to.
ANY_DAY = date(2000, 1, 1)


def day_words(day: date) -> str:
    """Name a day in full: what was proposed in December is read in January."""
    return date_format(day, "l j F Y")


def days_words(days: DayRange) -> str:
    """Say days in a row: from the first until the last."""
    if days.first == days.last:
        return day_words(days.first)
    said = {"first": day_words(days.first), "last": day_words(days.last)}
    return _("%(first)s until %(last)s") % said


def hours_words(starts_at: time, minutes: int) -> str:
    end = datetime.combine(ANY_DAY, starts_at) + timedelta(minutes=minutes)
    return from_to_words(starts_at, end.time())


def line_words(line: LineRow) -> str:
    """Say a line that is not stored (yet) as a stored one is said."""
    return when.line_words(ScheduleLine(**asdict(line)))


def change_words(change: ChangeRow) -> str:
    """Say what is different once: cancelled, moved, or added."""
    if change.new_day is None or change.new_starts_at is None or change.new_minutes is None:
        assert change.day is not None  # noqa: S101 - the database refuses a change of nothing
        return noted(_("not on %(day)s") % {"day": day_words(change.day)}, change.note)
    new = f"{day_words(change.new_day)}, {hours_words(change.new_starts_at, change.new_minutes)}"
    if change.day is None:
        return noted(_("also on %(moment)s") % {"moment": new}, change.note)
    moved = _("not on %(day)s but on %(moment)s") % {"day": day_words(change.day), "moment": new}
    return noted(moved, change.note)


def noted(text: str, note: str) -> str:
    return f"{text} ({note})" if note else text


def price_words(offer: Offer) -> str:
    """Say what it costs a time; nothing where nobody said."""
    if offer.price_cents is None:
        return offer.price_note
    return noted(cents_words(offer.price_cents), offer.price_note)


def cents_words(cents: int) -> str:
    if not cents:
        return _("free of charge")
    return f"€ {number_format(cents / 100, decimal_pos=2, force_grouping=True)}"


def place_words(offer: Offer) -> str:
    """Say where it takes place."""
    if offer.location:
        place = ", ".join(filter(None, [offer.location.name, offer.location.street]))
    else:
        place = _("at people's homes") if offer.at_home else ""
    by_phone = _("by telephone") if offer.by_phone else ""
    return "; ".join(filter(None, [place, by_phone]))


def contact_words(offer: Offer) -> str:
    """Say how people get in touch."""
    return ", ".join(filter(None, [offer.phone, offer.email, offer.website]))
