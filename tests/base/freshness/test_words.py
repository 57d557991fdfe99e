"""Records as people say them: what is different once, what it costs, where it is."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from omzien.base.catalogue.importers.rows import ChangeRow
from omzien.base.catalogue.models import Location, Offer
from omzien.base.freshness.queries.records import record_of
from omzien.base.freshness.queries.words import (
    cents_words,
    change_words,
    contact_words,
    line_words,
    place_words,
    price_words,
)
from tests.base.freshness.conftest import TODAY, TUESDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

TEN = "10.00 tot 12.00 uur"


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (ChangeRow(day=TODAY), "niet op dinsdag 3 november 2026"),
        (ChangeRow(day=TODAY, note="feest"), "niet op dinsdag 3 november 2026 (feest)"),
        (
            ChangeRow(new_day=TODAY, new_starts_at=time(10), new_minutes=120),
            f"ook op dinsdag 3 november 2026, {TEN}",
        ),
        (
            ChangeRow(
                day=TODAY,
                new_day=TODAY + timedelta(days=1),
                new_starts_at=time(10),
                new_minutes=120,
            ),
            f"niet op dinsdag 3 november 2026 maar op woensdag 4 november 2026, {TEN}",
        ),
    ],
)
def test_a_change_says_what_is_different_once(change: ChangeRow, said: str) -> None:
    assert change_words(change) == said


def test_a_line_that_is_not_stored_is_said_as_one_that_is() -> None:
    assert line_words(TUESDAYS) == f"elke dinsdag, {TEN}"


def test_a_price_is_known_free_or_unknown() -> None:
    assert price_words(Offer(price_cents=None)) == ""
    assert price_words(Offer(price_cents=None, price_note="vraag het")) == "vraag het"
    assert price_words(Offer(price_cents=0)) == "gratis"
    assert price_words(Offer(price_cents=250, price_note="met koffie")) == "€ 2,50 (met koffie)"
    assert cents_words(123450) == "€ 1.234,50"


def test_a_place_is_an_address_a_home_or_a_telephone() -> None:
    hall = Location(name="De Vlieger", street="Laan 1")
    assert place_words(Offer(location=hall)) == "De Vlieger, Laan 1"
    assert place_words(Offer(at_home=True, by_phone=True)) == "bij mensen thuis; per telefoon"
    assert place_words(Offer()) == ""
    assert contact_words(Offer(phone="079", website="https://a.nl")) == "079, https://a.nl"


def test_a_record_leaves_out_changes_that_are_past(piano_club: Offer) -> None:
    piano_club.changes.create(day=TODAY - timedelta(days=7))
    piano_club.changes.create(day=TODAY)
    record = record_of(piano_club, today=TODAY)
    assert record.when == (f"elke dinsdag, {TEN}",)
    assert record.changes == ("niet op dinsdag 3 november 2026",)
