"""Classes for the colours of a map."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omzien.methods.maps.classes import MapClass, equal_count_classes

numbers = st.lists(st.integers(0, 100).map(float), max_size=60)


def test_one_to_ten_in_five_classes_of_two() -> None:
    classed = equal_count_classes(list(range(1, 11)))
    assert classed.classes == (
        MapClass(1, 2, 2),
        MapClass(3, 4, 2),
        MapClass(5, 6, 2),
        MapClass(7, 8, 2),
        MapClass(9, 10, 2),
    )
    assert classed.numbers == (0, 0, 1, 1, 2, 2, 3, 3, 4, 4)


def test_where_all_are_the_same_there_is_one_class() -> None:
    assert equal_count_classes([7, 7, 7]).classes == (MapClass(7, 7, 3),)


def test_no_values_give_no_classes() -> None:
    assert equal_count_classes([]).classes == ()


@pytest.mark.parametrize("values", [[float("nan")], [1, float("inf")]])
def test_what_is_no_number_is_refused(values: list[float]) -> None:
    with pytest.raises(ValueError, match="finite"):
        equal_count_classes(values)


def test_no_colours_are_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        equal_count_classes([1], count=0)


@given(numbers)
def test_equal_values_share_a_colour_and_classes_rise(values: list[float]) -> None:
    classed = equal_count_classes(values)
    assert len(classed.classes) <= 5
    assert sum(each.count for each in classed.classes) == len(values)
    colours = dict(zip(values, classed.numbers, strict=True))
    assert [colours[value] for value in values] == list(classed.numbers)
    ordered = sorted(colours)
    assert [colours[value] for value in ordered] == sorted(colours.values())
    for value, number in colours.items():
        assert classed.classes[number].lowest <= value <= classed.classes[number].highest
