"""What is missing in town: what, where and when, and nothing of the person."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from omzien.methods.advice.advise import advise
from omzien.methods.advice.catalogue import Catalogue
from omzien.methods.advice.filters import Filter, sieve
from omzien.methods.advice.gap import Gap, suitable
from omzien.methods.advice.offer import Offer
from omzien.methods.advice.person import Mode, Person, Reach
from omzien.methods.advice.week import HalfDay, Part
from omzien.methods.advice.weights import Weights
from tests.methods.advice.strategies import offers as random_offers
from tests.methods.advice.strategies import persons as random_persons

WEIGHTS = Weights(version="test")
THURSDAY, MONDAY = HalfDay(3, Part.AFTERNOON), HalfDay(0, Part.MORNING)
CHOIR = Offer(
    id="choir",
    organisation="church",
    languages=frozenset({"nl"}),
    layers=frozenset({"meeting"}),
    interests=frozenset({"singing"}),
)
# How each filter is lifted, by leaving its question out.
LIFTED: dict[Filter, dict[str, Any]] = {
    Filter.LANGUAGE: {"languages": frozenset()},
    Filter.REACH: {"reach": None},
    Filter.STEPS: {"steps_ok": True, "wheelchair": False},
    Filter.BUDGET: {"budget": None},
    Filter.HALF_DAYS: {"free": frozenset()},
    Filter.AGE: {"age": None},
}


def gap(person: Person, *offers: Offer) -> Gap:
    return advise(person, Catalogue.of(offers), weights=WEIGHTS).gap


def test_a_gap_says_what_where_and_when_and_what_would_help() -> None:
    person = Person(
        needs={"contact": 1, "meeting": 0},
        interests=frozenset({"singing", "chess"}),
        area="2711",
        free=frozenset({THURSDAY, MONDAY}),
        languages=frozenset({"tr"}),
        age=82,
        wishes="my husband died",
        budget=0,
        wheelchair=True,
    )
    assert gap(person, CHOIR, replace(CHOIR, id="dear", price=800)) == Gap(
        nothing_suits=True,
        layers=("contact",),
        interests=("chess", "singing"),
        where="2711",
        when=(MONDAY, THURSDAY),
        because=Filter.LANGUAGE,
        would_give=1,
    )


def test_a_gap_has_no_room_for_anything_personal() -> None:
    assert [each.name for each in fields(Gap)] == [
        *("nothing_suits", "layers", "interests", "where", "when", "because", "would_give")
    ]


def test_where_something_suits_there_is_no_gap_but_what_is_missing_is_named() -> None:
    found = gap(Person(interests=frozenset({"singing", "chess"})), CHOIR)
    assert not found
    assert found.interests == ("chess",)


def test_an_offer_that_answers_nothing_asked_does_not_close_the_gap() -> None:
    assert gap(Person(interests=frozenset({"chess"})), CHOIR)
    assert gap(Person(needs={"contact": 1}), CHOIR)
    assert not gap(Person(needs={"contact": 0}), CHOIR)
    assert not gap(Person(wishes="schaken"), CHOIR)


def test_no_filter_helps_where_nothing_is_on_offer() -> None:
    found = gap(Person(interests=frozenset({"chess"}), languages=frozenset({"tr"})), CHOIR)
    assert (found.because, found.would_give) == (None, 0)


def test_full_offers_say_that_places_are_missing() -> None:
    found = gap(Person(interests=frozenset({"singing"})), replace(CHOIR, places_free=0))
    assert (found.because, found.would_give) == (Filter.PLACES, 1)


@pytest.mark.parametrize(
    ("reach", "expected"), [(Reach(Mode.WALKING, 100), Filter.REACH), (None, Filter.BUDGET)]
)
def test_the_filter_that_would_give_most_is_named(reach: Reach | None, expected: Filter) -> None:
    far = [replace(CHOIR, id=f"far-{n}", position=(500, 0)) for n in range(3)]
    dear = [replace(CHOIR, id=f"dear-{n}", price=800) for n in range(2)]
    person = Person(position=(0, 0), reach=reach, budget=0, interests=frozenset({"singing"}))
    assert gap(person, *far, *dear).because is expected


@given(random_persons(), random_offers())
def test_lifting_that_filter_gives_what_was_promised(person: Person, offers: list[Offer]) -> None:
    catalogue = Catalogue.of(offers)
    found = advise(person, catalogue, weights=WEIGHTS).gap
    assert (found.because is None) == (found.would_give == 0)

    def fitting(asker: Person) -> int:
        nowhere = np.full(len(catalogue), np.nan)
        way = catalogue.way_from(asker.position) if asker.position else nowhere
        return int((sieve(asker, catalogue, way).passing & suitable(asker, catalogue)).sum())

    assert found.nothing_suits == (fitting(person) == 0)
    lifted = {name: replace(person, **answers) for name, answers in LIFTED.items()}
    gains = {name: fitting(asker) - fitting(person) for name, asker in lifted.items()}
    if found.because in gains:
        assert gains[found.because] == found.would_give
    assert all(gain <= found.would_give for gain in gains.values())
