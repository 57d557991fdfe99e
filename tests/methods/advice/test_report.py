"""Whom the catalogue serves, and whom not."""

from __future__ import annotations

import pytest

from omzien.methods.advice.catalogue import Catalogue
from omzien.methods.advice.offer import Offer
from omzien.methods.advice.person import Mode, Person, Reach
from omzien.methods.advice.report import Served, language_group, mobility_group, report
from omzien.methods.advice.weights import Weights
from tests.methods.advice.town import LAYERS, Town

WEIGHTS = Weights(version="test")
OFFERS = [
    Offer(id=f"{n}", organisation=f"{n}", interests=frozenset({"cards"}), step_free=n == 0)
    for n in range(4)
]
PLACED = [Offer(id="hall", organisation="x", position=(0, 0), step_free=False), *OFFERS[:1]]
TURKISH, DUTCH = frozenset({"tr"}), frozenset({"nl", "tr"})


def test_a_small_town_worked_out_by_hand() -> None:
    people = [
        Person(languages=DUTCH, area="2711"),
        Person(languages=DUTCH, area="2712", interests=frozenset({"chess"})),
        Person(languages=TURKISH, area="2711"),
        Person(wheelchair=True),
    ]
    outcome = report(people, Catalogue.of(OFFERS), WEIGHTS)
    # Each gets all four but the one who does not speak Dutch; chess is on no offer.
    assert outcome.everybody == Served(4, without=0.25, unsuited=0.5, enough=0.75, mean=3)
    assert outcome.by_language == {
        "nl": Served(2, without=0, unsuited=0.5, enough=1, mean=4),
        "not-asked": Served(1, without=0, unsuited=0, enough=1, mean=4),
        "tr": Served(1, without=1, unsuited=1, enough=0, mean=0),
    }
    assert outcome.by_area["2711"] == Served(2, without=0.5, unsuited=0.5, enough=0.5, mean=2)
    assert set(outcome.by_area) == {"2711", "2712", "not-asked"}
    assert outcome.by_mobility["wheelchair"].people == 1
    assert outcome.shown == dict.fromkeys("0123", 3)
    assert (outcome.coverage, outcome.gini) == (1, 0)


@pytest.mark.parametrize(("count", "enough"), [(2, 0), (3, 1)])
def test_three_offers_are_enough_and_two_are_not(count: int, enough: float) -> None:
    outcome = report([Person()], Catalogue.of(OFFERS[:count]), WEIGHTS)
    assert (outcome.everybody.mean, outcome.everybody.enough) == (count, enough)


def test_offers_that_nobody_is_shown_count_too() -> None:
    outcome = report([Person(wheelchair=True)], Catalogue.of(PLACED), WEIGHTS)
    assert outcome.shown == {"0": 1, "hall": 0}
    assert (outcome.coverage, outcome.gini) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("person", "group"),
    [
        (Person(), "not-asked"),
        (Person(reach=Reach(Mode.CYCLING, 3000)), "cycling"),
        (Person(reach=Reach(Mode.CYCLING, 3000), steps_ok=False), "no-steps"),
        (Person(steps_ok=False, wheelchair=True), "wheelchair"),
    ],
)
def test_mobility_groups(person: Person, group: str) -> None:
    assert mobility_group(person) == group


def test_who_speaks_dutch_too_is_in_the_group_of_dutch() -> None:
    assert language_group(Person(languages=DUTCH)) == "nl"
    assert language_group(Person(languages=frozenset({"tr", "ar"}))) == "ar"
    assert language_group(Person()) == "not-asked"


def test_counting_what_was_shown_spreads_attention() -> None:
    town = Town(seed=5)
    catalogue, people = Catalogue.of(town.offers(200), layers=LAYERS), town.people(300)
    still = report(people, catalogue, WEIGHTS)
    moving = report(people, catalogue, WEIGHTS, recount=10)
    assert moving.coverage > still.coverage
    assert moving.gini < still.gini
    assert moving.everybody == still.everybody


def test_recounting_adds_to_what_was_shown_before() -> None:
    tired = Catalogue.of(OFFERS).with_exposure({"0": 100})
    outcome = report([Person()] * 2, tired, WEIGHTS, k=3, recount=1)
    assert outcome.shown == {"0": 0, "1": 2, "2": 2, "3": 2}


def test_nobody_is_served_by_a_recount_after_nobody() -> None:
    with pytest.raises(ValueError, match="recount"):
        report([], Catalogue.of(OFFERS), WEIGHTS, recount=0)
    assert report([], Catalogue.of([]), WEIGHTS).everybody == Served(0, 0, 0, 0, 0)
