"""The page with all offers: what can be chosen, what was chosen, and what fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.http import urlencode

from omzien.base.catalogue.models import Taxonomy
from omzien.base.catalogue.queries.dates import listed
from omzien.base.catalogue.queries.search import FoundOffers, find_offers, nearest_instead
from omzien.base.catalogue.queries.terms import terms_of
from omzien.site.queries import wishes
from omzien.site.queries.list_addresses import AREA_FILTER, FILTERS
from omzien.site.queries.offer_cards import cards_found
from omzien.site.queries.offers_map import OffersMap, map_of_offers
from omzien.site.queries.overview import paper_query
from omzien.site.queries.pickers import (
    Choice,
    Picker,
    kept_for,
    part_names,
    pickers_for,
    ticks_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from omzien.base.catalogue.models import Term
    from omzien.base.catalogue.queries.search import Wish
    from omzien.site.queries.offer_cards import Card


@dataclass(frozen=True, slots=True)
class Nearest:
    """What comes nearest where nothing fits, and what was left out for it, in words."""

    left_out: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class OffersPage:
    """Everything on the page."""

    words: str
    postcode: str
    pickers: tuple[Picker, ...]
    ticks: tuple[Choice, ...]
    kept: tuple[tuple[str, str, str], ...]
    found: FoundOffers
    cards: tuple[Card, ...]
    map: OffersMap | None
    nearest: Nearest | None
    # The choices again, for the form that asks for another page of what was typed.
    given: tuple[tuple[str, str], ...]
    query: str
    # Behind the address of the overview on paper: the theme and the neighbourhood.
    paper: str

    @property
    def said(self) -> tuple[str, ...]:
        """Return what was asked, in words, for above the list."""
        return (
            *([f"“{self.words}”"] if self.words else []),
            *(picker.said for picker in self.pickers if picker.said),
            *([self.postcode] if self.postcode else []),
            *(tick.title for tick in self.ticks if tick.chosen),
            *(title for _name, _slug, title in self.kept),
        )

    @property
    def earlier(self) -> int:
        return self.found.page - 1

    @property
    def later(self) -> int:
        return self.found.page + 1 if self.found.page < self.found.pages else 0


def offers_page(given: Mapping[str, str], *, now: datetime) -> OffersPage:
    """Gather the page for the choices in an address or a form; what is unknown asks nothing."""
    terms = [term for kind in FILTERS for term in terms_of(kind)]
    asked = known_only(given, terms)
    wish = wishes.wish_from(asked)
    found = find_offers(wish, now=now, page=number(given.get(wishes.PAGE, "")))
    words, pickers = wishes.address_words(asked), pickers_for(asked, terms)
    return OffersPage(
        words=wish.words,
        postcode=wishes.postcode_in(asked),
        pickers=pickers,
        ticks=ticks_for(asked),
        kept=kept_for(asked, terms),
        found=found,
        cards=tuple(cards_found(found.offers, now=now, first=found.first)),
        map=map_of_offers(found.offers, first=found.first),
        nearest=None if found.offers else nearest_to(wish, now=now),
        given=tuple(words.items()),
        query=urlencode(words),
        paper=paper_query(words.get(FILTERS[Taxonomy.THEME], ""), chosen_in(pickers, AREA_FILTER)),
    )


def known_only(given: Mapping[str, str], terms: Iterable[Term]) -> dict[str, str]:
    """Leave out words that are not in their list: they ask nothing."""
    known = {(FILTERS[Taxonomy(term.taxonomy)], term.slug) for term in terms}
    return {
        name: value
        for name, value in given.items()
        if name not in FILTERS.values() or (name, value) in known
    }


def chosen_in(pickers: Iterable[Picker], name: str) -> str:
    """Return what was chosen from a list, if it is on it."""
    choices = (choice for picker in pickers if picker.name == name for choice in picker.choices)
    return next((choice.word for choice in choices if choice.chosen), "")


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004 - enough pages


def nearest_to(wish: Wish, *, now: datetime) -> Nearest | None:
    instead = nearest_instead(wish, now=now)
    if instead is None:
        return None
    names = part_names()
    said = dict.fromkeys(names[part] for part in instead.left_out)
    return Nearest(listed(list(said)), tuple(cards_found(instead.offers, now=now)))
