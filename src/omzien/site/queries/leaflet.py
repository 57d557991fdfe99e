"""A leaflet in large print of what there is to do in a neighbourhood and near it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omzien.base.catalogue.models import Booking
from omzien.base.catalogue.queries.around import DAYS_AHEAD, around
from omzien.base.catalogue.queries.rhythm import rhythm_words
from omzien.base.places.models import AreaKind
from omzien.site.queries.contact import contact_of
from omzien.site.queries.offer_cards import known_price
from omzien.site.queries.offer_words import age_words, open_to_words, unbroken

if TYPE_CHECKING:
    from datetime import date, datetime

    from omzien.base.catalogue.models import Location, Meeting, Offer
    from omzien.base.catalogue.queries.around import Around
    from omzien.base.places.queries import AreaPage, ShownArea

# The template takes as many of these as fit on the paper.
CHOSEN_FROM = 16
# About two lines.
SHORT = 110
WEEKS = DAYS_AHEAD // 7


def has_leaflet(area: ShownArea) -> bool:
    """Say whether there is a leaflet: of the districts and neighbourhoods of this town."""
    of_size = area.kind in {AreaKind.DISTRICT, AreaKind.NEIGHBOURHOOD}
    return of_size and area.municipality_code == settings.MUNICIPALITY_CODE


def leaflet_of(page: AreaPage, *, language: str, today: date) -> dict[str, object]:
    """Return what stands in the leaflet of an area that was made today."""
    area = page.area
    middle = None if area.x is None or area.y is None else (area.x, area.y)
    found = around(page.same_ground, middle, today=today, how_many=CHOSEN_FROM)
    return {
        "language": language,
        "title": _("What is there to do in %(area)s?") % {"area": area.name},
        "period": period_words(found),
        "lead": lead(invented=any(offer.invented for offer in found.offers)),
        "items": items_of(found, area, today=today),
        "more": [more_words(found.total - shown, area) for shown in range(len(found.offers) + 1)],
        "action": {
            "title": _("Call us"),
            "text": _("We help you choose. If you like, somebody goes along the first time."),
        },
        "made": _("Made on %(day)s.") % {"day": date_format(today, "j F Y")},
    }


def period_words(found: Around) -> str:
    first, last = found.first_day, found.last_day
    return _("From %(first)s to %(last)s") % {
        "first": date_format(first, "j F" if first.year == last.year else "j F Y"),
        "last": date_format(last, "j F Y"),
    }


def lead(*, invented: bool) -> list[str]:
    words = [
        _("You are welcome, also if you do not know anybody there yet."),
        _("To be sure that it takes place, call before you go."),
    ]
    return [*words, _("This is an example: what stands here is made up.")] if invented else words


def items_of(found: Around, area: ShownArea, *, today: date) -> list[dict[str, object]]:
    """Say each offer, in the order of choice; `place` is its place in time."""
    in_time = sorted(found.offers, key=lambda offer: (moments_of(offer)[0], offer.pk))
    place = {offer.pk: number for number, offer in enumerate(in_time)}
    return [
        item_of(offer, area, today=today) | {"place": place[offer.pk]} for offer in found.offers
    ]


def item_of(offer: Offer, area: ShownArea, *, today: date) -> dict[str, object]:
    number = contact_of(offer).phone or settings.PHONE
    lines = [
        place_words(offer.location, area) if offer.location else "",
        sentences(known_price(offer), *who_words(offer)),
        along_words(offer),
    ]
    return {
        "name": offer.name,
        "summary": short(offer.summary),
        "when": capfirst(rhythm_words(moments_of(offer), first_day=today, weeks=WEEKS)),
        "lines": [line for line in lines if line],
        "call": call_words(offer) if number else "",
        "number": number,
    }


def short(text: str) -> str:
    """Keep of a long text the first sentence: paper is small."""
    if len(text) <= SHORT:
        return text
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]


def moments_of(offer: Offer) -> list[tuple[datetime, datetime]]:
    meetings: list[Meeting] = getattr(offer, "meetings_ahead", [])
    return [(meeting.starts_at, meeting.ends_at) for meeting in meetings]


def place_words(location: Location, area: ShownArea) -> str:
    """Say where it is, with the street, and the neighbourhood if that is another one."""
    elsewhere = location.area.name if location.area and location.area.name != area.name else ""
    named = "" if elsewhere and elsewhere in location.name else elsewhere
    return ", ".join(part for part in (location.name, unbroken(location.street), named) if part)


def who_words(offer: Offer) -> list[str]:
    """Say for whom it is where it is not for everybody."""
    return [words for words in (open_to_words(offer), age_words(offer)) if words]


def sentences(*parts: str) -> str:
    """Put short facts behind each other, each with one full stop."""
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def along_words(offer: Offer) -> str:
    """Say what makes it easier to come, to somebody who is addressed as *u*."""
    if offer.transport_offered and offer.first_time_together:
        return _("We can fetch you, and somebody can go along.")
    if offer.transport_offered:
        return _("We can fetch you.")
    return _("Somebody can go along the first time.") if offer.first_time_together else ""


def call_words(offer: Offer) -> str:
    """Say whether calling is needed."""
    return _("Sign up first:") if offer.booking == Booking.REQUIRED else _("Call:")


def more_words(left: int, area: ShownArea) -> str:
    """Say how much there is besides, and where that stands."""
    address = urlsplit(settings.SITE_URL).netloc + reverse(
        "site:neighbourhood_newest", args=[area.code]
    )
    if left <= 0:
        return _("It is on our site as well: %(address)s") % {"address": address}
    return ngettext(
        "There is %(count)s more activity near you. Call us, or look at %(address)s",
        "There are %(count)s more activities near you. Call us, or look at %(address)s",
        left,
    ) % {"count": left, "address": address}
