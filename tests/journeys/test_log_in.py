"""Logging in with a real browser, under the strict CSP: code by mail, app, passkey."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.utils import timezone

from omzien.base.accounts.models import User
from omzien.base.accounts.queries.demo import code_of
from omzien.base.letters.models import Mail
from omzien.base.letters.queries import compose
from tests.cast import PASSWORD, SECRET, person, with_app, with_password
from tests.conftest import pointed_at
from tests.journeys.conftest import QuietHandler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page
    from pytest_django import DjangoDbBlocker

    from tests.cluster import TestCluster

T = TypeVar("T")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
OTHER, KEEPER, TABLET = "other@example.nl", "anna@example.nl", "tablet@example.nl"
RESIDENT, COLLEAGUE, BEGINNER = "devries@example.nl", "jan@example.nl", "noor@example.nl"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def log_in_site(
    template: TestCluster, worker_name: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Run the site with three people in it; passkeys need a name for it, not a number."""
    name = f"log_in_{worker_name}"
    urls = template.clone(name)
    hosts = settings.ALLOWED_HOSTS
    with pointed_at(urls), django_db_blocker.unblock():
        settings.ALLOWED_HOSTS = [*hosts, "localhost"]
        person("resident")
        with_app(with_password(person("coordinator")))
        with_password(person("editor"))
        person("resident", name="Other", email=OTHER)
        person("resident", name="Tablet", email=TABLET)
        with_app(with_password(person("administrator")))
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()
        settings.ALLOWED_HOSTS = hosts
    template.drop(name)


def ask_database(question: Callable[[], T]) -> T:
    """Ask in another thread: beside a running browser Django refuses this one its database."""

    def asked() -> T:
        try:
            return question()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asked).result()


def code_in_mail() -> str:
    def newest() -> str:
        mail = compose(Mail.objects.latest("pk"), stop_link="", now=timezone.now())
        text = mail.get_body(("plain",))
        return str(text.get_content()) if text else ""

    found = re.search(r"\b\d{6}\b", ask_database(newest))
    assert found is not None
    return found.group()


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def fits(page: Page) -> bool:
    """Say whether nothing sticks out sideways on the smallest telephone."""
    page.set_viewport_size({"width": 320, "height": 700})
    found = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    return bool(found)


def ask_code(page: Page, site: str, email: str) -> None:
    page.goto(f"{site}/account/login/")
    page.fill("#code-email", email)
    page.get_by_role("button", name=SEND).click()


def log_out(page: Page, site: str) -> None:
    page.goto(f"{site}/account/logout/")
    page.locator("main form button").first.click()


SEND = re.compile("Send me a code|Stuur mij een code")
MY_WORK = re.compile("My work|Mijn werk")


def test_a_resident_comes_in_with_a_code_by_mail(log_in_site: str, browser_page: Page) -> None:
    page = browser_page
    page.goto(f"{log_in_site}/account/login/")
    assert fits(page)
    ask_code(page, log_in_site, RESIDENT)
    assert "@" not in page.url
    assert fits(page)
    page.fill("input[name=code]", code_in_mail())
    page.locator("main form button").first.click()
    assert MY_WORK.match(heading(page))
    assert fits(page)


def test_a_colleague_comes_in_with_password_and_app(log_in_site: str, browser_page: Page) -> None:
    page = browser_page
    page.goto(f"{log_in_site}/account/login/")
    page.locator("main summary").click()
    page.fill("input[name=login]", COLLEAGUE)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main details form button").click()
    assert page.url.endswith("/account/login/second-factor/")
    page.fill("input[name=code]", code_of(SECRET, now=timezone.now()))
    page.locator("main form button").first.click()
    assert MY_WORK.match(heading(page))


