"""The page of an offer: what, when, where, how to get there, what it costs, and with whom."""

from __future__ import annotations

import re
from datetime import time, timedelta
from html import unescape
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from omzien.base.catalogue.actions.offers import (
    add_offer,
    assure_offer,
    change_offer,
    end_offer,
    pause_offer,
    publish_offer,
)
from omzien.base.catalogue.actions.parties import change_location
from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.importers.rows import LineRow
from omzien.base.catalogue.models import Location, Offer, Taxonomy, Term
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS
from omzien.base.catalogue.queries.offers import shown_by_slug
from omzien.base.journal.models import Actor
from omzien.base.network.actions import change_organisation, end_organisation
from omzien.site.queries.list_addresses import FILTERS, offers_by, offers_in_area
from omzien.site.queries.offer import offer_page
from omzien.site.queries.offer_words import (
    access_facts,
    age_words,
    booking_words,
    elsewhere_words,
    language_words,
    open_to_words,
    price_words,
    room_words,
    where_words,
    who_words,
)
from omzien.site.queries.spot import spot_of, streets_of
from tests.site.conftest import TUESDAY_MORNING as NOW
from tests.site.offers import BY

if TYPE_CHECKING:
    from django.test import Client

    from omzien.site.queries.offer import OfferPage

pytestmark = pytest.mark.usefixtures("lively_town")


def offer(name: str = "Pianoclub") -> Offer:
    found = shown_by_slug(Offer.objects.get(name=name).slug)
    assert found is not None
    return found


def gathered(name: str = "Pianoclub") -> OfferPage:
    with translation.override("nl"):
        return offer_page(offer(name), now=NOW)


def address(name: str = "Pianoclub") -> str:
    return reverse("site:offer", args=[Offer.objects.get(name=name).slug])


def text(client: Client, path: str, language: str = "nl") -> str:
    """Return what one reads in the main part of a page."""
    html = client.get(path, HTTP_ACCEPT_LANGUAGE=language).content.decode()
    main = html.split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


# --- What the page answers ---


def test_the_page_answers_what_when_where_how_price_and_with_whom(client: Client) -> None:
    said = text(client, address())
    for answer in (
        "Pianoclub Samen spelen en luisteren.",
        "Let op: Tot de kerst zijn we in de grote zaal.",
        "Elke dinsdag, 10.00 tot 12.00 uur",
        "Buurtcentrum De Vlieger Meerzichtlaan 12 2715 AA Zoetermeer",
        "Je kunt worden opgehaald. De plusbus haalt je op voor € 1.",
        "Bus 70 stopt voor de deur",
        "€ 2,50 per keer. De koffie is erbij.",
        "Buren van alle leeftijden, de meesten zijn boven de 60.",
        "Je kunt er Nederlands en Turks spreken.",
        "Iemand kan met je meegaan.",
        "Bel of mail eerst even. Bel Anneke voor de eerste keer.",
        "Nagekeken op 14 oktober 2026.",
    ):
        assert answer in said


def test_what_nobody_knows_is_said_to_be_unknown(client: Client) -> None:
    said = text(client, address())
    assert "Geen drempel: ook met rollator of rolstoel." in said
    assert "Niet bekend of er een toilet voor rolstoelen is." in said
    location = Location.objects.get(name="Station Stadshart")
    change_location(location, step_free=None, by=BY, now=NOW)
    change_offer(offer("Wandelen in het bos"), price_cents=None, by=BY, now=NOW)
    unknown = text(client, address("Wandelen in het bos"))
    assert "Niet bekend of er een drempel is: bel even." in unknown
    assert "Wat het kost Niet bekend: bel even." in unknown


def test_the_telephone_number_is_a_link_and_the_main_button(client: Client) -> None:
    page = client.get(address()).content.decode()
    assert page.count("nl-button--primary") == 2  # beside it the search box
    assert 'class="nl-button nl-button--primary" href="tel:0792223344"' in page


