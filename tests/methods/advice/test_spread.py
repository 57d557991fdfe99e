"""A few that differ, of different organisations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omzien.methods.advice.spread import spread

# The first two are the same, the third is unlike them.
SCORES = [0.8, 0.7, 0.5]
UNIT = [[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]


def chosen(
    scores: list[float],
    *,
    unit: list[list[float]] | None = None,
    owners: list[int] | None = None,
    first: list[bool] | None = None,
    k: int = 5,
    mmr_lambda: float = 0.75,
) -> list[int]:
    count = len(scores)
    return spread(
        np.array(scores, dtype=float),
        np.array(unit or np.zeros((count, 1)), dtype=float),
        np.array(owners if owners is not None else range(count), dtype=np.intp),
        first=np.array(first or [True] * count, dtype=bool),
        k=k,
        mmr_lambda=mmr_lambda,
    )


def test_the_example_of_the_docstring() -> None:
    assert chosen(SCORES, unit=UNIT) == [0, 2, 1]


def test_lambda_one_looks_at_the_score_alone() -> None:
    assert chosen(SCORES, unit=UNIT, mmr_lambda=1) == [0, 1, 2]


def test_lambda_nought_looks_at_difference_alone() -> None:
    assert chosen([0.1, 0.9, 0.9, 0.2], unit=[*UNIT, [0.0, 1.0]], mmr_lambda=0, k=2) == [0, 2]


def test_likeness_counts_to_everything_chosen_and_not_to_the_last_alone() -> None:
    # The third is the same as the first: 0.75·0.79 - 0.25 loses from 0.75·0.5.
    unit = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    assert chosen([0.9, 0.8, 0.79, 0.5], unit=unit) == [0, 1, 3, 2]


def test_an_organisation_stands_in_the_list_once() -> None:
    assert chosen([0.9, 0.8, 0.7, 0.6, 0.5], owners=[1, 1, 2, 3, 3]) == [0, 2, 3]


def test_below_three_an_organisation_may_come_again_and_no_further() -> None:
    assert chosen([0.9, 0.8, 0.7, 0.6], owners=[1, 1, 1, 2]) == [0, 3, 1]
    assert chosen([0.9, 0.8, 0.7, 0.6], owners=[1, 1, 1, 1]) == [0, 1, 2]
    assert chosen([0.9, 0.8], owners=[1, 1]) == [0, 1]


@pytest.mark.parametrize("k", [1, 2])
def test_no_more_than_was_asked(k: int) -> None:
    assert chosen([0.9, 0.8, 0.7], owners=[1, 1, 1], k=k) == [0, 1][:k]


def test_what_suits_comes_before_what_does_not() -> None:
    first = [False, True, False, True]
    assert chosen([0.9, 0.1, 0.8, 0.2], first=first) == [3, 1, 0, 2]
    assert chosen([0.9, 0.1, 0.8, 0.2], first=first, owners=[1, 2, 3, 2]) == [3, 0, 2]


def test_of_equals_the_first_comes_first() -> None:
    assert chosen([0.1 + 0.2, 0.3, 0.3]) == [0, 1, 2]


def test_nothing_is_chosen_from_nothing() -> None:
    assert chosen([]) == []


@given(st.lists(st.tuples(st.floats(-1, 1), st.integers(0, 4)), max_size=12))
def test_nobody_is_chosen_twice_and_nobody_is_forgotten(drawn: list[tuple[float, int]]) -> None:
    picks = chosen([score for score, _ in drawn], owners=[owner for _, owner in drawn])
    owners = [drawn[pick][1] for pick in picks]
    different = len({owner for _, owner in drawn})
    assert len(set(picks)) == len(picks)
    assert len(set(owners)) == min(5, different)
    assert len(picks) == max(min(3, len(drawn)), min(5, different))