def test_a_colleague_makes_a_passkey_and_comes_in_with_it(
    log_in_site: str, browser_page: Page
) -> None:
    page = browser_page
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto(f"{log_in_site}/account/login/")
    page.locator("main summary").click()
    page.fill("input[name=login]", BEGINNER)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main details form button").click()
    assert page.url.endswith("/account/second-factor/")
    page.locator("main a.nl-button--primary").click()
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.fill("input[name=name]", "My phone")
    press_once_ready(page, "#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    assert page.locator("main code").count() == 10
    log_out(page, log_in_site)
    page.goto(f"{log_in_site}/account/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url("**/werk/")
    assert MY_WORK.match(heading(page))
    noor = ask_database(lambda: User.objects.get(email=BEGINNER))
    assert noor.last_login is not None
    assert page.locator("main .message a").count() == 0


def test_a_passkey_as_second_factor_after_a_code_by_mail(
    log_in_site: str, browser_page: Page
) -> None:
    page = browser_page
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    ask_code(page, log_in_site, TABLET)
    page.fill("input[name=code]", code_in_mail())
    page.locator("main form button").first.click()
    page.goto(f"{log_in_site}/account/passkeys/add/")
    page.fill("input[name=name]", "My tablet")
    press_once_ready(page, "#mfa_webauthn_add")
    # Before the recovery codes are shown, the new passkey must be.
    press_once_ready(page, "#mfa_webauthn_reauthenticate")
    page.wait_for_url("**/recovery-codes/")
    log_out(page, log_in_site)
    ask_code(page, log_in_site, TABLET)
    page.fill("input[name=code]", code_in_mail())
    page.locator("main form button").first.click()
    assert page.url.endswith("/account/login/second-factor/")
    press_once_ready(page, "#mfa_webauthn_authenticate")
    page.wait_for_url("**/werk/")
    assert MY_WORK.match(heading(page))


def test_a_new_resident_makes_an_account_with_a_passkey(
    log_in_site: str, browser_page: Page
) -> None:
    page = browser_page
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto(f"{log_in_site}/account/signup/passkey/")
    page.fill("input[name=email]", "new@example.nl")
    page.locator("main form button").first.click()
    page.fill("input[name=code]", code_in_mail())
    page.locator("main form button").first.click()
    page.fill("input[name=name]", "My phone")
    press_once_ready(page, "#mfa_webauthn_signup")
    page.wait_for_url("**/werk/")
    assert MY_WORK.match(heading(page))


def press_once_ready(page: Page, button: str) -> None:
    """Press a button that a script has to listen to: before it has loaded, nothing happens."""
    page.locator(button).wait_for()
    page.wait_for_load_state("load")
    page.locator(button).click()


def faults(page: Page) -> list[str]:
    """Return what axe finds wrong with the page."""
    page.context.new_cdp_session(page).send(
        "Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")}
    )
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{page.url} {fault['id']}: {fault['nodes'][0]['html']}" for fault in found]


def test_every_page_of_an_account_is_accessible_and_fits_a_telephone(
    log_in_site: str, browser_page: Page
) -> None:
    page = browser_page
    wrong = []
    for path in ("login/", "login/code/", "signup/", "signup/passkey/", "password/reset/"):
        page.goto(f"{log_in_site}/account/{path}")
        wrong += faults(page)
        assert fits(page), path
    ask_code(page, log_in_site, OTHER)
    wrong += faults(page)
    page.fill("input[name=code]", code_in_mail())
    page.locator("main form button").first.click()
    for path in ("", "passkeys/", "app/", "sessions/", "password/set/", "activate/", "close/"):
        page.goto(f"{log_in_site}/account/{path}")
        wrong += faults(page)
        assert fits(page), path
    assert wrong == []


def test_the_pages_of_an_administrator_are_accessible(
    log_in_site: str, browser_page: Page
) -> None:
    page = browser_page
    page.goto(f"{log_in_site}/account/login/")
    page.locator("main summary").click()
    page.fill("input[name=login]", KEEPER)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main details form button").click()
    page.fill("input[name=code]", code_of(SECRET, now=timezone.now()))
    page.locator("main form button").first.click()
    wrong = []
    for path in ("people-with-an-account/", "people-with-an-account/invite/"):
        page.goto(f"{log_in_site}/{path}")
        wrong += faults(page)
        assert fits(page), path
    page.goto(f"{log_in_site}/people-with-an-account/")
    page.locator("main tbody a").first.click()
    wrong += faults(page)
    assert fits(page)
    assert wrong == []
