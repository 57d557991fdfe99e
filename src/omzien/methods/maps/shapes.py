"""Shapes of areas: reading, centre, simplifying together, point in area, drawing as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, mapping, shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

_OUTLINE_TYPES = frozenset({"Polygon", "MultiPolygon"})


class NotAnOutlineError(ValueError):
    """An outline must be closed: a polygon or a set of polygons is needed."""


def outline_from_geojson(geometry: dict[str, Any]) -> BaseGeometry:
    """Read a GeoJSON geometry as a valid polygon or set of polygons.

    Parameters
    ----------
    geometry : dict
        A GeoJSON geometry (RFC 7946, section 3.1), in any unit.

    Returns
    -------
    shapely geometry
        Self-crossing rings are mended (a bow tie becomes two triangles).

    Raises
    ------
    NotAnOutlineError
        Another type than Polygon or MultiPolygon, or an area of nothing.
    """
    if geometry.get("type") not in _OUTLINE_TYPES:
        raise NotAnOutlineError(f"found {geometry.get('type')!r}")
    try:
        outline = shape(geometry)
    except (TypeError, ValueError, KeyError, IndexError, shapely.errors.ShapelyError) as broken:
        raise NotAnOutlineError(str(broken)) from broken
    return _polygons_only(outline if outline.is_valid else shapely.make_valid(outline))


def _polygons_only(outline: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(outline, return_index=False) if part.area > 0]
    polygons = [part for part in parts if isinstance(part, Polygon)]
    polygons += [p for part in parts if isinstance(part, MultiPolygon) for p in part.geoms]
    if not polygons:
        raise NotAnOutlineError("the area is empty")
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def geojson_of(outline: BaseGeometry, digits: int = 1) -> dict[str, Any]:
    """Write a shape as a GeoJSON geometry with coordinates rounded to `digits` decimals."""
    geometry = mapping(outline)
    return {
        "type": geometry["type"],
        "coordinates": _rounded(geometry["coordinates"], digits),
    }


def _rounded(coordinates: Any, digits: int) -> Any:  # noqa: ANN401  nested lists of any depth
    if isinstance(coordinates, (list, tuple)):
        return [_rounded(part, digits) for part in coordinates]
    return round(float(coordinates), digits)


def centre(outline: BaseGeometry) -> tuple[float, float]:
    """Give the middle of an area, and a point inside it where the middle falls outside.

    Returns
    -------
    tuple of float
        The centroid (the middle of a 4 by 2 rectangle at the origin is 2, 1); for a crescent or a
        ring a point on its surface.
    """
    middle = outline.centroid
    inside = middle if outline.covers(middle) else outline.representative_point()
    return float(inside.x), float(inside.y)


def simplified(outlines: Sequence[BaseGeometry], tolerance: float) -> list[BaseGeometry]:
    """Simplify neighbouring areas together, so that shared borders stay shared.

    Parameters
    ----------
    outlines : sequence of shapely geometries
        Areas that tile a plane, metres.
    tolerance : float
        Corners that matter less than a triangle of `tolerance` squared go, metres.

    Returns
    -------
    list of shapely geometries
        In the same order; no slivers between neighbours.

    Notes
    -----
    Visvalingam & Whyatt, "Line generalisation by repeated elimination of points", The
    Cartographic Journal 30 (1993), as GEOS applies it to a whole coverage. With tolerance 10 a
    corner that juts out 1 m from a border of 100 m (a triangle of 50 m²) goes.
    """
    if not outlines:
        return []
    kept = shapely.coverage_simplify(list(outlines), tolerance)
    return [
        after if isinstance(after, (Polygon, MultiPolygon)) and after.area > 0 else before
        for before, after in zip(outlines, kept, strict=True)
    ]


def area_at(x: float, y: float, outlines: Mapping[str, BaseGeometry]) -> str | None:
    """Name the area in which a point lies; on a shared border the first in order of name."""
    point = Point(x, y)
    return next((name for name in sorted(outlines) if outlines[name].covers(point)), None)


@dataclass(frozen=True, slots=True)
class Frame:
    """The window on the map: bounds in metres and the width of the drawing in units."""

    min_x: float
    min_y: float
    max_x: float
    max_y: float
    width: int = 1000

    def __post_init__(self) -> None:
        if self.max_x <= self.min_x or self.max_y <= self.min_y or self.width <= 0:
            raise ValueError("a frame needs a width and a height")

    @property
    def scale(self) -> float:
        return self.width / (self.max_x - self.min_x)

    @property
    def height(self) -> int:
        return round((self.max_y - self.min_y) * self.scale)

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Turn metres into drawing units; north is up, so y is turned over."""
        return round((x - self.min_x) * self.scale, 1), round((self.max_y - y) * self.scale, 1)


def frame_around(
    outlines: Sequence[BaseGeometry], width: int = 1000, margin: float = 0.02
) -> Frame:
    """Fit a frame around shapes with a margin, a share of the larger side.

    Raises
    ------
    ValueError
        There is nothing to fit around.
    """
    if not outlines:
        raise ValueError("nothing to draw")
    min_x, min_y, max_x, max_y = (float(b) for b in shapely.total_bounds(list(outlines)))
    edge = margin * max(max_x - min_x, max_y - min_y)
    return Frame(min_x - edge, min_y - edge, max_x + edge, max_y + edge, width)


def svg_path(outline: BaseGeometry, frame: Frame) -> str:
    """Draw an area as the `d` of an SVG path in the units of the frame.

    Returns
    -------
    str
        One closed ring after another, holes included (draw with fill-rule evenodd). The square
        0 0, 0 10, 10 10, 10 0 in a frame of 10 by 10 metres and width 100 gives
        "M0 100L0 0L100 0L100 100Z".
    """
    polygons = outline.geoms if isinstance(outline, MultiPolygon) else [outline]
    rings = [
        ring
        for polygon in polygons
        if isinstance(polygon, Polygon)
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    return "".join(_ring_path(list(ring.coords), frame) for ring in rings)


def _ring_path(corners: Sequence[tuple[float, ...]], frame: Frame) -> str:
    placed = [frame.place(corner[0], corner[1]) for corner in corners[:-1]]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in placed) + "Z"
