"""Letters and leaflets, read back by a program that nobody here wrote."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, StreamObject

from omzien.base.letters.management.commands import letter_fonts
from omzien.base.letters.management.commands.letter_sample import LETTER, SAMPLES
from omzien.base.letters.queries import FontsMissing, paper, render_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings

POINTS_PER_MM = 72 / 25.4


@pytest.fixture(scope="module", autouse=True)
def fonts() -> None:
    call_command("letter_fonts", verbosity=0, stdout=io.StringIO())


@pytest.fixture(autouse=True)
def phone(settings: Settings) -> None:
    settings.PHONE = "079 123 45 67"


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def letter(**changes: object) -> dict[str, object]:
    return {"title": "Mogen wij bij u langskomen?", "letters": [{**LETTER, **changes}]}


def sizes_and_places(reader: PdfReader) -> list[tuple[float, float, float, str]]:
    """Return size, x and y (mm from the left and the top) and text of every piece of text."""
    found: list[tuple[float, float, float, str]] = []
    page = reader.pages[0]
    height = float(page.mediabox.height)

    def visit(
        text: str, cm: list[float], tm: list[float], font: DictionaryObject, size: float
    ) -> None:
        del font
        if text.strip():
            x = (tm[4] * cm[0] + cm[4]) / POINTS_PER_MM
            y = (height - (tm[5] * cm[3] + cm[5])) / POINTS_PER_MM
            found.append((abs(size * tm[0] * cm[0]), x, y, text.strip()))

    page.extract_text(visitor_text=visit)
    return found


# --- What a screen reader needs -----------------------------------------------------------------


@pytest.mark.parametrize("template", ["letter", "leaflet"])
def test_a_pdf_is_tagged_has_a_language_and_a_title(template: str) -> None:
    reader = read(render_pdf(template, SAMPLES[template]))
    root = reader.root_object
    assert "'/Marked': True" in str(root["/MarkInfo"])
    assert str(root["/Lang"]) == "nl"
    assert "'/DisplayDocTitle': True" in str(root["/ViewerPreferences"])
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part>1" in metadata_of(root)


def test_a_letter_can_be_in_another_language() -> None:
    reader = read(render_pdf("letter", {**letter(), "language": "en"}))
    assert str(reader.root_object["/Lang"]) == "en"
    assert "Kind regards," in reader.pages[0].extract_text()


def test_the_title_of_the_document_is_what_the_letter_is_about() -> None:
    metadata = read(render_pdf("letter", letter())).metadata
    assert metadata
    assert metadata.title == "Mogen wij bij u langskomen?"


def test_our_typeface_is_embedded_and_no_other() -> None:
    reader = read(render_pdf("letter", letter()))
    fonts = [thing for thing in objects(reader) if str(thing.get("/Type")) == "/FontDescriptor"]
    assert len(fonts) == 2
    for font in fonts:
        assert "AtkinsonHyperlegibleNext" in str(font["/FontName"])
        assert "/FontFile2" in font


def objects(reader: PdfReader) -> Iterator[DictionaryObject]:
    for number in range(1, int(str(reader.trailer["/Size"]))):
        thing = reader.get_object(number)
        if isinstance(thing, DictionaryObject):
            yield thing


def metadata_of(root: DictionaryObject) -> bytes:
    stream = root["/Metadata"]
    assert isinstance(stream, StreamObject)
    return stream.get_data()


def test_names_from_elsewhere_are_written_as_they_are() -> None:
    name = "Mevrouw Şükran Yılmaz-Wałęsa"
    assert name in read(render_pdf("letter", letter(name=name))).pages[0].extract_text()


# --- What eyes of 82 need -----------------------------------------------------------------------


def test_a_letter_is_in_large_print() -> None:
    found = sizes_and_places(read(render_pdf("letter", letter())))
    body = [size for size, _, y, text in found if y > 90 and "Omzien" not in text]
    assert body
    assert min(body) >= 14


def test_the_address_stands_in_the_window() -> None:
    found = sizes_and_places(read(render_pdf("letter", letter())))
    places = [(x, y) for _, x, y, text in found if "Vries" in text or "2716" in text]
    x, y = places[0]
    assert 24 < x < 26
    assert 50 < y < 56
    assert all(50 < y < 74 for _, y in places[:2])


def test_the_window_can_be_on_the_right() -> None:
    found = sizes_and_places(read(render_pdf("letter", {**letter(), "window": "right"})))
    assert next(x for _, x, _, text in found if "Vries" in text) > 100


def test_a_letter_has_one_phone_number_and_one_thing_to_do() -> None:
    text = read(render_pdf("letter", letter())).pages[0].extract_text()
    assert re.findall(r"\b0\d[\d ]{8,}\d\b", text) == ["079 123 45 67"]
    assert text.count("Bel ons als u het leuk vindt") == 1


def test_a_long_letter_goes_on_and_says_which_page_it_is() -> None:
    reader = read(render_pdf("letter", letter(paragraphs=["Wij praten graag verder. " * 20] * 6)))
    assert len(reader.pages) == 2
    assert "2 van 2" in reader.pages[1].extract_text() or "page 2 of 2" in (
        reader.pages[1].extract_text()
    )


def test_a_leaflet_is_one_sheet_of_two_sides_on_its_side() -> None:
    reader = read(render_pdf("leaflet", SAMPLES["leaflet"]))
    assert len(reader.pages) == 2
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (round(width / POINTS_PER_MM), round(height / POINTS_PER_MM)) == (297, 210)


# --- Batches, and nothing left behind -----------------------------------------------------------


def test_a_batch_is_one_pdf_with_a_letter_for_each_person() -> None:
    people = [{**LETTER, "name": f"Bewoner {number}"} for number in range(100)]
    reader = read(render_pdf("letter", {"title": "Brieven", "letters": people}))
    assert len(reader.pages) == 100
    assert "Bewoner 99" in reader.pages[99].extract_text()
    assert "Bewoner 98" not in reader.pages[99].extract_text()


def test_the_same_letter_is_the_same_file() -> None:
    assert render_pdf("letter", letter()) == render_pdf("letter", letter())


def test_what_is_filled_in_is_text_and_never_a_command() -> None:
    name = '#read("/etc/passwd") *De* $V$ [x] <b>'
    text = read(render_pdf("letter", letter(name=name))).pages[0].extract_text()
    assert name in text


def test_no_file_is_opened_for_writing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    before = {path: path.stat().st_mtime_ns for path in files_below(paper.TEMPLATES)}
    render_pdf("letter", letter())
    assert list(tmp_path.iterdir()) == []
    assert {path: path.stat().st_mtime_ns for path in files_below(paper.TEMPLATES)} == before


def files_below(folder: Path) -> Iterator[Path]:
    return folder.rglob("*")


def test_without_fonts_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(paper, "FONTS", tmp_path)
    paper.fonts.cache_clear()
    with pytest.raises(FontsMissing):
        render_pdf("letter", letter())


def test_the_fonts_need_what_npm_brings(settings: Settings, tmp_path: Path) -> None:
    settings.PROJECT = tmp_path
    with pytest.raises(CommandError, match="npm ci"):
        call_command("letter_fonts")


def test_the_fonts_are_made_from_the_web_font(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(letter_fonts, "FONTS", tmp_path / "fonts")
    call_command("letter_fonts", stdout=io.StringIO())
    assert len(list((tmp_path / "fonts").iterdir())) == 4


@pytest.mark.parametrize("option", [[], ["--leaflet"]])
def test_a_sample_can_be_made_to_look_at(tmp_path: Path, option: list[str]) -> None:
    file = tmp_path / "sample.pdf"
    call_command("letter_sample", str(file), *option, stdout=io.StringIO())
    assert len(read(file.read_bytes()).pages) >= 1
