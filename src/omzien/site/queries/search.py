"""What the search box finds: areas, offers, pages of the shell, chapters of the handbook."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.queries.search import Wish, find_offers
from omzien.base.places.queries import find_areas, names_above
from omzien.site.queries.drawing import address_of
from omzien.site.queries.handbook import handbook_pages
from omzien.site.queries.lines import LINES
from omzien.site.queries.offer_cards import cards_found

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.utils.functional import _StrPromise

    from omzien.base.places.queries import ShownArea
    from omzien.site.queries.offer_cards import Card


@dataclass(frozen=True)
class Hit:
    """A page that the words lead to."""

    title: str
    summary: str
    address: str


# Title, and the words by which people look for the page (Dutch and English).
PAGES: tuple[tuple[str, _StrPromise, str], ...] = (
    ("looking_for", _("I am looking for something"), "activiteit samen eten wandelen koffie walk"),
    ("want_to_help", _("I want to do something"), "vrijwilliger helpen volunteer help"),
    ("life_moments", _("When life changes"), "pensioen verhuisd verlies rouw mantelzorg retired"),
    ("circle", _("My circle"), "kring netwerk familie vrienden buren contact friends family"),
    ("aid", _("What matters to me"), "positieve gezondheid gesprek spinnenweb positive health"),
    ("worried", _("I am worried about someone"), "melden zorgen nood 112 113 buurvrouw report"),
    ("neighbourhoods", _("Neighbourhoods"), "buurt wijk kaart cijfers eenzaamheid map figures"),
    ("plan", _("The plan"), "actieplan gemeente aanpak eenzaamheid municipality"),
    ("accessibility", _("Accessibility"), "toegankelijkheid grote letters wcag slechtziend"),
    ("privacy", _("Privacy"), "avg gegevens cookies rechten data"),
    ("source_code", _("Source code"), "broncode eupl open source licentie licence"),
)
SHORTEST_WORD = 3
SHOWN_OFFERS = 4


def search_areas(words: str) -> list[Hit]:
    """Return the areas of the town by name, also misspelt, or by postcode."""
    found = find_areas(words, municipality=settings.MUNICIPALITY_CODE)
    above = names_above(found)
    return [
        Hit(area.name, area_place(area, above.get(area.parent_pk)), address_of(area))
        for area in found
    ]


def area_place(area: ShownArea, within: str | None) -> str:
    """Say what kind of area it is and where it lies: "buurt in Centrum"."""
    if within is None:
        return area.kind_name
    return _("%(kind)s in %(parent)s") % {"kind": area.kind_name, "parent": within}


@dataclass(frozen=True)
class OfferHits:
    """The first offers that the words lead to, and how many there are."""

    cards: tuple[Card, ...]
    total: int
    more: bool


def search_offers(words: str, *, now: datetime) -> OfferHits:
    """Return the first offers for these words, what fits best in front; none without words."""
    if not words:
        return OfferHits((), 0, more=False)
    found = find_offers(Wish(words=words), now=now)
    cards = cards_found(found.offers[:SHOWN_OFFERS], now=now)
    return OfferHits(tuple(cards), found.total, found.more)


def leads_straight(words: str, areas: list[Hit], pages: list[Hit], offers: OfferHits) -> bool:
    """Say whether the words are the name of one area, or lead to nothing else than that."""
    if len(areas) != 1 or pages:
        return False
    return not offers.total or folded(words) == folded(areas[0].title)


def search_pages(words: str) -> list[Hit]:
    """Return the pages that hold every word of at least three letters; none without words."""
    wanted = [word for word in folded(words).split() if len(word) >= SHORTEST_WORD]
    if not wanted:
        return []
    return [hit for hit, text in _all_pages() if all(word in text for word in wanted)]


def folded(text: str) -> str:
    """Return text without accents and capitals: "Hoe? Zó!" becomes "hoe? zo!"."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def _all_pages() -> Iterator[tuple[Hit, str]]:
    for name, title, words in PAGES:
        yield Hit(str(title), "", reverse(f"site:{name}")), folded(f"{title} {words}")
    for line in LINES:
        hit = Hit(str(line.title), str(line.purpose), reverse("site:plan_line", args=[line.name]))
        yield hit, folded(f"{line.title} {line.label} {line.purpose}")
    for page in handbook_pages():
        hit = Hit(page.title, page.summary, reverse("site:handbook_page", args=[page.slug]))
        yield hit, folded(f"{page.title} {page.summary} {page.body}")
