"""Somebody takes along what is to be printed: a leaflet, or the overview."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from odfdo import Document
from pypdf import PdfReader

if TYPE_CHECKING:
    from playwright.sync_api import Page

MEERZICHT = "/buurten/2024/BU06370100/meerzicht-west/"


@pytest.fixture(scope="module", autouse=True)
def fonts() -> None:
    call_command("letter_fonts", verbosity=0, stdout=io.StringIO())


def taken_along(page: Page, link: str) -> bytes:
    """Press a link, and return the file that comes."""
    with page.expect_download() as taken:
        page.get_by_role("link", name=link).click()
    return taken.value.path().read_bytes()


def test_the_leaflet_of_a_neighbourhood_can_be_printed(town_site: str, browser_page: Page) -> None:
    browser_page.goto(town_site + MEERZICHT)
    reader = PdfReader(io.BytesIO(taken_along(browser_page, "Folder met grote letters")))
    assert len(reader.pages) == 2
    assert "'/Marked': True" in str(reader.root_object["/MarkInfo"])
    assert str(reader.root_object["/Lang"]) == "nl"
    assert "Pianoclub" in "".join(page.extract_text() for page in reader.pages)


def test_the_overview_of_a_theme_can_be_taken_along_to_work_on(
    town_site: str, browser_page: Page
) -> None:
    browser_page.goto(town_site + "/aanbod/?thema=bewegen")
    document = Document(io.BytesIO(taken_along(browser_page, "om mee verder te werken (ODT)")))
    assert "Wandelen in het bos" in document.body.text_recursive
    assert "Pianoclub" not in document.body.text_recursive
