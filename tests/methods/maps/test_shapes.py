"""Outlines: reading, middle, simplifying together, drawing."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Point, Polygon, box

from omzien.methods.maps.shapes import (
    Frame,
    NotAnOutlineError,
    area_at,
    centre,
    frame_around,
    geojson_of,
    outline_from_geojson,
    simplified,
    svg_path,
)

SQUARE = box(0, 0, 10, 10)
FRAME = Frame(0, 0, 10, 10, width=100)


def test_a_square_is_drawn_as_the_docstring_says() -> None:
    square = Polygon([(0, 0), (0, 10), (10, 10), (10, 0)])
    assert svg_path(square, FRAME) == "M0 100L0 0L100 0L100 100Z"


def test_a_hole_and_an_island_are_rings_of_their_own() -> None:
    ring = SQUARE.difference(box(4, 4, 6, 6))
    both = MultiPolygon([box(0, 0, 1, 1), box(2, 2, 3, 3)])
    assert svg_path(ring, FRAME).count("M") == 2
    assert svg_path(both, FRAME).count("Z") == 2


def test_north_is_up() -> None:
    assert FRAME.place(0, 10) == (0, 0)
    assert FRAME.place(10, 0) == (100, 100)


def test_a_frame_fits_around_everything_with_a_margin() -> None:
    frame = frame_around([SQUARE, box(10, 0, 30, 10)], width=1060, margin=0.1)
    assert (frame.min_x, frame.max_x, frame.min_y, frame.max_y) == (-3, 33, -3, 13)
    assert frame.view_box == f"0 0 1060 {frame.height}"
    assert frame.height == round(16 * 1060 / 36)


def test_there_is_no_frame_around_nothing() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        frame_around([])
    with pytest.raises(ValueError, match="width and a height"):
        Frame(0, 0, 0, 10)


def test_the_middle_of_a_rectangle_is_its_centroid() -> None:
    assert centre(box(0, 0, 4, 2)) == (2, 1)


def test_the_middle_of_a_crescent_lies_inside_it() -> None:
    crescent = Point(0, 0).buffer(10).difference(Point(4, 0).buffer(9))
    assert not crescent.covers(crescent.centroid)
    assert crescent.covers(Point(centre(crescent)))


def test_a_bow_tie_becomes_two_triangles() -> None:
    bow_tie = {
        "type": "Polygon",
        "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]],
    }
    mended = outline_from_geojson(bow_tie)
    assert mended.is_valid
    assert mended.area == pytest.approx(2)
    assert isinstance(mended, MultiPolygon)


@pytest.mark.parametrize(
    "geometry",
    [
        {},
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "Polygon"},
        {"type": "Polygon", "coordinates": "here"},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [2, 2], [0, 0]]]},
    ],
)
def test_what_is_no_outline_is_refused(geometry: dict[str, object]) -> None:
    with pytest.raises(NotAnOutlineError):
        outline_from_geojson(geometry)


def test_geojson_comes_back_as_it_was_written() -> None:
    ring = SQUARE.difference(box(4, 4, 6, 6))
    assert outline_from_geojson(geojson_of(ring)).equals(ring)
    assert geojson_of(Polygon([(0, 0), (1.26, 0), (0, 1)]))["coordinates"][0][1] == [1.3, 0.0]


def test_neighbours_still_touch_after_simplifying() -> None:
    # The border between the two juts out by 1 m over 100 m: a triangle of 50 m².
    west = Polygon([(0, 0), (100, 0), (101, 50), (100, 100), (0, 100)])
    east = Polygon([(100, 0), (200, 0), (200, 100), (100, 100), (101, 50)])
    before = shapely.union_all([west, east]).area
    simple_west, simple_east = simplified([west, east], tolerance=10)
    assert shapely.get_num_coordinates(simple_west) == 5
    assert simple_west.intersection(simple_east).area == 0
    assert shapely.union_all([simple_west, simple_east]).area == pytest.approx(before)


def test_an_area_never_disappears_by_simplifying() -> None:
    tiny = box(0, 0, 1, 1)
    assert simplified([tiny], tolerance=1000)[0].area > 0
    assert simplified([], tolerance=10) == []


def test_a_point_on_a_border_belongs_to_the_first_by_name() -> None:
    outlines = {"b": box(10, 0, 20, 10), "a": SQUARE}
    assert area_at(10, 5, outlines) == "a"
    assert area_at(15, 5, outlines) == "b"
    assert area_at(25, 5, outlines) is None


@given(st.floats(1, 9), st.floats(1, 9))
def test_every_point_inside_is_found(x: float, y: float) -> None:
    assert area_at(x, y, {"here": SQUARE}) == "here"
