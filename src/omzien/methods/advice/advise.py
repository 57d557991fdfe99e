"""The way in: one person, one catalogue, at most five offers with their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from omzien.methods.advice.chain import chain
from omzien.methods.advice.filters import sieve
from omzien.methods.advice.gap import gap_for, suitable
from omzien.methods.advice.reasons import Why, cautions_for, reasons_for
from omzien.methods.advice.score import scores
from omzien.methods.advice.spread import spread

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from omzien.methods.advice.catalogue import Catalogue
    from omzien.methods.advice.chain import Step
    from omzien.methods.advice.facts import Flags, Numbers
    from omzien.methods.advice.filters import Filter, Removed, Sieve
    from omzien.methods.advice.gap import Gap
    from omzien.methods.advice.person import Person
    from omzien.methods.advice.reasons import Caution, Reason
    from omzien.methods.advice.score import Scores
    from omzien.methods.advice.weights import Weights
    from omzien.methods.advice.words import Similarity

    Rows = NDArray[np.intp]

MOST = 5
# From this share of the best likeness on, own words are a reason.
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One advised offer.

    Attributes
    ----------
    offer : str
        Its id.
    score : float
        What it was ranked by: at most 1, below 0 when it loses more than it fits. Of the offer,
        for this question alone; it is for comparing, not for showing.
    suits : bool
        It answers a need or an interest that was asked (or neither was). What does not suit only
        fills the list up, after what does; a page says so.
    reasons : tuple of Reason
        Which answers it meets, the weightiest first.
    cautions : tuple of Caution
        What to ask before going.
    """

    offer: str
    score: float
    suits: bool
    reasons: tuple[Reason, ...]
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """The advice for one question.

    Attributes
    ----------
    suggestions : tuple of Suggestion
        Best first.
    passing : int
        How many offers no filter removed.
    filtered : mapping of Filter to Removed
        What each filter removed; filters that removed nothing are left out.
    gap : Gap
        What is missing.
    chain : tuple of Step
        What brings somebody a layer nearer.
    weights : str
        The version of the weights.
    """

    suggestions: tuple[Suggestion, ...]
    passing: int
    filtered: Mapping[Filter, Removed]
    gap: Gap
    chain: tuple[Step, ...]
    weights: str


def advise(
    person: Person,
    catalogue: Catalogue,
    *,
    weights: Weights,
    k: int = MOST,
    similarity: Similarity | None = None,
    rng: np.random.Generator | None = None,
) -> Advice:
    """Advise at most `k` offers to one person.

    Parameters
    ----------
    person : Person
        What was told; nothing of it is kept.
    catalogue : Catalogue
        Of n offers.
    weights : Weights
        How much each part counts.
    k : int
        At most so many, five unless told.
    similarity : Similarity, optional
        Judges likeness of words instead of the catalogue's own index.
    rng : numpy Generator, optional
        Settles which of equal offers comes first; without it the lowest id does, so that the same
        question gets the same advice.

    Returns
    -------
    Advice
        Nobody is advised what a filter removed. Each organisation stands in it once, unless it
        would then hold fewer than three offers.

    Raises
    ------
    ValueError
        `k` is below 1, or the similarity gives other than n numbers from 0 to 1.

    Notes
    -----
    Filters (`filters.sieve`), score (`score.scores`), spread (`spread.spread`).
    """
    if k < 1:
        raise ValueError("advice is at least one offer")
    judged = _judged(person, catalogue, weights, similarity)
    rows = np.flatnonzero(judged.sieve.passing)
    best_first = rows[np.argsort(-judged.scores.total[rows], kind="stable")]
    chosen = _choose(rows if rng is None else rng.permutation(rows), judged, k)
    return Advice(
        suggestions=tuple(_suggestion(row, judged) for row in chosen),
        passing=len(rows),
        filtered=judged.sieve.counts,
        gap=gap_for(person, catalogue, judged.sieve),
        chain=chain(chosen, best_first.tolist(), catalogue),
        weights=weights.version,
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Judged:
    """Everything that is known of every offer for this one question."""

    person: Person
    catalogue: Catalogue
    weights: Weights
    way: Numbers
    sieve: Sieve
    scores: Scores
    suits: Flags
    alike: Flags


def _judged(
    person: Person, catalogue: Catalogue, weights: Weights, similarity: Similarity | None
) -> _Judged:
    unknown = np.full(len(catalogue), np.nan)
    way = unknown if person.position is None else catalogue.way_from(person.position)
    sifted = sieve(person, catalogue, way)
    scored = scores(person, catalogue, way, weights=weights, similarity=similarity)
    best = float(scored.text[sifted.passing].max(initial=0.0))
    alike = (scored.text >= ALIKE * best) & (scored.text > 0)
    suits = suitable(person, catalogue)
    return _Judged(person, catalogue, weights, way, sifted, scored, suits, alike)


def _choose(rows: Rows, judged: _Judged, k: int) -> list[int]:
    picks = spread(
        judged.scores.total[rows],
        judged.catalogue.unit[rows],
        judged.catalogue.facts.organisation[rows],
        first=judged.suits[rows],
        k=k,
        mmr_lambda=judged.weights.mmr_lambda,
    )
    return [int(rows[pick]) for pick in picks]


def _suggestion(row: int, judged: _Judged) -> Suggestion:
    person, offer = judged.person, judged.catalogue.offers[row]
    weights, scored = judged.weights, judged.scores
    added = {
        Why.LAYER: weights.need * scored.need[row],
        Why.INTEREST: weights.interests * scored.interests[row],
        Why.NEAR: weights.nearness * scored.nearness[row],
    }
    if judged.alike[row]:
        added[Why.WORDS] = weights.text * scored.text[row]
    return Suggestion(
        offer=offer.id,
        score=float(scored.total[row]),
        suits=bool(judged.suits[row]),
        reasons=reasons_for(person, offer, way=float(judged.way[row]), added=added),
        cautions=cautions_for(person, offer),
    )
