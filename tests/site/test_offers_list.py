"""The page with everything there is to do, chosen without typing a word."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from omzien.base.catalogue.actions.offers import assure_offer
from omzien.base.catalogue.actions.search import learn_words
from omzien.base.catalogue.models import Offer
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS
from omzien.base.catalogue.queries.terms import terms_of
from tests.site.offers import BY, fill_with_offers

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

PAGE = reverse("site:offers")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def offers(town: None, settings: Settings) -> None:
    del town
    settings.PHONE = "079 123 45 67"
    fill_with_offers(timezone.now())


def text_of(client: Client, **chosen: str) -> str:
    return client.get(PAGE, chosen).content.decode()


def test_everything_stands_there_and_leads_to_its_page(client: Client) -> None:
    page = text_of(client)
    for offer in Offer.objects.filter(status="active"):
        assert reverse("site:offer", args=[offer.slug]) in page


def test_a_choice_stays_chosen_and_narrows_the_list(client: Client) -> None:
    free = Offer.objects.filter(status="active", price_cents=0).count()
    page = text_of(client, gratis="ja", bladzijde="1")
    assert 'name="gratis" value="ja" checked' in page
    assert page.count('class="card"') == free


def test_nonsense_in_an_address_asks_nothing(client: Client) -> None:
    everything = text_of(client).count('class="card"')
    odd = text_of(client, wanneer="ooit", thema="niets", bladzijde="x", gratis="misschien")
    assert odd.count('class="card"') == everything


def test_where_nothing_fits_there_is_a_way_on_and_a_person(client: Client) -> None:
    page = text_of(client, buurt="BU06370999", gratis="ja")
    assert "Niets past bij dit alles" in page
    assert "We lieten dit weg: gratis" not in page
    assert "We lieten dit weg: de buurt" in page
    assert page.count('class="card"') == 3
    assert "Liever iemand spreken" in page


def test_words_for_professionals_can_be_chosen_nowhere(client: Client) -> None:
    page = text_of(client)
    for taxonomy in FOR_PROFESSIONALS:
        for term in terms_of(taxonomy):
            assert f">{term.name}<" not in page


def test_what_is_typed_finds_and_never_stands_in_an_address(client: Client) -> None:
    learn_words(by=BY, now=timezone.now())
    response = client.post(PAGE, {"woorden": "pianno", "gratis": ""})
    page = response.content.decode()
    assert "Pianoclub" in page
    assert "We lazen “pianno” als “piano”" in page
    assert "no-store" in response.headers["Cache-Control"]
    assert "woorden=" not in page
    assert text_of(client, woorden="xqzwv").count('class="card"') > 1


def test_a_form_in_which_nothing_was_typed_leads_to_an_address_to_keep(client: Client) -> None:
    chosen = {"woorden": " ", "gratis": "ja", "postcode": "2715 AB", "wanneer": "", "x": "y"}
    response = client.post(PAGE, chosen)
    assert response.status_code == 302
    # Of a postcode no more than its digits.
    assert response.headers["Location"] == f"{PAGE}?postcode=2715&gratis=ja"


def test_every_line_says_how_far_it_is_where_somebody_said_from_where(client: Client) -> None:
    assert "kilometer ver" not in text_of(client)
    page = text_of(client, buurt="BU06370100", afstand="verder")
    assert "meter ver" in page
    assert "kilometer ver" in page


def test_the_list_is_the_twin_of_the_map(client: Client) -> None:
    page = text_of(client)
    dots = re.findall(r'href="#aanbod-([0-9]+)"><title>([^<]+)<', page)
    assert dots
    for number, sentence in dots:
        name = re.search(rf'id="aanbod-{number}".*?aanbod/[^>]+>([^<]+)<', page, re.DOTALL)
        assert name
        assert f"{number}. {name[1]}" in sentence


def test_a_record_that_was_not_checked_in_time_says_so(client: Client) -> None:
    offer = Offer.objects.get(name="Wandelen in het bos")
    day, past = date(2020, 1, 1), date(2020, 7, 1)
    assure_offer(offer, on=day, check_by=past, by=BY, now=timezone.now())
    page = text_of(client)
    assert "Het laatst nagekeken op 1 januari 2020" in page
    assert page.index(f">{offer.name}<") > page.index(">Pianoclub<")


def test_a_page_is_kept_until_something_changes(client: Client) -> None:
    text_of(client)
    with CaptureQueriesContext(connection) as counted:
        text_of(client)
    assert len(counted) == 0


def test_the_number_of_queries_does_not_grow_with_the_number_of_offers(client: Client) -> None:
    def queries() -> int:
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as counted:
            assert client.get(PAGE, {"bladzijde": "1"}).status_code == 200
        return len(counted)

    # The first drawing of the town is kept by itself.
    queries()
    many = queries()
    keep = Offer.objects.filter(status="active", location__x__isnull=False).order_by("pk")[0]
    Offer.objects.exclude(pk=keep.pk).update(status="ended")
    assert queries() == many
