"""What other weights would change, before an editor takes them into use."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.methods.advice.advise import MOST, advise
from omzien.methods.advice.exposure import coverage, gini

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from omzien.methods.advice.catalogue import Catalogue
    from omzien.methods.advice.person import Person
    from omzien.methods.advice.weights import Weights


@dataclass(frozen=True, slots=True)
class Shift:
    """How often an offer is shown before and after."""

    offer: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change.

    Attributes
    ----------
    people : int
        How many invented people were asked.
    other_first, other_list : float
        The share whose first suggestion, and whose set of suggestions, becomes another.
    gainers, losers : tuple of Shift
        Offers shown more, and less; the largest difference first.
    coverage, gini : (before, after)
        See `exposure`.
    """

    people: int
    other_first: float
    other_list: float
    gainers: tuple[Shift, ...]
    losers: tuple[Shift, ...]
    coverage: tuple[float, float]
    gini: tuple[float, float]


def preview(
    weights_before: Weights,
    weights_after: Weights,
    people: Sequence[Person],
    catalogue: Catalogue,
    *,
    k: int = MOST,
) -> Preview:
    """Advise the same invented people with two sets of weights, and compare.

    Parameters
    ----------
    weights_before, weights_after : Weights
        Those in use and those that are proposed.
    people : sequence of Person
        Invented: what real people answer is not kept.
    catalogue : Catalogue
        Of n offers, with their exposure as it is now.
    k : int
        At most so many offers a person.

    Returns
    -------
    Preview
        The same weights change nothing. Shares are 0 for no people.
    """
    was = list(_lists(people, catalogue, weights_before, k))
    becomes = list(_lists(people, catalogue, weights_after, k))
    pairs = list(zip(was, becomes, strict=True))
    shifts = _shifts(catalogue, was, becomes)
    each = len(pairs) or 1
    return Preview(
        people=len(pairs),
        other_first=sum(old[:1] != new[:1] for old, new in pairs) / each,
        other_list=sum(set(old) != set(new) for old, new in pairs) / each,
        gainers=tuple(shift for shift in shifts if shift.difference > 0),
        losers=tuple(shift for shift in reversed(shifts) if shift.difference < 0),
        coverage=(coverage([s.before for s in shifts]), coverage([s.after for s in shifts])),
        gini=(gini([s.before for s in shifts]), gini([s.after for s in shifts])),
    )


def _lists(
    people: Sequence[Person], catalogue: Catalogue, weights: Weights, k: int
) -> Iterator[tuple[str, ...]]:
    for person in people:
        advice = advise(person, catalogue, weights=weights, k=k)
        yield tuple(suggestion.offer for suggestion in advice.suggestions)


def _shifts(
    catalogue: Catalogue, was: Sequence[tuple[str, ...]], becomes: Sequence[tuple[str, ...]]
) -> list[Shift]:
    """Return every offer, the largest gain first."""
    before = Counter(offer for offers in was for offer in offers)
    after = Counter(offer for offers in becomes for offer in offers)
    shifts = [Shift(o.id, before[o.id], after[o.id]) for o in catalogue.offers]
    return sorted(shifts, key=_gain, reverse=True)


def _gain(shift: Shift) -> int:
    return shift.difference
