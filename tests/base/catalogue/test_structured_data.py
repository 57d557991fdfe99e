"""What search engines read of an offer: an event with its times, or a service to turn to."""

from __future__ import annotations

import json
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest

from omzien.base.catalogue.actions.offers import add_offer, change_offer, publish_offer
from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
from omzien.base.catalogue.models import Location, Term
from omzien.base.catalogue.queries.addresses import location_address, offer_address
from omzien.base.catalogue.queries.offers import visible_offers, with_public_terms
from omzien.base.catalogue.queries.schedules import meetings_ahead, with_schedule
from omzien.base.catalogue.queries.structured_data import script_of, structured_data
from tests.base.catalogue.conftest import NOW, TUESDAYS

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation


def data_of(offer: Offer) -> dict[str, Any]:
    read = with_schedule(with_public_terms(visible_offers())).get(pk=offer.pk)
    return structured_data(read, meetings=meetings_ahead(read, now=NOW, how_many=2))


def test_what_takes_place_is_an_event_with_its_next_meetings(piano_club: Offer) -> None:
    data = data_of(piano_club)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Event")
    assert data["startDate"] == "2026-11-03T10:00:00+01:00"
    assert [one["startDate"][:10] for one in data["subEvent"]] == ["2026-11-03", "2026-11-10"]
    assert data["url"] == data["@id"] == offer_address(piano_club)


def test_an_event_says_how_it_comes_back(piano_club: Offer, by: Actor) -> None:
    monthly = LineRow(
        date(2026, 9, 4),
        time(19, 30),
        90,
        frequency="monthly",
        weekdays=(4,),
        weeks_of_month=(1, -1),
        until=date(2027, 6, 30),
    )
    once = LineRow(date(2026, 12, 1), time(9), 60, frequency="once")
    lines, changes = [TUESDAYS, monthly, once], [ChangeRow(day=date(2026, 11, 10))]
    set_schedule(piano_club, lines=lines, changes=changes, by=by, now=NOW)
    weekly, by_month, one_day = data_of(piano_club)["eventSchedule"]
    assert (weekly["repeatFrequency"], weekly["byDay"]) == ("P1W", ["https://schema.org/Tuesday"])
    assert (weekly["startTime"], weekly["duration"]) == ("10:00:00", "PT120M")
    assert weekly["exceptDate"] == ["2026-11-10"]
    assert (by_month["byDay"], by_month["endDate"]) == (["1FR", "-1FR"], "2027-06-30")
    assert (one_day["startDate"], one_day["endDate"]) == ("2026-12-01", "2026-12-01")
    assert "repeatFrequency" not in one_day


def test_an_event_says_where_it_is_and_what_it_is_like_to_get_in(piano_club: Offer) -> None:
    place = data_of(piano_club)["location"]
    assert place["address"]["postalCode"] == "2717AA"
    position = (round(place["geo"]["latitude"], 2), round(place["geo"]["longitude"], 2))
    assert position == (52.05, 4.47)
    assert [(one["name"], one["value"]) for one in place["amenityFeature"]] == [
        ("Geen drempels of trappen", True)
    ]


@pytest.mark.parametrize(
    ("cents", "left", "expected"),
    [(250, None, (False, "InStock")), (0, 3, (True, "InStock")), (0, 0, (True, "SoldOut"))],
)
def test_the_price_and_whether_there_is_room_are_told(
    piano_club: Offer, by: Actor, cents: int, left: int | None, expected: tuple[bool, str]
) -> None:
    change_offer(piano_club, price_cents=cents, capacity=9, capacity_left=left, by=by, now=NOW)
    data = data_of(piano_club)
    told = data["offers"]["availability"].rpartition("/")[2]
    assert (data["isAccessibleForFree"], told) == expected


def test_of_a_price_that_nobody_said_nothing_is_told(piano_club: Offer, by: Actor) -> None:
    change_offer(piano_club, price_cents=None, by=by, now=NOW)
    assert not {"offers", "isAccessibleForFree"} & set(data_of(piano_club))


def test_what_has_no_times_is_a_service_to_turn_to(foundation: Organisation, by: Actor) -> None:
    line = add_offer(
        foundation,
        name="Luisterlijn",
        summary="Bel gerust.",
        kind="help-line",
        by_phone=True,
        phone="0800 1234",
        languages=["nl"],
        by=by,
        now=NOW,
    )
    data = data_of(publish_offer(line, by=by, now=NOW))
    assert data["@type"] == "Service"
    assert data["availableChannel"]["servicePhone"]["telephone"] == "0800 1234"
    assert data["areaServed"] == [{"@type": "AdministrativeArea", "name": "Zoetermeer"}]


def test_an_online_place_is_an_address_on_the_web(
    piano_club: Offer, centre: Location, by: Actor
) -> None:
    Location.objects.filter(pk=centre.pk).update(kind="online", street="", x=None, y=None)
    data = data_of(piano_club)
    assert data["eventAttendanceMode"].endswith("OnlineEventAttendanceMode")
    assert data["location"] == {
        "@type": "VirtualLocation",
        "name": "Buurtcentrum De Vlieger",
        "url": location_address(centre),
    }
    change_offer(piano_club, location=None, by=by, now=NOW)
    assert data_of(piano_club)["location"]["name"] == "Zoetermeer"


def test_for_whom_it_is_is_told(piano_club: Offer, by: Actor) -> None:
    change_offer(piano_club, min_age=55, open_to="women", for_whom="Buren", by=by, now=NOW)
    data = data_of(piano_club)
    assert data["typicalAgeRange"] == "55-"
    assert data["audience"] == {
        "@type": "PeopleAudience",
        "audienceType": "Buren",
        "suggestedMinAge": 55,
        "suggestedGender": "female",
    }


def test_words_for_professionals_are_not_in_it(piano_club: Offer, by: Actor) -> None:
    load_terms(by=by, now=NOW)
    links = {"terms": Term.objects.values_list("pk", flat=True)}
    change_offer(piano_club, links=links, by=by, now=NOW)
    data = data_of(piano_club)
    assert "Kunst en muziek" in data["keywords"]
    secret = [term.name for term in Term.objects.all() if not term.public]
    assert [name for name in secret if f'"{name}"' in json.dumps(data)] == []


def test_no_text_can_end_the_script_in_which_it_stands(piano_club: Offer, by: Actor) -> None:
    change_offer(piano_club, summary="</script><script>alert(1)//&", by=by, now=NOW)
    data = data_of(piano_club)
    text = script_of(data)
    assert not {"<", ">", "&"} & set(text)
    assert json.loads(text) == data
