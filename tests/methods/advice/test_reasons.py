"""Reasons are answers that are met; cautions are what to ask first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from omzien.methods.advice.offer import Offer
from omzien.methods.advice.person import Mode, Person, Reach
from omzien.methods.advice.reasons import Ask, Caution, Reason, Why, cautions_for, reasons_for
from omzien.methods.advice.week import HalfDay, Part

NAN = float("nan")
SHORT = Reach(Mode.FETCHED, 400)
CHOIR = Offer(id="choir", organisation="church", position=(0, 0))
MONDAY, FRIDAY = HalfDay(0, Part.MORNING), HalfDay(4, Part.EVENING)


def reasons(answers: dict[str, Any], facts: dict[str, Any], way: float = NAN) -> list[Reason]:
    added = {Why.LAYER: 0.0, Why.INTEREST: 0.0, Why.NEAR: 0.0}
    found = reasons_for(Person(**answers), replace(CHOIR, **facts), way=way, added=added)
    return list(found)


@pytest.mark.parametrize(
    ("answers", "facts", "expected"),
    [
        ({"free": {FRIDAY, MONDAY}}, {"meets": {FRIDAY, MONDAY}}, [Reason(Why.FREE_TIME, MONDAY)]),
        ({"free": {FRIDAY}}, {}, []),
        ({"languages": {"nl"}}, {}, []),
        (
            {"languages": {"nl", "tr"}},
            {"languages": {"nl", "tr", "ar"}},
            [Reason(Why.LANGUAGE, "tr")],
        ),
        (
            {"groups": frozenset({"women"})},
            {"audience": {"women"}},
            [Reason(Why.OWN_GROUP, "women")],
        ),
        (
            {"wants_company_first_time": True},
            {"company_first_time": True},
            [Reason(Why.NOT_ALONE)],
        ),
        (
            {},
            {"company_first_time": True, "hearing_loop": True, "price": 0, "step_free": True},
            [],
        ),
        ({"steps_ok": False}, {"step_free": True}, [Reason(Why.STEP_FREE)]),
        ({"hearing": True}, {"hearing_loop": True}, [Reason(Why.HEARING_LOOP)]),
        ({"budget": 500}, {"price": 0}, [Reason(Why.FREE_OF_CHARGE)]),
        ({"budget": 500}, {"price": 300}, [Reason(Why.WITHIN_BUDGET, 300)]),
        ({"budget": 500}, {"price": None}, []),
    ],
)
def test_a_reason_is_something_that_was_asked(
    answers: dict[str, Any], facts: dict[str, Any], expected: list[Reason]
) -> None:
    assert reasons(answers, facts) == expected


@pytest.mark.parametrize(
    ("answers", "facts", "way", "expected"),
    [
        ({"position": (0, 1)}, {}, 349.6, [Reason(Why.NEAR, 350)]),
        ({}, {}, NAN, []),
        ({}, {"position": None}, NAN, []),
        ({"position": (0, 1)}, {"position": None}, NAN, [Reason(Why.AT_HOME)]),
        ({"reach": Reach(Mode.FETCHED, 0)}, {}, NAN, [Reason(Why.FETCHED)]),
        ({"position": (0, 1), "reach": SHORT}, {}, 401, [Reason(Why.FETCHED)]),
        (
            {"position": (0, 1), "reach": SHORT},
            {},
            400,
            [Reason(Why.NEAR, 400)],
        ),
    ],
)
def test_the_way_there_is_near_or_being_fetched_or_none(
    answers: dict[str, Any], facts: dict[str, Any], way: float, expected: list[Reason]
) -> None:
    assert reasons(answers, facts, way) == expected


def test_the_strongest_need_and_the_part_that_added_most_come_first() -> None:
    person = Person(
        needs={"contact": 0.5, "meeting": 1, "home": 0},
        interests=frozenset({"singing"}),
        position=(0, 0),
        wishes="zingen",
    )
    offer = replace(
        CHOIR,
        layers=frozenset({"contact", "meeting", "home"}),
        interests=frozenset({"singing", "music"}),
    )
    added = {Why.LAYER: 0.2, Why.INTEREST: 0.1, Why.NEAR: 0.3, Why.WORDS: 0.15}
    assert reasons_for(person, offer, way=0, added=added) == (
        Reason(Why.NEAR, 0),
        Reason(Why.LAYER, "meeting"),
        Reason(Why.LAYER, "contact"),
        Reason(Why.WORDS),
        Reason(Why.INTEREST, "singing"),
    )


@pytest.mark.parametrize(
    ("answers", "facts", "expected"),
    [
        ({}, {}, []),
        ({"budget": 500}, {"price": None}, [Caution(Ask.PRICE)]),
        ({"steps_ok": False}, {"step_free": None}, [Caution(Ask.STEPS)]),
        ({"steps_ok": False}, {"step_free": True}, []),
        ({"steps_ok": False}, {"position": None}, []),
        ({"hearing": True}, {"hearing_loop": False}, [Caution(Ask.HEARING_LOOP)]),
        ({"hearing": True}, {"position": None}, []),
        ({"wants_company_first_time": True}, {}, [Caution(Ask.COMPANY)]),
        (
            {},
            {"min_age": 55, "max_age": 70},
            [Caution(Ask.LOWEST_AGE, 55), Caution(Ask.HIGHEST_AGE, 70)],
        ),
        ({"age": 60}, {"min_age": 55, "max_age": 70}, []),
        ({}, {"fresh": False}, [Caution(Ask.STILL_TRUE)]),
    ],
)
def test_what_was_asked_and_is_not_known_is_something_to_ask(
    answers: dict[str, Any], facts: dict[str, Any], expected: list[Caution]
) -> None:
    assert list(cautions_for(Person(**answers), replace(CHOIR, **facts))) == expected
