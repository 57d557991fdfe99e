"""The catalogue: prepared once, and a part of it to take along."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omzien.methods.advice.catalogue import Catalogue
from omzien.methods.advice.offer import Offer

CHOIR = Offer(id="choir", organisation="church", position=(0, 0), words="samen zingen")


def test_offers_stand_in_the_order_of_their_id() -> None:
    catalogue = Catalogue.of([replace(CHOIR, id=name) for name in "cab"])
    assert [offer.id for offer in catalogue.offers] == ["a", "b", "c"]
    assert len(catalogue) == 3


def test_two_offers_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        Catalogue.of([CHOIR, replace(CHOIR, organisation="other")])


def test_a_layer_stands_in_the_order_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        Catalogue.of([CHOIR], layers=["contact", "contact"])


def test_the_way_is_longer_than_the_crow_flies() -> None:
    # 3-4-5: 500 m, and 1.3 times as much along the road.
    assert Catalogue.of([CHOIR]).way_from((300, 400)).tolist() == [650]


def test_exposure_can_be_counted_anew() -> None:
    catalogue = Catalogue.of([replace(CHOIR, id=name, exposure=4) for name in "ab"])
    anew = catalogue.with_exposure({"b": 10, "gone": 99})
    assert (catalogue.usual_exposure, anew.usual_exposure) == (4, 5)
    assert anew.exposure.tolist() == [0, 10]
    assert Catalogue.of([]).with_exposure({}).usual_exposure == 0


def test_a_selection_holds_what_is_near_at_home_or_fetches() -> None:
    catalogue = Catalogue.of(
        [
            CHOIR,
            replace(CHOIR, id="far", position=(5000, 0)),
            replace(CHOIR, id="far-fetches", position=(5000, 0), transport_offered=True),
            replace(CHOIR, id="phone", position=None),
        ],
        layers=["contact"],
    ).with_exposure({"far": 8})
    along = catalogue.around((0, 100), 500)
    assert [offer.id for offer in along.offers] == ["choir", "far-fetches", "phone"]
    assert along.layer_order == ("contact",)
    assert along.usual_exposure == 2
    assert along.words.rarity == catalogue.words.rarity
