"""RD New and WGS84: against the published reference point."""

from __future__ import annotations

import pytest
from shapely.geometry import Polygon, box

from omzien.methods.maps.projection import (
    looks_like_degrees,
    rd_from_wgs84,
    shape_in_rd,
    shape_in_wgs84,
    wgs84_from_rd,
)

# Schreutelkamp & Strang van Hees 2001: the origin of RD New, the tower in Amersfoort.
ORIGIN = (155_000.0, 463_000.0)
ORIGIN_DEGREES = (5.387_206_21, 52.155_174_40)


def test_the_origin_of_rd_new_lies_at_the_tower_of_amersfoort() -> None:
    longitude, latitude = wgs84_from_rd(*ORIGIN)
    # 0.00001 degrees is about a metre.
    assert longitude == pytest.approx(ORIGIN_DEGREES[0], abs=1e-5)
    assert latitude == pytest.approx(ORIGIN_DEGREES[1], abs=1e-5)


def test_the_tower_of_amersfoort_lies_at_the_origin_of_rd_new() -> None:
    x, y = rd_from_wgs84(*ORIGIN_DEGREES)
    assert x == pytest.approx(ORIGIN[0], abs=1)
    assert y == pytest.approx(ORIGIN[1], abs=1)


@pytest.mark.parametrize("x", [20_000, 93_800, 270_000])
@pytest.mark.parametrize("y", [310_000, 452_000, 610_000])
def test_there_and_back_ends_within_a_centimetre(x: float, y: float) -> None:
    there_and_back = rd_from_wgs84(*wgs84_from_rd(x, y))
    assert there_and_back == pytest.approx((x, y), abs=0.01)


def test_a_shape_keeps_its_surface_there_and_back() -> None:
    square = box(93_000, 451_000, 94_000, 452_000)
    assert shape_in_rd(shape_in_wgs84(square)).area == pytest.approx(1_000_000, rel=1e-6)


def test_degrees_are_told_from_metres() -> None:
    assert looks_like_degrees(Polygon([(4.4, 52.0), (4.5, 52.0), (4.5, 52.1)]))
    assert not looks_like_degrees(box(93_000, 451_000, 94_000, 452_000))
