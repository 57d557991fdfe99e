"""How attention is spread over a catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def coverage(shown: Sequence[float]) -> float:
    """Return the share of offers that were shown at least once; 0 for no offers.

    Parameters
    ----------
    shown : sequence of float
        How often each offer was shown, never below 0.

    Returns
    -------
    float
        0 to 1; shown 0, 3, 1 and 0 times gives 0.5.
    """
    return sum(times > 0 for times in shown) / len(shown) if len(shown) else 0.0


def gini(shown: Sequence[float]) -> float:
    """Return how unequally offers were shown: 0 all alike, towards 1 one has all.

    Parameters
    ----------
    shown : sequence of float
        How often each offer was shown, never below 0; those never shown belong to it.

    Returns
    -------
    float
        Σ (2i - n - 1)·xᵢ / (n·Σ xᵢ) over the numbers in rising order, i from 1; 0 when nothing
        was shown.

    Raises
    ------
    ValueError
        A number below 0.

    Notes
    -----
    Gini, "Variabilità e mutabilità" (1912). 0, 0, 0 and 4 give 3·4 / (4·4) = 0.75; 1, 2, 3 and 4
    give (-3 - 2 + 3 + 12) / 40 = 0.25.
    """
    rising = np.sort(np.asarray(shown, dtype=np.float64))
    if rising.size and rising[0] < 0:
        raise ValueError("nothing is shown fewer than 0 times")
    if not rising.any():
        return 0.0
    n = len(rising)
    ranks = 2 * np.arange(1, n + 1) - n - 1
    return float((ranks * rising).sum() / (n * rising.sum()))
