"""Between RD New (EPSG:28992, metres) and WGS84 (EPSG:4326, degrees)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import shapely
from pyproj import Transformer

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

RD_NEW = 28992
WGS84 = 4326


@lru_cache(maxsize=2)
def _transformer(start: int, end: int) -> Transformer:
    return Transformer.from_crs(start, end, always_xy=True, allow_ballpark=False)


def rd_from_wgs84(longitude: float, latitude: float) -> tuple[float, float]:
    """Project a point in degrees to RD New metres.

    Parameters
    ----------
    longitude, latitude : float
        Degrees, WGS84.

    Returns
    -------
    tuple of float
        x (east) and y (north) in metres. Accurate to about a quarter of a metre: PROJ's
        seven-parameter shift, without the correction grid.

    Notes
    -----
    The reference point, the tower of Our Lady in Amersfoort, is 155000, 463000 by definition and
    lies at 5.38720621, 52.15517440 (Schreutelkamp & Strang van Hees, "Benaderingsformules voor de
    transformatie tussen RD- en WGS84-kaartcoördinaten", Geodesia 2001).
    """
    x, y = _transformer(WGS84, RD_NEW).transform(longitude, latitude)
    return float(x), float(y)


def wgs84_from_rd(x: float, y: float) -> tuple[float, float]:
    """Turn RD New metres into degrees: 155000, 463000 gives 5.38720, 52.15517.

    Parameters
    ----------
    x, y : float
        Metres, RD New.

    Returns
    -------
    tuple of float
        Longitude and latitude in degrees, as GeoJSON orders them (RFC 7946, section 3.1.1).
    """
    longitude, latitude = _transformer(RD_NEW, WGS84).transform(x, y)
    return float(longitude), float(latitude)


def shape_in_rd(shape: BaseGeometry) -> BaseGeometry:
    """Project every corner of a shape in degrees to RD New metres, see `rd_from_wgs84`."""
    return _projected(shape, WGS84, RD_NEW)


def shape_in_wgs84(shape: BaseGeometry) -> BaseGeometry:
    """Turn every corner of a shape in RD New metres into degrees, see `wgs84_from_rd`."""
    return _projected(shape, RD_NEW, WGS84)


def _projected(shape: BaseGeometry, start: int, end: int) -> BaseGeometry:
    transformer = _transformer(start, end)
    corners = shapely.get_coordinates(shape)
    x, y = transformer.transform(corners[:, 0], corners[:, 1])
    return shapely.set_coordinates(shape, list(zip(x, y, strict=True)))


def looks_like_degrees(shape: BaseGeometry) -> bool:
    """Tell whether coordinates can only be degrees: the RD grid starts far above 360 metres."""
    return all(abs(bound) <= 360 for bound in shape.bounds)  # noqa: PLR2004  a full circle
