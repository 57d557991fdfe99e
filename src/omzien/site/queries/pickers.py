"""The sentence that somebody makes on the list of offers, piece by piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from omzien.base.catalogue.models import Taxonomy
from omzien.base.places.models import AreaKind
from omzien.base.places.queries import areas_of
from omzien.site.queries import wishes
from omzien.site.queries.list_addresses import AREA_FILTER, FILTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from omzien.base.catalogue.models import Term

CHOSEN = (Taxonomy.THEME, Taxonomy.INTEREST)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen: its word in the address, and what it is called."""

    word: str
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Picker:
    """A piece of the sentence: how it begins, and the ways in which it can go on."""

    name: str
    title: str
    nothing: str
    choices: tuple[Choice, ...]

    @property
    def said(self) -> str:
        return next((choice.title for choice in self.choices if choice.chosen), "")


def picker(
    name: str, *, title: str, nothing: str, names: Mapping[str, str], given: Mapping[str, str]
) -> Picker:
    chosen = given.get(name)
    choices = (Choice(word, said, word == chosen) for word, said in names.items())
    return Picker(name, title, nothing, tuple(choices))


def pickers_for(given: Mapping[str, str], terms: Iterable[Term]) -> tuple[Picker, ...]:
    """Return the whole sentence: when, at what time, where, how far, and about what."""
    named = list(terms)
    return (
        picker(
            wishes.WHEN,
            title=_("I am looking for something"),
            nothing=_("on any day"),
            names=day_names(),
            given=given,
        ),
        picker(
            wishes.HALF,
            title=_("at this time of day"),
            nothing=_("at any time"),
            names=half_names(),
            given=given,
        ),
        picker(
            AREA_FILTER,
            title=_("in this neighbourhood"),
            nothing=_("anywhere in town"),
            names=area_names(),
            given=given,
        ),
        picker(
            wishes.FAR,
            title=_("or so far from there"),
            nothing=_("no further"),
            names=distance_names(),
            given=given,
        ),
        *(
            picker(
                FILTERS[kind],
                title=_("about") if kind == Taxonomy.THEME else _("and I like"),
                nothing=_("anything"),
                names={term.slug: term.shown_name for term in named if term.taxonomy == kind},
                given=given,
            )
            for kind in CHOSEN
        ),
    )


def day_names() -> dict[str, str]:
    names = {
        "vandaag": _("today"),
        "morgen": _("tomorrow"),
        "weekend": _("this weekend"),
        "week": _("in the coming week"),
    }
    for place, word in enumerate(wishes.DUTCH_DAYS):
        names[word] = _("on a %(day)s") % {"day": WEEKDAYS[place]}
    return names


def half_names() -> dict[str, str]:
    return {
        "ochtend": _("in the morning"),
        "middag": _("in the afternoon"),
        "avond": _("in the evening"),
    }


def distance_names() -> dict[str, str]:
    return {
        "lopen": _("1 kilometre, to walk"),
        "fietsen": _("3 kilometres, to cycle"),
        "verder": _("further as well"),
    }


def area_names() -> dict[str, str]:
    areas = areas_of(settings.MUNICIPALITY_CODE, AreaKind.NEIGHBOURHOOD)
    return {area.code: area.name for area in sorted(areas, key=lambda area: area.name)}


def ticks_for(given: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(name, str(title), given.get(name) == "ja")
        for name, title in wishes.YES_NAMES.items()
    )


def kept_for(given: Mapping[str, str], terms: Iterable[Term]) -> tuple[tuple[str, str, str], ...]:
    """Return what an address of another page brought, such as a moment in life; it stays."""
    return tuple(
        (name, term.slug, term.shown_name)
        for term in terms
        if term.taxonomy not in CHOSEN
        for name in (FILTERS[Taxonomy(term.taxonomy)],)
        if given.get(name) == term.slug
    )


def part_names() -> dict[str, str]:
    """Name the parts of a wish, to say what was left out of it."""
    return {
        "words": _("what you typed"),
        "when": _("the day"),
        "half": _("the time of day"),
        "area": _("the neighbourhood"),
        "place": _("the neighbourhood"),
        "within": _("the distance"),
        "themes": _("the theme"),
        "interests": _("what you like"),
        "dimension": _("the theme"),
        "life_moment": _("the moment in life"),
        **{
            field: str(wishes.YES_NAMES[name])
            for name, fields in wishes.YES.items()
            for field in fields
        },
    }
