"""The pages of organisations and locations, and what there is to do in town and neighbourhood."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.cache import caches
from django.urls import reverse

from omzien.base.catalogue.actions.offers import add_offer, publish_offer
from omzien.base.catalogue.actions.parties import change_location
from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.models import Location, Offer, Room
from omzien.base.catalogue.queries.schedules import rows_of
from omzien.base.network.actions import add_organisation, change_organisation, end_organisation
from omzien.base.network.models import Organisation
from omzien.base.places.models import Area, AreaChange
from tests.site.conftest import TUESDAY_MORNING as NOW
from tests.site.offers import BY
from tests.site.test_offer import queries_of, text

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.usefixtures("lively_town")
MEERZICHT = "/buurten/2024/BU06370100/meerzicht-west/"


def bridge() -> Organisation:
    return Organisation.objects.get(name="Welzijn De Brug")


def centre() -> Location:
    return Location.objects.get(name="Buurtcentrum De Vlieger")


def page_of(organisation: Organisation) -> str:
    return reverse("site:organisation", args=[organisation.slug])


def page_at(location: Location) -> str:
    return reverse("site:location", args=[location.key])


def two_more(like: Offer, organisation: Organisation) -> None:
    """Add two offers with the place, words and schedule of another."""
    lines, _changes = rows_of(like)
    for number in range(2):
        made = add_offer(
            organisation,
            name=f"Nog iets {number}",
            summary="Ook fijn.",
            kind="activity",
            location=like.location,
            links={"terms": like.terms.values_list("pk", flat=True)},
            by=BY,
            now=NOW,
        )
        set_schedule(made, lines=lines, by=BY, now=NOW)
        publish_offer(made, by=BY, now=NOW)


# --- Organisations ---


def test_an_organisation_tells_what_it_does_what_it_offers_and_how_to_reach_it(
    client: Client,
) -> None:
    said = text(client, page_of(bridge()))
    assert "Welzijn De Brug Wij brengen mensen bij elkaar." in said
    assert "Bel 079 111 22 33 hallo@debrug.example" in said
    assert said.index("Nieuwe buren ontmoeten") < said.index("Open tafel")
    assert "Grote zaal , Buurtcentrum De Vlieger voor 80 mensen" in said
    assert "Werkt samen in Zorgnetwerk Meerzicht Hulp dichtbij." in said


def test_an_organisation_names_what_it_belongs_to_and_what_belongs_to_it(client: Client) -> None:
    piano = Organisation.objects.get(name="Piano voor Buren")
    change_organisation(piano, part_of=bridge(), other_name="PvB", by=BY, now=NOW)
    assert "Daarbij horen: Piano voor Buren" in text(client, page_of(bridge()))
    said = text(client, page_of(piano))
    assert "Ook bekend als PvB." in said
    assert "Deel van Welzijn De Brug" in said


def test_an_organisation_without_anything_still_shows_where_to_go(client: Client) -> None:
    bare = add_organisation("Nieuw", sector="other", by=BY, now=NOW)
    said = text(client, page_of(bare))
    assert "We hebben nog geen nummer of adres." in said
    assert "Er staat nu niets op de lijst." in said


def test_an_organisation_that_stopped_is_gone(client: Client) -> None:
    end_organisation(bridge(), on=NOW.date(), by=BY, now=NOW)
    response = client.get(page_of(bridge()))
    assert response.status_code == HTTPStatus.GONE
    said = text(client, page_of(bridge()))
    assert "Deze organisatie is gestopt." in said
    assert "079 111" not in said
    assert client.get("/organisaties/niemand/").status_code == HTTPStatus.NOT_FOUND


# --- Locations ---


def test_a_location_tells_how_to_get_in_and_what_there_is(client: Client) -> None:
    said = text(client, page_at(centre()))
    assert "Meerzichtlaan 12 2715 AA Zoetermeer" in said
    assert "Er is een ringleiding voor je hoortoestel." in said
    assert "Van wie is het Welzijn De Brug" in said
    assert "Pianoclub" in said
    assert "Grote zaal" in said


def test_an_online_room_has_no_directions(client: Client) -> None:
    said = text(client, page_at(Location.objects.get(name="Videokamer De Brug")))
    assert "Waar online" in said
    assert "Naar binnen" not in said


def test_a_location_that_is_not_used_any_more_is_not_found(client: Client) -> None:
    change_location(centre(), ended_on=NOW.date(), by=BY, now=NOW)
    assert client.get(page_at(centre())).status_code == HTTPStatus.NOT_FOUND
    missing = reverse("site:location", args=[uuid4()])
    assert client.get(missing).status_code == HTTPStatus.NOT_FOUND


# --- In town and in the neighbourhood ---


def test_the_home_page_tells_what_there_is_this_week(client: Client) -> None:
    said = text(client, reverse("site:home"))
    assert "Deze week in Zoetermeer" in said
    assert said.index("Pianoclub Vandaag, dinsdag 3 november") < said.index("Wandelen in het bos")
    assert "Hulp met de telefoon" not in said


@pytest.mark.parametrize("code", ["BU06370100", "WK063701", "GM0637"])
def test_a_neighbourhood_district_and_town_tell_what_comes_first(
    client: Client, code: str
) -> None:
    newest = client.get(f"/buurten/{code}/").headers["Location"]
    said = text(client, newest)
    assert "Wat er te doen is" in said
    assert said.index("Pianoclub Vandaag") < said.index("Open tafel")


def test_a_neighbourhood_without_anything_keeps_silent_about_it(client: Client) -> None:
    newest = client.get("/buurten/BU06370905/").headers["Location"]
    assert "Wat er te doen is" not in text(client, newest)


def test_a_neighbourhood_of_another_division_tells_what_is_on_the_same_ground(
    client: Client,
) -> None:
    now = Area.objects.get(code="BU06370100", division_year=2024)
    before = Area.objects.create(
        code="BU06370155",
        division_year=2019,
        kind=now.kind,
        name="Meerzicht-West",
        folded_name="meerzicht-west",
    )
    AreaChange.objects.create(before=before, after=now, share=1, basis="population")
    said = text(client, "/buurten/2019/BU06370155/meerzicht-west/")
    assert "Pianoclub" in said


# --- Fast, and never stale ---


def test_lists_ask_as_much_for_one_row_as_for_three(client: Client) -> None:
    piano = Offer.objects.get(name="Pianoclub")
    paths = [page_of(piano.organisation), page_at(centre()), MEERZICHT, reverse("site:home")]
    before = [queries_of(client, path) for path in paths]
    two_more(piano, piano.organisation)
    for number in range(2):
        Room.objects.create(location=centre(), name=f"Kamer {number}")
    assert [queries_of(client, path) for path in paths] == before
    assert max(before) <= 20


def test_what_changes_is_shown_as_soon_as_the_version_is_read_again(client: Client) -> None:
    paths = [page_of(bridge()), MEERZICHT, reverse("site:home")]
    before = [text(client, path) for path in paths]
    two_more(Offer.objects.get(name="Pianoclub"), bridge())
    assert [text(client, path) for path in paths] == before
    caches["pages"].delete("catalogue-version")
    assert all("Nog iets" in text(client, path) for path in paths)


def test_pages_are_kept_for_readers_without_a_session(client: Client) -> None:
    first = client.get(page_of(bridge()))
    assert first.templates
    assert not client.get(page_of(bridge())).templates


def test_meetings_past_their_end_are_not_this_week(client: Client) -> None:
    Offer.objects.get(name="Pianoclub").meetings.filter(
        starts_at__lt=NOW + timedelta(hours=1)
    ).delete()
    assert "Pianoclub Vandaag" not in text(client, reverse("site:home"))
