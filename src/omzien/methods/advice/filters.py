"""The hard filters: what is never advised, however well it fits otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from omzien.methods.advice.person import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from omzien.methods.advice.catalogue import Catalogue
    from omzien.methods.advice.facts import Flags, Numbers
    from omzien.methods.advice.person import Person, Reach


class Filter(StrEnum):
    """What can stand in the way of an offer."""

    LANGUAGE = "language"
    REACH = "reach"
    STEPS = "steps"
    BUDGET = "budget"
    HALF_DAYS = "half-days"
    PLACES = "places"
    AGE = "age"
    AUDIENCE = "audience"


@dataclass(frozen=True, slots=True)
class Removed:
    """How many offers a filter removed, and how many of them no other filter removed."""

    total: int
    alone: int


@dataclass(frozen=True, eq=False, slots=True)
class Sieve:
    """Which offers pass all filters, and which each filter removed.

    `passing` has shape (n,); `removed` and `alone` have a row for each of `filters`: what it
    removed, and what no other filter removed.
    """

    filters: tuple[Filter, ...]
    passing: Flags
    removed: Flags
    alone: Flags

    @property
    def counts(self) -> Mapping[Filter, Removed]:
        """The number of offers that each filter removed; only filters that removed any."""
        totals, alone = self.removed.sum(axis=1).tolist(), self.alone.sum(axis=1).tolist()
        rows = zip(self.filters, totals, alone, strict=True)
        return MappingProxyType(
            {name: Removed(total, sole) for name, total, sole in rows if total}
        )


def sieve(person: Person, catalogue: Catalogue, way: Numbers) -> Sieve:
    """Put the offers through every filter that this person's answers call for.

    Parameters
    ----------
    person : Person
        What was not asked filters nothing.
    catalogue : Catalogue
        Of n offers.
    way : array of float, shape (n,)
        Metres to each offer; nan where it is not known or there is none.

    Returns
    -------
    Sieve
        What is not known of an offer is treated so:

        * price, places, a hearing loop, somebody who goes along: passes;
        * language: taken as Dutch;
        * step-free: passes for who takes no steps, not for a wheelchair;
        * fetching people: taken as no.
    """
    by_filter = _removed(person, catalogue, way)
    removed = np.array(list(by_filter.values()))
    times = removed.sum(axis=0, dtype=np.int8)
    return Sieve(tuple(by_filter), times == 0, removed, removed & (times == 1))


def _removed(person: Person, catalogue: Catalogue, way: Numbers) -> dict[Filter, Flags]:
    facts = catalogue.facts
    removed = {Filter.PLACES: facts.full, Filter.AUDIENCE: _not_for(person, catalogue)}
    if person.languages:
        removed[Filter.LANGUAGE] = ~catalogue.languages.any_of(person.languages)
    if person.reach:
        removed[Filter.REACH] = _too_far(person.reach, catalogue, way)
    if person.wheelchair:
        removed[Filter.STEPS] = ~(facts.step_free | facts.without_way)
    elif not person.steps_ok:
        removed[Filter.STEPS] = facts.steps & ~facts.without_way
    if person.budget is not None:
        removed[Filter.BUDGET] = facts.price > person.budget
    if person.free:
        removed[Filter.HALF_DAYS] = ~(catalogue.meets.none | catalogue.meets.any_of(person.free))
    if person.age is not None:
        removed[Filter.AGE] = (facts.min_age > person.age) | (facts.max_age < person.age)
    return removed


def _not_for(person: Person, catalogue: Catalogue) -> Flags:
    own = catalogue.audience.any_of(person.groups)
    return ~own if person.own_group_only else ~(own | catalogue.audience.none)


def _too_far(reach: Reach, catalogue: Catalogue, way: Numbers) -> Flags:
    if reach.mode is Mode.FETCHED:
        # Where the way is not known, only being fetched is sure.
        return ~((way <= reach.metres) | catalogue.facts.fetches | catalogue.facts.without_way)
    return way > reach.metres
