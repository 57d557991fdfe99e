"""Coverage and spread of attention, with numbers worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omzien.methods.advice.exposure import coverage, gini


@pytest.mark.parametrize(
    ("shown", "expected"),
    [([0, 0, 0, 4], 0.75), ([1, 2, 3, 4], 0.25), ([5, 5], 0), ([0, 0], 0), ([], 0)],
)
def test_gini_of_a_few_numbers(shown: list[int], expected: float) -> None:
    assert gini(shown) == pytest.approx(expected)


def test_less_than_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than 0"):
        gini([1, -1])


def test_coverage_is_the_share_that_was_ever_shown() -> None:
    assert coverage([0, 3, 1, 0]) == 0.5
    assert coverage([]) == 0


@given(st.lists(st.integers(0, 100), min_size=1, max_size=30))
def test_gini_is_half_the_relative_mean_difference(shown: list[int]) -> None:
    n, total = len(shown), sum(shown)
    differences = sum(abs(a - b) for a in shown for b in shown)
    expected = differences / (2 * n * total) if total else 0
    assert gini(shown) == pytest.approx(expected)
    assert gini([3 * times for times in shown]) == pytest.approx(expected)
