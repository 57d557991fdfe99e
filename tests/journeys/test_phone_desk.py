"""The phone rings: from the first word to a promise, by keyboard alone, in a real browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from omzien.base.desk.actions.calls import promise_call_back
from omzien.base.desk.actions.duty import begin_duty, set_work_list
from omzien.base.journal.models import Actor
from omzien.base.people.actions.consents import add_representation, record_consent
from omzien.base.people.actions.participants import register_participant
from omzien.base.people.queries.participants import Contact
from tests.cast import browser_of, person
from tests.journeys.test_public_site import too_small, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

MRS_DE_VRIES = Contact(
    salutation="mevrouw",
    first_name="Truus",
    surname="De Vries",
    street="Meerzichtlaan",
    house_number="12",
    postcode="2715 AB",
    town="Zoetermeer",
    phone="079-341 12 34",
    birth_year="1944",
)
NAME = "mevrouw Truus De Vries"
PAGES = ["/desk/", "/desk/call-back/", "/desk/work/", "/desk/work/?whose=all", "/desk/duty/"]
PRIMARY = "main button.nl-button--primary"


@dataclass(frozen=True)
class Desk:
    """The site with Jan at the desk: its address, his cookie, and one open promise."""

    site: str
    cookie: str
    person: str
    promise: str

    def sit_down(self, page: Page) -> None:
        """Let the browser be Jan's."""
        host = str(urlsplit(self.site).hostname)
        page.context.add_cookies(
            [{"name": "omzien_session", "value": self.cookie, "domain": host, "path": "/"}]
        )


@pytest.fixture(scope="module")
def desk(town_site: str) -> Desk:
    """Put Jan and Fatima on duty, and Mrs De Vries and her daughter in the books."""
    now, by = timezone.now(), Actor.system("journey")
    jan = person("coordinator", name="Jan Bakker", email="jan@desk.example")
    fatima = person("coordinator", name="Fatima Yilmaz", email="fatima@desk.example")
    for user in (jan, fatima):
        begin_duty(user, by=by, now=now)
    set_work_list("desk.callback", owner=jan, deputy=fatima, by=by, now=now)
    her = register_participant(MRS_DE_VRIES, area=None, by=by, now=now)
    today = timezone.localdate(now)
    add_representation(
        her,
        kind="carer",
        authority="said_so",
        name="Anneke de Vries",
        valid_from=today,
        valid_until=today + timedelta(days=180),
        by=by,
        now=now,
    )
    consent = {"purpose": "share", "receiver": "inzet", "wording": "1", "given_how": "oral"}
    record_consent(her, **consent, by=by, now=now)
    late = today - timedelta(days=1)
    earlier = now - timedelta(days=4)
    promise = promise_call_back(
        her, note="Over de eettafel.", due_on=late, owner=jan, by=by, now=earlier
    )
    promise_call_back(None, whom="Bakker, 079-341 00 00", due_on=today, by=by, now=now)
    return Desk(
        site=town_site,
        cookie=browser_of(jan).cookies["omzien_session"].value,
        person=f"/desk/person/{her.key}/",
        promise=promise.get_absolute_url(),
    )


@pytest.fixture
def page(desk: Desk, browser_page: Page) -> Page:
    """Return the browser of Jan at the desk."""
    desk.sit_down(browser_page)
    return browser_page


def open_record(desk: Desk, page: Page, caller: str = "self", name: str = "") -> None:
    page.goto(desk.site + desk.person)
    page.check(f'input[name="caller_kind"][value="{caller}"]')
    page.fill('input[name="caller_name"]', name)
    page.click(PRIMARY)


def fits(page: Page) -> None:
    """Check what axe does not see: no sideways scroll, large enough targets, one heading."""
    page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert too_small(page) == []
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("width", [1280, 360, 320])
@pytest.mark.parametrize("address", PAGES)
def test_every_page_of_the_desk_can_be_used_by_everybody(
    desk: Desk, page: Page, address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    answer = page.goto(desk.site + address)
    assert answer is not None
    assert answer.ok
    fits(page)


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_of_one_person_can_be_used_by_everybody(
    desk: Desk, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(desk.site + desk.promise)
    fits(page)
    page.goto(desk.site + desk.person)
    fits(page)
    open_record(desk, page)
    assert page.locator("h1").inner_text() == NAME
    fits(page)
    call = page.url
    for part in ("contact/", "consent/", "representation/"):
        page.goto(call + part)
        fits(page)


def test_mrs_de_vries_rings_and_the_mouse_stays_where_it_is(desk: Desk, page: Page) -> None:
    page.goto(f"{desk.site}/desk/")
    # The browser puts the cursor in the first box a moment after the page is there.
    page.locator('input[name="code"]:focus').wait_for()
    page.focus('input[name="surname"]')
    page.keyboard.type("vries, de")
    page.keyboard.press("Tab")
    page.keyboard.type("meerzicht laan")
    page.keyboard.press("Enter")
    page.wait_for_selector(".results a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/person/**")
    page.focus('input[name="caller_kind"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/call/**")
    assert page.locator("h1").inner_text() == NAME


def test_a_call_back_takes_at_most_four_presses_beside_the_words(desk: Desk, page: Page) -> None:
    open_record(desk, page)
    before = page.locator(f'a[href^="/desk/call-back/"]:not([href="{desk.promise}"])').count()
    presses = 0
    while page.evaluate("document.activeElement.name") != "note":
        page.keyboard.press("Tab")
        presses += 1
    page.keyboard.type("Over de koffie.")
    page.keyboard.press("Enter")
    presses += 1
    page.wait_for_selector('main p.message[role="status"]')
    after = page.locator(f'a[href^="/desk/call-back/"]:not([href="{desk.promise}"])').count()
    assert (after - before, presses <= 4) == (1, True)


def test_her_daughter_is_told_what_is_hers_to_hear(desk: Desk, page: Page) -> None:
    open_record(desk, page, "carer", "Anneke de Vries")
    assert page.locator("h1").inner_text() == NAME
    assert "Anneke de Vries" in page.inner_text("main")


def test_somebody_else_sees_no_name_number_or_street_on_the_screen(desk: Desk, page: Page) -> None:
    open_record(desk, page, "other")
    shown = page.inner_text("main")
    assert not [word for word in ("Vries", "Meerzicht", "341 12 34") if word in shown]
    fits(page)


def test_what_waits_longest_is_done_by_the_keyboard(desk: Desk, page: Page) -> None:
    page.goto(f"{desk.site}/desk/work/")
    assert page.locator("tbody tr th").first.inner_text() == NAME
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{desk.promise}")
    assert "Over de eettafel." in page.inner_text("main")


def test_a_mistake_is_said_and_what_was_typed_is_still_there(desk: Desk, page: Page) -> None:
    open_record(desk, page)
    page.fill('input[name="note"]', "bsn 111222333")
    page.click(PRIMARY)
    assert page.locator(".errorlist").count() == 1
    assert page.input_value('input[name="note"]') == "bsn 111222333"
    fits(page)


def test_the_list_comes_back_from_excel_and_nothing_changed_yet(desk: Desk, page: Page) -> None:
    page.goto(f"{desk.site}/desk/work/?whose=all")
    with page.expect_download() as taken:
        page.click('form[action="/desk/work/take/"] button')
    page.set_input_files('input[name="file"]', taken.value.path())
    page.click('form[action="/desk/work/bring/"] button')
    page.wait_for_url("**/desk/work/bring/")
    assert page.locator('main p.message[role="status"]').count() == 1
    fits(page)
