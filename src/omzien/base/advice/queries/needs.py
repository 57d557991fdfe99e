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


def need(slug: str, title: _StrPromise, reason: _StrPromise, **layers: float) -> Need:
    return Need(slug, title, reason, MappingProxyType(layers))


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
        ontmoeting=0.8,
        contact=0.4,
    ),
    need(
        "strong",
        _("feeling fitter or more certain"),
        _("It makes you fitter or more certain."),
        hulpbronnen=1,
    ),
    need(
        "loss",
        _("finding my way after a loss or a change"),
        _("It helps after a loss or a change."),
        beleving=1,
        contact=0.5,
    ),
    need(
        "practical",
        _("help with home, money, papers or getting around"),
        _("You get help with practical things."),
        hulpbronnen=0.5,
        wonen=1,
        demografie=1,
    ),
)
BY_SLUG = {each.slug: each for each in NEEDS}


def layers_of(needs: Iterable[str]) -> dict[str, float]:
    """Return how much each layer matters to who misses these: the most that any of them says."""
    wanted: dict[str, float] = {}
    for slug in needs:
        for layer, weight in BY_SLUG[slug].layers.items():
            wanted[layer] = max(weight, wanted.get(layer, 0))
    return wanted
