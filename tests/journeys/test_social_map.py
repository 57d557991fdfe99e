"""Somebody of 82 finds something to do, and keeps her circle to herself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.test_public_site import too_small, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request


def test_she_finds_something_within_three_screens(town_site: str, browser_page: Page) -> None:
    page = browser_page
    page.goto(town_site)
    page.get_by_role("link", name="Bekijk alles wat er is").click()
    page.get_by_label("in deze buurt", exact=True).select_option(label="Meerzicht-West")
    page.locator("main").get_by_role("button", name="Zoek").click()
    page.locator(".card a").first.click()
    text = page.locator("main").inner_text()
    assert "Meerzichtlaan 12" in text
    assert "Je kunt worden opgehaald" in text or "haalt je op" in text
    assert page.locator("main a[href^='tel:']").count() > 0


def test_the_pages_of_an_offer_can_be_used_by_everybody_on_a_telephone(
    town_site: str, browser_page: Page
) -> None:
    page = browser_page
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{town_site}/aanbod/")
    leads = page.locator(".card a").evaluate_all("links => links.map(one => one.href)")
    assert len(leads) > 3
    page.goto(leads[0])
    others = page.locator("main a").evaluate_all("links => links.map(one => one.pathname)")
    parties = {path for path in others if path.startswith(("/organisaties/", "/plekken/"))}
    assert parties
    for address in (*leads, *sorted(f"{town_site}{path}" for path in parties)):
        page.goto(address)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert too_small(page) == []


def test_her_circle_stays_on_her_own_device(town_site: str, browser_page: Page) -> None:
    page, sent = browser_page, list[str]()

    def note(request: Request) -> None:
        sent.append(f"{request.method} {request.url} {request.post_data or ''}")

    page.goto(f"{town_site}/mijn-kring/")
    page.on("request", note)
    page.get_by_label("Naam", exact=True).fill("Corrie")
    page.get_by_label("Deze persoon wil ik vaker zien").check()
    page.get_by_role("button", name="Zet in mijn kring").click()
    page.locator("#step").fill("Corrie bellen op zondag")
    assert page.locator("[data-wishes]").inner_text().count("Corrie") == 1
    assert sent == []
    page.reload()
    page.locator("[data-wishes] li").wait_for()
    assert page.locator("#step").input_value() == "Corrie bellen op zondag"
    assert [one for one in sent if "Corrie" in one or one.startswith("POST")] == []
    page.locator("main summary").last.click()
    page.locator("[data-wipe]").click()
    page.reload()
    assert "Corrie" not in page.locator("main").inner_text()
    assert page.locator("#step").input_value() == ""
