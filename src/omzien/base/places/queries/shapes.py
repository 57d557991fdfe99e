"""Reading the shapes of areas: official outlines, or schematic cells where there are none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from shapely.geometry import shape

from omzien.base.places.models import AreaKind, Outline
from omzien.base.places.queries.areas import data_version
from omzien.base.places.queries.shown import ShownArea, ShownSource
from omzien.methods.maps.cells import voronoi_cells
from omzien.methods.maps.projection import shape_in_wgs84, wgs84_from_rd
from omzien.methods.maps.shapes import centre, frame_around, geojson_of, svg_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from omzien.methods.maps.shapes import Frame


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """An area as the `d` of an SVG path, and where its name or number goes."""

    area: ShownArea
    path: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """Areas in one drawing. A schematic one shows where areas lie, not their borders."""

    view_box: str
    width: int
    height: int
    areas: tuple[DrawnArea, ...]
    without_place: tuple[ShownArea, ...]
    schematic: bool
    source: ShownSource | None
    frame: Frame

    def place(self, x: float, y: float) -> tuple[float, float] | None:
        """Put a point in RD New metres on the drawing; None where it falls off the paper."""
        across, down = self.frame.place(x, y)
        on_it = 0 <= across <= self.width and 0 <= down <= self.height
        return (across, down) if on_it else None


def shapes_of(areas: Sequence[ShownArea], *, width: int = 1000) -> DrawnMap | None:
    """Draw areas of one division; schematic unless the outline of every area is loaded."""
    return _shapes_of(tuple(areas), width, data_version())


# Drawing takes longer than all reading for a page; shapes change with an import only.
@lru_cache(maxsize=64)
def _shapes_of(areas: tuple[ShownArea, ...], width: int, version: str) -> DrawnMap | None:
    del version
    outlines = {
        outline.area_id: outline
        for outline in Outline.objects.filter(area__in=[area.pk for area in areas])
        .defer("geometry")
        .select_related("source")
    }
    if areas and all(area.pk in outlines for area in areas):
        shapes = [shape(outlines[area.pk].sketch) for area in areas]
        source = ShownSource.of(outlines[areas[0].pk].source)
        return _drawn(areas, shapes, width, source=source)
    placed = _placed(areas)
    if not placed:
        return None
    edge = _edge_of_town(placed[0])
    cells = voronoi_cells([(a.x or 0.0, a.y or 0.0) for a in placed], within=edge)
    without = tuple(area for area in areas if area not in placed)
    return _drawn(placed, cells, width, schematic=True, without=without)


def _placed(areas: Sequence[ShownArea]) -> list[ShownArea]:
    """Keep areas with a point of their own."""
    by_point = {(area.x, area.y): area for area in areas if area.x is not None}
    return sorted(by_point.values(), key=lambda area: area.code)


def _edge_of_town(area: ShownArea) -> BaseGeometry | None:
    """Find the outline of the municipality, where that one is loaded."""
    outline = (
        Outline.objects.filter(area__code=area.municipality_code)
        .order_by("-area__division_year")
        .first()
        if area.kind != AreaKind.MUNICIPALITY
        else None
    )
    return shape(outline.geometry) if outline else None


def _drawn(
    areas: Sequence[ShownArea],
    shapes: list[BaseGeometry],
    width: int,
    *,
    schematic: bool = False,
    source: ShownSource | None = None,
    without: tuple[ShownArea, ...] = (),
) -> DrawnMap:
    frame = frame_around(shapes, width)
    drawn = tuple(
        DrawnArea(area, svg_path(outline, frame), *frame.place(*centre(outline)))
        for area, outline in zip(areas, shapes, strict=True)
    )
    return DrawnMap(
        view_box=frame.view_box,
        width=width,
        height=frame.height,
        areas=drawn,
        without_place=without,
        schematic=schematic,
        source=source,
        frame=frame,
    )


def download_shapes(areas: Sequence[ShownArea]) -> dict[str, dict[str, Any]]:
    """Give GeoJSON geometries in degrees by code: the outline, else the middle, else nothing."""
    outlines = Outline.objects.filter(area__in=[area.pk for area in areas])
    by_area = {outline.area_id: shape(outline.sketch) for outline in outlines}
    found = {}
    for area in areas:
        if area.pk in by_area:
            found[area.code] = geojson_of(shape_in_wgs84(by_area[area.pk]), digits=6)
        elif area.x is not None and area.y is not None:
            longitude, latitude = wgs84_from_rd(area.x, area.y)
            point = [round(longitude, 6), round(latitude, 6)]
            found[area.code] = {"type": "Point", "coordinates": point}
    return found
