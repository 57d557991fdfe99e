"""Buurt in beeld: one indicator over the areas of the town, as a map and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from omzien.base.places import queries as places
from omzien.base.places.models import AreaKind
from omzien.site.queries.lines import in_use

if TYPE_CHECKING:
    from collections.abc import Iterable

    from omzien.base.places.queries import (
        AvailableIndicator,
        FigureMap,
        FigureOnMap,
        ShownFigure,
        ShownIndicator,
        Trend,
    )

# Everybody, or all adults, where the reader did not choose.
USUAL_GROUPS = ("all", "18+", "19+")
MAPPED_KINDS = (AreaKind.NEIGHBOURHOOD, AreaKind.DISTRICT)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader asks to see; an empty word leaves the choice to the page."""

    indicator: str = ""
    period: str = ""
    group: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: the wish, or what comes nearest to it."""

    indicator: AvailableIndicator
    period: str
    group: str
    kind: AreaKind
    only_whole_town: bool

    @property
    def told(self) -> AreaKind:
        """What the figures are about: areas on the map, or the town or country as a whole."""
        return told_kind(self.indicator) if self.only_whole_town else self.kind

    @property
    def periods(self) -> tuple[str, ...]:
        return self.indicator.periods(self.told)

    @property
    def groups(self) -> tuple[tuple[str, str], ...]:
        groups = self.indicator.groups(self.told, self.period)
        return tuple((group, places.group_name(group)) for group in groups)

    @property
    def kinds(self) -> tuple[AreaKind, ...]:
        return mapped_kinds(self.indicator)

    @property
    def group_name(self) -> str:
        return places.group_name(self.group)

    def as_query(self) -> dict[str, str]:
        """Return the words of the address that shows exactly this."""
        return {
            "onderwerp": self.indicator.indicator.slug,
            "jaar": self.period,
            "leeftijd": self.group,
            "indeling": self.kind.value,
        }


@dataclass(frozen=True, slots=True)
class Neighbourhoods:
    """Everything on the page of the neighbourhoods."""

    choices: tuple[AvailableIndicator, ...]
    shown: Shown
    figures: FigureMap
    rows: tuple[FigureOnMap, ...]
    trends: tuple[Trend, ...]

    @property
    def indicator(self) -> ShownIndicator:
        return self.shown.indicator.indicator

    @property
    def figures_shown(self) -> list[ShownFigure]:
        found = [row.figure for row in self.rows] + [self.figures.city, self.figures.country]
        return [figure for figure in found if figure]

    @property
    def sources(self) -> tuple[ShownFigure, ...]:
        """One figure of every source, for the lines below the map."""
        by_source = {(f.source.title, f.base_note): f for f in reversed(self.figures_shown)}
        return tuple(reversed(by_source.values()))

    @property
    def with_intervals(self) -> bool:
        return any(figure.lower is not None for figure in self.figures_shown)

    @property
    def modelled(self) -> bool:
        return any(figure.modelled for figure in self.figures_shown)

    @property
    def invented(self) -> bool:
        return any(figure.source.invented for figure in self.figures_shown)


def choices() -> tuple[AvailableIndicator, ...]:
    """List the indicators with figures, less those of lines that are not in use here."""
    available = places.indicators_available(settings.MUNICIPALITY_CODE)
    newest = {found.indicator.slug: found for found in reversed(available)}
    return tuple(
        found
        for found in available
        if found is newest[found.indicator.slug] and in_use(found.indicator.line)
    )


def neighbourhoods(wish: Wish) -> Neighbourhoods | None:
    """Gather the page that the reader wishes; None while there is not one figure."""
    available = choices()
    if not available:
        return None
    shown = nearest(wish, available)
    indicator, town = shown.indicator.indicator, settings.MUNICIPALITY_CODE
    figures = places.figures_on_map(
        indicator, period=shown.period, group=shown.group, kind=shown.kind, municipality=town
    )
    return Neighbourhoods(
        choices=available,
        shown=shown,
        figures=figures,
        rows=tuple(sorted(figures.rows, key=by_name)),
        trends=places.trends(indicator.slug, codes=(town, "NL00"), group=shown.group),
    )


def by_name(row: FigureOnMap) -> tuple[str, str]:
    return row.area.name.casefold(), row.area.code


def nearest(wish: Wish, available: Iterable[AvailableIndicator]) -> Shown:
    """Find what comes nearest to a wish: an unknown word counts as no word."""
    by_slug = {found.indicator.slug: found for found in available}
    chosen = by_slug.get(wish.indicator) or next(
        (found for found in by_slug.values() if mapped_kinds(found) and not found.invented),
        next(iter(by_slug.values())),
    )
    kinds = mapped_kinds(chosen)
    kind = next((kind for kind in kinds if kind == wish.kind), (kinds or MAPPED_KINDS)[0])
    told = kind if kinds else told_kind(chosen)
    period = pick(wish.period, chosen.periods(told))
    group = pick(wish.group, chosen.groups(told, period), usual=USUAL_GROUPS)
    return Shown(chosen, period, group, kind, only_whole_town=not kinds)


def mapped_kinds(found: AvailableIndicator) -> tuple[AreaKind, ...]:
    kinds = {choice.kind for choice in found.choices}
    return tuple(kind for kind in MAPPED_KINDS if kind in kinds)


def told_kind(found: AvailableIndicator) -> AreaKind:
    """Say about what the figures are that cannot be put on the map: the town, or the country."""
    kinds = {choice.kind for choice in found.choices}
    return AreaKind.MUNICIPALITY if AreaKind.MUNICIPALITY in kinds else AreaKind.COUNTRY


def pick(word: str, offered: tuple[str, ...], usual: tuple[str, ...] = ()) -> str:
    """Return the wished word if it is offered, else the usual one, else the first."""
    return next((found for found in (word, *usual) if found in offered), offered[0])
