"""A schematic map out of points alone: every place gets the ground that is nearest to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
from shapely.geometry import MultiPoint, MultiPolygon, Polygon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry


class PointsCoincideError(ValueError):
    """Two places lie on the same point, so the ground cannot be divided between them."""


def hull(points: Sequence[tuple[float, float]]) -> BaseGeometry:
    """Draw a rounded edge around points, half the usual distance between neighbours outside.

    Parameters
    ----------
    points : sequence of (x, y)
        Metres.

    Returns
    -------
    shapely polygon
        The convex hull, widened by the median distance of a point to its nearest other point (by
        1000 m for a single point).
    """
    cloud = MultiPoint(list(points))
    return cloud.convex_hull.buffer(_median_gap(points), quad_segs=4)


def _median_gap(points: Sequence[tuple[float, float]]) -> float:
    gaps = sorted(
        min(((x - a) ** 2 + (y - b) ** 2) ** 0.5 for j, (a, b) in enumerate(points) if j != i)
        for i, (x, y) in enumerate(points)
        if len(points) > 1
    )
    return gaps[len(gaps) // 2] if gaps else 1000.0


def voronoi_cells(
    points: Sequence[tuple[float, float]], within: BaseGeometry | None = None
) -> list[BaseGeometry]:
    """Divide the ground between points: each cell is nearer to its own point than to any other.

    Parameters
    ----------
    points : sequence of (x, y)
        Metres; all different.
    within : shapely polygon, optional
        The edge of the map; the rounded hull of the points when not given.

    Returns
    -------
    list of shapely polygons
        One cell a point, in the same order, clipped to the edge.

    Raises
    ------
    PointsCoincideError
        Two points are the same.

    Notes
    -----
    Voronoi, Journal für die reine und angewandte Mathematik 134 (1908). Four points at 1 and 3
    within the square from 0 to 4 give four cells of 2 by 2: 4 m² each.
    """
    if len(set(points)) != len(points):
        raise PointsCoincideError
    edge = hull(points) if within is None else within
    if len(points) < 2:  # noqa: PLR2004  one point needs no dividing
        return [edge for _ in points]
    cells = shapely.voronoi_polygons(
        MultiPoint(list(points)), extend_to=edge.envelope, ordered=True
    )
    return [_largest(cell.intersection(edge)) for cell in shapely.get_parts(cells)]


def _largest(cell: BaseGeometry) -> BaseGeometry:
    if isinstance(cell, MultiPolygon):
        return max(cell.geoms, key=_area)
    return cell


def _area(part: Polygon) -> float:
    return float(part.area)
