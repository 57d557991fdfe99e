"""What the map and the charts draw: cells with colour and link, legend, bars and lines."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from omzien.base.places import queries as places
from omzien.site.queries.words import counted, interval_words, number, value_number, value_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omzien.base.places.queries import (
        DrawnMap,
        FigureMap,
        FigureOnMap,
        ShownArea,
        ShownFigure,
        ShownIndicator,
        Trend,
    )

# How fewer than five classes are spread over the five colours, from light to dark.
COLOURS = {1: (3,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}


@dataclass(frozen=True, slots=True)
class Cell:
    """One area on the map: a link with a colour, a number and a sentence."""

    path: str
    label_x: float
    label_y: float
    label: str
    sentence: str
    address: str
    colour: int
    wide: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Map:
    """A drawing of areas and what its colours mean."""

    drawn: DrawnMap
    cells: tuple[Cell, ...]
    legend: tuple[tuple[int, str], ...]

    @property
    def some_empty(self) -> bool:
        return any(not cell.colour for cell in self.cells)

    @property
    def some_wide(self) -> bool:
        return any(cell.wide for cell in self.cells)


def address_of(area: ShownArea) -> str:
    """Return the lasting address of an area's page."""
    return lasting_address(area.division_year, area.code, area.name)


# A page with a map asks for each area twice.
@lru_cache(maxsize=20_000)
def lasting_address(division_year: int, code: str, name: str) -> str:
    slug = slugify(name) or code.lower()
    return reverse("site:neighbourhood", args=[division_year, code, slug])


def map_of(figures: FigureMap, rows: Sequence[FigureOnMap]) -> Map | None:
    """Draw the areas of an indicator; None where not one of them has a place."""
    drawn = places.shapes_of([row.area for row in rows])
    if drawn is None:
        return None
    colours = COLOURS.get(len(figures.classes), ())
    by_area = {row.area.pk: row for row in rows}
    cells = []
    for area in drawn.areas:
        row = by_area[area.area.pk]
        cells.append(
            Cell(
                path=area.path,
                label_x=area.label_x,
                label_y=area.label_y,
                label=label_of(row.figure),
                sentence=sentence_of(row),
                address=address_of(row.area),
                colour=0 if row.class_number is None else colours[row.class_number],
                wide=bool(row.figure and row.figure.is_uncertain),
                here=False,
            )
        )
    return Map(drawn, tuple(cells), legend_of(figures, colours))


def locator(areas: Sequence[ShownArea], here: ShownArea) -> Map | None:
    """Draw where one area lies among the others; it comes last, so that its edge stays whole."""
    drawn = places.shapes_of(areas)
    if drawn is None:
        return None
    cells = tuple(
        Cell(
            path=area.path,
            label_x=area.label_x,
            label_y=area.label_y,
            label="",
            sentence=area.area.name,
            address=address_of(area.area),
            colour=4 if area.area.pk == here.pk else 1,
            wide=False,
            here=area.area.pk == here.pk,
        )
        for area in drawn.areas
    )
    return Map(drawn, tuple(sorted(cells, key=lambda cell: cell.here)), ())


def label_of(figure: ShownFigure | None) -> str:
    return value_number(figure) if figure else ""


def sentence_of(row: FigureOnMap) -> str:
    """Say an area and its figure, as a screen reader and a pointer get to hear it."""
    if row.figure is None or row.figure.value is None:
        return f"{row.area.name}: {row.why_none}"
    parts = [value_words(row.figure), interval_words(row.figure)]
    if row.figure.modelled:
        parts.append(_("estimate"))
    return f"{row.area.name}: {', '.join(part for part in parts if part)}"


def legend_of(figures: FigureMap, colours: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """Say from where to where each colour goes."""
    return tuple(
        (colour, range_words(found.lowest, found.highest, figures.indicator))
        for colour, found in zip(colours, figures.classes, strict=True)
    )


def range_words(lowest: float, highest: float, indicator: ShownIndicator) -> str:
    low, high = number(lowest, indicator), number(highest, indicator)
    text = low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
    return counted(text, indicator.unit)


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure in a chart through the years."""

    x: float
    y: float
    top: float
    bottom: float
    label: str
    period: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures through the years: dots, joined where counting stayed the same."""

    area: str
    figures: tuple[ShownFigure, ...]
    breaks: tuple[str, ...]
    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    width: int = 640
    height: int = 260


LEFT, RIGHT, TOP, FLOOR = 48, 592, 40, 210


def chart_of(trend: Trend) -> Chart:
    """Draw figures on a true scale of time and from zero."""
    kept = [[f for f in segment.figures if f.value is not None] for segment in trend.segments]
    figures = [figure for segment in kept for figure in segment]
    years = [year_of(figure) for figure in figures]
    highest = max(float(f.upper or f.value or 0) for f in figures) or 1.0

    def height_of(value: object) -> float:
        return round(FLOOR - (FLOOR - TOP) * float(str(value)) / highest, 1)

    def dot(figure: ShownFigure) -> Dot:
        along = (year_of(figure) - min(years)) / ((max(years) - min(years)) or 1)
        middle = height_of(figure.value)
        return Dot(
            x=round(LEFT + (RIGHT - LEFT) * along, 1),
            y=middle,
            top=middle if figure.upper is None else height_of(figure.upper),
            bottom=middle if figure.lower is None else height_of(figure.lower),
            label=label_of(figure),
            period=figure.period,
        )

    drawn = [[dot(figure) for figure in segment] for segment in kept]
    return Chart(
        area=figures[0].area.name,
        figures=tuple(figures),
        breaks=trend.breaks,
        dots=tuple(one for segment in drawn for one in segment),
        lines=tuple(" ".join(f"{one.x:g},{one.y:g}" for one in segment) for segment in drawn),
    )


def year_of(figure: ShownFigure) -> int:
    return int(figure.period[:4])
