"""Reading figures: on the map, beside city and country, through the years, of one area."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from omzien.base.places.models import Area, AreaKind, Indicator, PublishedFigure
from omzien.base.places.queries.areas import COUNTRY, areas_of, lineage_of, within_municipality
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
    """One indicator over all areas of a kind, with the legend, beside the city and country."""

    indicator: ShownIndicator
    period: str
    group: str
    kind: AreaKind
    rows: tuple[FigureOnMap, ...]
    classes: tuple[MapClass, ...]
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
    """Read the figures that lead where several sources say something."""
    return PublishedFigure.objects.filter(leading=True).select_related("source")


def figures_on_map(
    indicator: ShownIndicator, *, period: str, group: str, kind: AreaKind, municipality: str
) -> FigureMap:
    """Give every area of a kind its figure and colour, or the reason why it has none."""
    figures = _figures_in(indicator, period, group, kind, municipality)
    years = {figure.area.division_year for figure in figures if figure.area.kind == kind}
    areas = areas_of(municipality, kind, max(years, default=None))
    by_area = {figure.area.pk: figure for figure in figures}
    by_code = {figure.area.code: figure for figure in figures}
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
    return FigureMap(
        indicator=indicator,
        period=period,
        group=group,
        kind=kind,
        rows=rows,
        classes=classed.classes,
        city=by_code.get(municipality),
        country=by_code.get(COUNTRY),
    )


def _figures_in(
    indicator: ShownIndicator, period: str, group: str, kind: AreaKind, municipality: str
) -> list[ShownFigure]:
    """Read the figures of areas of one kind, the city and the country, newer divisions last."""
    areas = within_municipality(municipality, kind, AreaKind.MUNICIPALITY, AreaKind.COUNTRY)
    figures = leading_figures().filter(
        indicator=indicator.pk,
        period=period,
        group=group,
        area__in=Area.objects.filter(areas),
    )
    shown = [
        ShownFigure.of(figure, indicator, ShownArea.of(figure.area))
        for figure in figures.select_related("area")
    ]
    return sorted(shown, key=lambda figure: figure.area.division_year)


def _why_none(figure: ShownFigure | None) -> str:
    if figure is None:
        return _("No figure was published for this area.")
    return figure.reason


def trends(indicator: str, *, codes: Iterable[str], group: str) -> tuple[Trend, ...]:
    """Follow one indicator of each area through the years, cut where counting changed.

    An indicator keeps to one series (the database sees to it), so series cannot mix. Years join
    through the concordance only, never because codes look alike. One year is not a trend.
    """
    by_year = Area.objects.filter(code__in=codes).order_by("division_year")
    newest = dict(by_year.values_list("code", "pk"))
    lineages = lineage_of(newest.values())
    figures = leading_figures().filter(
        indicator__slug=indicator,
        group__in=next((family for family in AGE_FAMILIES if group in family), {group}),
        area__in=set[int]().union(*lineages.values()),
    )
    periods = list(figures.values_list("area", "period"))
    followed = [
        own
        for own in (lineages[newest[code]] for code in codes if code in newest)
        if len({period for area, period in periods if area in own}) > 1
    ]
    if not followed:
        return ()
    ordered = sorted(figures.select_related("indicator", "area", "source"), key=_age_of)
    return tuple(_trend(figure for figure in ordered if figure.area_id in own) for own in followed)


def _age_of(figure: PublishedFigure) -> tuple[int, int]:
    """Tell newer definitions and divisions from older ones."""
    return figure.indicator.version, figure.area.division_year


def _trend(figures: Iterable[PublishedFigure]) -> Trend:
    """Keep of every period the newest definition and division, and cut the line."""
    of_period = {figure.period: figure for figure in figures}
    ordered = [of_period[period] for period in sorted(of_period)]
    return _cut(
        [ShownFigure.of(f, ShownIndicator.of(f.indicator), ShownArea.of(f.area)) for f in ordered]
    )


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
    areas = Area.objects.filter(within_municipality(municipality, *AreaKind))
    combinations = (
        PublishedFigure.objects.filter(leading=True, area__in=areas)
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
