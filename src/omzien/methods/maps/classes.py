"""Classes for the colours of a map."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class MapClass:
    """One colour: the lowest and highest value in it, and how many areas have it."""

    lowest: float
    highest: float
    count: int


@dataclass(frozen=True, slots=True)
class Classed:
    """Classes from low to high, and for each value the number of its class, from 0."""

    classes: tuple[MapClass, ...]
    numbers: tuple[int, ...]


def equal_count_classes(values: Sequence[float], count: int = 5) -> Classed:
    """Divide values over classes that hold about equally many areas.

    Parameters
    ----------
    values : sequence of float
        One finite number an area, in any order and unit.
    count : int
        The number of colours, five unless told.

    Returns
    -------
    Classed
        At most `count` classes, fewer where there are fewer different values. Equal values share
        a class, so that no two areas with the same number differ in colour; classes stay empty
        of nothing: their bounds are values that occur.

    Raises
    ------
    ValueError
        A value is not a finite number, or `count` is below 1.

    Notes
    -----
    Equal counts (quantiles) and not natural breaks (Jenks): in the experiment of Brewer & Pickle,
    "Evaluation of Methods for Classifying Epidemiological Data on Choropleth Maps in Series",
    Annals of the Association of American Geographers 92 (2002) 662-681, readers did best with
    quantiles, also when they compared maps. 1 … 10 in five classes gives 1-2, 3-4, 5-6, 7-8, 9-10.
    """
    if count < 1 or not all(math.isfinite(value) for value in values):
        raise ValueError("classes need finite numbers and at least one colour")
    ordered = sorted(values)
    starts = [ordered[len(ordered) * k // count] for k in range(count)] if ordered else []
    edges = sorted(set(starts))
    number_of = {value: sum(edge <= value for edge in edges) - 1 for value in ordered}
    members = [[v for v in ordered if number_of[v] == n] for n in range(len(edges))]
    classes = tuple(MapClass(group[0], group[-1], len(group)) for group in members)
    return Classed(classes, tuple(number_of[value] for value in values))
