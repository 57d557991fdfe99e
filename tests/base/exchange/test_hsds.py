"""The social map by the standard of social maps: pages, filters, records, what stays inside."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from omzien.base.catalogue.actions.offers import change_offer, pause_offer
from omzien.base.catalogue.actions.parties import change_location
from omzien.base.catalogue.models import Location, Offer, Term
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS, Taxonomy
from omzien.base.exchange.importers.hsds.vocabulary import (
    DETAIL_IDS,
    LIST_IDS,
    NAMESPACE,
    PUBLIC_LISTS,
    SERVICE,
    link_id,
    own_id,
)
from omzien.base.exchange.queries.hsds.filters import distance_of, moment_of
from omzien.base.exchange.queries.hsds.words import DETAIL_NAMES
from omzien.base.network.actions import end_organisation
from omzien.base.network.models import Organisation
from tests.base.exchange.town import BY, NOW, PIANO, SECRET_WORDS, VISIBLE, key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.base.exchange.conftest import Ask

LISTS = ("/services", "/organizations", "/service_at_locations", "/taxonomies", "/taxonomy_terms")
EVERYTHING = [
    (path, query)
    for path in LISTS
    for query in ({}, {"full": "true"}, {"full_service": "true"}, {"minimal": "true"})
]


def names(page: Any) -> list[str]:  # noqa: ANN401 - JSON of any shape
    return sorted(record["name"] for record in page["contents"])


def piano(ask: Ask) -> Any:  # noqa: ANN401 - JSON of any shape
    return ask(f"/services/{PIANO.key}")


def detail(record: Any, code: str) -> list[str]:  # noqa: ANN401 - JSON of any shape
    return [one["value"] for one in record["attributes"] if one["taxonomy_term"]["code"] == code]


def empty_fields(record: object, path: str = "") -> Iterator[str]:
    if isinstance(record, dict):
        for name, value in record.items():
            yield from empty_fields(value, f"{path}.{name}")
    elif isinstance(record, list) and record:
        for number, value in enumerate(record):
            yield from empty_fields(value, f"{path}[{number}]")
    elif record in (None, "", []):
        yield path


# --- Pages --------------------------------------------------------------------------------------


def test_the_root_says_which_standard_which_profile_and_which_description(ask: Ask) -> None:
    about = ask("/")
    assert about["version"] == "3.0"
    assert about["profile"].endswith("/uitleg/open-gegevens/")
    assert about["openapi_url"].endswith("/hsds/openapi.json")
    assert Client().get("/uitleg/open-gegevens/").status_code == 200


def test_a_page_says_where_it_stands_in_the_whole(ask: Ask) -> None:
    page = ask("/services", page=2, per_page=2)
    contents = page.pop("contents")
    assert page == {
        "total_items": 5,
        "total_pages": 3,
        "page_number": 2,
        "size": 2,
        "first_page": False,
        "last_page": False,
        "empty": False,
    }
    assert len(contents) == 2


def test_pages_together_are_everything_once(ask: Ask) -> None:
    found = [
        record["id"]
        for page in (1, 2, 3)
        for record in ask("/services", page=page, per_page=2)["contents"]
    ]
    assert sorted(found) == sorted(str(offer.key) for offer in VISIBLE)


@pytest.mark.parametrize("page", [4, 10**30])
def test_behind_the_last_page_there_is_nothing(ask: Ask, page: int) -> None:
    found = ask("/services", page=page, per_page=2)
    assert (found["contents"], found["empty"], found["last_page"]) == ([], True, True)


@pytest.mark.parametrize(("asked", "given"), [(-3, 5), (0, 5), (10_000, 5), (3, 3)])
def test_an_odd_size_of_a_page_becomes_a_sensible_one(ask: Ask, asked: int, given: int) -> None:
    assert ask("/services", per_page=asked, page=-1)["size"] == given


def test_a_question_that_is_no_number_is_told_so_as_a_problem() -> None:
    answer = Client().get("/hsds/services", {"page": "two", "full": "perhaps"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert {one["name"] for one in answer.json()["invalidParams"]} == {"page", "full"}


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("path", [*LISTS])
@pytest.mark.parametrize(
    "id_", ["nobody", "00000000-0000-0000-0000-000000000000", "%00", str(key(6))]
)
def test_a_record_that_is_not_there_or_not_shown_is_not_found(path: str, id_: str) -> None:
    answer = Client().get(f"/hsds{path}/{id_}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("path", LISTS)
def test_every_record_can_be_had_as_a_line_without_pages(path: str) -> None:
    answer = Client().get(f"/hsds{path}", {"format": "ndjson"})
    lines = answer.getvalue().decode().splitlines()
    page = Client().get(f"/hsds{path}", {"per_page": 500}).json()
    assert [json.loads(line) for line in lines] == page["contents"]
    assert answer["Content-Type"] == "application/x-ndjson"


@pytest.mark.parametrize(("path", "query"), EVERYTHING)
def test_no_field_is_empty_and_every_record_has_its_name(
    ask: Ask, path: str, query: dict[str, str]
) -> None:
    page = ask(path, **query)
    assert page["contents"]
    assert list(empty_fields(page["contents"])) == []


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(("path", "query"), EVERYTHING)
def test_a_page_takes_the_same_number_of_queries_for_one_and_for_five(
    path: str, query: dict[str, str]
) -> None:
    def queries(size: int) -> int:
        with CaptureQueriesContext(connection) as counted:
            Client().get(f"/hsds{path}", query | {"per_page": size})
        return len(counted)

    queries(1)
    assert queries(1) == queries(5)


# --- What stays inside --------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "query"), EVERYTHING)
def test_words_for_professionals_never_leave(ask: Ask, path: str, query: dict[str, str]) -> None:
    text = json.dumps(ask(path, per_page=500, **query))
    assert [word for word in SECRET_WORDS if word in text] == []
    secret = Term.objects.filter(taxonomy__in=FOR_PROFESSIONALS)
    assert [str(term.key) for term in secret if str(term.key) in text] == []


def test_words_for_professionals_cannot_be_asked_after(ask: Ask) -> None:
    for term in Term.objects.filter(taxonomy__in=FOR_PROFESSIONALS):
        assert ask("/services", taxonomy_term_id=str(term.key))["empty"]
        assert Client().get(f"/hsds/taxonomy_terms/{term.key}").status_code == 404


def test_the_public_lists_are_all_that_are_not_for_professionals() -> None:
    assert set(PUBLIC_LISTS) == set(Taxonomy.values) - set(FOR_PROFESSIONALS)


def test_what_is_hidden_or_of_an_organisation_that_stopped_is_not_shown(ask: Ask) -> None:
    pause_offer(Offer.objects.get(name="Pianoclub"), alert="", by=BY, now=NOW)
    walkers = Organisation.objects.get(name="Wandelclub Oost")
    end_organisation(walkers, on=NOW.date(), by=BY, now=NOW)
    assert names(ask("/services")) == ["Luisterlijn"]
    assert names(ask("/organizations")) == ["De <b>Luisterlijn</b> & meer", "Piano voor Buren"]
    assert ask("/service_at_locations")["empty"]


# --- Records ------------------------------------------------------------------------------------


def test_a_service_says_everything_that_the_standard_can_hold(ask: Ask) -> None:
    record = piano(ask)
    assert record["description"].startswith("Samen spelen en luisteren.\n\nIedereen")
    assert record["application_process"].splitlines()[1] == "Bel of mail even."
    assert (record["minimum_age"], record["maximum_age"]) == (18, 99)
    assert record["cost_options"][0]["amount"] == 2.5
    assert [one["name"] for one in record["languages"]] == ["Nederlands", "Turks", "Papiaments"]
    assert record["phones"][0]["number"] == "079 765 43 21"
    assert record["accreditations"].endswith("2028-06-01)")
    assert [one["extent"] for one in record["service_areas"]] == ["BU06370101", "BU06370102"]
    assert record["organization"]["organization_identifiers"][0]["identifier"] == "12345678"


def test_what_the_standard_has_no_field_for_goes_along_as_attributes(ask: Ask) -> None:
    record = piano(ask)
    assert detail(record, "kind") == ["activity"]
    assert detail(record, "capacity_left") == ["0"]
    assert detail(record, "transport_offered") == ["yes"]
    assert detail(record, "at_home") == []
    assert len(detail(record, "change")) == 3
    codes = {one["taxonomy_term"]["code"] for one in record["attributes"]}
    assert {"theme:kunst", "interest:muziek", "life-moment:partner-verloren"} <= codes


def test_a_schedule_gives_days_as_calendars_write_them(ask: Ask) -> None:
    weekly, monthly, moved, added = piano(ask)["schedules"]
    assert (weekly["freq"], weekly["byday"], weekly["closes_at"]) == ("WEEKLY", "TU", "12:00")
    assert (monthly["freq"], monthly["byday"], monthly["until"]) == (
        "MONTHLY",
        "1FR,-1FR",
        "2027-06-30",
    )
    assert weekly["notes"] == "Niet op 10 november 2026, 17 november 2026."
    assert (moved["dtstart"], added["closes_at"]) == ("2026-11-18", "00:30")


def test_a_location_says_what_is_known_of_getting_in_and_not_what_is_not(ask: Ask) -> None:
    by_name = {
        one["location"]["name"]: one["location"]
        for one in ask("/service_at_locations", full=1)["contents"]
    }
    centre, lake = by_name["Buurtcentrum De Vlieger"], by_name["De Plas"]
    assert [one["description"] for one in centre["accessibility"]] == [
        "Er is geen trap of drempel.",
        "Er is geen rolstoeltoilet.",
        "Er is een ringleiding voor je hoortoestel.",
    ]
    assert "accessibility" not in lake
    assert (round(centre["latitude"], 3), round(centre["longitude"], 3)) == (52.053, 4.469)


def test_an_address_fills_in_what_the_standard_demands_and_says_so(ask: Ask) -> None:
    places = {
        one["location"]["name"]: one["location"]
        for one in ask("/service_at_locations", full=1)["contents"]
    }
    whole = places["Buurtcentrum De Vlieger"]["addresses"][0]
    half = places["Halfbekend"]["addresses"][0]
    assert "attributes" not in whole
    assert (half["address_1"], half["city"]) == ("Halfbekend", "Zoetermeer")
    assert detail(half, "filled_in") == ["address_1 city"]
    assert "addresses" not in places["De Plas"]


def test_an_organisation_has_its_services_by_name_or_whole(ask: Ask) -> None:
    by_name = ask(f"/organizations/{key(101)}")
    assert set(by_name["services"][0]) == {
        "id",
        "name",
        "status",
        "last_modified",
        "modified_date",
    }
    assert by_name["locations"][0]["name"] == "Buurtcentrum De Vlieger"
    whole = ask(f"/organizations/{key(101)}", full_service=True)
    assert whole["services"][0]["schedules"]


def test_a_service_at_its_location_is_known_again_by_its_identifier(ask: Ask) -> None:
    listed = ask("/service_at_locations")["contents"][0]
    alone = ask(f"/service_at_locations/{listed['id']}")
    assert alone["service"]["id"] == listed["service_id"]
    # What the standard's own description of this address demands.
    assert (alone["name"], alone["status"]) == (listed["service"]["name"], "active")
    assert link_id(link_id(key(1))) == key(1)


def test_a_copy_can_be_compared_in_one_call(ask: Ask) -> None:
    page = ask("/services", minimal=True)
    assert page["size"] == page["total_items"] == 5
    assert ask("/services", minimal=True, per_page=2)["size"] == 2


def test_our_own_identifiers_are_those_of_the_standard_library() -> None:
    assert own_id("a", 1) == str(uuid5(NAMESPACE, "a/1"))
    assert len({*LIST_IDS.values(), *DETAIL_IDS.values()}) == len(LIST_IDS) + len(DETAIL_IDS)
    assert set(DETAIL_NAMES) == set(DETAIL_IDS)


# --- Filters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"search": "piano"}, ["Pianoclub"]),
        ({"search": "oost"}, ["Buurtfeest", "Koffie op afstand", "Rondje om de plas"]),
        ({"search": "wandelen OOST"}, ["Rondje om de plas"]),
        ({"search": "\x00"}, [offer.name for offer in VISIBLE]),
        ({"search": "100%"}, []),
        ({"organization_id": str(key(102)), "search": "koffie"}, ["Koffie op afstand"]),
        ({"organization_id": "nobody"}, []),
        ({"taxonomy_id": LIST_IDS["theme"]}, ["Pianoclub", "Rondje om de plas"]),
        ({"taxonomy_id": LIST_IDS["life-moment"]}, ["Pianoclub"]),
        ({"taxonomy_id": LIST_IDS["details"], "search": "koffie"}, ["Koffie op afstand"]),
        ({"taxonomy_id": "nobody"}, []),
        ({"taxonomy_term_id": DETAIL_IDS["capacity"]}, ["Pianoclub"]),
        ({"taxonomy_term_id": DETAIL_IDS["at_home"]}, ["Luisterlijn"]),
        ({"taxonomy_term_id": DETAIL_IDS["transport_note"]}, ["Pianoclub"]),
        ({"taxonomy_term_id": DETAIL_IDS["rule"]}, []),
        ({"modified_after": "2026-11-03T09:00:00Z", "search": "piano"}, ["Pianoclub"]),
        ({"modified_after": "2026-11-03T10:00:00 01:00", "search": "piano"}, ["Pianoclub"]),
        ({"modified_after": "2026-11-04"}, []),
    ],
)
def test_filters_leave_what_meets_all_of_them(
    ask: Ask, query: dict[str, str], expected: list[str]
) -> None:
    assert names(ask("/services", **query)) == sorted(expected)


def test_a_word_finds_its_offers(ask: Ask) -> None:
    term = Term.objects.get(taxonomy="interest", slug="wandelen")
    assert names(ask("/services", taxonomy_term_id=str(term.key))) == ["Rondje om de plas"]


def near(ask: Ask, **query: str) -> list[str]:
    page = ask("/service_at_locations", **query)
    return sorted(one["service"]["name"] for one in page["contents"])


def test_a_distance_counts_from_the_middle_of_the_postcode(ask: Ask) -> None:
    assert near(ask, postcode="2717 aa", proximity="100") == ["Pianoclub"]
    assert near(ask, postcode="2717AA", proximity="1399") == ["Pianoclub"]
    assert near(ask, postcode="2717AA", proximity="1400") == ["Pianoclub", "Rondje om de plas"]
    # Inside the square around the circle, but not in the circle.
    change_location(Location.objects.get(name="De Plas"), y=453_399.0, by=BY, now=NOW)
    assert near(ask, postcode="2717AA", proximity="1400") == ["Pianoclub"]
    assert near(ask, postcode="9999ZZ", proximity="1400") == []


def test_a_postcode_alone_finds_what_serves_it(ask: Ask) -> None:
    assert near(ask, postcode="2717AA") == [
        "Buurtfeest",
        "Koffie op afstand",
        "Pianoclub",
        "Rondje om de plas",
    ]
    piano_club = Offer.objects.get(name="Pianoclub")
    lake = piano_club.areas.get(code="BU06370102")
    change_offer(piano_club, links={"areas": [lake.pk]}, by=BY, now=NOW)
    assert "Pianoclub" not in near(ask, postcode="2717AA")
    assert near(ask, postcode="tomorrow") == []


def test_a_change_of_an_organisation_or_location_is_a_change_of_the_record(ask: Ask) -> None:
    later = NOW + timedelta(days=1)
    change_location(Location.objects.get(name="De Plas"), directions="Links.", by=BY, now=later)
    page = ask("/services", modified_after=later.isoformat())
    assert names(page) == ["Rondje om de plas"]
    assert moment_of(page["contents"][0]["last_modified"]) == later


@pytest.mark.parametrize("odd", ["yesterday", "2026-13-01", "0001-01-01T00:00:00+14:00", "\x00"])
def test_a_moment_that_cannot_be_read_leaves_nothing_out_and_says_so(ask: Ask, odd: str) -> None:
    page = ask("/services", modified_after=odd)
    assert page["total_items"] == 5
    assert bool(page.get("notes")) == (moment_of(odd) is None)


def test_a_distance_that_cannot_be_read_is_said(ask: Ask) -> None:
    assert ask("/service_at_locations", postcode="2717AA", proximity="far")["notes"]
    assert ask("/service_at_locations", proximity="5")["notes"]
    assert [distance_of(text) for text in ("nan", "-1", "inf", "2.5")] == [
        None,
        None,
        1_000_000,
        2.5,
    ]


def test_words_are_found_by_list_and_text(ask: Ask) -> None:
    themes = ask("/taxonomy_terms", taxonomy_id=LIST_IDS["theme"])
    assert "Bewegen" in names(themes)
    assert names(ask("/taxonomy_terms", search="bewegen", taxonomy_id=LIST_IDS["theme"])) == [
        "Bewegen"
    ]
    assert ask("/taxonomy_terms", parent_id=str(key(1)))["empty"]
    assert (
        ask("/taxonomy_terms", top_only=True)["total_items"]
        == ask("/taxonomy_terms")["total_items"]
    )
    assert names(ask("/taxonomies", search="thema")) == ["thema"]
    term = themes["contents"][0]
    assert ask(f"/taxonomy_terms/{term['id']}") == term
    assert ask(f"/taxonomies/{term['taxonomy_id']}") == term["taxonomy_detail"]


def test_organisations_are_found_by_either_name(ask: Ask) -> None:
    assert names(ask("/organizations", search="pvb")) == ["Piano voor Buren"]
    assert names(ask("/organizations", search="PIANO buren")) == ["Piano voor Buren"]
    assert ask(f"/organizations/{key(101)}")["id"] == str(UUID(int=key(101).int))


def test_every_detail_is_a_field_of_an_offer() -> None:
    fields = {field.name for field in Offer._meta.get_fields()}
    assert set(SERVICE) - fields == set()
