"""What suits you: a conversation in three parts, answered without a trace of who asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

from omzien.base.advice.models import Gap, Showing
from omzien.base.catalogue.models import Offer, Term
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS
from omzien.base.journal.models import Entry
from omzien.base.places.models import Area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

pytestmark = pytest.mark.usefixtures("lively_town")
PAGE = "/wat-past-bij-mij/"


@pytest.fixture(autouse=True)
def no_earlier_tries() -> Iterator[None]:
    yield
    cache.clear()


def text_of(client: Client, **answers: object) -> str:
    return client.post(PAGE, answers).content.decode()


def test_the_first_page_asks_for_wishes_first(client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert "Deel 1 van 3" in page
    assert "Waar wil je meer van?" in page
    assert "In welke buurt woon je?" not in page


def test_the_parts_follow_one_another_and_bring_the_answers_along(client: Client) -> None:
    second = text_of(client, do="1", interests=["muziek"])
    assert "Deel 2 van 3" in second
    assert re.search(r'type="hidden" name="interests" value="muziek"', second)
    third = text_of(client, do="2", interests=["muziek"], reach="walk")
    assert "Deel 3 van 3" in third
    assert re.search(r'type="hidden" name="reach" value="walk"', third)
    back = text_of(client, do="1", interests=["muziek"], reach="walk")
    assert re.search(r'name="reach" value="walk"[^>]*checked', back)


def test_what_fits_is_shown_with_why(client: Client) -> None:
    page = text_of(client, do="show", interests=["muziek"], days=["1"], budget="300")
    assert "Pianoclub" in page
    assert "Je houdt van muziek maken en luisteren." in page
    assert "Het is op dinsdagochtend, en dan kun je." in page
    assert "Het kost € 2,50 per keer." in page


def test_no_layer_and_no_word_of_professionals_is_on_the_page(client: Client) -> None:
    needs = ["meet", "talk", "do", "give", "strong", "loss", "practical"]
    page = text_of(client, do="show", needs=needs).lower()
    names = Term.objects.filter(taxonomy__in=FOR_PROFESSIONALS).values_list("name", flat=True)
    assert [name for name in names if name.lower() in page and len(name) > 12] == []
    assert "eenza" not in page


def test_nothing_that_fits_is_said_kindly_and_counted(client: Client) -> None:
    dorp = Area.objects.filter(name="Dorp").latest("division_year")
    page = text_of(client, do="show", interests=["schaken"], area=str(dorp.pk))
    assert "We vonden niets dat helemaal past" in page
    assert "Dat ligt niet aan jou" in page
    assert Gap.objects.get().interests == ["schaken"]


def test_no_answer_is_kept_and_none_stands_in_an_address(client: Client) -> None:
    wish = "een knie die kraakt"
    answer = client.post(PAGE, {"do": "show", "wishes": wish, "age": "83"})
    assert answer.status_code == 200
    assert (
        answer.headers["Cache-Control"]
        == "max-age=0, no-cache, no-store, must-revalidate, private"
    )
    assert "sessionid" not in client.cookies
    assert not Entry.objects.filter(verb__startswith="advice").exists()
    assert 'method="get"' not in answer.content.decode().split("<main")[1]


def test_something_that_cannot_be_right_leads_back_to_its_question(client: Client) -> None:
    page = text_of(client, do="show", age="200")
    assert "Deel 3 van 3" in page
    assert 'aria-invalid="true"' in page
    assert "Deel 1 van 3" in text_of(client, do="show", wishes="x" * 300)
    assert "Deel 1 van 3" in text_of(client, do="nonsense")


def test_a_number_of_a_citizen_is_refused(client: Client) -> None:
    page = text_of(client, do="show", wishes="mijn nummer is 111222333")
    assert "Deel 1 van 3" in page
    assert 'aria-invalid="true"' in page


def test_who_asks_very_often_is_answered_and_no_longer_counts(client: Client) -> None:
    for _time in range(25):
        page = text_of(client, do="show", interests=["muziek"])
        assert "Pianoclub" in page
    assert Showing.objects.get(offer__name="Pianoclub").times == 20


def test_an_offer_that_stops_is_not_advised_any_more(client: Client) -> None:
    assert "Pianoclub" in text_of(client, do="show", interests=["muziek"])
    offer = Offer.objects.get(name="Pianoclub")
    offer.status, offer.changed_at = "ended", offer.changed_at.replace(year=2027)
    offer.save(update_fields=["status", "changed_at"])
    assert "Pianoclub" not in text_of(client, do="show", interests=["muziek"])


def test_the_page_leads_on_to_other_pages(client: Client) -> None:
    assert PAGE in client.get("/ik-zoek-iets/").content.decode()
    assert PAGE in client.get("/").content.decode()
