"""The score, with numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omzien.methods.advice.catalogue import Catalogue
from omzien.methods.advice.offer import Offer
from omzien.methods.advice.person import Mode, Person, Reach
from omzien.methods.advice.score import exposure_share, scores
from omzien.methods.advice.weights import Weights
from omzien.methods.advice.words import likeness_from
from tests.methods.advice.strategies import offers as random_offers
from tests.methods.advice.strategies import persons as random_persons

if TYPE_CHECKING:
    from omzien.methods.advice.score import Scores
    from omzien.methods.advice.words import Similarity

PLAIN = Weights(version="test", exposure=0, stale=0, lacking=0)
CHOIR = Offer(id="choir", organisation="church", position=(0.0, 0.0))


def scored(
    person: Person,
    *offers: Offer,
    weights: Weights = PLAIN,
    similarity: Similarity | None = None,
) -> Scores:
    catalogue = Catalogue.of(offers)
    nowhere = np.full(len(catalogue), np.nan)
    way = catalogue.way_from(person.position) if person.position else nowhere
    return scores(person, catalogue, way, weights=weights, similarity=similarity)


def test_the_example_of_the_docstring() -> None:
    both = replace(CHOIR, layers=frozenset({"contact", "meeting"}))
    outcome = scored(Person(needs={"contact": 1}), both)
    assert outcome.need[0] == pytest.approx(1 / sqrt(2))
    assert outcome.fit[0] == pytest.approx(0.7071, abs=1e-4)


def test_four_parts_weigh_four_three_two_and_one() -> None:
    offer = replace(
        CHOIR,
        position=(0.0, 500 / 1.3),
        layers=frozenset({"contact"}),
        interests=frozenset({"talking"}),
        words="thee",
    )
    person = Person(
        needs={"contact": 1},
        interests=frozenset({"singing", "talking"}),
        position=(0, 0),
        reach=Reach(Mode.WALKING, 1000),
        wishes="thee koffie",
    )
    outcome = scored(person, offer)
    # 500 m is half the reach: ½. "koffie" is unheard of: 4 of 10 runs are found.
    expected = 0.4 * 1 + 0.3 / sqrt(2) + 0.2 * 0.5 + 0.1 * 0.4
    assert outcome.fit[0] == pytest.approx(expected)


def test_a_need_counts_as_much_as_it_is_felt() -> None:
    offer = replace(CHOIR, layers=frozenset({"contact"}))
    assert scored(Person(needs={"contact": 0.25}), offer).need[0] == 0.25
    # Cosine of (1, ½) with (1, 0) is 1 / √1.25.
    felt = {"contact": 1.0, "feeling": 0.5}
    assert scored(Person(needs=felt), offer).need[0] == pytest.approx(1 / sqrt(1.25))


def test_claiming_every_layer_does_not_pay() -> None:
    modest = replace(CHOIR, id="a", layers=frozenset({"contact"}))
    claims = replace(CHOIR, id="b", layers=frozenset({"contact", "feeling", "meeting", "home"}))
    need = scored(Person(needs={"contact": 1}), modest, claims).need
    assert need.tolist() == [1, 0.5]


def test_what_was_not_asked_does_not_count() -> None:
    offer = replace(CHOIR, interests=frozenset({"singing"}))
    assert scored(Person(interests=frozenset({"singing"})), offer).fit[0] == 1
    assert scored(Person(needs={"contact": 0.0}), offer).fit[0] == 0
    assert scored(Person(), offer).fit[0] == 0


@pytest.mark.parametrize(
    ("reach", "metres", "expected"),
    [
        (Reach(Mode.WALKING, 1000), 0, 1),
        (Reach(Mode.WALKING, 1000), 500, 0.5),
        (Reach(Mode.WALKING, 1000), 1000, 0.25),
        (Reach(Mode.FETCHED, 0), 1000, 0.5),
        (None, 2000, 0.25),
    ],
)
def test_nearness_halves_with_half_the_reach(
    reach: Reach | None, metres: float, expected: float
) -> None:
    person = Person(position=(0, metres / 1.3), reach=reach)
    assert scored(person, CHOIR).nearness[0] == pytest.approx(expected)


def test_what_needs_no_way_is_neither_near_nor_far() -> None:
    assert scored(Person(position=(0, 0)), replace(CHOIR, position=None)).nearness[0] == 0.5


def test_an_offer_shown_as_usual_loses_half_of_the_weight_of_exposure() -> None:
    offers = [replace(CHOIR, id=str(times), exposure=times) for times in (0, 10, 20)]
    catalogue = Catalogue.of(offers)
    assert catalogue.usual_exposure == 10
    assert exposure_share(catalogue) == pytest.approx([0, 1 / 2, 2 / 3])
    outcome = scored(Person(), *offers, weights=replace(PLAIN, exposure=0.3))
    lost = dict(zip(("0", "10", "20"), outcome.total.tolist(), strict=True))
    assert lost == pytest.approx({"0": 0, "10": -0.15, "20": -0.2})


def test_where_nothing_was_ever_shown_nothing_is_lost() -> None:
    assert exposure_share(Catalogue.of([CHOIR])).tolist() == [0]
    assert exposure_share(Catalogue.of([])).tolist() == []


def test_a_stale_record_sinks() -> None:
    outcome = scored(Person(), replace(CHOIR, fresh=False), weights=replace(PLAIN, stale=0.1))
    assert outcome.total[0] == -0.1


def test_each_wished_comfort_that_is_not_known_to_be_there_costs() -> None:
    weights = replace(PLAIN, lacking=0.05)
    person = Person(wants_company_first_time=True, hearing=True)
    warm = replace(CHOIR, id="a", company_first_time=True, hearing_loop=True)
    half = replace(CHOIR, id="b", company_first_time=True, hearing_loop=False)
    cold = replace(CHOIR, id="c")
    assert scored(person, warm, half, cold, weights=weights).total.tolist() == [0, -0.05, -0.1]
    assert scored(Person(), warm, half, cold, weights=weights).total.tolist() == [0, 0, 0]


def test_another_judge_of_likeness_may_be_handed_in() -> None:
    person = Person(wishes="iets met muziek")
    outcome = scored(
        person, CHOIR, replace(CHOIR, id="other"), similarity=likeness_from({"choir": 0.8})
    )
    assert outcome.text.tolist() == [0.8, 0]


def test_a_judge_is_not_asked_when_there_are_no_words() -> None:
    assert scored(Person(wishes="  "), CHOIR, similarity=likeness_from({"choir": 7})).fit[0] == 0


@pytest.mark.parametrize("given_numbers", [[0.5, 0.5], [1.5], [-0.1], [float("nan")]])
def test_a_judge_that_gives_something_else_is_refused(given_numbers: list[float]) -> None:
    with pytest.raises(ValueError, match="similarity"):
        scored(Person(wishes="thee"), CHOIR, similarity=lambda *_: np.array(given_numbers))


@given(random_persons(), random_offers())
def test_every_part_lies_between_nothing_and_all(person: Person, offers: list[Offer]) -> None:
    outcome = scored(person, *offers, weights=Weights(version="test"))
    for part in (outcome.need, outcome.interests, outcome.nearness, outcome.text, outcome.fit):
        assert np.all((part >= 0) & (part <= 1 + 1e-12))
    assert np.all(outcome.total <= outcome.fit + 1e-9)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8), st.data())
def test_showing_an_offer_once_more_never_raises_it(times: list[int], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(times) - 1))
    more = [count + (place == number) for place, count in enumerate(times)]

    def shares(counts: list[int]) -> list[float]:
        offers = [replace(CHOIR, id=f"{i}", exposure=count) for i, count in enumerate(counts)]
        return [float(share) for share in exposure_share(Catalogue.of(offers))]

    for place, (before, after) in enumerate(zip(shares(times), shares(more), strict=True)):
        assert after >= before - 1e-12 if place == number else after <= before + 1e-12
