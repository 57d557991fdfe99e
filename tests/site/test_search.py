"""The search box finds areas and pages, and keeps what is typed out of addresses."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from omzien.base.places.models import Area, AreaKind
from omzien.site.queries.search import folded, search_areas, search_pages

if TYPE_CHECKING:
    from django.test import Client

SEARCH = reverse("site:search")


def test_pages_are_found_by_their_words_without_accents_or_capitals() -> None:
    assert folded("Zó Één") == "zo een"
    assert [hit.address for hit in search_pages("PRIVACY avg")] == [reverse("site:privacy")]


def test_two_letters_find_no_pages() -> None:
    assert search_pages("de") == []


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("words", ["Meerzicht", "meerzigt", "Meerzicht-West"])
def test_a_neighbourhood_is_found_by_name_also_when_misspelt(words: str) -> None:
    assert any("Meerzicht" in hit.title for hit in search_areas(words))


@pytest.mark.usefixtures("town")
def test_a_postcode_finds_its_neighbourhood_first() -> None:
    first = search_areas("2711")[0]
    assert (first.title, first.summary.endswith("Centrum")) == ("Stadscentrum", True)


@pytest.mark.usefixtures("town")
def test_the_town_itself_is_found_and_lies_in_nothing_smaller() -> None:
    Area.objects.filter(kind=AreaKind.MUNICIPALITY).update(parent=None)
    town = next(hit for hit in search_areas("Zoetermeer") if hit.title == "Zoetermeer")
    assert " in " not in town.summary


@pytest.mark.usefixtures("town")
def test_when_there_is_one_answer_it_opens_at_once(client: Client) -> None:
    response = client.post(SEARCH, {"words": "Stadscentrum"})
    assert response.status_code == HTTPStatus.FOUND
    assert response.headers["Location"].endswith("/BU06370002/stadscentrum/")


@pytest.mark.usefixtures("town")
def test_nothing_found_offers_three_pages_and_a_person(client: Client) -> None:
    response = client.post(SEARCH, {"words": "xqzv"}, HTTP_ACCEPT_LANGUAGE="en")
    page = response.content.decode()
    assert "Nothing found for “xqzv”" in page
    assert page.count('<li><a class="nl-link tap" href="/') >= 3


def test_what_is_typed_never_stands_in_an_address(client: Client) -> None:
    page = client.get(SEARCH).content.decode()
    assert 'method="post" action="/zoeken/"' in page
    assert "no-store" in client.get(SEARCH).headers["Cache-Control"]


@pytest.mark.usefixtures("town")
def test_typed_text_is_shown_as_text(client: Client) -> None:
    page = client.post(SEARCH, {"words": "<script>alert(1)</script>"}).content.decode()
    assert "<script>" not in page
