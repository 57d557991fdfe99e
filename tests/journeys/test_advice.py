"""What suits you: three pages of questions, and an answer with reasons, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.test_public_site import too_small, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGE = "/wat-past-bij-mij/"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("width", [1280, 320])
def test_every_part_can_be_used_by_everybody(
    town_site: str, browser_page: Page, width: int
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.goto(town_site + PAGE)
    for button in ("Verder", "Verder", "Laat zien wat past", ""):
        assert violations(browser_page) == []
        assert too_small(browser_page) == []
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
        if button:
            press(browser_page, button)
    assert browser_page.locator("h1").inner_text() == "Wat past bij je?"


def test_mevrouw_de_vries_is_advised_without_script_and_without_a_trace(
    town_site: str, chromium: Browser
) -> None:
    context = chromium.new_context(locale="nl-NL", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{town_site}/ik-zoek-iets/")
    page.get_by_role("link", name="Wat past bij je?").click()
    page.get_by_label("mensen ontmoeten").check()
    page.get_by_label("zingen").check()
    press(page, "Verder")
    page.get_by_label("met auto, bus of taxi").check()
    press(page, "Verder")
    page.get_by_label("dinsdag").check()
    press(page, "Laat zien wat past")
    card = page.locator(".card", has_text="Pianoclub")
    assert "Je houdt van zingen." in card.inner_text()
    assert page.url == town_site + PAGE
    assert [one["name"] for one in context.cookies() if "session" in str(one["name"])] == []
    # The answers are still there for who wants to change one.
    press(page, "Verander mijn antwoorden")
    assert page.get_by_label("zingen").is_checked()
    context.close()
