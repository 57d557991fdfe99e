"""Somebody without an account walks through the public pages in a real browser."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import brotli
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Response

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
EXAMPLE = "/buurten/?onderwerp=example-lonely"
PAGES = [
    "/",
    "/ik-zoek-iets/",
    "/ik-wil-iets-doen/",
    "/ik-maak-me-zorgen/",
    "/plan/",
    "/plan/insight/",
    "/plan/outreach/",
    "/buurten/",
    EXAMPLE,
    "/buurten/?onderwerp=lonely",
    "/buurten/BU06370002/",
    "/toegankelijkheid/",
    "/privacy/",
    "/broncode/",
    "/zoeken/",
    "/uitleg/",
    "/uitleg/buurt-in-beeld/",
    "/uitleg/huisstijl/",
    "/onderdelen/",
    "/aanbod/",
    "/aanbod/?gratis=ja&buurt=BU06370999",
    "/levensmomenten/",
    "/levensmomenten/pas-verhuisd/",
    "/mijn-kring/",
    "/wat-is-belangrijk/",
]
FIRST_VIEW = 100_000
FONT = "Atkinson Hyperlegible Next Variable"


def violations(page: Page) -> list[str]:
    """Run axe-core in the page; the debugger may evaluate what the page's own policy forbids."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


@pytest.fixture
def without_javascript(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="nl-NL", java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_can_be_used_by_everybody(town_site: str, browser_page: Page, address: str) -> None:
    answer = browser_page.goto(town_site + address)
    assert answer is not None
    assert answer.ok
    browser_page.evaluate("document.fonts.ready")
    assert violations(browser_page) == []
    assert browser_page.evaluate(f"document.fonts.check('20px \"{FONT}\"')")
    family, size = browser_page.evaluate(
        "(s => [s.fontFamily, parseFloat(s.fontSize)])(getComputedStyle(document.body))"
    )
    assert FONT in family
    assert size >= 20
    assert browser_page.locator("h1").count() == 1


@pytest.mark.parametrize("address", PAGES)
def test_a_page_fits_a_small_telephone(town_site: str, browser_page: Page, address: str) -> None:
    browser_page.set_viewport_size({"width": 320, "height": 640})
    browser_page.goto(town_site + address)
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(browser_page) == []
    assert too_small(browser_page) == []


def too_small(page: Page) -> list[str]:
    """Name the buttons and stand-alone links that are lower than 44 pixels."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('button, .nl-button, .door, summary, nav a, .tap')]
            .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44)
            .map(one => one.outerHTML)"""
    )
    return found


@pytest.mark.parametrize("address", ["/", EXAMPLE, "/buurten/BU06370002/", "/ik-maak-me-zorgen/"])
def test_dark_mode_keeps_its_contrast(town_site: str, chromium: Browser, address: str) -> None:
    context = chromium.new_context(color_scheme="dark", locale="nl-NL")
    page = context.new_page()
    page.goto(town_site + address)
    assert violations(page) == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 26, 36)"
    context.close()


@pytest.mark.parametrize("address", ["/", EXAMPLE, "/buurten/BU06370002/"])
def test_the_first_view_is_light(town_site: str, browser_page: Page, address: str) -> None:
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    browser_page.on("response", keep)
    browser_page.goto(town_site + address)
    browser_page.wait_for_load_state("networkidle")
    weights = {answer.url: over_the_wire(answer) for answer in answers}
    assert any(url.endswith("atkinson.woff2") for url in weights)
    assert sum(weights.values()) <= FIRST_VIEW
    assert {url.split("/")[2] for url in weights} == {town_site.split("/")[2]}


def over_the_wire(answer: Response) -> int:
    """Count bytes: static files go out in brotli, pages as they are."""
    if answer.status != HTTPStatus.OK:
        return 0
    body = answer.body()
    return len(brotli.compress(body)) if "/static/" in answer.url else len(body)


def test_axe_would_see_a_fault(town_site: str, browser_page: Page) -> None:
    browser_page.goto(town_site + "/")
    browser_page.evaluate("document.documentElement.removeAttribute('lang')")
    assert [fault.split(":")[0] for fault in violations(browser_page)] == ["html-has-lang"]


def test_the_legend_has_the_colours_of_the_map(town_site: str, browser_page: Page) -> None:
    browser_page.goto(town_site + EXAMPLE)
    fills = "all => all.map(one => getComputedStyle(one).fill)"
    on_map = set(browser_page.locator(".map a use[class^=class]").evaluate_all(fills))
    in_legend = set(
        browser_page.locator(".key rect[class^=class]:not(.class-0)").evaluate_all(fills)
    )
    assert on_map == in_legend
    assert len(on_map) == 5


