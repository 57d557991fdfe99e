"""Reading everything on the page of one area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from omzien.base.places.models import Area, AreaChange, AreaKind
from omzien.base.places.queries.areas import COUNTRY, find_area, lineage_of, within_municipality
from omzien.base.places.queries.figures import leading_figures
from omzien.base.places.queries.shown import ShownArea, ShownFigure, ShownIndicator, ShownPostcode

if TYPE_CHECKING:
    from collections.abc import Iterable

FigureKey = tuple[str, int, str, str]


@dataclass(frozen=True, slots=True)
class FigureBeside:
    """A figure of an area with the same figure of the city and of the country."""

    figure: ShownFigure
    city: ShownFigure | None
    country: ShownFigure | None


@dataclass(frozen=True, slots=True)
class OtherDivision:
    """The same ground in another division: which area, and which share lies in it."""

    area: ShownArea
    share: float
    basis: str


@dataclass(frozen=True, slots=True)
class AreaPage:
    """Everything on the page of one area."""

    area: ShownArea
    # The same ground in every division, itself included, by number.
    same_ground: frozenset[int]
    above: tuple[ShownArea, ...]
    parts: tuple[ShownArea, ...]
    siblings: tuple[ShownArea, ...]
    alike: tuple[ShownArea, ...]
    figures: tuple[FigureBeside, ...]
    postcodes: tuple[ShownPostcode, ...]
    other_divisions: tuple[OtherDivision, ...]


def area_page(code: str, division_year: int | None = None) -> AreaPage | None:
    """Gather one area, what lies above, below and beside it, and its latest figures."""
    found = find_area(code, division_year)
    if found is None:
        return None
    area = ShownArea.of(found)
    near = _near(area)
    own, changes = lineage_of([area.pk])[area.pk], _changes(area)
    elsewhere = Q(pk__in=own | changes.keys()) | Q(code__in=_codes_beside(area))
    areas = {row.pk: ShownArea.of(row) for row in Area.objects.filter(elsewhere)}
    return AreaPage(
        same_ground=frozenset(own),
        area=area,
        above=_above(area, near),
        parts=tuple(one for one in near if one.parent_pk == area.pk),
        siblings=tuple(one for one in near if one.parent_pk == area.parent_pk and one != area),
        alike=tuple(one for one in near if _are_alike(one, area)),
        figures=_figures_beside(area, own, areas),
        postcodes=tuple(ShownPostcode.of(row) for row in found.postcodes.order_by("code")),
        other_divisions=_other_divisions(areas, changes),
    )


def _near(area: ShownArea) -> list[ShownArea]:
    """Read what lies within an area, what lies beside it, and all of its town."""
    near = Q(parent=area.pk)
    if area.parent_pk:
        near |= Q(parent=area.parent_pk)
    if area.municipality_code:
        town = within_municipality(area.municipality_code, *AreaKind)
        near |= Q(town, division_year=area.division_year)
    return [ShownArea.of(row) for row in Area.objects.filter(near).order_by("code")]


def _above(area: ShownArea, near: Iterable[ShownArea]) -> tuple[ShownArea, ...]:
    """Give the area in which an area lies, behind the one in which that lies."""
    by_pk = {one.pk: one for one in near}
    parent = by_pk.get(area.parent_pk or 0)
    grandparent = by_pk.get(parent.parent_pk or 0) if parent else None
    return tuple(one for one in (grandparent, parent) if one)


def _are_alike(one: ShownArea, other: ShownArea) -> bool:
    """Say whether two areas belong on one map: of the same kind, in the same town."""
    return (one.kind, one.municipality_code) == (other.kind, other.municipality_code)


def _changes(area: ShownArea) -> dict[int, AreaChange]:
    """Read what an area has in common with areas of other divisions, by their key."""
    rows = AreaChange.objects.filter(Q(before=area.pk) | Q(after=area.pk))
    return {row.after_id if row.before_id == area.pk else row.before_id: row for row in rows}


def _other_divisions(
    areas: dict[int, ShownArea], changes: dict[int, AreaChange]
) -> tuple[OtherDivision, ...]:
    others = [
        OtherDivision(areas[pk], float(change.share), change.basis)
        for pk, change in changes.items()
    ]
    return tuple(sorted(others, key=lambda other: -other.area.division_year))


def _figures_beside(
    area: ShownArea, own: set[int], areas: dict[int, ShownArea]
) -> tuple[FigureBeside, ...]:
    """Take of each indicator and group the latest figure, and the same of city and country."""
    figures = list(leading_figures().filter(area__in=areas).select_related("indicator"))
    shown = [
        ShownFigure.of(figure, ShownIndicator.of(figure.indicator), areas[figure.area_id])
        for figure in figures
    ]
    shown.sort(key=lambda figure: figure.area.division_year)
    city = {_key(f): f for f in shown if f.area.code == area.municipality_code}
    country = {_key(f): f for f in shown if f.area.code == COUNTRY}
    latest = _latest(figure for figure in shown if figure.area.pk in own)
    positions = {f.indicator.slug: f.indicator.position for f in figures}
    latest.sort(key=lambda f: (positions[f.indicator.slug], f.indicator.slug, f.group))
    return tuple(_beside(figure, city, country) for figure in latest)


def _codes_beside(area: ShownArea) -> list[str]:
    """Name the areas that an area is compared with."""
    if area.kind in {AreaKind.NEIGHBOURHOOD, AreaKind.DISTRICT}:
        return [area.municipality_code, COUNTRY]
    return [COUNTRY] if area.kind == AreaKind.MUNICIPALITY else []


def _beside(
    figure: ShownFigure,
    city: dict[FigureKey, ShownFigure],
    country: dict[FigureKey, ShownFigure],
) -> FigureBeside:
    return FigureBeside(
        figure,
        city=city.get(_key(figure)) if figure.area.kind != AreaKind.MUNICIPALITY else None,
        country=country.get(_key(figure)) if figure.area.kind != AreaKind.COUNTRY else None,
    )


def _key(figure: ShownFigure) -> FigureKey:
    return figure.indicator.slug, figure.indicator.version, figure.period, figure.group


def _latest(figures: Iterable[ShownFigure]) -> list[ShownFigure]:
    """Keep the latest period of each indicator and group."""
    latest: dict[tuple[str, str], ShownFigure] = {}
    for figure in sorted(figures, key=lambda f: (f.period, f.indicator.version)):
        latest[figure.indicator.slug, figure.group] = figure
    return list(latest.values())
