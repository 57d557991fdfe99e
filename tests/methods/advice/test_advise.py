"""From answers to a few offers: a town small enough to work out by hand, and laws for all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from omzien.methods.advice.advise import advise
from omzien.methods.advice.catalogue import Catalogue
from omzien.methods.advice.filters import Filter, Removed
from omzien.methods.advice.offer import Offer
from omzien.methods.advice.person import Mode, Person, Reach
from omzien.methods.advice.reasons import Reason, Why
from omzien.methods.advice.weights import Weights
from omzien.methods.advice.words import likeness_from
from tests.methods.advice.strategies import Draw
from tests.methods.advice.strategies import offers as random_offers
from tests.methods.advice.strategies import persons as random_persons

if TYPE_CHECKING:
    from random import Random

    from omzien.methods.advice.advise import Advice

WEIGHTS = Weights(version="2026-1")

# Mevrouw De Vries misses somebody to talk to, and likes to sing. She walks a kilometre.
DE_VRIES = Person(
    needs={"contact": 1},
    interests=frozenset({"singing", "talking"}),
    position=(0, 0),
    reach=Reach(Mode.WALKING, 1000),
)
BUDDY = Offer(
    id="buddy",
    organisation="welfare",
    position=(0, 500 / 1.3),
    layers=frozenset({"contact"}),
    interests=frozenset({"talking"}),
)
CHOIR_AT_HOME = Offer(
    id="choir",
    organisation="broadcaster",
    layers=frozenset({"meeting"}),
    interests=frozenset({"singing", "talking"}),
)
COFFEE = Offer(
    id="coffee",
    organisation="welfare",
    position=(0, 0),
    layers=frozenset({"contact", "meeting"}),
)
FAR = replace(BUDDY, id="far", organisation="far", position=(0, 1000))
TOWN = Catalogue.of([BUDDY, CHOIR_AT_HOME, COFFEE, FAR], layers=["feeling", "contact", "meeting"])


def ids(advice: Advice) -> list[str]:
    return [suggestion.offer for suggestion in advice.suggestions]


def test_a_small_town_worked_out_by_hand() -> None:
    advice = advise(DE_VRIES, TOWN, weights=WEIGHTS)
    # buddy: (0.4·1 + 0.3/√2 + 0.2·½) / 0.9; choir: (0.3·1 + 0.2·½) / 0.9;
    # coffee: (0.4/√2 + 0.2·1) / 0.9, of the same organisation as buddy, so it comes last.
    assert ids(advice) == ["buddy", "choir", "coffee"]
    assert [s.score for s in advice.suggestions] == pytest.approx(
        [0.791258, 0.444444, 0.536492], abs=1e-6
    )
    assert advice.passing == 3
    assert advice.filtered == {Filter.REACH: Removed(total=1, alone=1)}
    assert advice.weights == "2026-1"
    assert not advice.gap


def test_the_reasons_are_what_she_asked_the_weightiest_first() -> None:
    buddy, choir, coffee = advise(DE_VRIES, TOWN, weights=WEIGHTS).suggestions
    assert buddy.reasons == (
        Reason(Why.LAYER, "contact"),
        Reason(Why.INTEREST, "talking"),
        Reason(Why.NEAR, 500),
    )
    assert choir.reasons == (
        Reason(Why.INTEREST, "singing"),
        Reason(Why.INTEREST, "talking"),
        Reason(Why.AT_HOME),
    )
    assert coffee.reasons == (Reason(Why.LAYER, "contact"), Reason(Why.NEAR, 0))


def test_somebody_who_tells_nothing_still_gets_offers_least_shown_first() -> None:
    often = TOWN.with_exposure({"buddy": 9, "choir": 1, "coffee": 5})
    advice = advise(Person(), often, weights=replace(WEIGHTS, mmr_lambda=1))
    assert ids(advice) == ["far", "choir", "coffee"]
    assert all(suggestion.reasons == () for suggestion in advice.suggestions)
    assert all(suggestion.suits for suggestion in advice.suggestions)


def test_what_answers_nothing_that_was_asked_only_fills_up() -> None:
    near = Offer(id="near", organisation="near", position=(0, 0))
    catalogue = Catalogue.of([near, *TOWN.offers])
    advice = advise(replace(DE_VRIES, needs={}), catalogue, weights=WEIGHTS)
    assert [(s.offer, s.suits) for s in advice.suggestions] == [
        ("choir", True),
        ("buddy", True),
        ("near", False),
    ]


def test_own_words_are_a_reason_for_what_is_most_like_them() -> None:
    person = Person(wishes="zingen")
    known = likeness_from({"choir": 0.8, "buddy": 0.4, "far": 0.39, "full": 1})
    full = replace(BUDDY, id="full", places_free=0)
    advice = advise(person, Catalogue.of([*TOWN.offers, full]), weights=WEIGHTS, similarity=known)
    assert ids(advice) == ["choir", "buddy", "far"]
    with_words = {s.offer for s in advice.suggestions if Reason(Why.WORDS) in s.reasons}
    assert with_words == {"choir", "buddy"}


def test_fewer_can_be_asked_but_not_none() -> None:
    assert ids(advise(DE_VRIES, TOWN, weights=WEIGHTS, k=1)) == ["buddy"]
    with pytest.raises(ValueError, match="at least one"):
        advise(DE_VRIES, TOWN, weights=WEIGHTS, k=0)


def test_an_empty_catalogue_gives_a_gap() -> None:
    advice = advise(DE_VRIES, Catalogue.of([]), weights=WEIGHTS)
    assert advice.suggestions == ()
    assert advice.gap


def test_chance_settles_equals_only() -> None:
    twins = [replace(BUDDY, id=f"twin-{n}", organisation=f"{n}") for n in range(8)]
    catalogue = Catalogue.of([*twins, replace(COFFEE, organisation="coffee")])
    best = {
        ids(advise(DE_VRIES, catalogue, weights=WEIGHTS, rng=np.random.default_rng(seed)))[0]
        for seed in range(20)
    }
    assert len(best) > 3
    assert "coffee" not in best
    assert ids(advise(DE_VRIES, catalogue, weights=WEIGHTS))[0] == "twin-0"


@given(random_persons(), random_offers(), st.randoms(use_true_random=False))
def test_the_order_of_the_offers_does_not_matter(
    person: Person, offers: list[Offer], chance: Random
) -> None:
    shuffled = list(offers)
    chance.shuffle(shuffled)
    one, other = Catalogue.of(offers), Catalogue.of(shuffled)
    assert advise(person, one, weights=WEIGHTS) == advise(person, other, weights=WEIGHTS)


@given(random_persons(), random_offers(), st.data())
def test_showing_an_offer_more_never_moves_it_up(
    person: Person, offers: list[Offer], data: st.DataObject
) -> None:
    assume(offers)
    number = data.draw(st.integers(0, len(offers) - 1))
    more = offers[number].exposure + data.draw(st.integers(1, 50))
    changed = [*offers]
    changed[number] = replace(offers[number], exposure=more)
    weights = replace(WEIGHTS, exposure=1)

    def place(of: list[Offer]) -> int:
        catalogue = Catalogue.of(of, usual_exposure=10)
        advised = ids(advise(person, catalogue, weights=weights))
        name = offers[number].id
        return advised.index(name) if name in advised else len(advised)

    assert place(changed) >= place(offers)


@given(random_persons(), random_offers())
def test_organisations_stand_in_the_list_once_where_there_are_three(
    person: Person, offers: list[Offer]
) -> None:
    catalogue = Catalogue.of(offers)
    advised = ids(advise(person, catalogue, weights=WEIGHTS))
    owner = {offer.id: offer.organisation for offer in offers}
    if len(advised) > 3 or len({owner[name] for name in advised}) >= 3:
        assert len({owner[name] for name in advised}) == len(advised)
    assert len(advised) <= 5


@given(random_persons(), random_offers())
def test_what_suits_stands_before_what_does_not(person: Person, offers: list[Offer]) -> None:
    suits = [s.suits for s in advise(person, Catalogue.of(offers), weights=WEIGHTS).suggestions]
    owners = {offer.organisation for offer in offers}
    if len(owners) >= 3 and len(suits) > 3:
        assert suits == sorted(suits, reverse=True)


@given(random_persons(), random_offers())
def test_a_selection_taken_along_gives_the_advice_of_the_whole(
    person: Person, offers: list[Offer]
) -> None:
    position, reach = person.position or (0, 0), person.reach or Reach(Mode.WALKING, 500)
    person = replace(person, position=position, reach=reach)
    whole = Catalogue.of(offers, layers=["feeling", "contact", "meeting"])
    along = whole.around(position, reach.metres)
    here, there = (advise(person, each, weights=WEIGHTS) for each in (whole, along))
    assert there.suggestions == here.suggestions
    assert there.chain == here.chain
    assert there.passing == here.passing


@given(random_persons(), random_offers())
def test_a_full_offer_changes_nothing_for_the_others(person: Person, offers: list[Offer]) -> None:
    full = Draw(len(offers)).offer("offer-99")
    extra = replace(full, places_free=0)
    before = Catalogue.of(offers, usual_exposure=10, rarity={})
    after = Catalogue.of([*offers, extra], usual_exposure=10, rarity={})
    assert ids(advise(person, before, weights=WEIGHTS)) == ids(
        advise(person, after, weights=WEIGHTS)
    )