def test_an_offer_without_a_number_of_its_own_has_that_of_its_organisation() -> None:
    assert gathered("Open tafel").contact.phone_link == "0791112233"
    change_offer(offer("Open tafel"), phone="079-555 66 77", email="kok@x.example", by=BY, now=NOW)
    assert gathered("Open tafel").contact.phone_link == "0795556677"
    assert gathered("Open tafel").contact.email == "kok@x.example"


def test_nobody_has_to_come_alone_the_first_time(client: Client) -> None:
    said = text(client, address("Wandelen in het bos"))
    assert "Je hoeft niet alleen. Vraag iemand die je kent om mee te gaan." in said


def test_who_lives_elsewhere_is_told_for_whom_it_is(client: Client) -> None:
    said = text(client, address("Hulp met de telefoon"))
    assert "Bij jou thuis Voor wie woont in: Meerzicht-West." in said
    assert "Je hoeft er de deur niet voor uit." in said


def test_an_online_meeting_has_no_door_and_no_map(client: Client) -> None:
    page = gathered("Praten op het scherm")
    assert (page.access, page.spot, page.streets) == ((), None, "")
    assert "Videokamer De Brug (online)" in text(client, address("Praten op het scherm"))


def test_what_comes_from_elsewhere_says_so_and_links_there(client: Client) -> None:
    found = offer()
    Offer.objects.filter(pk=found.pk).update(
        source_name="Buurtwijzer", source_url="https://buurtwijzer.example/1"
    )
    page = client.get(address(), HTTP_ACCEPT_LANGUAGE="nl").content.decode()
    assert "Deze gegevens komen van Buurtwijzer." in page
    assert 'href="https://buurtwijzer.example/1"' in page


