"""Spreadsheets as people make them: read, understood, shown, and taken in whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.catalogue.importers.rows import LineRow
from omzien.base.catalogue.models import Offer
from omzien.base.exchange.actions.sheets import (
    MeaningMissing,
    MeaningTwice,
    hand_in_sheet,
    say_meanings,
    take_in_sheet,
    try_sheet,
)
from omzien.base.exchange.forms import MEANINGS, WHY
from omzien.base.exchange.importers.offers_sheet import HEADINGS, guess_meanings, price_of
from omzien.base.exchange.importers.tables import (
    FORMULA,
    MERGED,
    MOST_ROWS,
    NoRows,
    NotATable,
    TooLarge,
    UnreadableLetters,
    read_table,
)
from omzien.base.exchange.importers.when import Unclear, read_when
from omzien.base.exchange.models import SheetDraft
from omzien.base.exchange.queries.sheets import draft_of, table_of
from omzien.base.journal.models import Actor
from tests.cast import browser_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from omzien.base.accounts.models import User

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
MONDAY = date(2026, 11, 2)
BY = Actor.system("tests")
LIST = """Activiteit;Organisatie;Wanneer;Locatie;Postcode;Kosten;Thema;Telefoon
Wandelen;Wandelclub;elke dinsdag 10.00-12.00;De Plas;2717 AA;gratis;Bewegen;079 111
Koor;Zangers;1e donderdag van de maand 19:30-21:00;Kerk;;€ 2,50 per keer;;
"""


def book(fill: Callable[[Worksheet], None]) -> bytes:
    made = Workbook()
    fill(made.worksheets[0])
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def rows(*lines: tuple[Any, ...]) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for line in lines:
            sheet.append(line)

    return fill


# --- When, as people write it -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dinsdag 10.00-12.00", LineRow(MONDAY, time(10), 120, "weekly", 1, (1,))),
        ("Elke di en do 14:00 tot 15:30 uur", LineRow(MONDAY, time(14), 90, "weekly", 1, (1, 3))),
        ("maandag t/m vrijdag 9 uur", LineRow(MONDAY, time(9), 120, "weekly", 1, (0, 1, 2, 3, 4))),
        ("om de week op woensdag 10-11 uur", LineRow(MONDAY, time(10), 60, "weekly", 2, (2,))),
        (
            "eerste en derde dinsdag van de maand 10.00-12.00",
            LineRow(date(2026, 11, 1), time(10), 120, "monthly", 1, (1,), (1, 3)),
        ),
        (
            "laatste vrijdag van de maand 17:00-19:00",
            LineRow(date(2026, 11, 1), time(17), 120, "monthly", 1, (4,), (-1,)),
        ),
        ("2026-12-01 14:00-16:00", LineRow(date(2026, 12, 1), time(14), 120, "once")),
        ("1-12-2026 14.00 uur", LineRow(date(2026, 12, 1), time(14), 120, "once")),
    ],
)
def test_a_day_and_time_are_read_as_people_write_them(text: str, expected: LineRow) -> None:
    assert read_when(text, today=TODAY) == (expected,)


def test_several_times_a_day_are_several_lines() -> None:
    found = read_when("ma 10.00-11.00; ma 14.00-15.00", today=TODAY)
    assert [line.starts_at for line in found] == [time(10), time(14)]


@pytest.mark.parametrize(
    "text",
    [
        "in overleg",
        "dinsdag",
        "10.00-12.00",
        "dinsdag 12.00-10.00",
        "31-2-2026 10 uur",
        "dinsdag 25.00-26.00",
    ],
)
def test_what_is_unclear_is_refused(text: str) -> None:
    with pytest.raises(Unclear):
        read_when(text, today=TODAY)


# --- Files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_csv_file_is_read_in_any_usual_encoding(encoding: str) -> None:
    table = read_table("Naam;Door\nCafé;Zoë\n".encode(encoding))
    assert table.rows[0].cells == ("Café", "Zoë")


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", NoRows),
        (b"Naam;Door\n", NoRows),
        (b"<!doctype html><p>x", NotATable),
        (b'{"name": 1}\n{}', NotATable),
        (b"PK\x03\x04 but no workbook", NotATable),
        (b"a;b\n" + b"x" * 5_000_001, TooLarge),
        (b"Naam;Door\n" + b"a;b\n" * (MOST_ROWS + 1), TooLarge),
        (b"Naam;Door\n" + b"a;b\n" * 100_000, TooLarge),
        (b"a;b\n" + b"x" * 1_000_000, TooLarge),
        (b"a\x81\x00b\nc", UnreadableLetters),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_reason(
    data: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        read_table(data)


def test_a_long_cell_or_a_control_sign_is_emptied_and_said() -> None:
    table = read_table(f"Naam;Door\n{'x' * 6000};a\x07b\n".encode())
    assert table.rows[0].cells == ("", "")
    assert table.rows[0].oddities == ("too-long", "control")


def test_a_merged_cell_counts_for_every_row_it_covers() -> None:
    def fill(sheet: Worksheet) -> None:
        rows(("Naam", "Door"), ("A", "Club"), ("B", None))(sheet)
        sheet.merge_cells("B2:B3")

    second = read_table(book(fill)).rows[1]
    assert (second.cells, second.oddities) == (("B", "Club"), (MERGED,))


def test_dates_times_and_numbers_become_what_somebody_would_type() -> None:
    typed = ("N", datetime(2026, 12, 1, 14, 0), date(2026, 12, 1), time(9, 30), 5.0)  # noqa: DTZ001 - as openpyxl has it
    table = read_table(book(rows(("Naam", "a", "b", "c", "d"), typed)))
    assert table.rows[0].cells == ("N", "2026-12-01 14:00", "2026-12-01", "09:30", "5")


def test_a_formula_is_never_computed() -> None:
    table = read_table(book(rows(("Naam", "Door"), ("=1+1", "Club"))))
    assert table.rows[0].cells[0] == ""
    assert FORMULA in table.rows[0].oddities
    assert FORMULA in read_table(b"Naam;Door\n=1+1;Club\n").rows[0].oddities


# --- Meanings -----------------------------------------------------------------------------------


def test_columns_are_guessed_by_their_headings() -> None:
    assert guess_meanings(("Organisatie", "Activiteit", "Iets", "Telefoon")) == {
        "organisation": 0,
        "name": 1,
        "phone": 3,
    }


def test_every_meaning_can_be_chosen_and_guessed() -> None:
    assert {meaning for meaning, _title in MEANINGS if meaning} == set(HEADINGS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gratis", (0, "")),
        ("", (None, "")),
        ("2,50", (250, "")),
        ("€ 2,50", (250, "")),
        ("€ 2,50 per keer", (250, "€ 2,50 per keer")),
        ("vrijwillige bijdrage", (None, "vrijwillige bijdrage")),
    ],
)
def test_prices_are_read_as_people_write_them(text: str, expected: tuple[int | None, str]) -> None:
    assert price_of(text) == expected


# --- Taking in ----------------------------------------------------------------------------------


@pytest.fixture
def words(db: None) -> None:
    del db
    load_terms(by=BY, now=NOW)


def handed_in(text: str = LIST, *, source: str = "", by: Actor = BY) -> SheetDraft:
    return hand_in_sheet(text.encode(), file_name="lijst.csv", source_name=source, by=by, now=NOW)


@pytest.mark.usefixtures("words")
def test_a_list_becomes_offers_with_their_times() -> None:
    outcome = take_in_sheet(handed_in(), today=TODAY, by=BY, now=NOW)
    assert (outcome.created, outcome.skipped) == (2, ())
    walk, choir = Offer.objects.order_by("-name")
    assert (walk.price_cents, choir.price_cents, choir.price_note) == (0, 250, "€ 2,50 per keer")
    assert walk.schedule.get().weekdays == [1]
    assert walk.location is not None
    assert (walk.location.name, walk.location.postcode) == ("De Plas", "2717AA")
    assert [term.slug for term in walk.terms.all()] == ["bewegen"]
    assert not SheetDraft.objects.exists()


@pytest.mark.usefixtures("words")
def test_looking_changes_nothing() -> None:
    outcome = try_sheet(handed_in(), today=TODAY, by=BY, now=NOW)
    assert outcome.created == 2
    assert not Offer.objects.exists()


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("source", ["", "Zoetermeerwijzer"])
def test_the_same_list_a_week_later_changes_nothing(source: str) -> None:
    take_in_sheet(handed_in(source=source), today=TODAY, by=BY, now=NOW)
    again = take_in_sheet(handed_in(source=source), today=TODAY, by=BY, now=NOW)
    assert (again.created, again.changed, again.unchanged) == (0, 0, 2)


@pytest.mark.usefixtures("words")
def test_rows_that_cannot_be_used_are_left_out_with_a_reason_each() -> None:
    wrong = (
        ";Club;;;;;;\n"
        "A;;;;;;;\n"
        "B;Club;ooit;;;;;\n"
        "C;Club;;Zaal;99;;;\n"
        "=1+1;Club;;;;;;\n"
        "Wandelen;Wandelclub;;;;;;\n"
    )
    outcome = take_in_sheet(handed_in(LIST + wrong), today=TODAY, by=BY, now=NOW)
    assert outcome.created == 2
    assert [(row.where, row.why) for row in outcome.skipped] == [
        ("4", "no-name"),
        ("5", "no-organisation"),
        ("6", "when"),
        ("7", "postcode"),
        ("8", "formula"),
        ("Wandelen", "twice"),
    ]
    assert {row.why for row in outcome.skipped} <= set(WHY)


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("E-mail", "nobody", "address"),
        ("Website", "javascript:alert(1)", "address"),
        ("Korte omschrijving", "x" * 301, "long-summary"),
    ],
)
def test_a_cell_that_cannot_be_right_leaves_its_row_out(column: str, value: str, why: str) -> None:
    text = f"Naam;Organisatie;{column}\nA;Club;{value}\n"
    outcome = take_in_sheet(handed_in(text), today=TODAY, by=BY, now=NOW)
    assert [row.why for row in outcome.skipped] == [why]


@pytest.mark.usefixtures("words")
def test_the_meaning_of_a_column_can_be_put_right() -> None:
    draft = handed_in("Wat;Wie\nWandelen;Club\n")
    with pytest.raises(MeaningMissing):
        say_meanings(draft, meanings={0: "name"}, by=BY, now=NOW)
    with pytest.raises(MeaningTwice):
        say_meanings(draft, meanings={0: "name", 1: "name"}, by=BY, now=NOW)
    say_meanings(draft, meanings={0: "name", 1: "organisation", 9: "when"}, by=BY, now=NOW)
    assert take_in_sheet(draft, today=TODAY, by=BY, now=NOW).created == 1


@pytest.mark.django_db
def test_a_list_on_its_way_is_seen_by_who_handed_it_in(noor: User, els: User) -> None:
    draft = handed_in(by=noor.actor("editor"))
    assert draft_of(noor, draft.key) == draft
    assert draft_of(els, draft.key) is None
    assert table_of(draft).columns[0] == "Activiteit"


# --- Pages --------------------------------------------------------------------------------------


@pytest.fixture
def tuesday() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


@pytest.mark.usefixtures("words", "tuesday")
def test_an_editor_brings_in_a_spreadsheet_in_three_steps(noor: User) -> None:
    browser = browser_of(noor)
    file = SimpleUploadedFile("lijst.csv", LIST.encode())
    page = browser.post(reverse("exchange:hand_in"), {"file": file}, follow=True)
    key = SheetDraft.objects.get().key
    assert "lijst.csv" in page.content.decode()
    assert "elke dinsdag 10.00-12.00" in page.content.decode()
    columns = reverse("exchange:columns", args=[key])
    meanings = ["name", "organisation", "when", "location", "postcode", "price", "theme", ""]
    answers = {f"column-{number}": meaning for number, meaning in enumerate(meanings)}
    shown = browser.post(columns, answers, follow=True).content.decode()
    assert "Er is nog niets veranderd" in shown
    assert not Offer.objects.exists()
    done = browser.post(reverse("exchange:take", args=[key]), follow=True).content.decode()
    assert Offer.objects.count() == 2
    assert "Nieuw: 2" in done


@pytest.mark.usefixtures("words", "tuesday")
def test_what_is_wrong_with_a_file_is_said_on_the_page(noor: User) -> None:
    browser = browser_of(noor)
    file = SimpleUploadedFile("pagina.html", b"<!doctype html><p>x")
    page = browser.post(reverse("exchange:hand_in"), {"file": file}).content.decode()
    assert "XLSX" in page
    draft = handed_in("Wat;Wie\nWandelen;Club\n", by=noor.actor("editor"))
    columns = reverse("exchange:columns", args=[draft.key])
    answer = browser.post(columns, {"column-0": "name"}).content.decode()
    assert "welke kolom" in answer
