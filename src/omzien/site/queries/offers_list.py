"""The page with all offers: what can be chosen, what was chosen, and what fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from omzien.base.catalogue.models import Taxonomy
from omzien.base.catalogue.queries.listing import Listed, Wish, list_offers, without_one_wish
from omzien.base.catalogue.queries.terms import terms_of
from omzien.base.places.models import AreaKind
from omzien.base.places.queries import areas_of
from omzien.site.queries.list_addresses import AREA_FILTER, FILTERS
from omzien.site.queries.offer_cards import cards_of
from omzien.site.queries.overview import paper_query

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from omzien.base.places.queries import ShownArea
    from omzien.site.queries.offer_cards import Card

# The words of the address for what a wish asks.
WHEN, PAGE = "wanneer", "bladzijde"
YES = {"gratis": "free", "halen": "fetched", "samen": "together", "drempelvrij": "step_free"}
WHENS = {"vandaag": "today", "morgen": "tomorrow", "weekend": "weekend", "week": "week"}
CHOSEN = (Taxonomy.THEME, Taxonomy.INTEREST)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: its word in the address, and what it is called."""

    word: str
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Picker:
    """A list to choose one thing from."""

    name: str
    title: str
    nothing: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class OffersPage:
    """Everything on the page."""

    pickers: tuple[Picker, ...]
    ticks: tuple[Choice, ...]
    # What an address of another page brought, such as a moment in life; it stays.
    kept: tuple[tuple[str, str, str], ...]
    listed: Listed
    cards: tuple[Card, ...]
    instead: tuple[tuple[str, str], ...]
    asked: bool
    earlier: str
    later: str
    # Behind the address of the overview on paper: the theme and the neighbourhood.
    paper: str


def offers_page(given: Mapping[str, str], *, now: datetime) -> OffersPage:
    """Gather the page for the words of an address; what is unknown asks nothing."""
    terms = {(t.taxonomy, t.slug): t for kind in FILTERS for t in terms_of(kind)}
    words = tuple(
        (kind.value, given[name])
        for kind, name in FILTERS.items()
        if (kind.value, given.get(name, "")) in terms
    )
    areas = areas_of(settings.MUNICIPALITY_CODE, AreaKind.NEIGHBOURHOOD)
    wish = Wish(
        when=WHENS.get(given.get(WHEN, ""), ""),
        area_code=given.get(AREA_FILTER, ""),
        words=words,
        **{field: given.get(name) == "ja" for name, field in YES.items()},
    )
    listed = list_offers(wish, now=now, page=number(given.get(PAGE, "")))
    chosen = dict(words)
    theme_and_interest = [
        Picker(
            FILTERS[kind],
            str(titles()[kind]),
            _("anything"),
            tuple(
                Choice(t.slug, t.shown_name, chosen.get(kind.value) == t.slug)
                for (taxonomy, _slug), t in terms.items()
                if taxonomy == kind
            ),
        )
        for kind in CHOSEN
    ]
    return OffersPage(
        pickers=(when_picker(wish), area_picker(wish, areas), *theme_and_interest),
        ticks=ticks_of(wish),
        kept=tuple(
            (FILTERS[Taxonomy(kind)], slug, terms[kind, slug].shown_name)
            for kind, slug in words
            if kind not in CHOSEN
        ),
        listed=listed,
        cards=tuple(cards_of(listed.offers, now=now)),
        instead=() if listed.total else instead_of(wish, given, now=now),
        asked=wish != Wish(),
        earlier=address_of_page(given, listed.page - 1, listed),
        later=address_of_page(given, listed.page + 1, listed),
        paper=paper_query(
            chosen.get(Taxonomy.THEME.value, ""),
            wish.area_code if wish.area_code in {area.code for area in areas} else "",
        ),
    )


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004 - enough pages


def titles() -> dict[Taxonomy, str]:
    return {
        Taxonomy.THEME: _("Theme"),
        Taxonomy.INTEREST: _("I like"),
    }


def when_picker(wish: Wish) -> Picker:
    names = {
        "vandaag": _("today"),
        "morgen": _("tomorrow"),
        "weekend": _("this weekend"),
        "week": _("in the coming week"),
    }
    choices = (Choice(word, names[word], wish.when == value) for word, value in WHENS.items())
    return Picker(WHEN, _("When"), _("any day"), tuple(choices))


def area_picker(wish: Wish, areas: tuple[ShownArea, ...]) -> Picker:
    ordered = sorted(areas, key=lambda area: area.name)
    choices = (Choice(area.code, area.name, wish.area_code == area.code) for area in ordered)
    return Picker(AREA_FILTER, _("Where"), _("anywhere"), tuple(choices))


def tick_names() -> dict[str, str]:
    return {
        "gratis": _("free of charge"),
        "halen": _("I can be fetched"),
        "samen": _("somebody goes with me the first time"),
        "drempelvrij": _("without steps"),
    }


def ticks_of(wish: Wish) -> tuple[Choice, ...]:
    names = tick_names()
    return tuple(
        Choice(name, names[name], bool(getattr(wish, field))) for name, field in YES.items()
    )


def instead_of(
    wish: Wish, given: Mapping[str, str], *, now: datetime
) -> tuple[tuple[str, str], ...]:
    """Say, where nothing fits, what to leave out and where that leads; at most three."""
    fields = {field: (name,) for name, field in YES.items()} | {
        "when": (WHEN,),
        "area_code": (AREA_FILTER,),
        "words": tuple(FILTERS.values()),
    }
    said = {YES[name]: title for name, title in tick_names().items()} | {
        "when": _("the day"),
        "area_code": _("the neighbourhood"),
        "words": _("the theme or what you like"),
    }
    return tuple(
        (
            _("Leave out %(what)s: %(count)s found") % {"what": said[part], "count": count},
            f"?{urlencode(left_out(given, *fields[part], PAGE))}",
        )
        for part, count in without_one_wish(wish, now=now)[:3]
    )


def left_out(given: Mapping[str, str], *names: str) -> dict[str, str]:
    known = {WHEN, AREA_FILTER, PAGE, *FILTERS.values(), *YES}
    return {name: given[name] for name in given if name in known and name not in names}


def address_of_page(given: Mapping[str, str], page: int, listed: Listed) -> str:
    """Return the address of another page of the list, or nothing where there is none."""
    if not 1 <= page <= listed.pages:
        return ""
    return f"?{urlencode(left_out(given, PAGE) | {PAGE: page})}"
