"""Choosing a few that differ: maximal marginal relevance over organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from omzien.methods.advice.score import DIGITS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from omzien.methods.advice.facts import Flags, Numbers

# Below so many suggestions, an organisation may stand in the list twice.
ENOUGH = 3


def spread(
    scores: Numbers,
    unit: Numbers,
    organisation: NDArray[np.intp],
    *,
    first: Flags,
    k: int,
    mmr_lambda: float,
) -> list[int]:
    """Choose at most `k`, one after the other, each good in itself and unlike those before it.

    Parameters
    ----------
    scores : array of float, shape (n,)
        Higher is better.
    unit : array of float, shape (n, tags)
        Rows of length 1 (or 0), whose products are likeness.
    organisation : array of int, shape (n,)
        Whose each is. An organisation is chosen once; only while there are fewer than three
        suggestions and no other organisation is left, again.
    first : array of bool, shape (n,)
        Those that come before all others: one offer of each of their organisations, then the rest.
    k : int
        At most so many.
    mmr_lambda : float
        1 for the best scores, 0 for the most different.

    Returns
    -------
    list of int
        Numbers of rows, in the order of choice; of equals the first row.

    Notes
    -----
    Carbonell & Goldstein, "The Use of MMR, Diversity-Based Reranking", SIGIR 1998: each time the
    largest λ·score - (1-λ)·(likeness to the most alike chosen one). With λ = 0.75, scores 0.8,
    0.7 and 0.5, the second the same as the first and the third unlike it: the third comes second
    (0.375 - 0 against 0.525 - 0.25).
    """
    chosen: list[int] = []
    likest = np.zeros(len(scores))
    left = np.ones(len(scores), dtype=bool)
    new = left.copy()
    while len(chosen) < k:
        candidates = _candidates(first, new, left if len(chosen) < ENOUGH else new)
        if candidates is None:
            break
        value = np.round(mmr_lambda * scores - (1 - mmr_lambda) * likest, DIGITS)
        pick = int(np.argmax(np.where(candidates, value, -np.inf)))
        chosen.append(pick)
        left[pick] = False
        new &= organisation != organisation[pick]
        # Not `@`: that wakes other threads, which takes longer than the sum itself.
        likest = np.maximum(likest, np.einsum("ij,j->i", unit, unit[pick]))
    return chosen


def _candidates(first: Flags, new: Flags, again: Flags) -> Flags | None:
    for group in (new, again):
        if (preferred := group & first).any():
            return preferred
        if group.any():
            return group
    return None
