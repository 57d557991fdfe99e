"""What people say to miss, in everyday words, and the layers of the layer model it is about."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Need:
    """One answer to "what would you like more of?"; the layers stay behind the page."""

    slug: str
    title: _StrPromise
    reason: _StrPromise
    layers: Mapping[str, float]
    interests: tuple[str, ...]


def need(
    slug: str,
    title: _StrPromise,
    reason: _StrPromise,
    *interests: str,
    **layers: float,
) -> Need:
    return Need(slug, title, reason, MappingProxyType(layers), interests)


NEEDS = (
    need(
        "meet",
        _("meeting people"),
        _("You meet people there."),
        ontmoeting=1,
    ),
    need(
        "talk",
        _("somebody to really talk with"),
        _("It helps you to find somebody to talk with."),
        contact=1,
        beleving=0.5,
    ),
    need(
        "do",
        _("something to do in the week"),
        _("It gives you something to do in the week."),
        ontmoeting=1,
        hulpbronnen=0.5,
    ),
    need(
        "give",
        _("doing something for somebody else"),
        _("You can do something for somebody else there."),
        "vrijwilligerswerk",
        ontmoeting=0.8,
        contact=0.4,
    ),
    need(
        "strong",
        _("feeling fitter or more certain"),
        _("It makes you fitter or more certain."),
        "gezondheid",
        hulpbronnen=1,
    ),
    need(
        "loss",
        _("finding my way after a loss or a change"),
        _("It helps after a loss or a change."),
        "rouw",
        beleving=1,
        contact=0.5,
    ),
    need(
        "care",
        _("room to breathe: I care for somebody"),
        _("It is meant for who cares for somebody."),
        "mantelzorg",
        hulpbronnen=0.5,
    ),
    need(
        "practical",
        _("help with home, money, papers or getting around"),
        _("You get help with practical things."),
        "geld",
        "vervoer",
        hulpbronnen=0.5,
        wonen=1,
        demografie=1,
    ),
)
BY_SLUG = {each.slug: each for each in NEEDS}

# What goes without saying with a need is not asked once more as something one likes.
BEHIND_NEEDS = frozenset(slug for each in NEEDS for slug in each.interests)


def interests_of(needs: Iterable[str]) -> frozenset[str]:
    return frozenset(interest for slug in needs for interest in BY_SLUG[slug].interests)


def layers_of(needs: Iterable[str]) -> dict[str, float]:
    """Return how much each layer matters to who misses these: the most that any of them says."""
    wanted: dict[str, float] = {}
    for slug in needs:
        for layer, weight in BY_SLUG[slug].layers.items():
            wanted[layer] = max(weight, wanted.get(layer, 0))
    return wanted
