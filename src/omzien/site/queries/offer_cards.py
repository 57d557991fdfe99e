"""Offers as they stand in a list: name, when first, where, price, and who comes along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format
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
    from omzien.base.catalogue.queries.search import FoundOffer

A_KILOMETRE = 1_000


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
    # Of a list that was searched: its place in it, how far it is, and when somebody last looked.
    number: int | None = None
    far: str = ""
    checked: str = ""


def cards_of(offers: Iterable[Offer], *, now: datetime) -> list[Card]:
    """Say offers of `by_next_meeting` in short; asks the database nothing more."""
    today = localtime(now).date()
    return [card_of(offer, today=today) for offer in offers]


def cards_found(
    found: Iterable[FoundOffer], *, now: datetime, first: int | None = None
) -> list[Card]:
    """Say what a search found in short, numbered from `first` on."""
    today = localtime(now).date()
    return [
        replace(
            card_of(line.offer, today=today),
            number=None if first is None else first + place,
            far=distance_words(line.metres),
            checked=checked_words(line),
        )
        for place, line in enumerate(found)
    ]


def distance_words(metres: int | None) -> str:
    """Say how far it is as the crow flies: 400 metres, 1,2 kilometre."""
    if metres is None:
        return ""
    if metres < A_KILOMETRE:
        rounded = max(round(metres, -2), 100)
        return _("about %(number)s metres away") % {"number": rounded}
    far = number_format(Decimal(metres) / A_KILOMETRE, decimal_pos=1)
    return _("about %(number)s kilometres away") % {"number": far}


def checked_words(line: FoundOffer) -> str:
    """Say when somebody last looked, of a record that should have been looked at again."""
    if not line.stale or line.offer.assured_on is None:
        return ""
    day = date_format(line.offer.assured_on, "j F Y")
    return _("Last checked on %(day)s: please call first.") % {"day": day}


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
