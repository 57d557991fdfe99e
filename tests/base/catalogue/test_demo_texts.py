"""What is written about the invented town: varied, in plain Dutch, about nobody real."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from functools import cache
from html import escape
from importlib.resources import files
from itertools import chain
from random import Random
from typing import TYPE_CHECKING

import pytest

from omzien.base.catalogue.importers.demo import Place, Spot, batches_of, grow, key_of, read_town
from omzien.base.catalogue.importers.demo.growing import is_loose
from omzien.base.catalogue.importers.demo.rows_of_town import SPREAD, checks_of
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS
from omzien.base.places.importers.facts import read_facts
from tests.site.test_plain_dutch import AVERAGE_WORDS, JARGON, MOST_WORDS
from tests.site.test_plain_dutch import sentences as sentences_of_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omzien.base.catalogue.importers.demo.town import Written
    from omzien.base.catalogue.importers.rows import Batch, LocationRow, OfferRow

MONDAY = date(2026, 11, 2)
# Parks, polders and business estates.
EDGE = re.compile(r"BU06370[89]")
TEXTS = (
    *("name", "summary", "description", "alert", "for_whom", "price_note", "booking_note"),
    "transport_note",
)


@cache
def areas() -> dict[str, Spot]:
    return {
        row.name: Spot(row.code, row.x, row.y)
        for row in read_facts().areas
        if row.code.startswith("BU0637") and row.division_year == 2024
    }


@cache
def batches() -> tuple[Batch, Batch, Batch]:
    return batches_of(read_town(), areas=areas(), monday=MONDAY, seed=79)


def offers() -> list[OfferRow]:
    return [row for batch in batches() for row in batch.offers]


def locations() -> dict[str, LocationRow]:
    return {row.name: row for row in batches()[0].locations}


def kinds(row: OfferRow) -> set[str]:
    return {taxonomy for taxonomy, _ in row.terms}


def texts_of(written: Written) -> Iterator[str]:
    yield from (written[name] for name in TEXTS if name in written)
    yield from (change.partition("|")[2] for change in written.get("changes", ()))


@cache
def all_texts() -> list[str]:
    town = read_town()
    rooms = [text for row in town.rooms for text in row.values() if isinstance(text, str)]
    described = [row["description"] for row in (*town.organisations, *town.networks)]
    directions = [row.get("directions", "") for row in town.locations]
    told = chain.from_iterable(texts_of(row) for row in town.offers)
    return [*told, *rooms, *described, *directions]


def sentences(text: str) -> list[list[str]]:
    return sentences_of_page(f"<main><p>{escape(text)}</p></main>")


# --- There is a lot, and of everything ----------------------------------------------------------


def test_there_are_many_offers_organisations_and_locations() -> None:
    town = read_town()
    assert len(town.offers) >= 430
    assert len(town.organisations) >= 130
    assert len(town.locations) >= 60
    assert len({row["sector"] for row in town.organisations}) == 14


def test_no_name_is_given_twice() -> None:
    town = read_town()
    for rows in (town.organisations, town.locations, town.networks):
        names = Counter(row["name"] for row in rows)
        assert [name for name, times in names.items() if times > 1] == []
    assert len({row.key for row in offers()}) == len(offers())
    summaries = Counter(row.summary for row in offers())
    assert [text for text, times in summaries.items() if times > 1] == []


def test_what_is_referred_to_is_there() -> None:
    town = read_town()
    parties = {row["name"] for row in town.organisations}
    named = {row["organisation"] for row in town.offers}
    named |= {name for network in town.networks for name in network["organisations"]}
    named |= {row["organisation"] for row in town.closings["own"]}
    named |= {name for row in town.closings["calendars"] for name in row["followers"]}
    named |= {row["part_of"] for row in town.organisations if "part_of" in row}
    assert named == parties
    places = {row.get("location") for row in (*town.offers, *town.rooms)} - {None}
    assert places == set(locations())
    used = {row["area"] for row in town.locations if "area" in row}
    used |= {name for row in (*town.offers, *town.networks) for name in row.get("areas", ())}
    assert used - set(areas()) == set()


def test_there_is_something_in_every_neighbourhood_and_a_lot_where_people_live() -> None:
    found = Counter(locations()[row.location].area_code for row in offers() if row.location)
    codes = {spot.code for spot in areas().values()}
    assert codes - set(found) == set()
    lived_in = [code for code in codes if not EDGE.match(code)]
    assert len(lived_in) == 16
    assert [code for code in lived_in if found[code] < 8] == []


def test_every_word_is_used_also_those_for_professionals() -> None:
    used = {term for row in offers() for term in row.terms}
    words = {(taxonomy, slug) for slug, taxonomy in read_town().taxonomies.items()}
    assert words - used == set()


def test_every_offer_has_a_dimension_and_words_for_professionals() -> None:
    wanted = {"dimension", *FOR_PROFESSIONALS}
    assert [row.name for row in offers() if not wanted <= kinds(row)] == []


@pytest.mark.parametrize(
    ("field", "values"),
    [
        (
            "kind",
            "provision activity meeting-activity course event campaign help-line",
        ),
        ("status", "draft active paused ended"),
        ("open_to", "all women men"),
        ("booking", "none ask required"),
        (
            "recognition",
            " well-described well-founded first-signs good-signs strong-signs",
        ),
    ],
)
def test_of_every_sort_there_is_some(field: str, values: str) -> None:
    assert {getattr(row, field) for row in offers()} == set(values.split(" "))


@pytest.mark.parametrize(
    "field", ["at_home", "by_phone", "transport_offered", "first_time_together"]
)
def test_some_come_to_you_or_take_you_along_and_others_do_not(field: str) -> None:
    assert Counter(getattr(row, field) for row in offers())[True] >= 10
    assert Counter(getattr(row, field) for row in offers())[False] >= 10


def test_languages_prices_ages_and_places_left_differ() -> None:
    languages = Counter(chain.from_iterable(row.languages for row in offers()))
    assert {"nl", "tr", "ar", "pl", "zh", "hns", "en", "uk", "ti", "pap"} <= set(languages)
    prices = {row.price_cents for row in offers()}
    assert {None, 0} < prices
    assert max(price for price in prices if price) == 1_500
    assert any(row.min_age and row.max_age for row in offers())
    assert sum(row.capacity_left == 0 for row in offers()) >= 5


@pytest.mark.parametrize("field", ["step_free", "wheelchair_toilet", "hearing_loop"])
def test_getting_in_is_easy_hard_or_unknown(field: str) -> None:
    assert {getattr(row, field) for row in locations().values()} == {True, False, None}
    assert {row.kind for row in locations().values()} == {"physical", "online"}


def test_there_are_schedules_of_every_frequency_and_changes_to_some() -> None:
    lines = [line for row in offers() for line in row.schedule]
    assert {line.frequency for line in lines} == {"once", "daily", "weekly", "monthly", "yearly"}
    assert {week for line in lines for week in line.weeks_of_month} >= {1, 2, 3, 4, -1}
    assert {line.interval for line in lines} == {1, 2}
    assert any(line.starts_at.hour >= 19 for line in lines)
    assert {5, 6} <= {day for line in lines for day in line.weekdays}
    changes = [change for row in offers() for change in row.changes]
    assert any(change.day and not change.new_day for change in changes)
    assert any(change.day and change.new_day for change in changes)
    assert any(not change.day for change in changes)


def test_a_change_is_to_a_day_on_which_something_takes_place() -> None:
    lost = [
        (row.name, change.day)
        for row in offers()
        for change in row.changes
        if change.day
        and not any(
            line.frequency == "daily" or change.day.weekday() in line.weekdays
            for line in row.schedule
        )
    ]
    assert lost == []


def test_most_records_were_checked_lately_and_some_long_ago() -> None:
    due = [row.check_by for row in offers() if row.check_by]
    fresh = sum(day > MONDAY + timedelta(days=14) for day in due)
    assert 0.65 <= fresh / len(offers()) <= 0.75
    assert sum(day < MONDAY - timedelta(days=30) for day in due) >= 30
    assert 5 <= sum(row.assured_on is None for row in offers()) <= 40
    own, elsewhere, _ = batches()
    checked = [row.assured_on for row in (*own.offers, *elsewhere.offers) if row.assured_on]
    assert max(checked) < MONDAY


# --- How it is said -----------------------------------------------------------------------------


def test_sentences_are_short() -> None:
    lengths = [len(words) for text in all_texts() for words in sentences(text)]
    assert sum(lengths) / len(lengths) <= AVERAGE_WORDS
    assert max(lengths) <= MOST_WORDS


def test_words_of_offices_stay_away() -> None:
    said = {word.casefold() for text in all_texts() for words in sentences(text) for word in words}
    assert said & set(JARGON) == set()


def test_a_summary_is_a_short_sentence_or_a_few() -> None:
    assert [row.summary for row in offers() if not re.search(r"[.?!]$", row.summary)] == []
    assert [row.summary for row in offers() if len(row.summary) > 130] == []


def test_people_are_addressed_as_neighbours() -> None:
    formal = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)
    assert [text for text in all_texts() if formal.search(text)] == []


def test_the_word_that_is_never_used_at_a_person_is_nowhere() -> None:
    assert [text for text in all_texts() if "eenza" in text.casefold()] == []


def test_words_for_professionals_stand_in_no_text() -> None:
    terms = json.loads(
        (files("omzien.base.catalogue") / "facts" / "terms.json").read_text("utf-8")
    )
    # Meeting and pastimes are words of everybody; terms of two words and more are not.
    names = [row["name"] for kind in FOR_PROFESSIONALS for row in terms[kind]]
    heavy = [name.casefold() for name in names if " " in name] + ["lagenmodel", "werkzaam element"]
    said = "\n".join(all_texts()).casefold()
    assert [name for name in heavy if name in said] == []


# --- Nobody real --------------------------------------------------------------------------------


def test_nothing_invented_can_be_rung_written_to_or_visited() -> None:
    own, elsewhere, _ = batches()
    for batch in (own, elsewhere):
        contacts = [(row.phone, row.email, row.website) for row in batch.offers]
        contacts += [(row.phone, row.email, row.website) for row in batch.organisations]
        for phone, email, website in contacts:
            assert re.fullmatch(r"(079 000 \d\d \d\d)?", phone)
            assert re.fullmatch(r"(info@[a-z0-9-]+\.example)?", email)
            assert re.fullmatch(r"(https://www\.[a-z0-9-]+\.example)?", website)
    assert {row.source_url.split("/")[2] for row in elsewhere.offers} == {
        "www.zoetermeerwijzer.example"
    }
    assert {row.source_url for row in own.offers} == {""}


def test_no_text_holds_a_number_or_address_to_reach_somebody() -> None:
    reach = re.compile(r"\d{3}[ -]?\d{3,}|@|https?:|www\.|\b\d{4} ?[A-Z]{2}\b")
    invented = [
        text for row in read_town().offers if "source_url" not in row for text in texts_of(row)
    ]
    assert [text for text in invented if reach.search(text)] == []


def test_real_help_lines_say_where_they_come_from_and_when_that_was_seen() -> None:
    real = batches()[-1]
    assert {row.name: row.phone for row in real.organisations} == {
        "De Luisterlijn": "088 0767 000",
        "113 Zelfmoordpreventie": "0800-0113",
        "Veilig Thuis": "0800-2000",
        "MIND": "0900-1450",
        "Alzheimer Nederland": "0800-5088",
    }
    assert all(row.source_url.startswith("https://") for row in real.offers)
    assert {row.assured_on for row in real.offers} == {date(2026, 11, 25)}
    assert {row.kind for row in real.offers} == {"help-line"}


def test_a_postcode_has_no_letters_since_a_whole_one_belongs_to_real_houses() -> None:
    codes = {row.postcode for row in locations().values() if row.postcode}
    assert [code for code in codes if not re.fullmatch(r"27\d\d", code)] == []


def test_a_location_lies_near_the_middle_of_its_neighbourhood() -> None:
    spots = {spot.code: spot for spot in areas().values()}
    far = [
        row.name
        for row in locations().values()
        if row.kind == "physical" and distance(row, spots[row.area_code]) > SPREAD
    ]
    assert far == []


def distance(row: LocationRow, spot: Spot) -> float:
    """Return how far a location lies from the middle, along the longer side."""
    assert None not in {row.x, row.y, spot.x, spot.y}
    return max(abs((row.x or 0) - (spot.x or 0)), abs((row.y or 0) - (spot.y or 0)))


# --- The same every time ------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_town_and_another_seed_other_places() -> None:
    again, other = (
        batches_of(read_town(), areas=areas(), monday=MONDAY, seed=seed) for seed in (79, 80)
    )
    assert again == batches()
    assert [row.key for row in other[0].offers] == [row.key for row in again[0].offers]
    assert other[0].locations != again[0].locations


def test_without_areas_locations_have_no_place() -> None:
    batch = batches_of(read_town(), areas={}, monday=MONDAY, seed=79)[0]
    assert {(row.x, row.y, row.area_code) for row in batch.locations} == {(None, None, "")}
    assert {row.area_codes for row in batch.offers} == {()}


def test_a_week_later_what_repeats_without_end_is_said_the_same() -> None:
    later = batches_of(read_town(), areas=areas(), monday=MONDAY + timedelta(days=7), seed=79)
    same = 0
    for before, after in zip(batches()[0].offers, later[0].offers, strict=True):
        assert (after.key, after.summary) == (before.key, before.summary)
        endless = all(
            line.frequency != "once" and not line.count and not line.until
            for line in before.schedule
        )
        if endless:
            assert after.schedule == before.schedule
            same += 1
    assert same > 350


def test_what_is_said_of_a_check_is_followed() -> None:
    chance = Random(1)  # noqa: S311 - invented
    assert checks_of({"checked": "never"}, chance, MONDAY) == (None, None)
    _, late = checks_of({"checked": "stale"}, chance, MONDAY)
    assert late
    assert late < MONDAY - timedelta(days=30)


# --- More of it ---------------------------------------------------------------------------------


def grown(how_many: int, seed: int = 79) -> list[Batch]:
    places = [
        Place(Spot(f"BU9001000{part}", 1e5, 4e5), f"Voorbeelddam, buurt {part}", "Voorbeelddam")
        for part in range(2)
    ]
    rows = batches()[0].offers
    return list(
        grow(read_town(), rows, places=places, how_many=how_many, monday=MONDAY, seed=seed)
    )


def test_grown_offers_have_names_places_and_organisations_of_their_own() -> None:
    [batch] = grown(600)
    assert len({row.key for row in batch.offers}) == len(batch.offers) == 600
    assert len({row.organisation for row in batch.offers}) > 60
    assert {row.name for row in batch.organisations} == {row.organisation for row in batch.offers}
    assert {row.location for row in batch.offers} - {row.ref for row in batch.locations} == {""}
    written = {row["name"] for row in read_town().organisations}
    assert not written & {row.name for row in batch.organisations}


def test_grown_offers_are_the_same_for_the_same_seed() -> None:
    assert grown(40) == grown(40)
    assert grown(40) != grown(40, seed=80)
    assert grown(0) == []


def test_a_grown_line_begins_on_a_day_of_its_own() -> None:
    lines = [line for row in grown(300)[0].offers for line in row.schedule if line.weekdays]
    assert [line for line in lines if line.first_day.weekday() not in line.weekdays] == []


def test_an_offer_that_names_its_place_is_not_grown() -> None:
    town, by_name = read_town(), {row.name: row for row in offers()}
    loose = {name: is_loose(row, town) for name, row in by_name.items()}
    assert (loose["Bingo"], loose["Burenlunch Meerzicht"], loose["DementieLijn"]) == (
        True,
        False,
        False,
    )
    assert sum(loose.values()) > 250


def test_keys_are_made_from_words_alone() -> None:
    assert key_of("a", "b") == key_of("a", "b") != key_of("b", "a")
