"""Languages in words: those that Django names, those of this country, and codes nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from omzien.base.catalogue.queries.languages import (
    SPOKEN,
    language_name,
    languages_in_use,
    languages_to_tick,
)

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Offer


@pytest.mark.parametrize(
    ("code", "name"),
    [("tr", "Turks"), ("ber", "Berbers"), ("hns", "Sarnami"), ("zh", "Chinees"), ("qq", "qq")],
)
def test_a_language_is_named_in_dutch(code: str, name: str) -> None:
    with translation.override("nl"):
        assert language_name(code) == name


def test_every_language_to_tick_has_a_name() -> None:
    assert [code for code, name in languages_to_tick() if name == code] == []
    assert len(languages_to_tick()) == len(set(SPOKEN))


def test_languages_of_visible_offers_are_in_use(piano_club: Offer) -> None:
    piano_club.languages = ["nl", "tr"]
    piano_club.save(update_fields=["languages"])
    assert languages_in_use() == ["nl", "tr"]
    piano_club.status = "draft"
    piano_club.save(update_fields=["status"])
    assert languages_in_use() == []