def test_a_script_in_a_description_stays_text(client: Client) -> None:
    change_offer(offer(), description="<script>alert(1)</script>", by=BY, now=NOW)
    page = client.get(address()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


# --- When ---


def test_the_coming_dates_say_what_is_cancelled_and_moved_and_why() -> None:
    coming = [(moment.words, moment.off, moment.note) for moment in gathered().coming]
    assert coming[:5] == [
        ("vandaag, dinsdag 3 november, 10.00 tot 12.00 uur", False, ""),
        ("dinsdag 10 november: gaat niet door", True, "De zaal is verhuurd."),
        (
            "dinsdag 17 november: verplaatst naar woensdag 18 november, 14.00",
            True,
            "In de kleine zaal.",
        ),
        ("woensdag 18 november, 14.00 tot 16.00 uur", False, "In de kleine zaal."),
        ("dinsdag 24 november, 10.00 tot 12.00 uur", False, ""),
    ]
    assert len([moment for moment in gathered().coming if not moment.off]) == 6


def test_the_first_date_is_one_that_takes_place() -> None:
    with translation.override("nl"):
        later = offer_page(offer(), now=NOW + timedelta(days=5))
    assert [moment.words for moment in later.soonest] == [
        "dinsdag 10 november: gaat niet door",
        "woensdag 18 november, 14.00 tot 16.00 uur",
    ]
    assert [moment.off for moment in gathered().soonest] == [False]


def test_a_cancelled_hour_of_a_day_says_which_hour() -> None:
    found = offer()
    change = found.changes.order_by("day").first()
    assert change is not None
    change.starts_at = gathered().meetings[0].starts_at.astimezone().time().replace(hour=10)
    change.save(update_fields=["starts_at"])
    assert gathered().coming[1].words == "dinsdag 10 november, 10.00: gaat niet door"


def test_an_offer_without_a_schedule_is_by_appointment(client: Client) -> None:
    assert gathered("Hulp met de telefoon").soonest == []
    assert "Op afspraak: bel of mail." in text(client, address("Hulp met de telefoon"))


def test_what_is_there_every_day_needs_no_list_of_dates(client: Client) -> None:
    line = LineRow(NOW.date(), time(0), 24 * 60, frequency="daily")
    set_schedule(offer("Bel een luisterend oor"), lines=[line], by=BY, now=NOW)
    said = text(client, address("Bel een luisterend oor"))
    assert "Wanneer Elke dag, dag en nacht Waar Per telefoon" in said
    assert "De komende keren" not in said


def test_for_what_has_no_door_one_does_not_just_come_in(client: Client) -> None:
    said = text(client, address("Bel een luisterend oor"))
    assert "Aanmelden hoeft niet." in said
    assert "Loop gewoon binnen" not in said
    assert "De eerste keer" not in said
    assert "Loop gewoon binnen." in text(client, address("Wandelen in het bos"))


# --- Whether it is still true ---


@pytest.mark.parametrize(
    ("name", "stale"), [("Pianoclub", False), ("Open tafel", True), ("Wandelen in het bos", True)]
)
def test_who_reads_is_warned_when_nobody_looked_lately(name: str, *, stale: bool) -> None:
    assert gathered(name).stale is stale


def test_the_warning_is_a_sentence(client: Client) -> None:
    late = text(client, address("Open tafel"))
    assert "Dat is al een tijd geleden. Bel even voor je gaat." in late
    never = text(client, address("Wandelen in het bos"))
    assert "Nog niemand heeft nagekeken of dit klopt." in never


def test_a_page_from_memory_is_new_as_soon_as_somebody_looked(client: Client) -> None:
    before = text(client, address("Open tafel"))
    caches["pages"].delete("catalogue-version")
    assert text(client, address("Open tafel")) == before
    day, later = NOW.date(), NOW + timedelta(minutes=1)
    assure_offer(offer("Open tafel"), on=day, check_by=day + timedelta(days=90), by=BY, now=later)
    caches["pages"].delete("catalogue-version")
    assert "Nagekeken op 3 november 2026." in text(client, address("Open tafel"))


def test_a_page_from_memory_is_new_the_next_day(client: Client) -> None:
    assert "vandaag, dinsdag 3 november" in text(client, address())
    caches["pages"].delete("catalogue-version")
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert "vandaag" not in text(client, address())


# --- Words ---


def test_a_price_is_never_called_free_when_nobody_said_so() -> None:
    with translation.override("nl"):
        assert price_words(Offer(price_cents=0)) == "Gratis"
        assert price_words(Offer(price_cents=300)) == "€ 3 per keer"
        assert price_words(Offer(price_cents=1250)) == "€ 12,50 per keer"
        assert price_words(Offer()) == "Niet bekend: bel even."
        assert price_words(Offer(price_note="Naar draagkracht")) == ""


def test_who_one_meets_is_said_in_short_sentences() -> None:
    with translation.override("nl"):
        assert who_words(Offer()) == ["Iedereen is welkom."]
        assert who_words(Offer(open_to="women", min_age=55)) == [
            "Alleen voor vrouwen.",
            "Vanaf 55 jaar.",
        ]
        assert open_to_words(Offer(open_to="men")) == "Alleen voor mannen."
        assert age_words(Offer(min_age=18, max_age=30)) == "Van 18 tot en met 30 jaar."
        assert age_words(Offer(max_age=12)) == "Tot en met 12 jaar."
        assert room_words(Offer(capacity=8)) == "Er komen hooguit 8 mensen."
        assert room_words(Offer(capacity=8, capacity_left=1)) == "Er is nog plek voor 1 persoon."
        assert "geen plek" in room_words(Offer(capacity=8, capacity_left=0))


def test_a_language_is_named_also_one_that_few_know() -> None:
    with translation.override("nl"):
        assert language_words(Offer(languages=["nl"])) == "Je kunt er Nederlands spreken."
        assert (
            language_words(Offer(languages=["ti", "xx"])) == "Je kunt er Tigrinya en xx spreken."
        )
        assert language_words(Offer()) == ""


def test_signing_up_and_where_are_said_in_words() -> None:
    with translation.override("nl"):
        assert booking_words(Offer(booking="none")) == "Aanmelden hoeft niet."
        assert booking_words(Offer(booking="required")) == "Meld je eerst aan."
        assert elsewhere_words(Offer(at_home=True, by_phone=True)) == (
            "Bij jou thuis of per telefoon"
        )
        assert elsewhere_words(Offer(by_phone=True)) == "Per telefoon"
        assert where_words(offer()) == "Buurtcentrum De Vlieger in Meerzicht-West"
        assert where_words(offer("Praten op het scherm")) == "Videokamer De Brug"


def test_a_location_says_of_each_thing_yes_no_or_unknown() -> None:
    facts = access_facts(Location(step_free=False, wheelchair_toilet=True))
    assert [fact.known for fact in facts] == [True, True, False]
    assert access_facts(Location(kind="online")) == []


# --- The map ---


def test_the_map_marks_the_neighbourhood_and_the_spot() -> None:
    spot = gathered().spot
    assert spot is not None
    here = next(one for one in spot.drawn.areas if one.area.pk == spot.here)
    assert here.area.name == "Meerzicht-West"
    assert spot.dot is not None
    # The middle of the neighbourhood lies close by, in a drawing of a thousand units wide.
    assert abs(spot.dot[0] - here.label_x) < 60
    assert abs(spot.dot[1] - here.label_y) < 60


def test_without_a_point_the_map_still_marks_the_neighbourhood() -> None:
    location = Location.objects.get(name="Buurtcentrum De Vlieger")
    location.x = location.y = None
    spot = spot_of(location)
    assert spot is not None
    assert (spot.dot, bool(spot.here), streets_of(location)) == (None, True, "")


def test_what_lies_off_the_map_has_no_map() -> None:
    assert spot_of(Location(name="Utrecht", x=136_000.0, y=455_000.0)) is None
    assert spot_of(None) is None
    inside = spot_of(Location(name="Bankje", x=93_650.0, y=452_800.0))
    assert inside is not None
    assert (inside.here, inside.dot is not None) == (0, True)


def test_the_link_to_the_streets_leads_to_the_spot() -> None:
    # The centre of Zoetermeer lies at about 52.06 north and 4.49 east.
    link = streets_of(Location.objects.get(name="Station Stadshart"))
    found = re.search(r"mlat=([\d.]+)&mlon=([\d.]+)", link)
    assert found is not None
    assert float(found[1]) == pytest.approx(52.06, abs=0.01)
    assert float(found[2]) == pytest.approx(4.49, abs=0.01)


# --- What is for professionals, and what is never said ---


PUBLIC_NAMES = ("Pianoclub", "Open tafel", "Bel een luisterend oor")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_words_for_professionals_never_reach_the_public(client: Client, language: str) -> None:
    hidden = Term.objects.filter(taxonomy__in=FOR_PROFESSIONALS)
    for found in Offer.objects.filter(name__in=PUBLIC_NAMES):
        found.terms.add(*hidden)
    change_offer(offer(), recognition="well-founded", recognised_until=NOW.date(), by=BY, now=NOW)
    for path in public_addresses():
        page = client.get(path, HTTP_ACCEPT_LANGUAGE=language).content.decode()
        for term in hidden:
            assert term.name not in page, (path, term.name)
            assert term.name_en not in page, (path, term.name_en)
            assert f"={term.slug}" not in page, (path, term.slug)


def public_addresses() -> list[str]:
    """Return the pages on which offers stand."""
    found = offer()
    assert found.location is not None
    return [
        *(address(name) for name in PUBLIC_NAMES),
        reverse("site:home"),
        reverse("site:organisation", args=[found.organisation.slug]),
        reverse("site:location", args=[found.location.key]),
        reverse("site:life_moment", args=["partner-verloren"]),
        reverse("site:circle"),
        reverse("site:aid"),
        "/buurten/2024/BU06370100/meerzicht-west/",
    ]


def test_there_is_an_address_for_every_public_list_of_words_and_no_other() -> None:
    assert set(FILTERS) == set(Taxonomy) - set(FOR_PROFESSIONALS)
    term = Term.objects.get(taxonomy="interest", slug="zingen")
    assert offers_by(term) == f"{reverse('site:offers')}?interesse=zingen"
    assert offers_in_area("BU06370100").endswith("?buurt=BU06370100")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_page_of_an_offer_says_the_word_that_is_never_said_to_a_person(
    client: Client, language: str
) -> None:
    for path in public_addresses()[: len(PUBLIC_NAMES)]:
        page = client.get(path, HTTP_ACCEPT_LANGUAGE=language).content.decode().casefold()
        assert "eenza" not in page
        assert "lonel" not in page


# --- What is not to be seen (any more) ---


def test_a_draft_and_an_unknown_address_are_not_found(client: Client) -> None:
    draft = add_offer(
        offer().organisation, name="Nieuw", summary="S.", kind="event", by=BY, now=NOW
    )
    for slug in (draft.slug, "bestaat-niet"):
        response = client.get(reverse("site:offer", args=[slug]))
        assert response.status_code == HTTPStatus.NOT_FOUND


def test_what_is_paused_says_so_and_whom_to_ask(client: Client) -> None:
    pause_offer(offer(), alert="We zoeken een nieuwe zaal.", by=BY, now=NOW)
    response = client.get(address())
    assert response.status_code == HTTPStatus.OK
    said = text(client, address())
    assert "Dit ligt even stil. We zoeken een nieuwe zaal." in said
    assert "Vraag het aan Piano voor Buren. Bel 079 222 33 44" in said
    assert "Open tafel" in said


def test_what_has_stopped_is_gone_and_offers_what_is_like_it(client: Client) -> None:
    end_offer(offer(), by=BY, now=NOW)
    response = client.get(address())
    assert response.status_code == HTTPStatus.GONE
    said = text(client, address())
    assert "Dit is gestopt." in said
    assert "Open tafel" in said
    assert "079 222" not in said


def test_what_an_organisation_that_stopped_offered_is_gone_too(client: Client) -> None:
    end_organisation(offer().organisation, on=NOW.date(), by=BY, now=NOW)
    assert client.get(address()).status_code == HTTPStatus.GONE


# --- What is like it ---


def test_similar_offers_and_words_lead_on(client: Client) -> None:
    assert [card.name for card in gathered().similar] == ["Open tafel"]
    page = client.get(address()).content.decode()
    for word in ("thema=kunst", "interesse=muziek", "interesse=zingen"):
        assert f'href="{reverse("site:offers")}?{word}"' in page


def queries_of(client: Client, path: str) -> int:
    """Count the queries of a page that is not in memory; its map is drawn for the first reader."""
    client.get(path)
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == HTTPStatus.OK
    return len(captured)


def test_the_number_of_queries_is_the_same_for_one_similar_offer_and_for_three(
    client: Client,
) -> None:
    once = queries_of(client, address())
    like_it = list(offer().terms.values_list("pk", flat=True))
    for number in range(2):
        made = add_offer(
            offer("Open tafel").organisation,
            name=f"Koor {number}",
            summary="Zingen.",
            kind="activity",
            location=offer().location,
            links={"terms": like_it},
            by=Actor.system("tests"),
            now=NOW,
        )
        publish_offer(made, by=BY, now=NOW)
    change_offer(offer(), languages=["nl", "tr", "en"], by=BY, now=NOW)
    change_organisation(offer().organisation, description="Anders.", by=BY, now=NOW)
    assert len(gathered().similar) == 3
    assert queries_of(client, address()) == once
    assert once <= 20


def test_the_number_of_queries_is_the_same_for_no_date_and_for_six(client: Client) -> None:
    many = queries_of(client, address())
    set_schedule(offer(), lines=[], by=BY, now=NOW)
    assert queries_of(client, address()) == many
