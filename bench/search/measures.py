"""How good a list of results is: nDCG, and how far two judges agree."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HIGHEST = 3


def gain(grades: Sequence[float], depth: int) -> float:
    """Return the discounted gain of the first `depth` grades (Järvelin and Kekäläinen 2002)."""
    return sum(
        (2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades[:depth], start=1)
    )


def ndcg(shown: Sequence[float], possible: Sequence[float], depth: int = 5) -> float:
    """Return the gain of what was shown as a share of the best order of all that is possible."""
    best = gain(sorted(possible, reverse=True), depth)
    return gain(shown, depth) / best if best else 0.0


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> float:
    """Return the agreement beyond chance, with squared distances as weights (Cohen 1968)."""
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    grades = range(HIGHEST + 1)
    chance = sum((a - b) ** 2 * first[a] * second[b] for a in grades for b in grades)
    return 1 - seen * len(pairs) ** 2 / chance
