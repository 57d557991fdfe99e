"""What other weights would change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omzien.methods.advice.catalogue import Catalogue
from omzien.methods.advice.offer import Offer
from omzien.methods.advice.person import Person
from omzien.methods.advice.preview import Shift, preview
from omzien.methods.advice.weights import Weights
from tests.methods.advice.town import Town

BEFORE = Weights(version="1", need=1, interests=0)
AFTER = Weights(version="2", need=0, interests=1)
TALK = Offer(id="talk", organisation="a", layers=frozenset({"contact"}))
CHOIR = Offer(id="choir", organisation="b", interests=frozenset({"singing"}))
TOWN = Catalogue.of([TALK, CHOIR])
BOTH = Person(needs={"contact": 1}, interests=frozenset({"singing"}))
ONLY_TALK = Person(needs={"contact": 1})


def test_a_small_town_worked_out_by_hand() -> None:
    change = preview(BEFORE, AFTER, [BOTH, ONLY_TALK, ONLY_TALK, BOTH], TOWN, k=1)
    # Half of them asked for both, and get the choir first; the others have no other choice.
    assert (change.people, change.other_first, change.other_list) == (4, 0.5, 0.5)
    assert list(change.gainers) == [Shift("choir", before=0, after=2)]
    assert list(change.losers) == [Shift("talk", before=4, after=2)]
    assert change.coverage == pytest.approx((0.5, 1))
    assert change.gini == pytest.approx((0.5, 0))


def test_another_order_is_no_other_list() -> None:
    change = preview(BEFORE, AFTER, [BOTH], TOWN)
    assert (change.other_first, change.other_list) == (1, 0)
    assert change.gainers == change.losers == ()


def test_the_same_weights_change_nothing() -> None:
    town = Town(seed=3)
    change = preview(BEFORE, replace(BEFORE, version="2"), town.people(30), TOWN)
    assert change.other_first == change.other_list == 0
    assert change.gainers == change.losers == ()


def test_what_some_gain_others_lose() -> None:
    town = Town(seed=3)
    catalogue = Catalogue.of(town.offers(60))
    change = preview(BEFORE, AFTER, town.people(60), catalogue)
    gained = [shift.difference for shift in change.gainers]
    lost = [shift.difference for shift in change.losers]
    assert sum(gained) == -sum(lost) > 0
    assert gained == sorted(gained, reverse=True)
    assert lost == sorted(lost)


def test_nobody_asked_is_no_change() -> None:
    change = preview(BEFORE, AFTER, [], TOWN)
    assert (change.people, change.other_first, change.gini) == (0, 0, (0, 0))
    assert change.coverage == pytest.approx((0, 0))
