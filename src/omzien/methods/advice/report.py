"""How a catalogue serves a town: coverage, spread, and who gets too little, by group."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from omzien.methods.advice.advise import MOST, advise
from omzien.methods.advice.exposure import coverage, gini
from omzien.methods.advice.offer import USUAL_LANGUAGE
from omzien.methods.advice.spread import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from omzien.methods.advice.advise import Advice
    from omzien.methods.advice.catalogue import Catalogue
    from omzien.methods.advice.person import Person
    from omzien.methods.advice.weights import Weights

NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Served:
    """How a group of people is served.

    `without` is the share that gets no offer at all, `unsuited` that for whom nothing suits,
    `enough` that which gets at least three, `mean` the number of offers a person.
    """

    people: int
    without: float
    unsuited: float
    enough: float
    mean: float


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome for everybody, and by language, mobility and area.

    `shown` tells how often each offer was advised, those never shown included.
    """

    everybody: Served
    by_language: Mapping[str, Served]
    by_mobility: Mapping[str, Served]
    by_area: Mapping[str, Served]
    coverage: float
    gini: float
    shown: Mapping[str, int]


def report(
    people: Sequence[Person],
    catalogue: Catalogue,
    weights: Weights,
    *,
    k: int = MOST,
    recount: int | None = None,
) -> Report:
    """Advise invented people one after the other, and report whom the catalogue serves.

    Parameters
    ----------
    people : sequence of Person
        Invented: what real people answer is not kept.
    catalogue : Catalogue
        Of n offers.
    weights : Weights
        How much each part counts.
    k : int
        At most so many offers a person.
    recount : int, optional
        After each so many people, add what was shown to the exposure of the offers, as every
        night does; never unless told.

    Returns
    -------
    Report
        Shares are 0 for no people.

    Raises
    ------
    ValueError
        `recount` is below 1.
    """
    if recount is not None and recount < 1:
        raise ValueError("a recount comes after at least one person")
    counts = Counter({offer.id: 0 for offer in catalogue.offers})
    before = Counter(dict(zip(counts, (int(times) for times in catalogue.exposure), strict=True)))
    outcomes = []
    for number, person in enumerate(people):
        if recount and number and number % recount == 0:
            catalogue = catalogue.with_exposure(before + counts)
        advice = advise(person, catalogue, weights=weights, k=k)
        counts.update(suggestion.offer for suggestion in advice.suggestions)
        outcomes.append((person, advice))
    return _reported(outcomes, counts)


def language_group(person: Person) -> str:
    """Name the group: Dutch for who speaks it, else the first language by code."""
    if not person.languages:
        return NOT_ASKED
    return USUAL_LANGUAGE if USUAL_LANGUAGE in person.languages else min(person.languages)


def mobility_group(person: Person) -> str:
    """Name the group: a wheelchair, no steps, or else how somebody gets around."""
    if person.wheelchair:
        return "wheelchair"
    if not person.steps_ok:
        return "no-steps"
    return person.reach.mode.value if person.reach else NOT_ASKED


def area_group(person: Person) -> str:
    """Name the group: the neighbourhood, or four digits of the postcode."""
    return person.area or NOT_ASKED


def served(advices: Sequence[Advice]) -> Served:
    """Sum up the advice that a group of people got.

    Parameters
    ----------
    advices : sequence of Advice
        One a person.

    Returns
    -------
    Served
        Nobody, with shares of 0, when there are none.
    """
    sizes = [len(advice.suggestions) for advice in advices]
    people = len(advices)
    each = people or 1
    return Served(
        people=people,
        without=sum(size == 0 for size in sizes) / each,
        unsuited=sum(bool(advice.gap) for advice in advices) / each,
        enough=sum(size >= ENOUGH for size in sizes) / each,
        mean=sum(sizes) / each,
    )


def _reported(outcomes: Sequence[tuple[Person, Advice]], shown: Mapping[str, int]) -> Report:
    times = list(shown.values())
    return Report(
        everybody=served([advice for _person, advice in outcomes]),
        by_language=_grouped(outcomes, language_group),
        by_mobility=_grouped(outcomes, mobility_group),
        by_area=_grouped(outcomes, area_group),
        coverage=coverage(times),
        gini=gini(times),
        shown=MappingProxyType(dict(shown)),
    )


def _grouped(
    outcomes: Sequence[tuple[Person, Advice]], group_of: Callable[[Person], str]
) -> Mapping[str, Served]:
    members = defaultdict(list)
    for person, advice in outcomes:
        members[group_of(person)].append(advice)
    return MappingProxyType({group: served(members[group]) for group in sorted(members)})
