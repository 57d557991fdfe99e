"""The overview of everything as a document: for the printer, and to work on."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from odfdo import Document
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from omzien.base.catalogue.models import Offer, Term
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS
from omzien.site.queries import overview
from omzien.site.queries.overview import Overview, overview_of, paper_query
from omzien.site.queries.overview_text import text_document
from tests.site.conftest import TUESDAY_MORNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django import Settings

PDF, ODT = reverse("site:overview_pdf"), reverse("site:overview_odt")
pytestmark = pytest.mark.usefixtures("lively_town")


@pytest.fixture(scope="module", autouse=True)
def fonts() -> None:
    call_command("letter_fonts", verbosity=0, stdout=io.StringIO())


@pytest.fixture(autouse=True)
def phone(settings: Settings) -> None:
    settings.PHONE = "079 123 45 67"
    settings.SITE_URL = "https://omzien.example"


def gathered(**given: str) -> Overview:
    with translation.override("nl"):
        return overview_of(given, now=TUESDAY_MORNING)


def names_in(found: Overview) -> list[str]:
    return [row.name for section in found.sections for row in section.rows]


def text_of(client: Client, address: str, language: str = "nl", **given: str) -> str:
    """Return what stands in the file, with one blank between words."""
    response = client.get(address, given, HTTP_ACCEPT_LANGUAGE=language)
    assert response.status_code == 200
    file = io.BytesIO(response.content)
    if address == ODT:
        assert response["Content-Type"] == "application/vnd.oasis.opendocument.text"
        return " ".join(Document(file).body.text_recursive.split())
    assert response["Content-Type"] == "application/pdf"
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(file).pages)


# --- What stands in it ---


def test_everything_visible_stands_in_it_once() -> None:
    assert sorted(names_in(gathered())) == sorted(
        Offer.objects.filter(status="active").values_list("name", flat=True)
    )


def test_it_goes_by_theme_and_what_has_none_comes_last() -> None:
    titles = [section.title for section in gathered().sections]
    positions = dict(Term.objects.filter(taxonomy="theme").values_list("name", "position"))
    assert titles[-1] == "Overig"
    assert titles[:-1] == sorted(titles[:-1], key=lambda title: positions[title])


def test_of_each_it_says_what_when_where_price_who_and_when_checked() -> None:
    rows = [row for section in gathered().sections for row in section.rows]
    piano = next(row for row in rows if row.name == "Pianoclub")
    assert piano.summary == "Samen spelen en luisteren. Je hoeft geen noten te kunnen lezen."
    assert piano.when == "Elke dinsdag, 10.00 tot 12.00 uur"
    assert piano.where == "Buurtcentrum De Vlieger in Meerzicht-West, Meerzichtlaan 12"
    assert piano.price.startswith("€ 2,50 per keer. Je kunt worden opgehaald")
    assert piano.who.replace("\N{NO-BREAK SPACE}", " ") == "Piano voor Buren, 079 222 33 44"
    assert piano.checked == "14 oktober 2026"
    ear = next(row for row in rows if row.name == "Bel een luisterend oor")
    assert (ear.when, ear.checked) == ("Vraag het na", "niet bekend")


@pytest.mark.parametrize("address", [PDF, ODT])
def test_it_names_its_source_and_its_day(client: Client, address: str) -> None:
    text = text_of(client, address)
    assert "Wat er te doen is in Zoetermeer" in text
    assert "7 activiteiten en soorten hulp, zoals bekend op 3 november 2026." in text
    assert "Bron: de sociale kaart op omzien.example." in text
    assert "Pianoclub" in text


def test_it_can_be_of_one_theme_or_one_neighbourhood() -> None:
    moving = gathered(thema="bewegen")
    assert (moving.title, names_in(moving)) == (
        "Wat er te doen is in Zoetermeer: Bewegen",
        ["Wandelen in het bos"],
    )
    near = gathered(buurt="BU06370100")
    assert near.title == "Wat er te doen is in Meerzicht-West"
    assert sorted(names_in(near)) == ["Open tafel", "Pianoclub"]
    assert names_in(gathered(thema="bewegen", buurt="BU06370100")) == []


def test_a_very_long_one_stops_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overview, "AT_MOST", 3)
    found = gathered()
    assert len(names_in(found)) == 3
    assert "Hier staan alleen de eerste 3. Kies een thema of een buurt." in found.lines


# --- Whom it is for ---


def test_the_pdf_is_tagged_and_its_tables_have_headings(client: Client) -> None:
    reader = PdfReader(io.BytesIO(client.get(PDF).content))
    root = reader.root_object
    assert "'/Marked': True" in str(root["/MarkInfo"])
    assert str(root["/Lang"]) == "nl"
    assert b"pdfuaid:part>1" in root["/Metadata"].get_data()  # type: ignore[attr-defined]  # a stream
    kinds = {str(thing.get("/S")) for thing in objects(reader)}
    assert {"/H1", "/H2", "/Table", "/THead", "/TH", "/TD"} <= kinds


def objects(reader: PdfReader) -> Iterator[DictionaryObject]:
    for number in range(1, int(str(reader.trailer["/Size"]))):
        thing = reader.get_object(number)
        if isinstance(thing, DictionaryObject):
            yield thing


def test_the_text_has_a_language_headings_and_tables_with_a_heading() -> None:
    document = Document(io.BytesIO(text_document(gathered(), language="nl", now=TUESDAY_MORNING)))
    assert document.language == "nl"
    assert document.meta.title == "Wat er te doen is in Zoetermeer"
    assert document.meta.creation_date == TUESDAY_MORNING.replace(tzinfo=None)
    levels = [int(header.level) for header in document.body.headers]
    assert (levels[0], set(levels[1:])) == (1, {2})
    assert len(document.body.get_elements("//table:table-header-rows")) == len(levels) - 1


def test_what_looks_like_a_command_is_text() -> None:
    Offer.objects.filter(name="Pianoclub").update(name="Thee & <b>taart</b> #read")
    document = Document(io.BytesIO(text_document(gathered(), language="nl", now=TUESDAY_MORNING)))
    assert "Thee & <b>taart</b> #read" in document.body.text_recursive


@pytest.mark.parametrize("address", [PDF, ODT])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_words_for_professionals_never_stand_in_it(
    client: Client, address: str, language: str
) -> None:
    hidden = Term.objects.filter(taxonomy__in=FOR_PROFESSIONALS)
    for found in Offer.objects.all():
        found.terms.add(*hidden)
    text = text_of(client, address, language)
    for term in hidden:
        assert term.name not in text
        assert term.name_en not in text
    assert "eenza" not in text.casefold()
    assert "lonel" not in text.casefold()


# --- Its address ---


def test_there_is_no_document_of_a_word_for_professionals_or_of_nothing(client: Client) -> None:
    slugs = Term.objects.filter(taxonomy__in=FOR_PROFESSIONALS).values_list("slug", flat=True)
    for slug in [*slugs[:3], "nergens", "../x", "x" * 99]:
        assert client.get(PDF, {"thema": slug}).status_code == 404
    for code in ("GM0637", "BU99999999", "é"):
        assert client.get(ODT, {"buurt": code}).status_code == 404


def test_the_list_leads_to_the_document_of_what_was_chosen(client: Client) -> None:
    page = client.get(
        reverse("site:offers"), {"thema": "bewegen", "buurt": "BU06370100", "gratis": "ja"}
    ).content.decode()
    assert f'href="{PDF}?thema=bewegen&amp;buurt=BU06370100"' in page
    plain = client.get(reverse("site:offers"), {"thema": "niets", "buurt": "x"}).content.decode()
    assert f'href="{ODT}"' in plain
    assert paper_query("", "") == ""


def test_the_page_of_a_neighbourhood_leads_to_its_own(client: Client) -> None:
    page = client.get("/buurten/2024/BU06370100/meerzicht-west/").content.decode()
    assert f'href="{ODT}?buurt=BU06370100"' in page


def test_the_number_of_queries_does_not_grow_with_the_number_of_offers() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert names_in(gathered())
        return len(counted)

    many = queries()
    Offer.objects.exclude(name="Pianoclub").update(status="ended")
    assert queries() == many
