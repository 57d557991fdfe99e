"""Reading figures: on the map, beside city and country, through the years, of one area."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from omzien.base.places.models import Area, AreaKind, Indicator, PublishedFigure
from omzien.base.places.queries.areas import (
    areas_of,
    find_area,
    lineage_of,
    within_municipality,
)
from omzien.base.places.queries.shown import ShownArea, ShownFigure, ShownIndicator
from omzien.methods.maps.classes import MapClass, equal_count_classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

# Groups that follow on each other in one trend, with a mark where the ages change.
AGE_FAMILIES = ({"18+", "19+"}, {"18-64", "19-64"})


@dataclass(frozen=True, slots=True)
class FigureOnMap:
    """An area with its figure and colour, or why it has none."""

    area: ShownArea
    figure: ShownFigure | None
    why_none: str
    class_number: int | None


@dataclass(frozen=True, slots=True)
class FigureMap:
    """One indicator over all areas of a kind, with the classes of the legend."""

    indicator: ShownIndicator | None
    period: str
    group: str
    kind: AreaKind
    rows: tuple[FigureOnMap, ...]
    classes: tuple[MapClass, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Areas from high to low, beside the city and the country."""

    areas: tuple[ShownFigure, ...]
    city: ShownFigure | None
    country: ShownFigure | None


