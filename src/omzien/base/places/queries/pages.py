"""Reading everything on the page of one area."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from omzien.base.places.models import Area, AreaChange, AreaKind, Postcode
from omzien.base.places.queries.areas import find_area, lineage_of
from omzien.base.places.queries.figures import leading_figures
from omzien.base.places.queries.shown import ShownArea, ShownFigure, ShownPostcode

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
    above: tuple[ShownArea, ...]
    parts: tuple[ShownArea, ...]
    siblings: tuple[ShownArea, ...]
    figures: tuple[FigureBeside, ...]
    postcodes: tuple[ShownPostcode, ...]
    other_divisions: tuple[OtherDivision, ...]


def area_page(code: str, division_year: int | None = None) -> AreaPage | None:
    """Gather one area, what lies above, below and beside it, and its latest figures."""
    area = find_area(code, division_year)
    if area is None:
        return None
    shown = ShownArea.of(area)
    parts, siblings = _parts_and_siblings(area)
    return AreaPage(
        area=shown,
        above=_above(area),
        parts=parts,
        siblings=siblings,
        figures=_figures_beside(area, shown.municipality_code),
        postcodes=_postcodes(area),
        other_divisions=_other_divisions(area),
    )


def _above(area: Area) -> tuple[ShownArea, ...]:
    parent = area.parent
    grandparent = parent.parent if parent else None
    return tuple(ShownArea.of(row) for row in (grandparent, parent) if row)


def _parts_and_siblings(area: Area) -> tuple[tuple[ShownArea, ...], tuple[ShownArea, ...]]:
    near = Q(parent=area) | Q(parent__isnull=False, parent=area.parent_id)
    rows = list(Area.objects.filter(near).select_related("parent").order_by("code"))
    parts = tuple(ShownArea.of(row) for row in rows if row.parent_id == area.pk)
    siblings = tuple(ShownArea.of(row) for row in rows if area.pk not in (row.parent_id, row.pk))
    return parts, siblings


def _postcodes(area: Area) -> tuple[ShownPostcode, ...]:
    rows = Postcode.objects.filter(area=area).select_related("area__parent").order_by("code")
    return tuple(ShownPostcode.of(row) for row in rows)


def _other_divisions(area: Area) -> tuple[OtherDivision, ...]:
    changes = AreaChange.objects.filter(Q(before=area) | Q(after=area)).select_related(
        "before__parent", "after__parent"
    )
    others = [
        (change.after if change.before_id == area.pk else change.before, change)
        for change in changes
    ]
    return tuple(
        OtherDivision(ShownArea.of(other), float(change.share), change.basis)
        for other, change in sorted(others, key=lambda pair: -pair[0].division_year)
    )


def _figures_beside(area: Area, municipality: str) -> tuple[FigureBeside, ...]:
    """Take of each indicator and group the latest figure, and the same of city and country."""
    own = lineage_of([area.pk])[area.pk]
    beside = Area.objects.filter(code__in=_codes_beside(area, municipality))
    wanted = own.union(beside.values_list("pk", flat=True))
    figures = list(leading_figures().filter(area__in=wanted).order_by("area__division_year"))
    shown = [(figure.area_id, ShownFigure.of(figure)) for figure in figures]
    city = {_key(figure): figure for _pk, figure in shown if figure.area.code == municipality}
    country = {_key(figure): figure for _pk, figure in shown if figure.area.code == "NL00"}
    latest = _latest(figure for pk, figure in shown if pk in own)
    positions = {f.indicator.slug: f.indicator.position for f in figures}
    latest.sort(key=lambda f: (positions[f.indicator.slug], f.indicator.slug, f.group))
    return tuple(_beside(figure, city, country) for figure in latest)


def _codes_beside(area: Area, municipality: str) -> list[str]:
    """Name the areas that an area is compared with."""
    if area.kind in {AreaKind.NEIGHBOURHOOD, AreaKind.DISTRICT}:
        return [municipality, "NL00"]
    return ["NL00"] if area.kind == AreaKind.MUNICIPALITY else []


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
