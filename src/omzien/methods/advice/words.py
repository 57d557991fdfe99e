"""Likeness of own words with the words of offers, by runs of three letters."""

from __future__ import annotations

import math
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from omzien.methods.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from omzien.methods.advice.offer import Offer

RUN = 3


class Similarity(Protocol):
    """Another judge of likeness, such as the search of the database or an embedding.

    Returns one number an offer, in their order: 0 for nothing alike, 1 for the same. Not the raw
    cosine of an embedding: those never come near 0, so hand in ranks.
    """

    def __call__(self, wishes: str, offers: Sequence[Offer], /) -> NDArray[np.float64]: ...


def likeness_from(known: Mapping[str, float]) -> Similarity:
    """Make a similarity out of numbers that are known already, by offer.

    Parameters
    ----------
    known : mapping of offer id to 0..1
        What is missing is 0: a search in the database returns only what it found.

    Returns
    -------
    Similarity
        Blind to the words it is asked for.
    """

    def likeness(_wishes: str, offers: Sequence[Offer]) -> NDArray[np.float64]:
        return np.array([known.get(offer.id, 0.0) for offer in offers])

    return likeness


def runs_of(text: str) -> frozenset[str]:
    """Cut words into runs of three letters, with a space at both ends of a word.

    Parameters
    ----------
    text : str
        In any spelling; accents and capitals make no difference.

    Returns
    -------
    frozenset of str
        "Thee" gives {" th", "the", "hee", "ee "}.
    """
    padded = (f" {word} " for word in fold(text).replace("-", " ").split())
    return frozenset(word[i : i + RUN] for word in padded for i in range(len(word) - RUN + 1))


class WordIndex:
    """The words of a catalogue, prepared when they are first asked for.

    Parameters
    ----------
    texts : sequence of str
        One an offer.
    rarity : mapping of run to float, optional
        That of a larger catalogue which these texts are a selection of, so that a selection
        judges as the whole does.
    """

    def __init__(self, texts: Sequence[str], rarity: Mapping[str, float] | None = None) -> None:
        self.texts = texts
        self.given_rarity = rarity

    @cached_property
    def runs(self) -> list[frozenset[str]]:
        return [runs_of(text) for text in self.texts]

    @cached_property
    def rarity(self) -> Mapping[str, float]:
        """Inverse document frequency: ln(1 + n / found) (Spärck Jones 1972)."""
        if self.given_rarity is not None:
            return self.given_rarity
        found = Counter(run for runs in self.runs for run in runs)
        return {run: math.log1p(len(self.texts) / count) for run, count in found.items()}

    @cached_property
    def places(self) -> dict[str, NDArray[np.intp]]:
        """Where each run occurs."""
        where: dict[str, list[int]] = {}
        for number, runs in enumerate(self.runs):
            for run in runs:
                where.setdefault(run, []).append(number)
        return {run: np.array(numbers, dtype=np.intp) for run, numbers in where.items()}

    @cached_property
    def unheard(self) -> float:
        """The rarity of a run that occurs nowhere: that of the rarest."""
        return max(self.rarity.values(), default=1.0)

    def likeness(self, wishes: str) -> NDArray[np.float64]:
        """Return which share of the wishes is found in each text, rare runs counting more.

        Parameters
        ----------
        wishes : str
            Own words.

        Returns
        -------
        array of float, shape (n,)
            0 to 1, one a text.

        Notes
        -----
        Of the texts "thee" and "koffie", the wish "Thee!" gives 1 and 0. "thee koffie" gives
        4/10 and 6/10: all ten runs are equally rare.
        """
        asked = {run: self.rarity.get(run, self.unheard) for run in sorted(runs_of(wishes))}
        shared = np.zeros(len(self.texts))
        for run, weight in asked.items():
            if run in self.places:
                shared[self.places[run]] += weight
        return np.minimum(shared / (math.fsum(asked.values()) or 1.0), 1.0)
