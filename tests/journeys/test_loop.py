"""The loop of the social map: brought in, kept true, referred to, answered; in a real browser."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.utils import timezone

from omzien.base.catalogue.models import Offer
from omzien.base.desk.actions.duty import begin_duty
from omzien.base.freshness.actions.asking import ask_keepers
from omzien.base.freshness.actions.keepers import Person, load_rhythms, name_keeper
from omzien.base.journal.models import Actor
from omzien.base.letters.models import Mail
from omzien.base.letters.queries import rendered
from omzien.base.people.actions.participants import register_participant
from omzien.base.referrals.models import Referral
from tests.cast import browser_of, person
from tests.journeys.test_phone_desk import MRS_DE_VRIES, fits
from tests.site.offers import offer_address

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

Found = TypeVar("Found")
SHEET = """Activiteit;Organisatie;Wanneer;Locatie;Postcode;Prijs
Jeu de boules;Buurtclub De Linde;elke woensdag 14.00-16.00;Plein De Linde;2715AB;gratis
Zomaar;;;;;
"""


@dataclass(frozen=True)
class Loop:
    """The site with an editor and a coordinator, a keeper who was asked, and Mrs De Vries."""

    site: str
    editor: str
    coordinator: str
    keeper_link: str
    refer: str

    def sit_down(self, page: Page, cookie: str) -> None:
        host = str(urlsplit(self.site).hostname)
        page.context.add_cookies(
            [{"name": "omzien_session", "value": cookie, "domain": host, "path": "/"}]
        )


@pytest.fixture(scope="module")
def loop(town_site: str) -> Loop:
    now, by = timezone.now(), Actor.system("journey")
    noor = person("editor", name="Noor Jansen", email="noor@loop.example")
    jan = person("coordinator", name="Jan Bakker", email="jan@loop.example")
    begin_duty(jan, by=by, now=now)
    her = register_participant(MRS_DE_VRIES, area=None, by=by, now=now)
    table = Offer.objects.get(name="Open tafel")
    today = timezone.localdate(now)
    sietske = Person("Sietske", email="sietske@brug.example")
    name_keeper(table, part="owner", who=sietske, on=today - timedelta(days=1), by=by, now=now)
    load_rhythms(by=by, now=now)
    ask_keepers(on=today, by=by, now=now)
    return Loop(
        site=town_site,
        editor=browser_of(noor).cookies["omzien_session"].value,
        coordinator=browser_of(jan).cookies["omzien_session"].value,
        keeper_link=link_in(latest_mail(), "klopt-het"),
        refer=f"/referrals/for/{her.key}/",
    )


def latest_mail() -> str:
    return rendered(Mail.objects.latest("pk"))["text"]


def link_in(text: str, word: str) -> str:
    found = re.search(rf"https?://[^/\s]+(/[^\s]*{word}/\S+/)", text)
    assert found, text
    return found.group(1)


def of_database(read: Callable[[], Found]) -> Found:
    """Read in a thread of its own: where the browser runs, Django refuses its database."""

    def reading() -> Found:
        try:
            return read()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(reading).result()


def test_a_keeper_says_with_one_button_that_all_is_still_true(
    loop: Loop, browser_page: Page
) -> None:
    page = browser_page
    page.goto(loop.site + loop.keeper_link)
    fits(page)
    primary = page.locator("main button.nl-button--primary")
    assert primary.count() == 1
    primary.click()
    assert "Dank" in page.locator("main").inner_text()
    today = timezone.localdate()
    table = of_database(lambda: Offer.objects.get(name="Open tafel"))
    assert table.assured_on == today
    assert table.check_by is not None
    assert table.check_by > today
    page.goto(loop.site + offer_address("Open tafel"))
    assert str(today.year) in page.locator(".checked").inner_text()


def test_an_editor_brings_in_a_list_and_sees_it_first(
    loop: Loop, browser_page: Page, tmp_path: Path
) -> None:
    page, file = browser_page, tmp_path / "lijst.csv"
    file.write_text(SHEET, encoding="utf-8")
    loop.sit_down(page, loop.editor)
    page.goto(f"{loop.site}/exchange/spreadsheet/")
    fits(page)
    page.set_input_files('input[type="file"]', file)
    page.click("main button.nl-button--primary")
    fits(page)
    page.click("main button.nl-button--primary")
    fits(page)
    told = page.locator("main").inner_text()
    assert "Nieuw" in told
    assert "Regel 3" in told
    assert not of_database(Offer.objects.filter(name="Jeu de boules").exists)
    page.click("main button.nl-button--primary")
    assert of_database(Offer.objects.filter(name="Jeu de boules").exists)


def test_a_coordinator_refers_and_the_receiver_says_welcome(
    loop: Loop, browser_page: Page
) -> None:
    page = browser_page
    loop.sit_down(page, loop.coordinator)
    page.goto(loop.site + loop.refer)
    fits(page)
    page.fill('main input[name="words"]', "eten")
    page.locator("main button.nl-button--primary").click()
    page.locator("main button", has_text="Open tafel").click()
    fits(page)
    page.fill('textarea[name="wish"]', "Ik wil weer samen eten.")
    page.check('input[name="goes_along"][value="receiver"]')
    page.check('input[name="agrees"]')
    page.click("main button.nl-button--primary")
    fits(page)
    assert "Open tafel" in page.locator("main").inner_text()
    mail = of_database(latest_mail)
    assert "Vries" not in mail
    assert "weer samen" not in mail
    page.context.clear_cookies()
    page.goto(loop.site + link_in(mail, "answer"))
    fits(page)
    assert "Vries" not in page.content()
    page.get_by_role("button", name="Ja, welkom").click()
    fits(page)
    assert of_database(lambda: Referral.objects.get().state) == "accepted"
