"""Calendars, tables and changes that anybody can follow, by an address that says what is in it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import recurring_ical_events
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar
from odfdo import Document
from openpyxl import load_workbook

from omzien.base.catalogue.actions.offers import change_offer, pause_offer
from omzien.base.catalogue.actions.schedules import close_days
from omzien.base.catalogue.models import Offer, Term
from omzien.base.exchange.queries.calendars import BEGINNING, entry_of
from omzien.base.exchange.queries.changes import printable
from omzien.base.exchange.queries.data_catalogue import catalogue_nodes
from omzien.base.exchange.queries.overview import columns, overview
from omzien.base.exchange.queries.prices import price_in_words
from omzien.base.exchange.queries.tables import harmless, to_csv, to_ods, to_xlsx
from omzien.base.exchange.queries.turtle import address, json_ld_of, quoted, turtle_of
from tests.base.exchange.readings import read, structured_in
from tests.base.exchange.town import BY, LAKE, MEADOW, NOW, PIANO, VISIBLE

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("town")
ATOM = "{http://www.w3.org/2005/Atom}"
TABLES = ("csv", "xlsx", "ods")


def fetched(path: str, **query: str) -> bytes:
    answer = Client().get(path, query)
    assert answer.status_code == 200, answer.content
    return answer.content


def summaries(path: str, **query: str) -> set[str]:
    calendar = Calendar.from_ical(fetched(path, **query))
    return {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}


def rows_of_csv(**query: str) -> list[dict[str, str]]:
    text = fetched("/aanbod/overzicht.csv", **query).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def every_feed() -> list[str]:
    piano = Offer.objects.get(name="Pianoclub")
    return [
        reverse("exchange:calendar"),
        reverse("exchange:theme_calendar", args=["kunst"]),
        reverse("exchange:area_calendar", args=[MEADOW]),
        reverse("exchange:party_calendar", args=[piano.organisation.slug]),
        reverse("exchange:offer_calendar", args=[piano.key]),
        reverse("exchange:changes"),
        reverse("exchange:overview_csv"),
        reverse("exchange:data_catalogue"),
        reverse("exchange:data_catalogue_json"),
    ]


# --- Calendars ----------------------------------------------------------------------------------


def test_the_calendar_of_everything_has_what_takes_place_and_nothing_else() -> None:
    assert summaries("/agenda.ics") == {
        "Pianoclub",
        "Rondje om de plas",
        "Koffie op afstand",
        "Buurtfeest",
    }


def test_a_calendar_is_there_by_theme_neighbourhood_organisation_and_offer() -> None:
    piano = Offer.objects.get(name="Pianoclub")
    assert summaries("/agenda/thema/bewegen.ics") == {"Rondje om de plas"}
    assert summaries(f"/agenda/buurt/{MEADOW}.ics") == {"Pianoclub"}
    assert summaries(f"/agenda/organisatie/{piano.organisation.slug}.ics") == {"Pianoclub"}
    assert summaries(f"/agenda/aanbod/{piano.key}.ics") == {"Pianoclub"}


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"gratis": "ja"}, {"Rondje om de plas"}),
        ({"halen": "ja"}, {"Pianoclub"}),
        ({"samen": "ja", "drempelvrij": "ja"}, {"Pianoclub"}),
        ({"thema": "kunst", "buurt": MEADOW}, {"Pianoclub"}),
        ({"thema": "kunst", "buurt": LAKE}, set()),
        ({"interesse": "wandelen", "buurt": LAKE}, {"Rondje om de plas"}),
        ({"levensmoment": "partner-verloren"}, {"Pianoclub"}),
    ],
)
def test_a_choice_of_ones_own_stands_in_the_address(
    choice: dict[str, str], expected: set[str]
) -> None:
    assert summaries("/agenda.ics", **choice) == expected


@pytest.mark.parametrize(
    "path",
    [
        "/agenda/thema/vliegen.ics",
        "/agenda/thema/ontmoeting.ics",
        "/agenda/buurt/BU99999999.ics",
        "/agenda/organisatie/niemand.ics",
        "/agenda/aanbod/00000000-0000-0000-0000-000000000000.ics",
        "/agenda.ics?thema=vliegen",
        "/aanbod/overzicht.csv?buurt=BU99999999",
        "/aanbod/wijzigingen.atom?organisatie=niemand",
    ],
)
def test_what_does_not_exist_is_not_found_rather_than_empty_for_ever(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_what_is_hidden_has_no_calendar() -> None:
    piano = Offer.objects.get(name="Pianoclub")
    pause_offer(piano, alert="", by=BY, now=NOW)
    assert Client().get(f"/agenda/aanbod/{piano.key}.ics").status_code == 404
    assert "Pianoclub" not in summaries("/agenda.ics")


def test_an_entry_says_what_somebody_wants_to_know_on_the_way() -> None:
    entry = entry_of(read("Pianoclub"), [])
    assert entry.location == "Buurtcentrum De Vlieger, Voorbeeldlaan 1, 2717AA Zoetermeer"
    assert entry.description.splitlines()[:4] == [
        "Deze maand zonder taart.",
        "Samen spelen en luisteren.",
        "€ 2,50 per keer. Eerste keer gratis.",
        "Eerst aanmelden. Bel of mail even.",
    ]
    assert "079 765 43 21" in entry.description
    assert entry.uid == f"{PIANO.key}@127.0.0.1"


def test_a_change_gives_a_higher_number_so_that_programs_take_it_over() -> None:
    before = entry_of(read("Pianoclub"), []).sequence
    later = NOW + timedelta(minutes=1)
    change_offer(
        Offer.objects.get(name="Pianoclub"), name="Pianoclub", alert="!", by=BY, now=later
    )
    assert entry_of(read("Pianoclub"), []).sequence == before + 1
    Offer.objects.update(changed_at=BEGINNING - timedelta(days=1))
    assert entry_of(read("Pianoclub"), []).sequence == 0


def test_days_on_which_an_organisation_is_closed_are_not_in_its_calendar() -> None:
    piano = Offer.objects.get(name="Pianoclub")
    day = date(2026, 12, 1)
    path = f"/agenda/aanbod/{piano.key}.ics"
    assert is_on(path, day)
    close_days(piano.organisation, first=day, last=day, by=BY, now=NOW)
    assert not is_on(path, day)


def is_on(path: str, day: date) -> bool:
    """Say whether a program that reads a calendar finds something on a day."""
    return bool(recurring_ical_events.of(Calendar.from_ical(fetched(path))).at(day))


def test_a_calendar_is_called_after_what_is_in_it() -> None:
    calendar = Calendar.from_ical(fetched("/agenda.ics", thema="kunst", buurt=MEADOW))
    assert str(calendar["X-WR-CALNAME"]) == "Kunst en muziek, De Weide (Zoetermeer)"
    everything = Calendar.from_ical(fetched("/agenda.ics"))
    assert str(everything["X-WR-CALNAME"]) == "Activiteiten in Zoetermeer"
    answer = Client().get("/agenda.ics", {"thema": "kunst"})
    assert answer["Content-Disposition"] == 'inline; filename="kunst-en-muziek.ics"'


# --- What stays inside, and how much it costs ---------------------------------------------------


def test_words_for_professionals_are_in_no_feed() -> None:
    names = [term.name for term in Term.objects.all() if not term.public]
    for path in every_feed():
        text = fetched(path).decode()
        assert [name for name in names if name in text] == [], path


def test_the_reader_s_language_changes_nothing_in_a_feed() -> None:
    for path in every_feed():
        english = Client().get(path, headers={"Accept-Language": "en"})
        assert english.content == fetched(path), path


def test_a_feed_takes_the_same_number_of_queries_for_one_and_for_five() -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as counted:
            fetched(path)
        return len(counted)

    five = [queries(path) for path in every_feed()]
    Offer.objects.exclude(name="Pianoclub").update(status="draft")
    assert [queries(path) for path in every_feed()] == five


# --- Tables -------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_offer_and_a_column_for_each_thing_to_know() -> None:
    by_name = {row["naam"]: row for row in rows_of_csv()}
    assert set(by_name) == {offer.name for offer in VISIBLE}
    piano = by_name["Pianoclub"]
    assert (piano["postcode"], piano["buurt"]) == ("2717AA", "De Weide")
    assert piano["prijs"] == "€ 2,50 per keer. Eerste keer gratis."
    assert piano["pagina"].startswith("http://127.0.0.1:8000/aanbod/pianoclub-")
    assert by_name["Luisterlijn"]["locatie"] == ""
    assert [row["naam"] for row in rows_of_csv(gratis="ja")] == ["Rondje om de plas"]


def test_the_table_says_the_next_three_times() -> None:
    offers = Offer.objects.filter(name="Pianoclub")
    told = dict(zip(columns(), next(overview(offers, now=NOW)), strict=True))
    assert told["eerstvolgende keren"] == (
        "dinsdag 3 november 2026 10:00; vrijdag 6 november 2026 19:30; "
        "woensdag 18 november 2026 14:00"
    )


@pytest.mark.parametrize("kind", TABLES)
def test_every_kind_of_table_can_be_opened(kind: str) -> None:
    content = fetched(f"/aanbod/overzicht.{kind}")
    if kind == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).worksheets[0]
        names = [str(row[0].value) for row in sheet.iter_rows(min_row=2)]
    elif kind == "ods":
        table = Document(io.BytesIO(content)).body.tables[0]
        names = [str(row[0]) for row in table.iter_values()][1:]
    else:
        names = [row["naam"] for row in rows_of_csv()]
    assert sorted(names) == sorted(offer.name for offer in VISIBLE)


EVIL = "=HYPERLINK(1)"


def test_no_cell_is_a_formula() -> None:
    assert to_csv(["a"], [[EVIL]]).decode("utf-8-sig") == f"a\r\n'{EVIL}\r\n"
    cell = load_workbook(io.BytesIO(to_xlsx(["a"], [[EVIL]]))).worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (EVIL, "s")
    table = Document(io.BytesIO(to_ods(["a"], [[EVIL]]))).body.tables[0]
    odd = table.get_cell("A2")
    assert (odd.value, odd.formula) == (EVIL, None)
    assert [harmless(text) for text in ("+1", "-1", "@x", "a")] == ["'+1", "'-1", "'@x", "a"]


# --- Changes ------------------------------------------------------------------------------------


def test_the_feed_of_changes_has_the_newest_first() -> None:
    later = NOW + timedelta(hours=1)
    walk = Offer.objects.get(name="Rondje om de plas")
    change_offer(walk, alert="Neem laarzen mee <3", by=BY, now=later)
    feed = ET.fromstring(fetched("/aanbod/wijzigingen.atom"))  # noqa: S314 - our own feed
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 5
    first = entries[0]
    assert first.findtext(f"{ATOM}title") == "Rondje om de plas"
    assert first.findtext(f"{ATOM}id") == f"urn:uuid:{walk.key}"
    assert first.findtext(f"{ATOM}updated") == "2026-11-03T10:00:00+00:00"
    assert "laarzen mee <3" in str(first.findtext(f"{ATOM}summary"))
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "Wandelclub Oost"


def test_what_xml_cannot_hold_is_left_out_of_the_feed() -> None:
    Offer.objects.filter(name="Pianoclub").update(summary="Piano\x0bclub\n")
    assert b"Pianoclub" in fetched("/aanbod/wijzigingen.atom")
    assert printable("a\x0b\tb\n") == "a\tb\n"


# --- Which data there is ------------------------------------------------------------------------


def test_the_description_of_the_data_is_there_in_two_ways_of_writing(settings: Settings) -> None:
    settings.PHONE = "079 000 00 00"
    turtle = Client().get("/dcat")
    assert turtle["Content-Type"].startswith("text/turtle")
    assert b"tel:0790000000" in turtle.content
    for asked in (
        Client().get("/dcat", headers={"Accept": "application/ld+json"}),
        Client().get("/dcat.jsonld"),
    ):
        assert asked["Content-Type"] == "application/ld+json"
        kinds = [node["@type"] for node in json.loads(asked.content)["@graph"]]
        assert kinds.count("dcat:Dataset") == 2


def test_every_file_that_the_description_names_is_there() -> None:
    for node in catalogue_nodes():
        for file in node.get("dcat:distribution", []):
            path = file["dcat:downloadURL"]["@id"].removeprefix("http://127.0.0.1:8000")
            if "/buurten/" not in path:
                assert Client().get(path).status_code == 200, path


def test_no_text_can_break_out_of_the_description() -> None:
    evil = 'a"b\\c\nd'
    assert quoted(evil) == '"a\\"b\\\\c\\nd"'
    assert address("https://x.example/> . <b") == "<https://x.example/.b>"
    node = {"@id": "https://x.example/", "@type": "dct:Thing", "dct:title": evil, "dct:none": []}
    assert turtle_of([node], {"dct": "x:"}).endswith(
        '<https://x.example/>\n    a dct:Thing ;\n    dct:title "a\\"b\\\\c\\nd" .\n'
    )
    assert json_ld_of([node], {"dct": "x:"})["@graph"] == [node]


@pytest.mark.parametrize(
    ("cents", "note", "told"),
    [
        (None, "Vraag het even.", "Vraag het even."),
        (0, "", "Gratis."),
        (0, "Koffie € 1.", "Gratis. Koffie € 1."),
        (1205, "", "€ 12,05 per keer."),
    ],
)
def test_a_price_is_told_in_words(cents: int | None, note: str, told: str) -> None:
    offer = Offer.objects.get(name="Pianoclub")
    offer.price_cents, offer.price_note = cents, note
    assert price_in_words(offer) == told


# --- A list in a frame --------------------------------------------------------------------------


def test_a_list_may_be_framed_on_any_site_and_no_other_page_may() -> None:
    piano = Offer.objects.get(name="Pianoclub")
    answer = Client().get(reverse("exchange:embedded", args=[piano.organisation.slug]))
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "frame-ancestors 'none'" not in policy
    assert "script-src 'self'" in policy
    assert "X-Frame-Options" not in answer
    other = Client().get("/")
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert other["X-Frame-Options"] == "DENY"


def test_a_list_in_a_frame_leads_out_of_it_and_sets_nothing() -> None:
    piano = Offer.objects.get(name="Pianoclub")
    answer = Client().get(reverse("exchange:embedded", args=[piano.organisation.slug]))
    page = answer.content.decode()
    assert f'href="http://127.0.0.1:8000/aanbod/{piano.slug}/" target="_top"' in page
    assert "Buurtcentrum De Vlieger" in page
    assert "<header" not in page.split("<main")[0]
    assert not answer.cookies
    listener = Offer.objects.get(name="Luisterlijn").organisation
    escaped = Client().get(reverse("exchange:embedded", args=[listener.slug])).content.decode()
    assert "<script>alert" not in escaped
    assert "&lt;script&gt;alert(1)" in escaped


def test_a_list_of_nobody_is_not_found_and_an_empty_one_says_so() -> None:
    assert Client().get("/ingesloten/niemand/").status_code == 404
    Offer.objects.update(status="draft")
    slug = Offer.objects.get(name="Pianoclub").organisation.slug
    page = Client().get(reverse("exchange:embedded", args=[slug])).content.decode()
    assert "Er is nu niets." in page


def test_public_pages_hold_what_they_are_about_for_search_engines() -> None:
    piano = Offer.objects.get(name="Pianoclub")
    assert piano.location
    pages = {
        f"/aanbod/{piano.slug}/": ("Event", "Pianoclub"),
        f"/organisaties/{piano.organisation.slug}/": ("Organization", "Piano voor Buren"),
        f"/plekken/{piano.location.key}/": ("Place", "Buurtcentrum De Vlieger"),
    }
    for path, expected in pages.items():
        (data,) = structured_in(Client().get(path).content.decode())
        assert (data["@type"], data["name"]) == expected
    page = Client().get(f"/aanbod/{piano.slug}/").content.decode()
    assert reverse("exchange:offer_calendar", args=[piano.key]) in page
