"""Somebody looks for something to do, and thinks over their own circle, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.test_public_site import FONT, too_small, violations
from tests.site.offers import location_address, offer_address, organisation_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page, Request

CIRCLE, AID = "/mijn-kring/", "/wat-is-belangrijk/"
PAGES = [
    "/",
    offer_address("Pianoclub"),
    offer_address("Open tafel"),
    offer_address("Praten op het scherm"),
    organisation_address("Welzijn De Brug"),
    location_address("Buurtcentrum De Vlieger"),
    "/buurten/2024/BU06370100/meerzicht-west/",
    "/levensmomenten/",
    "/levensmomenten/partner-verloren/",
    CIRCLE,
    AID,
    "/ik-zoek-iets/",
]
SCREEN = 900


@pytest.fixture
def without_javascript(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="nl-NL", java_script_enabled=False)
    yield context.new_page()
    context.close()


# --- Every page, for everybody ---


@pytest.mark.parametrize("address", PAGES)
def test_a_page_can_be_used_by_everybody(town_site: str, browser_page: Page, address: str) -> None:
    answer = browser_page.goto(town_site + address)
    assert answer is not None
    assert answer.ok
    browser_page.evaluate("document.fonts.ready")
    assert violations(browser_page) == []
    family, size = browser_page.evaluate(
        "(s => [s.fontFamily, parseFloat(s.fontSize)])(getComputedStyle(document.body))"
    )
    assert FONT in family
    assert size >= 20
    assert browser_page.locator("h1").count() == 1


@pytest.mark.parametrize("width", [360, 320])
@pytest.mark.parametrize("address", PAGES)
def test_a_page_fits_a_telephone(
    town_site: str, browser_page: Page, address: str, width: int
) -> None:
    browser_page.set_viewport_size({"width": width, "height": 640})
    browser_page.goto(town_site + address)
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(browser_page) == []
    assert too_small(browser_page) == []


@pytest.mark.parametrize("address", [offer_address("Pianoclub"), CIRCLE, AID])
def test_dark_mode_keeps_its_contrast(town_site: str, chromium: Browser, address: str) -> None:
    context = chromium.new_context(color_scheme="dark", locale="nl-NL")
    page = context.new_page()
    page.goto(town_site + address)
    if address == CIRCLE:
        put(page, "Anna", more=True)
    if address == AID:
        choose(page, "meedoen", 7)
    assert violations(page) == []
    context.close()


# --- Finding something to do ---


def test_the_first_screen_answers_every_question(town_site: str, browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 1280, "height": SCREEN})
    browser_page.goto(town_site + offer_address("Wandelen in het bos"))
    questions = [
        *browser_page.locator(".asked dt").all(),
        browser_page.locator(".reach__first"),
        browser_page.locator(".reach a").first,
    ]
    assert len(questions) >= 8
    assert [one.inner_text() for one in questions if bottom(one) > SCREEN] == []


def bottom(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_mevrouw_de_vries_finds_something_from_the_home_page(
    town_site: str, browser_page: Page
) -> None:
    browser_page.goto(town_site + "/")
    browser_page.locator(".card a", has_text="Wandelen in het bos").click()
    assert browser_page.locator("h1").inner_text() == "Wandelen in het bos"
    browser_page.locator(".reach a", has_text="Wandelclub Buitenlucht").click()
    assert browser_page.locator("h1").inner_text() == "Wandelclub Buitenlucht"
    assert browser_page.locator("a[href^=mailto]").count() == 1


def test_a_moment_in_life_leads_to_company(town_site: str, browser_page: Page) -> None:
    browser_page.goto(town_site + "/ik-zoek-iets/")
    browser_page.get_by_role("link", name="Als het leven verandert").click()
    browser_page.get_by_role("link", name="Ik verloor mijn partner").click()
    browser_page.get_by_role("link", name="Open tafel").click()
    assert browser_page.locator("h1").inner_text() == "Open tafel"


def test_on_paper_an_offer_keeps_its_answers_and_loses_its_buttons(
    town_site: str, browser_page: Page
) -> None:
    browser_page.goto(town_site + offer_address("Pianoclub"))
    browser_page.emulate_media(media="print")
    assert browser_page.locator(".asked dt").first.is_visible()
    assert browser_page.locator(".reach", has_text="079 222 33 44").is_visible()
    assert browser_page.locator(".spot").is_visible()
    for gone in browser_page.locator(".on-screen").all():
        assert not gone.is_visible()


# --- My circle ---


def put(page: Page, name: str, *, ring: str = "near", more: bool = False) -> None:
    page.locator("[data-who]").fill(name)
    page.locator(f"input[name=ring][value={ring}]").check()
    page.locator("[data-more]").set_checked(more)
    page.locator("[data-add]").click()


def people(page: Page, ring: str) -> list[str]:
    return page.locator(f"[data-ring={ring}] .people-list__name").all_inner_texts()


def kept(page: Page) -> dict[str, str]:
    """Return everything that the browser keeps for this site."""
    found: dict[str, str] = page.evaluate("({...localStorage, ...sessionStorage})")
    return found


def fill_circle(page: Page) -> None:
    put(page, "Anna")
    put(page, "Henk", more=True)
    put(page, "Jan van de bakker", ring="known")
    page.locator("[data-step]").fill("Zaterdag bel ik Henk.")


def requests_of(page: Page) -> list[Request]:
    """Collect what leaves the browser from now on."""
    found: list[Request] = []

    def keep(request: Request) -> None:
        found.append(request)

    page.on("request", keep)
    return found


def test_my_circle_is_drawn_and_listed(town_site: str, browser_page: Page) -> None:
    browser_page.goto(town_site + CIRCLE)
    fill_circle(browser_page)
    assert people(browser_page, "near") == ["Anna", "Henk"]
    assert people(browser_page, "often") == []
    assert people(browser_page, "known") == ["Jan van de bakker"]
    assert browser_page.locator("[data-wishes] li").all_inner_texts() == ["Henk"]
    drawn = browser_page.locator(".rings__person")
    assert drawn.count() == 3
    assert browser_page.locator(".rings__person--more .rings__name").text_content() == "Henk"
    assert violations(browser_page) == []
    browser_page.locator("[data-ring=near] [data-remove]").first.click()
    assert people(browser_page, "near") == ["Henk"]
    assert browser_page.locator("[data-said]").inner_text() == "Bewaard op dit apparaat."


def test_my_circle_is_still_there_after_the_page_is_opened_anew(
    town_site: str, browser_page: Page
) -> None:
    browser_page.goto(town_site + CIRCLE)
    fill_circle(browser_page)
    sent = requests_of(browser_page)
    browser_page.reload()
    assert people(browser_page, "near") == ["Anna", "Henk"]
    assert browser_page.locator("[data-step]").input_value() == "Zaterdag bel ik Henk."
    asked = sent[0]
    assert asked.url == town_site + CIRCLE
    assert "cookie" not in asked.all_headers()
    assert all(request.method == "GET" and not request.post_data for request in sent)


def test_wiping_leaves_nothing_on_the_device(town_site: str, browser_page: Page) -> None:
    browser_page.goto(town_site + CIRCLE)
    fill_circle(browser_page)
    assert kept(browser_page)
    browser_page.locator(".wipe summary").click()
    browser_page.locator("[data-wipe]").click()
    assert kept(browser_page) == {}
    assert people(browser_page, "near") == []
    assert "Alles is gewist." in browser_page.locator("[data-said]").inner_text()
    browser_page.reload()
    assert browser_page.locator(".rings__person").count() == 0
    assert browser_page.locator("[data-step]").input_value() == ""
    assert kept(browser_page) == {}


@pytest.mark.parametrize("address", [CIRCLE, AID])
def test_nothing_leaves_the_browser_while_one_fills_in(
    town_site: str, browser_page: Page, address: str
) -> None:
    browser_page.goto(town_site + address)
    browser_page.wait_for_load_state("networkidle")
    sent = requests_of(browser_page)
    # Without a network it all works just as well.
    browser_page.context.set_offline(True)
    if address == CIRCLE:
        fill_circle(browser_page)
        assert people(browser_page, "near") == ["Anna", "Henk"]
    else:
        choose(browser_page, "meedoen", 7)
        assert told(browser_page, "meedoen") == "Andere mensen: 7"
    browser_page.locator(".wipe summary").click()
    browser_page.locator("[data-wipe]").click()
    browser_page.context.set_offline(False)
    assert sent == []
    assert browser_page.url == town_site + address
    assert browser_page.context.cookies() == []


def test_the_browser_refuses_to_send_by_script(town_site: str, chromium: Browser) -> None:
    context = chromium.new_context(locale="nl-NL")
    page = context.new_page()
    page.goto(town_site + CIRCLE)
    refused = "fetch('/health').then(() => 'sent', () => 'refused')"
    assert page.evaluate(refused) == "refused"
    page.goto(town_site + "/")
    assert page.evaluate(refused) == "sent"
    context.close()


def test_a_link_to_what_one_likes_takes_no_name_along(town_site: str, browser_page: Page) -> None:
    browser_page.goto(town_site + CIRCLE)
    fill_circle(browser_page)
    sent = requests_of(browser_page)
    browser_page.get_by_role("link", name="zingen", exact=True).click()
    browser_page.wait_for_load_state("networkidle")
    assert sent[0].url == f"{town_site}/aanbod/?interesse=zingen"
    for request in sent:
        said = f"{request.url} {request.all_headers()} {request.post_data}"
        assert "Henk" not in said
        assert "Anna" not in said


def test_my_circle_works_by_keyboard(town_site: str, browser_page: Page) -> None:
    browser_page.goto(town_site + CIRCLE)
    browser_page.locator("[data-who]").focus()
    browser_page.keyboard.press("Enter")
    assert browser_page.locator("[data-no-name]").is_visible()
    browser_page.keyboard.type("Truus")
    browser_page.keyboard.press("Tab")
    browser_page.keyboard.press("ArrowDown")
    browser_page.keyboard.press("Tab")
    browser_page.keyboard.press("Space")
    browser_page.keyboard.press("Tab")
    browser_page.keyboard.press("Enter")
    assert people(browser_page, "often") == ["Truus"]
    assert not browser_page.locator("[data-no-name]").is_visible()
    assert browser_page.evaluate("document.activeElement.id") == "who"
    assert browser_page.locator("[data-wishes] li").all_inner_texts() == ["Truus"]


def test_a_name_with_signs_of_a_script_stays_a_name(town_site: str, browser_page: Page) -> None:
    browser_page.goto(town_site + CIRCLE)
    name = "<img src=x onerror=alert(1)>"
    put(browser_page, name, more=True)
    assert people(browser_page, "near") == [name]
    assert browser_page.locator(".own img").count() == 0


def test_where_the_browser_may_keep_nothing_the_page_says_so_and_works(
    town_site: str, browser_page: Page
) -> None:
    browser_page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no'); } })"
    )
    browser_page.goto(town_site + CIRCLE)
    put(browser_page, "Anna")
    assert people(browser_page, "near") == ["Anna"]
    assert browser_page.locator("[data-cannot-keep]").is_visible()
    assert browser_page.locator("[data-said]").inner_text() == ""
    browser_page.locator(".wipe summary").click()
    browser_page.locator("[data-wipe]").click()
    assert people(browser_page, "near") == []


def test_what_was_kept_broken_is_begun_anew(town_site: str, browser_page: Page) -> None:
    browser_page.goto(town_site + CIRCLE)
    browser_page.evaluate("localStorage.setItem('omzien-circle', '{not json')")
    browser_page.reload()
    put(browser_page, "Anna")
    assert people(browser_page, "near") == ["Anna"]


@pytest.mark.parametrize(("address", "lines"), [(CIRCLE, 13), (AID, 13)])
def test_without_javascript_there_is_a_sheet_to_fill_in_by_hand(
    town_site: str, without_javascript: Page, address: str, lines: int
) -> None:
    page = without_javascript
    page.goto(town_site + address)
    assert page.locator("noscript").first.is_visible()
    for needs_script in page.locator("[data-with-script]").all():
        assert not needs_script.is_visible()
    page.emulate_media(media="print")
    assert page.locator(".rings, .web").is_visible()
    assert sum(line.is_visible() for line in page.locator(".pen-line").all()) == lines
    assert page.locator("p.on-screen:visible, div.on-screen:visible").count() == 0


def test_on_paper_my_circle_shows_what_was_filled_in(town_site: str, browser_page: Page) -> None:
    browser_page.goto(town_site + CIRCLE)
    fill_circle(browser_page)
    browser_page.emulate_media(media="print")
    assert browser_page.locator("[data-step-told]").inner_text() == "Zaterdag bel ik Henk."
    assert browser_page.locator(".rings__person").first.is_visible()
    assert not browser_page.locator("[data-remove]").first.is_visible()
    # Only the ring in the middle is empty: three lines to write on.
    assert sum(line.is_visible() for line in browser_page.locator(".pen-line").all()) == 3


# --- What matters to me ---


def choose(page: Page, side: str, value: int) -> None:
    page.locator(f"[data-side={side}] input[value='{value}']").check()


def told(page: Page, side: str) -> str:
    return " ".join(page.locator(f"[data-told={side}]").inner_text().split())


def test_six_sides_are_drawn_and_listed_and_nothing_is_added_up(
    town_site: str, browser_page: Page
) -> None:
    browser_page.goto(town_site + AID)
    sides: list[str] = browser_page.locator("[data-side]").evaluate_all(
        "all => all.map(one => one.dataset.side)"
    )
    for number, side in enumerate(sides[:5]):
        choose(browser_page, side, number + 4)
    shape = browser_page.locator("[data-shape]")
    assert shape.get_attribute("points") == ""
    assert browser_page.locator(".web__dot").count() == 5
    assert told(browser_page, sides[5]) == "Mijn dagen: niet ingevuld"
    choose(browser_page, sides[5], 10)
    assert len((shape.get_attribute("points") or "").split()) == 6
    values = [told(browser_page, side).rsplit(" ", 1)[1] for side in sides]
    assert values == ["4", "5", "6", "7", "8", "10"]
    words = browser_page.locator(".own").inner_text().casefold()
    assert not any(word in words for word in ("totaal", "gemiddeld", "score", "uitslag"))
    assert violations(browser_page) == []


def test_own_words_and_wishes_are_kept_here_until_they_are_wiped(
    town_site: str, browser_page: Page
) -> None:
    browser_page.goto(town_site + AID)
    side = browser_page.locator("[data-side=meedoen]")
    choose(browser_page, "meedoen", 0)
    side.locator("[data-words]").fill("Ik mis het koor.")
    side.locator("[data-wanted]").check()
    browser_page.locator("[data-talk]").fill("Mijn zus")
    browser_page.reload()
    assert side.locator("input[value='0']").is_checked()
    assert side.locator("[data-words]").input_value() == "Ik mis het koor."
    assert told(browser_page, "meedoen") == "Andere mensen: 0 – hier wil ik iets mee doen"
    assert browser_page.locator("[data-talk]").input_value() == "Mijn zus"
    browser_page.locator(".wipe summary").click()
    browser_page.locator("[data-wipe]").click()
    assert kept(browser_page) == {}
    browser_page.reload()
    assert browser_page.locator("[data-side] input:checked").count() == 0
    assert browser_page.locator("[data-talk]").input_value() == ""


def test_a_side_leads_to_what_there_is_by_its_short_name(
    town_site: str, browser_page: Page
) -> None:
    browser_page.goto(town_site + AID)
    browser_page.locator("[data-side=meedoen] [data-words]").fill("Ik mis het koor.")
    sent = requests_of(browser_page)
    browser_page.locator("[data-side=meedoen] a").click()
    assert sent[0].url == f"{town_site}/aanbod/?dimensie=meedoen"
