"""Choices become a wish, and go back into an address that says no more than it may."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from omzien.base.catalogue.queries.search import Wish
from omzien.site.queries.offer_cards import distance_words
from omzien.site.queries.wishes import address_words, wish_from

POSTCODE = "2715 AB"


@pytest.mark.parametrize(
    ("given", "wish"),
    [
        ({}, Wish()),
        ({"wanneer": "ooit", "buurt": "nergens", "thema": "EEN THEMA", "gratis": "x"}, Wish()),
        ({"woorden": "  koffie  "}, Wish(words="koffie")),
        ({"woorden": "a" * 99}, Wish(words="a" * 80)),
        ({"wanneer": "donderdag", "dagdeel": "middag"}, Wish(when="thu", half="afternoon")),
        ({"buurt": "BU06370100"}, Wish(area="BU06370100")),
        ({"buurt": "BU06370100", "afstand": "lopen"}, Wish(place="BU06370100", within=1_000)),
        ({"buurt": "BU06370100", "afstand": "verder"}, Wish(place="BU06370100")),
        ({"postcode": POSTCODE}, Wish(place="2715", within=3_000)),
        ({"postcode": "2715", "afstand": "lopen"}, Wish(place="2715", within=1_000)),
        ({"postcode": "0715"}, Wish()),
        ({"afstand": "lopen"}, Wish()),
        ({"thuis": "ja"}, Wish(at_home=True, by_phone=True, online=True)),
        ({"gratis": "ja", "halen": "ja"}, Wish(free=True, fetched=True)),
        ({"samen": "ja", "drempelvrij": "ja"}, Wish(together=True, step_free=True)),
        (
            {"thema": "kunst", "interesse": "zingen"},
            Wish(themes=("kunst",), interests=("zingen",)),
        ),
        (
            {"dimensie": "meedoen", "levensmoment": "pas-verhuisd"},
            Wish(dimension="meedoen", life_moment="pas-verhuisd"),
        ),
    ],
)
def test_choices_become_a_wish(given: dict[str, str], wish: Wish) -> None:
    assert wish_from(given) == wish


def test_an_address_carries_choices_from_lists_and_four_digits_at_most() -> None:
    given = {"woorden": "rouw", "postcode": POSTCODE, "gratis": "ja", "bladzijde": "3", "x": "y"}
    assert address_words(given) == {"postcode": "2715", "gratis": "ja"}
    assert address_words(given, "gratis") == {"postcode": "2715"}
    assert address_words({"postcode": "rouw"}) == {}


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (None, ""),
        (12, "about 100 metres away"),
        (449, "about 400 metres away"),
        (1_240, "about 1.2 kilometres away"),
    ],
)
def test_distances_are_said_roughly(metres: int | None, words: str) -> None:
    with override("en"):
        assert distance_words(metres) == words
