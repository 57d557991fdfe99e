"""Schedules, prices and places as people say them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
from omzien.base.catalogue.models import Location, Offer
from omzien.base.freshness.queries.records import record_of
from omzien.base.freshness.queries.words import (
    change_words,
    contact_words,
    euros,
    line_words,
    listed,
    place_words,
    price_words,
)
from tests.base.freshness.conftest import TODAY, TUESDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

TEN = "van 10.00 tot 12.00"
MONTHLY = replace(TUESDAYS, frequency="monthly")


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (TUESDAYS, f"elke dinsdag {TEN}"),
        (replace(TUESDAYS, weekdays=(0, 2, 4)), f"elke maandag, woensdag en vrijdag {TEN}"),
        (replace(TUESDAYS, weekdays=()), f"elke dinsdag {TEN}"),
        (replace(TUESDAYS, interval=2), f"elke 2 weken op dinsdag {TEN}"),
        (
            replace(MONTHLY, weeks_of_month=(1, 3)),
            f"elke maand op de eerste en derde dinsdag {TEN}",
        ),
        (replace(MONTHLY, weeks_of_month=(-1,)), f"elke maand op de laatste dinsdag {TEN}"),
        (
            replace(MONTHLY, interval=2, weeks_of_month=(2,)),
            f"elke 2 maanden op de tweede dinsdag {TEN}",
        ),
        (replace(MONTHLY, weekdays=(), month_days=(15,)), f"elke maand op de 15 {TEN}"),
        (replace(MONTHLY, weekdays=(), month_days=(-1,)), f"elke maand op de laatste dag {TEN}"),
        (replace(TUESDAYS, frequency="daily", weekdays=()), f"elke dag {TEN}"),
        (replace(TUESDAYS, frequency="daily", weekdays=(), interval=3), f"elke 3 dagen {TEN}"),
        (
            replace(TUESDAYS, frequency="once", weekdays=()),
            f"op dinsdag 1 september 2026 {TEN}",
        ),
        (replace(TUESDAYS, frequency="yearly", weekdays=()), f"elk jaar op 1 september {TEN}"),
        (
            replace(TUESDAYS, frequency="yearly", weeks_of_month=(1,)),
            f"elk jaar op de eerste dinsdag van september {TEN}",
        ),
        (
            replace(TUESDAYS, until=date(2026, 12, 29)),
            f"elke dinsdag {TEN}, tot en met dinsdag 29 december 2026",
        ),
        (replace(TUESDAYS, count=10), f"elke dinsdag {TEN}, 10 keer"),
        (replace(TUESDAYS, count=1), f"elke dinsdag {TEN}, 1 keer"),
        (
            replace(TUESDAYS, first_day=date(2027, 1, 5)),
            f"elke dinsdag {TEN}, vanaf dinsdag 5 januari 2027",
        ),
        (replace(TUESDAYS, starts_at=time(23)), "elke dinsdag van 23.00 tot 01.00"),
    ],
)
def test_a_line_reads_as_a_person_says_it(line: LineRow, said: str) -> None:
    assert line_words(line, today=TODAY) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (ChangeRow(day=TODAY), "niet op dinsdag 3 november 2026"),
        (ChangeRow(day=TODAY, note="feest"), "niet op dinsdag 3 november 2026 (feest)"),
        (
            ChangeRow(new_day=TODAY, new_starts_at=time(10), new_minutes=120),
            f"ook op dinsdag 3 november 2026 {TEN}",
        ),
        (
            ChangeRow(
                day=TODAY,
                new_day=TODAY + timedelta(days=1),
                new_starts_at=time(10),
                new_minutes=120,
            ),
            f"niet op dinsdag 3 november 2026 maar op woensdag 4 november 2026 {TEN}",
        ),
    ],
)
def test_a_change_says_what_is_different_once(change: ChangeRow, said: str) -> None:
    assert change_words(change) == said


def test_words_are_put_after_each_other() -> None:
    assert [listed(list(words)) for words in ("", "a", "ab", "abc")] == [
        "",
        "a",
        "a en b",
        "a, b en c",
    ]


def test_a_price_is_known_free_or_unknown() -> None:
    assert price_words(Offer(price_cents=None)) == ""
    assert price_words(Offer(price_cents=None, price_note="vraag het")) == "vraag het"
    assert price_words(Offer(price_cents=0)) == "gratis"
    assert price_words(Offer(price_cents=250, price_note="met koffie")) == "€ 2,50 (met koffie)"
    assert euros(123450) == "€ 1.234,50"


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
    assert record.when == (f"elke dinsdag {TEN}",)
    assert record.changes == ("niet op dinsdag 3 november 2026",)
