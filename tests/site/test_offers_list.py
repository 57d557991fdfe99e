"""The page with everything there is to do, chosen without typing a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from omzien.base.catalogue.models import Offer
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS
from omzien.base.catalogue.queries.terms import terms_of
from tests.site.offers import fill_with_offers

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
    assert "Laat de buurt weg" in page
    assert "Liever iemand spreken" in page


def test_words_for_professionals_can_be_chosen_nowhere(client: Client) -> None:
    page = text_of(client)
    for taxonomy in FOR_PROFESSIONALS:
        for term in terms_of(taxonomy):
            assert f">{term.name}<" not in page


def test_the_number_of_queries_does_not_grow_with_the_number_of_offers(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get(PAGE, {"bladzijde": "1"}).status_code == 200
        return len(counted)

    many = queries()
    keep = Offer.objects.filter(status="active", schedule__isnull=False).order_by("pk")[0]
    Offer.objects.exclude(pk=keep.pk).update(status="ended")
    assert queries() == many
