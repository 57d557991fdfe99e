"""Persons, offers, weights and half-days refuse what cannot be; answers stay out of logs."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from omzien.methods.advice.offer import Offer
from omzien.methods.advice.person import Mode, Person, Reach
from omzien.methods.advice.week import HalfDay, Part
from omzien.methods.advice.weights import Weights

NAN = float("nan")
OFFER = Offer(id="choir", organisation="church")
WEIGHTS = Weights(version="2026-1")


def test_everything_about_a_person_may_be_left_out() -> None:
    assert Person() == Person(wishes="", needs={})


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        ({"needs": {"contact": 1.1}}, "need"),
        ({"needs": {"contact": NAN}}, "need"),
        ({"position": (NAN, 0)}, "position"),
        ({"budget": -1}, "budget"),
        ({"age": 131}, "age"),
        ({"age": -1}, "age"),
        ({"own_group_only": True}, "group"),
    ],
)
def test_answers_that_cannot_be_are_refused(answers: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Person(**answers)


def test_no_reach_is_below_nothing() -> None:
    with pytest.raises(ValueError, match="metres"):
        Reach(Mode.WALKING, -1)


def test_what_a_person_told_does_not_stand_in_logs() -> None:
    told = Person(wishes="my husband died", age=82, position=(1, 2), needs={"contact": 1})
    assert repr(told) == f"{told}" == "<Person: answers are not shown>"


def test_needs_cannot_be_changed_from_outside() -> None:
    needs = {"contact": 1.0}
    person = Person(needs=needs)
    needs["contact"] = 0
    assert person.needs == {"contact": 1}
    with pytest.raises(FrozenInstanceError):
        person.age = 82  # type: ignore[misc]  # that it cannot be is what is tested


def test_a_wheelchair_avoids_steps_also_when_nobody_asked_about_steps() -> None:
    assert Person(wheelchair=True).avoids_steps
    assert Person(steps_ok=False).avoids_steps
    assert not Person().avoids_steps


@pytest.mark.parametrize("name", ["price", "min_age", "max_age", "places_free", "exposure"])
def test_no_number_of_an_offer_is_below_nothing(name: str) -> None:
    below: dict[str, Any] = {name: -1}
    with pytest.raises(ValueError, match="below 0"):
        replace(OFFER, **below)


def test_an_offer_has_its_ages_the_right_way_round() -> None:
    assert replace(OFFER, min_age=55, max_age=55).max_age == 55
    with pytest.raises(ValueError, match="lowest age"):
        replace(OFFER, min_age=56, max_age=55)


def test_an_offer_stands_somewhere_or_nowhere() -> None:
    with pytest.raises(ValueError, match="position"):
        replace(OFFER, position=(0, NAN))


def test_an_offer_that_names_no_language_is_in_dutch() -> None:
    assert OFFER.spoken == {"nl"}
    assert replace(OFFER, languages=frozenset({"tr"})).spoken == {"tr"}


def test_the_parts_of_the_score_add_up_to_one_unless_told() -> None:
    parts = (WEIGHTS.need, WEIGHTS.interests, WEIGHTS.nearness, WEIGHTS.text)
    assert parts == (0.4, 0.3, 0.2, 0.1)
    assert (WEIGHTS.mmr_lambda, WEIGHTS.exposure) == (0.75, 0.1)


@pytest.mark.parametrize(
    "changes",
    [
        {"version": ""},
        {"need": -0.1},
        {"text": 1.1},
        {"mmr_lambda": 1.01},
        {"exposure": NAN},
        {"stale": -1},
        {"lacking": 2},
        {"need": 0, "interests": 0, "nearness": 0, "text": 0},
    ],
)
def test_weights_that_mean_nothing_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"weights|between|count"):
        replace(WEIGHTS, **changes)


def test_half_days_sort_in_the_order_of_the_week() -> None:
    monday_evening = HalfDay(0, Part.EVENING)
    tuesday_morning, tuesday_afternoon = HalfDay(1, Part.MORNING), HalfDay(1, Part.AFTERNOON)
    week = [monday_evening, tuesday_morning, tuesday_afternoon]
    assert sorted([tuesday_afternoon, monday_evening, tuesday_morning]) == week


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_week_has_seven_days(weekday: int) -> None:
    with pytest.raises(ValueError, match="Monday"):
        HalfDay(weekday, Part.MORNING)
