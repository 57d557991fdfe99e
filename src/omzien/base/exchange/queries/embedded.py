"""What one organisation offers, short enough for a frame on its own site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from omzien.base.catalogue.queries.addresses import offer_address, organisation_address
from omzien.base.catalogue.queries.coming import by_next_meeting
from omzien.base.catalogue.queries.dates import moment_words
from omzien.base.catalogue.queries.offers import visible_offers
from omzien.base.catalogue.queries.when import when_words
from omzien.base.exchange.queries.calendars import place_in_words
from omzien.base.exchange.queries.prices import price_in_words
from omzien.base.network.queries import organisations

if TYPE_CHECKING:
    from datetime import date, datetime

    from omzien.base.catalogue.models import Offer
    from omzien.base.network.models import Organisation

MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One offer: what it is, when, where, what it costs, and its own page."""

    name: str
    summary: str
    address: str
    when: tuple[str, ...]
    soonest: str
    where: str
    price: str


@dataclass(frozen=True, slots=True)
class EmbeddedList:
    """What an organisation offers, with its page on the social map."""

    organisation: Organisation
    address: str
    lines: tuple[Line, ...]


def embedded_list(slug: str, *, now: datetime) -> EmbeddedList | None:
    """Gather the list of an organisation, what takes place first in front."""
    organisation = organisations().filter(slug=slug).first()
    if organisation is None:
        return None
    offers = by_next_meeting(visible_offers().filter(organisation=organisation), now=now)
    today = localtime(now).date()
    return EmbeddedList(
        organisation=organisation,
        address=organisation_address(organisation),
        lines=tuple(line_of(offer, today=today) for offer in offers[:MOST]),
    )


def line_of(offer: Offer, *, today: date) -> Line:
    starts, ends = vars(offer)["next_start"], vars(offer)["next_end"]
    return Line(
        name=offer.name,
        summary=offer.summary,
        address=offer_address(offer),
        when=when_words(offer),
        soonest=moment_words(starts, ends, today=today) if starts else "",
        where=place_in_words(offer.location) if offer.location else "",
        price=price_in_words(offer),
    )
