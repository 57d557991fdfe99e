"""What is never advised: held against the rules written out one by one."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given

from omzien.methods.advice.advise import advise
from omzien.methods.advice.catalogue import Catalogue
from omzien.methods.advice.filters import Filter, Removed, sieve
from omzien.methods.advice.offer import Offer
from omzien.methods.advice.person import Mode, Person, Reach
from omzien.methods.advice.week import HalfDay, Part
from omzien.methods.advice.weights import Weights
from tests.methods.advice.rules import violations
from tests.methods.advice.strategies import offers as random_offers
from tests.methods.advice.strategies import persons as random_persons
from tests.methods.advice.town import LAYERS, Town

if TYPE_CHECKING:
    from omzien.methods.advice.filters import Sieve

WEIGHTS = Weights(version="test")
CHOIR = Offer(id="choir", organisation="church", position=(0.0, 0.0))
# 769.2 m as the crow flies is 1000 m along the road.
KILOMETRE = (1000 / 1.3, 0.0)
MORNING, EVENING = (frozenset({HalfDay(0, part)}) for part in (Part.MORNING, Part.EVENING))


@lru_cache(maxsize=1)
def town() -> tuple[Catalogue, list[Person]]:
    invented = Town(seed=7)
    catalogue = Catalogue.of(invented.offers(2_000), layers=LAYERS)
    return catalogue, invented.people(10_000)


def sifted(person: Person, catalogue: Catalogue) -> Sieve:
    nowhere = np.full(len(catalogue), np.nan)
    way = catalogue.way_from(person.position) if person.position else nowhere
    return sieve(person, catalogue, way)


def stopped_by(person: Person, offer: Offer) -> list[str]:
    found = sifted(person, Catalogue.of([offer])).counts
    assert set(found) == set(violations(person, offer))
    return sorted(found)


def test_ten_thousand_people_get_nothing_that_a_rule_forbids() -> None:
    catalogue, people = town()
    by_id = {offer.id: offer for offer in catalogue.offers}
    forbidden = [
        (person, suggestion.offer)
        for person in people
        for suggestion in advise(person, catalogue, weights=WEIGHTS).suggestions
        if violations(person, by_id[suggestion.offer])
    ]
    assert forbidden == []


def test_nothing_is_removed_that_the_rules_allow() -> None:
    catalogue, people = town()
    for person in people[:40]:
        allowed = [not violations(person, offer) for offer in catalogue.offers]
        assert sifted(person, catalogue).passing.tolist() == allowed


@given(random_persons(), random_offers())
def test_each_filter_removes_what_its_rule_forbids(person: Person, offers: list[Offer]) -> None:
    catalogue = Catalogue.of(offers)
    outcome = sifted(person, catalogue)
    broken = [violations(person, offer) for offer in catalogue.offers]
    expected = {
        name: Removed(
            total=sum(name in rules for rules in broken),
            alone=sum(rules == [name] for rules in broken),
        )
        for name in Filter
        if any(name in rules for rules in broken)
    }
    assert outcome.counts == expected
    assert outcome.passing.tolist() == [not rules for rules in broken]


@pytest.mark.parametrize(
    ("answers", "facts", "stopped"),
    [
        # What was not asked stops nothing.
        ({}, {"languages": frozenset({"tr"}), "price": 900, "min_age": 65}, []),
        # Language: none named is Dutch.
        ({"languages": frozenset({"tr"})}, {}, ["language"]),
        ({"languages": frozenset({"tr", "nl"})}, {}, []),
        ({"languages": frozenset({"nl"})}, {"languages": frozenset({"tr"})}, ["language"]),
        # Price: an unknown price passes.
        ({"budget": 500}, {"price": 501}, ["budget"]),
        ({"budget": 500}, {"price": 500}, []),
        ({"budget": 0}, {"price": None}, []),
        # Steps: what is not known is not good enough for a wheelchair.
        ({"wheelchair": True}, {"step_free": None}, ["steps"]),
        ({"wheelchair": True}, {"step_free": True}, []),
        ({"wheelchair": True}, {"position": None}, []),
        ({"steps_ok": False}, {"step_free": None}, []),
        ({"steps_ok": False}, {"step_free": False}, ["steps"]),
        ({"steps_ok": False}, {"step_free": False, "position": None}, []),
        # Half-days: none named is any.
        ({"free": MORNING}, {"meets": EVENING}, ["half-days"]),
        ({"free": MORNING}, {"meets": MORNING | EVENING}, []),
        ({"free": MORNING}, {"meets": frozenset()}, []),
        # Places.
        ({}, {"places_free": 0}, ["places"]),
        ({}, {"places_free": 1}, []),
        # Age, both bounds included; an unknown age passes.
        ({"age": 54}, {"min_age": 55}, ["age"]),
        ({"age": 55}, {"min_age": 55, "max_age": 55}, []),
        ({"age": 56}, {"max_age": 55}, ["age"]),
        # Groups: not for who did not say to belong to it.
        ({}, {"audience": frozenset({"women"})}, ["audience"]),
        ({"groups": frozenset({"women"})}, {"audience": frozenset({"women", "carers"})}, []),
        ({"groups": frozenset({"women"})}, {}, []),
        ({"groups": frozenset({"women"}), "own_group_only": True}, {}, ["audience"]),
    ],
)
def test_what_is_known_and_what_is_not(
    answers: dict[str, Any], facts: dict[str, Any], stopped: list[str]
) -> None:
    assert stopped_by(Person(**answers), replace(CHOIR, **facts)) == stopped


@pytest.mark.parametrize(
    ("reach", "facts", "stopped"),
    [
        (Reach(Mode.WALKING, 1000), {}, []),
        (Reach(Mode.WALKING, 999), {}, ["reach"]),
        (Reach(Mode.CYCLING, 999), {"transport_offered": True}, ["reach"]),
        (Reach(Mode.FETCHED, 999), {"transport_offered": True}, []),
        (Reach(Mode.FETCHED, 999), {"transport_offered": None}, ["reach"]),
        (Reach(Mode.FETCHED, 1000), {}, []),
        (Reach(Mode.WALKING, 0), {"position": None}, []),
        (Reach(Mode.FETCHED, 0), {"position": None}, []),
    ],
)
def test_a_kilometre_is_too_far_or_not(
    reach: Reach, facts: dict[str, Any], stopped: list[str]
) -> None:
    person = Person(position=KILOMETRE, reach=reach)
    assert stopped_by(person, replace(CHOIR, **facts)) == stopped


def test_without_a_place_only_being_fetched_is_sure() -> None:
    assert stopped_by(Person(reach=Reach(Mode.WALKING, 1)), CHOIR) == []
    fetched = Person(reach=Reach(Mode.FETCHED, 5000))
    assert stopped_by(fetched, CHOIR) == ["reach"]
    assert stopped_by(fetched, replace(CHOIR, transport_offered=True)) == []


def test_the_counts_tell_what_one_filter_alone_removed() -> None:
    catalogue = Catalogue.of(
        [
            replace(CHOIR, id="1", price=900),
            replace(CHOIR, id="2", price=900, places_free=0),
            replace(CHOIR, id="3"),
        ]
    )
    outcome = sifted(Person(budget=0), catalogue)
    assert outcome.counts == {
        Filter.BUDGET: Removed(total=2, alone=1),
        Filter.PLACES: Removed(total=1, alone=0),
    }
    assert outcome.passing.tolist() == [False, False, True]
