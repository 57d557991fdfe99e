"""What is to be printed: the leaflet of a neighbourhood, read back as the paper it will be."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from omzien.base.catalogue.actions.offers import change_offer, end_offer
from omzien.base.catalogue.models import Offer, Term
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS
from omzien.base.letters.queries import render_pdf
from omzien.base.places.queries import area_page
from omzien.site.queries.leaflet import leaflet_of, short
from tests.site.conftest import TUESDAY_MORNING
from tests.site.offers import BY

if TYPE_CHECKING:
    from django.test import Client
    from pypdf.generic import DictionaryObject
    from pytest_django import Settings

MEERZICHT = "BU06370100"
LEAFLET = reverse("site:leaflet", args=[MEERZICHT])
PAGE = "/buurten/2024/BU06370100/meerzicht-west/"
TODAY = TUESDAY_MORNING.date()
pytestmark = pytest.mark.usefixtures("lively_town")


@pytest.fixture(scope="module", autouse=True)
def fonts() -> None:
    call_command("letter_fonts", verbosity=0, stdout=io.StringIO())


@pytest.fixture(autouse=True)
def phone(settings: Settings) -> None:
    settings.PHONE = "079 123 45 67"
    settings.SITE_URL = "https://omzien.example"


def leaflet(client: Client, address: str = LEAFLET, language: str = "nl") -> PdfReader:
    response = client.get(address, HTTP_ACCEPT_LANGUAGE=language)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def text_of(reader: PdfReader) -> str:
    """Return all text, with one blank between words."""
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def data_of(code: str = MEERZICHT) -> dict[str, object]:
    page = area_page(code)
    assert page is not None
    with translation.override("nl"):
        return leaflet_of(page, language="nl", today=TODAY)


def names_in(data: dict[str, object]) -> list[str]:
    items = data["items"]
    assert isinstance(items, list)
    return [item["name"] for item in items]


# --- What stands in it ---


def test_the_leaflet_answers_what_somebody_asks_before_going(client: Client) -> None:
    text = text_of(leaflet(client))
    for answer in (
        "Wat is er te doen in Meerzicht-West?",
        "Van 3 november tot en met 30 november 2026",
        "Pianoclub",
        "Dinsdag 3 en 24 november, 10.00 tot 12.00 uur",
        "; woensdag 18 november, 14.00 tot 16.00 uur",
        "Buurtcentrum De Vlieger, Meerzichtlaan 12",
        "€ 2,50 per keer.",
        "U kunt worden opgehaald, en er kan iemand met u meegaan.",
        "079 222 33 44",
        "Elke donderdag, 17.30 tot 19.30 uur",
        "Meld u eerst aan: 079 111 22 33",
        "Gemaakt op 3 november 2026.",
    ):
        assert answer in text, answer


def test_the_number_of_a_human_stands_on_the_front_and_on_the_back(client: Client) -> None:
    assert leaflet(client).pages[0].extract_text().count("079 123 45 67") == 2


def test_what_lies_further_away_and_what_has_no_meeting_stays_out() -> None:
    assert sorted(names_in(data_of())) == ["Open tafel", "Pianoclub"]
    assert "Bel een luisterend oor" not in names_in(data_of("BU06370002"))


def test_what_stopped_stays_out() -> None:
    end_offer(Offer.objects.get(name="Open tafel"), by=BY, now=TUESDAY_MORNING)
    assert names_in(data_of()) == ["Pianoclub"]


def test_a_leaflet_of_a_place_without_anything_still_says_whom_to_call(client: Client) -> None:
    Offer.objects.update(status="ended")
    text = text_of(leaflet(client))
    # A long address may break at its strokes.
    assert "onzesite:omzien.example/buurten/BU06370100/" in text.replace(" ", "")
    assert "079 123 45 67" in text


def test_what_does_not_fit_is_counted_and_one_is_told_where_it_stands() -> None:
    items = [
        {
            "name": f"Samen koffie drinken nummer {number}",
            "summary": "Koffie met een praatje, en wie wil blijft eten. " * 2,
            "when": "Elke dinsdag, 10.00 tot 12.00 uur",
            "lines": ["Buurtcentrum De Vlieger", "Gratis."],
            "call": "Bel:",
            "number": "079 111 22 33",
            "place": 15 - number,
        }
        for number in range(16)
    ]
    more = [f"Er zijn er nog {40 - shown}." for shown in range(17)]
    reader = PdfReader(
        io.BytesIO(render_pdf("neighbourhood", data_of() | {"items": items, "more": more}))
    )
    text = text_of(reader)
    shown = [int(number) for number in re.findall(r"drinken nummer (\d+)", text)]
    assert len(reader.pages) == 2
    assert 6 <= len(shown) < 16
    assert set(shown) == set(range(len(shown)))
    assert f"Er zijn er nog {40 - len(shown)}." in text
    inside = [int(n) for n in re.findall(r"nummer (\d+)", reader.pages[1].extract_text())]
    assert inside == sorted(inside, reverse=True)


def test_where_there_is_more_its_address_is_told() -> None:
    more = data_of()["more"]
    assert isinstance(more, list)
    assert more[0].startswith("Er zijn nog 2 activiteiten bij u in de buurt.")
    assert more[1].startswith("Er is nog 1 activiteit bij u in de buurt.")
    assert more[1].endswith("kijk op omzien.example/buurten/BU06370100/")


def test_a_long_text_is_cut_after_its_first_sentence() -> None:
    assert short("Kort. Maar krachtig.") == "Kort. Maar krachtig."
    assert (
        short("Wij lopen een rondje! " + "En dan nog een rondje. " * 9) == "Wij lopen een rondje!"
    )


# --- Paper for eyes of 82, and for a screen reader ---


def test_all_of_it_is_in_sixteen_points_or_more(client: Client) -> None:
    sizes = []

    def visit(
        text: str, cm: list[float], tm: list[float], font: DictionaryObject, size: float
    ) -> None:
        del font
        if text.strip():
            sizes.append(abs(size * tm[0] * cm[0]))

    for page in leaflet(client).pages:
        page.extract_text(visitor_text=visit)
    assert len(sizes) > 20
    assert min(sizes) >= 15.99


def test_it_is_one_sheet_of_two_sides_that_is_folded_in_the_middle(client: Client) -> None:
    boxes = [page.mediabox for page in leaflet(client).pages]
    assert [(round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)) for box in boxes] == [
        (297, 210),
        (297, 210),
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_is_tagged_and_has_a_language_and_a_title(client: Client, language: str) -> None:
    reader = leaflet(client, language=language)
    root = reader.root_object
    assert "'/Marked': True" in str(root["/MarkInfo"])
    assert str(root["/Lang"]) == language
    assert b"pdfuaid:part>1" in root["/Metadata"].get_data()  # type: ignore[attr-defined]  # a stream
    assert reader.metadata
    assert "Meerzicht-West" in str(reader.metadata.title)


# --- What never stands in it ---


@pytest.mark.parametrize("language", ["nl", "en"])
def test_words_for_professionals_never_reach_paper(client: Client, language: str) -> None:
    hidden = Term.objects.filter(taxonomy__in=FOR_PROFESSIONALS)
    for found in Offer.objects.all():
        found.terms.add(*hidden)
    text = text_of(leaflet(client, language=language))
    for term in hidden:
        assert term.name not in text
        assert term.name_en not in text
    assert "eenza" not in text.casefold()
    assert "lonel" not in text.casefold()


# --- Who gets it, and how often it is made ---


def test_the_page_of_the_neighbourhood_leads_to_it(client: Client) -> None:
    assert f'href="{LEAFLET}"' in client.get(PAGE).content.decode()


@pytest.mark.parametrize("code", ["GM0637", "NL00", "BU99999999", "nonsense"])
def test_there_is_none_of_the_whole_town_or_of_nowhere(client: Client, code: str) -> None:
    assert client.get(reverse("site:leaflet", args=[code])).status_code == 404


def test_it_is_made_once_whatever_is_written_behind_the_address(client: Client) -> None:
    first = client.get(LEAFLET).content
    with CaptureQueriesContext(connection) as captured:
        client.cookies["omzien_session"] = "anything"
        assert client.get(LEAFLET, {"keer": "2"}).content == first
    assert not [query for query in captured if "catalogue_offer" in query["sql"]]


def test_a_change_of_an_offer_makes_it_anew(client: Client) -> None:
    assert "Pianoclub" in text_of(leaflet(client))
    changed = Offer.objects.get(name="Pianoclub")
    change_offer(changed, name="Zangclub", by=BY, now=TUESDAY_MORNING + timedelta(minutes=1))
    caches["pages"].clear()
    assert "Zangclub" in text_of(leaflet(client))


def test_nobody_can_make_the_server_print_all_day(client: Client) -> None:
    answers = []
    for _ in range(13):
        caches["papers"].clear()
        answers.append(client.get(LEAFLET).status_code)
    assert answers == [200] * 12 + [429]
    assert client.get(LEAFLET)["Retry-After"] == "60"
