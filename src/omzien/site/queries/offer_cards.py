"""Offers as they stand in a list: name, when first, where, price, and who comes along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from omzien.base.catalogue.queries.dates import moment_words
from omzien.base.catalogue.queries.when import when_words
from omzien.site.queries.offer_words import price_words, where_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from omzien.base.catalogue.models import Offer


@dataclass(frozen=True, slots=True)
class Card:
    """One offer in a list."""

    slug: str
    name: str
    summary: str
    when: str
    where: str
    price: str
    along: str


def cards_of(offers: Iterable[Offer], *, now: datetime) -> list[Card]:
    """Say offers of `by_next_meeting` in short; asks the database nothing more."""
    today = localtime(now).date()
    return [card_of(offer, today=today) for offer in offers]


def card_of(offer: Offer, *, today: date, when: str = "") -> Card:
    """Say an offer in short, by its next meeting unless another moment is given."""
    return Card(
        slug=offer.slug,
        name=offer.name,
        summary=offer.summary,
        when=when or capfirst(first_time_words(offer, today=today)),
        where=where_words(offer),
        price=known_price(offer),
        along=along_words(offer),
    )


def known_price(offer: Offer) -> str:
    """Say the price in short; a list is silent where the page says that it is not known."""
    return offer.price_note if offer.price_cents is None else price_words(offer)


def first_time_words(offer: Offer, *, today: date) -> str:
    """Say the next meeting; of what has none ahead, what its schedule says."""
    start, end = getattr(offer, "next_start", None), getattr(offer, "next_end", None)
    if start and end:
        return moment_words(start, end, today=today)
    return "; ".join(when_words(offer))


def along_words(offer: Offer) -> str:
    """Say what makes it easier to come the first time."""
    if offer.transport_offered and offer.first_time_together:
        return _("You can be fetched, and somebody can go with you.")
    if offer.transport_offered:
        return _("You can be fetched.")
    return _("Somebody can go with you the first time.") if offer.first_time_together else ""