def test_the_map_works_by_keyboard(town_site: str, browser_page: Page) -> None:
    browser_page.goto(town_site + EXAMPLE)
    names: list[str] = browser_page.locator(".map a").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label'))"
    )
    browser_page.locator("a[href='#table']").focus()
    for name in names:
        browser_page.keyboard.press("Tab")
        focused = browser_page.evaluate("document.activeElement.getAttribute('aria-label')")
        assert focused == name
    ring = browser_page.locator(".map a:focus .ring").evaluate("e => getComputedStyle(e).stroke")
    assert ring == "rgb(255, 255, 255)"
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/buurten/2024/**")
    assert browser_page.locator("h1").inner_text() == names[-1].split(":")[0]


def test_the_first_tab_leads_past_the_menu(town_site: str, browser_page: Page) -> None:
    browser_page.goto(town_site + "/")
    browser_page.keyboard.press("Tab")
    assert browser_page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    box = browser_page.locator(":focus").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("document.activeElement.id") == "main"


def test_without_javascript_everything_works(town_site: str, without_javascript: Page) -> None:
    page = without_javascript
    page.goto(town_site + "/")
    page.locator(".door").nth(2).click()
    assert "112" in page.locator(".urgent").inner_text()
    page.locator("button[value=large]").first.click()
    assert page.locator("html[data-text=large]").count() == 1
    page.locator("button[value=en]").click()
    assert page.locator("html[lang=en]").count() == 1
    page.locator("#search-box").fill("Stadscentrum")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stadscentrum/")
    page.goto(town_site + "/buurten/")
    page.locator("#onderwerp").select_option("example-lonely")
    page.locator(".pickers button").click()
    page.wait_for_url("**onderwerp=example-lonely**")
    assert page.locator(".map a").count() == page.locator("tbody tr").count()


def test_what_is_typed_in_the_search_box_stays_out_of_the_address(
    town_site: str, browser_page: Page
) -> None:
    browser_page.goto(town_site + "/")
    browser_page.locator("#search-box").fill("mevrouw De Vries")
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**/zoeken/")
    assert "Vries" not in browser_page.url


def test_the_menu_of_a_telephone_opens(town_site: str, browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 360, "height": 740})
    browser_page.goto(town_site + "/")
    browser_page.locator("summary").click()
    browser_page.locator(".menu--small a[href='/plan/']").click()
    browser_page.wait_for_url("**/plan/")


def test_on_paper_the_menus_are_gone_and_the_letters_are_large(
    town_site: str, browser_page: Page
) -> None:
    browser_page.goto(town_site + EXAMPLE)
    browser_page.emulate_media(media="print")
    for gone in (".menu--wide", ".menu--small", ".search", ".pickers", ".downloads"):
        assert not browser_page.locator(gone).first.is_visible()
    size = browser_page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert size == pytest.approx(14 * 96 / 72, abs=0.1)
    assert browser_page.locator(".map").is_visible()
    assert browser_page.locator("tbody tr").count() > 20
    assert browser_page.pdf()[:4] == b"%PDF"


@pytest.mark.parametrize(
    ("colours", "arrow"), [("none", "linear-gradient"), ("active", "the browser's")]
)
def test_one_sees_that_there_is_something_to_choose(
    town_site: str, chromium: Browser, colours: Literal["none", "active"], arrow: str
) -> None:
    context = chromium.new_context(forced_colors=colours, locale="nl-NL")
    page = context.new_page()
    page.goto(town_site + EXAMPLE)
    arrows = page.locator(".pickers select").evaluate_all(
        """all => all.map(one => getComputedStyle(one)).map(look =>
             look.appearance === "auto" ? "the browser's" : look.backgroundImage.split("(")[0])"""
    )
    assert set(arrows) == {arrow}
    context.close()


def test_forced_colours_keep_the_map_and_its_legend(town_site: str, chromium: Browser) -> None:
    context = chromium.new_context(forced_colors="active", locale="nl-NL")
    page = context.new_page()
    page.goto(town_site + EXAMPLE)
    fill = page.locator(".map use.class-5").first.evaluate("e => getComputedStyle(e).fill")
    assert fill == "rgb(7, 64, 63)"
    context.close()
