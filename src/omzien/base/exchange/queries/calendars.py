"""Offers as a calendar that people put in the program they have."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from omzien.base.catalogue.queries.addresses import offer_address
from omzien.base.catalogue.queries.schedules import closed_days_of, plan_of
from omzien.base.exchange.queries.choices import read_whole
from omzien.base.exchange.queries.prices import price_in_words
from omzien.methods.recurrence.calendars.entries import Entry
from omzien.methods.recurrence.calendars.writing import to_calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omzien.base.catalogue.models import Location, Offer
    from omzien.base.exchange.queries.choices import Choice
    from omzien.methods.recurrence import DayRange

# The number of a version counts minutes from here, so that every change gives a higher one.
BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)


def calendar_of(choice: Choice) -> bytes:
    """Return everything of a choice that has times, as one calendar."""
    offers = list(read_whole(choice.offers))
    closed = closed_days_of(offer.organisation_id for offer in offers)
    entries = [entry_of(offer, closed.get(offer.organisation_id, [])) for offer in offers]
    return to_calendar(calendar_name(choice), [one for one in entries if has_times(one)])


def calendar_name(choice: Choice) -> str:
    if choice.name:
        return f"{choice.name} ({settings.MUNICIPALITY_NAME})"
    return _("Activities in %(town)s") % {"town": settings.MUNICIPALITY_NAME}


def has_times(entry: Entry) -> bool:
    return bool(entry.plan.rules or entry.plan.extra)


def entry_of(offer: Offer, closed: Sequence[DayRange]) -> Entry:
    """Return one offer as it stands in a calendar."""
    return Entry(
        uid=f"{offer.key}@{urlsplit(settings.SITE_URL).hostname}",
        summary=offer.name,
        description=text_of(offer),
        location=place_in_words(offer.location) if offer.location else "",
        url=offer_address(offer),
        plan=plan_of(offer, closed=closed),
        last_changed=offer.changed_at,
        sequence=max(int((offer.changed_at - BEGINNING).total_seconds() // 60), 0),
    )


def text_of(offer: Offer) -> str:
    """Return what somebody wants to know on the way: what, price, signing up, and whom to call."""
    booking = f"{capfirst(offer.get_booking_display())}. {offer.booking_note}".strip()
    parts = [
        offer.alert,
        offer.summary,
        price_in_words(offer),
        booking,
        offer.phone or offer.organisation.phone,
        offer_address(offer),
    ]
    return "\n".join(filter(None, parts))


def place_in_words(location: Location) -> str:
    """Return the name and address of a place, on one line."""
    town = " ".join(filter(None, [location.postcode, location.town]))
    return ", ".join(filter(None, [location.name, location.street, town or location.website]))