@dataclass(frozen=True, slots=True)
class Segment:
    """Figures that may be joined by a line: one definition, one age group."""

    group: str
    version: int
    figures: tuple[ShownFigure, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """A series of figures, cut where the way of counting changed."""

    segments: tuple[Segment, ...]
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One combination that exists: period, age group, kind of area."""

    period: str
    group: str
    kind: AreaKind


@dataclass(frozen=True, slots=True)
class AvailableIndicator:
    """An indicator with figures, and for which periods, groups and kinds of area."""

    indicator: ShownIndicator
    choices: tuple[Choice, ...]
    invented: bool

    def periods(self, kind: AreaKind) -> tuple[str, ...]:
        """Give the periods with figures for a kind of area, latest first."""
        return tuple(sorted({c.period for c in self.choices if c.kind == kind}, reverse=True))

    def groups(self, kind: AreaKind, period: str) -> tuple[str, ...]:
        """Give the age groups with figures for a kind of area in a period."""
        found = {c.group for c in self.choices if c.kind == kind and c.period == period}
        return tuple(sorted(found))


def leading_figures() -> QuerySet[PublishedFigure]:
    """Read the figures that lead where several sources say something, with all they belong to."""
    return PublishedFigure.objects.filter(leading=True).select_related(
        "indicator", "area__parent", "source"
    )


def figures_on_map(
    indicator: str, *, period: str, group: str, kind: AreaKind, municipality: str
) -> FigureMap:
    """Give every area of a kind its figure and colour, or the reason why it has none."""
    figures = _figures_in(indicator, period, group, kind, municipality)
    years = {figure.area.division_year for figure in figures}
    areas = areas_of(municipality, kind, max(years, default=None))
    by_area = {figure.area.pk: ShownFigure.of(figure) for figure in figures}
    shown = [by_area.get(area.pk) for area in areas]
    classed = equal_count_classes([float(f.value) for f in shown if f and f.value is not None])
    numbers = iter(classed.numbers)
    rows = tuple(
        FigureOnMap(
            area=area,
            figure=figure,
            why_none=_why_none(figure),
            class_number=next(numbers) if figure and figure.value is not None else None,
        )
        for area, figure in zip(areas, shown, strict=True)
    )
    first = ShownIndicator.of(figures[0].indicator) if figures else None
    return FigureMap(first, period, group, kind, rows, classed.classes)


def _figures_in(
    indicator: str, period: str, group: str, kind: AreaKind, municipality: str
) -> list[PublishedFigure]:
    """Read the figures of the latest definition and the latest division."""
    areas = Area.objects.filter(within_municipality(municipality, kind))
    figures = list(
        leading_figures().filter(
            indicator__slug=indicator, period=period, group=group, area__in=areas
        )
    )
    latest = max(((f.indicator.version, f.area.division_year) for f in figures), default=None)
    return [f for f in figures if (f.indicator.version, f.area.division_year) == latest]


def _why_none(figure: ShownFigure | None) -> str:
    if figure is None:
        return _("No figure was published for this area.")
    return figure.reason


def comparison(
    indicator: str, *, period: str, group: str, kind: AreaKind, municipality: str
) -> Comparison:
    """Put the areas from high to low, beside the city and the country in the same period."""
    city = within_municipality(municipality, AreaKind.MUNICIPALITY)
    country = within_municipality(municipality, AreaKind.COUNTRY)
    wanted = Area.objects.filter(within_municipality(municipality, kind) | city | country)
    figures = _latest_definition(
        leading_figures().filter(
            indicator__slug=indicator, period=period, group=group, area__in=wanted
        )
    )
    shown = [ShownFigure.of(figure) for figure in figures]
    areas = [f for f in shown if f.area.kind == kind and f.value is not None]
    return Comparison(
        areas=tuple(sorted(areas, key=lambda f: (-(f.value or 0), f.area.name))),
        city=next((f for f in shown if f.area.code == municipality), None),
        country=next((f for f in shown if f.area.kind == AreaKind.COUNTRY), None),
    )


def _latest_definition(figures: Iterable[PublishedFigure]) -> list[PublishedFigure]:
    """Keep of every area code only the newest definition and division."""
    newest: dict[str, PublishedFigure] = {}
    for figure in sorted(figures, key=lambda f: (f.indicator.version, f.area.division_year)):
        newest[figure.area.code] = figure
    return list(newest.values())


def trend(indicator: str, *, code: str, group: str, division_year: int | None = None) -> Trend:
    """Follow one indicator of one area through the years, cut where counting changed.

    An indicator keeps to one series (the database sees to it), so series cannot mix. Years join
    through the concordance only, never because codes look alike.
    """
    area = find_area(code, division_year)
    if area is None:
        return Trend((), ())
    groups = next((family for family in AGE_FAMILIES if group in family), {group})
    figures = leading_figures().filter(
        indicator__slug=indicator,
        group__in=groups,
        area__in=lineage_of([area.pk])[area.pk],
    )
    latest_of_period: dict[str, PublishedFigure] = {}
    for figure in sorted(figures, key=lambda f: (f.indicator.version, f.area.division_year)):
        latest_of_period[figure.period] = figure
    ordered = [latest_of_period[period] for period in sorted(latest_of_period)]
    return _cut([ShownFigure.of(figure) for figure in ordered])


def _cut(figures: Sequence[ShownFigure]) -> Trend:
    runs: list[list[ShownFigure]] = []
    for figure in figures:
        if runs and _may_join(runs[-1][-1], figure):
            runs[-1].append(figure)
        else:
            runs.append([figure])
    segments = tuple(Segment(r[0].group, r[0].indicator.version, tuple(r)) for r in runs)
    return Trend(
        segments,
        tuple(_break(a[-1], b[0]) for a, b in itertools.pairwise(runs)),
    )


def _may_join(one: ShownFigure, other: ShownFigure) -> bool:
    return (one.group, one.indicator.version) == (other.group, other.indicator.version)


def _break(before: ShownFigure, after: ShownFigure) -> str:
    if before.group != after.group:
        return _("From %(period)s the figure is about %(group)s; before, about %(old)s.") % {
            "period": after.period,
            "group": after.group_name,
            "old": before.group_name,
        }
    return _("From %(period)s the definition is different.") % {"period": after.period}


def indicators_available(municipality: str) -> tuple[AvailableIndicator, ...]:
    """List indicators that have figures for this municipality or the country."""
    kinds = (AreaKind.NEIGHBOURHOOD, AreaKind.DISTRICT, AreaKind.MUNICIPALITY, AreaKind.COUNTRY)
    wanted = within_municipality(municipality, AreaKind.COUNTRY)
    for kind in kinds[:-1]:
        wanted |= within_municipality(municipality, kind)
    combinations = (
        PublishedFigure.objects.filter(leading=True, area__in=Area.objects.filter(wanted))
        .values_list("indicator", "period", "group", "area__kind", "source__invented")
        .distinct()
    )
    choices: dict[int, list[tuple[Choice, bool]]] = defaultdict(list)
    for indicator, period, group, kind_value, invented in combinations:
        choices[indicator].append((Choice(period, group, AreaKind(kind_value)), invented))
    from_database = _indicators(choices)
    return tuple(
        AvailableIndicator(
            shown,
            tuple(sorted({c for c, _i in choices[pk]}, key=lambda c: (c.period, c.group, c.kind))),
            invented=any(invented for _c, invented in choices[pk]),
        )
        for pk, shown in from_database
    )


def _indicators(pks: Iterable[int]) -> list[tuple[int, ShownIndicator]]:
    rows = Indicator.objects.filter(pk__in=list(pks)).order_by("position", "slug", "-version")
    return [(row.pk, ShownIndicator.of(row)) for row in rows]
