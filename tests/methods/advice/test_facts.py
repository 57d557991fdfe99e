"""Tags and facts as arrays."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from omzien.methods.advice.facts import Facts, Tags
from omzien.methods.advice.offer import Offer


def test_the_example_of_the_docstring() -> None:
    tags = Tags([{"a"}, {"a", "b"}, {"a", "b", "c", "d"}, set()])
    found = tags.cosine({"a": 1, "b": 1})
    assert found.tolist() == pytest.approx([1 / sqrt(2), 1, 1 / sqrt(2), 0])


def test_what_nobody_has_is_found_nowhere() -> None:
    tags = Tags([{"a"}, set()])
    assert tags.any_of(["z"]).tolist() == [False, False]
    assert tags.any_of([]).tolist() == [False, False]
    assert tags.none.tolist() == [False, True]
    assert tags.cosine({"z": 1}).tolist() == [0, 0]
    assert tags.cosine({}).tolist() == [0, 0]


def test_products_of_unit_vectors_are_cosines() -> None:
    unit = Tags([{"a"}, {"a", "b"}, {"c"}, set()]).unit_vectors()
    half = 1 / sqrt(2)
    expected = [1, half, 0, 0, half, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert (unit @ unit.T).ravel().tolist() == pytest.approx(expected)


def test_what_is_not_known_is_no_number_and_no_yes() -> None:
    facts = Facts.of(
        [
            Offer(id="a", organisation="y"),
            Offer(id="b", organisation="x", position=(1, 2), step_free=False, places_free=0),
            Offer(id="c", organisation="y", price=0, fresh=False),
        ]
    )
    assert facts.organisation.tolist() == [1, 0, 1]
    assert facts.without_way.tolist() == [True, False, True]
    assert np.isnan(facts.x).tolist() == [True, False, True]
    assert facts.steps.tolist() == [False, True, False]
    assert facts.step_free.tolist() == [False, False, False]
    assert facts.full.tolist() == [False, True, False]
    assert facts.price[2] == 0
    assert np.isnan(facts.price[:2]).all()
    assert facts.fresh.tolist() == [True, True, False]
