"""Somebody opens the demo town for the first time, on the web server of production."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import RunningSite


def test_the_home_page_opens(running_site: RunningSite, browser_page: Page) -> None:
    answer = browser_page.goto(running_site.address)
    assert answer is not None
    assert answer.status == 200
    assert browser_page.locator("h1").count() == 1


def test_the_home_page_fits_a_narrow_screen(running_site: RunningSite, browser_page: Page) -> None:
    browser_page.set_viewport_size({"width": 320, "height": 640})
    browser_page.goto(running_site.address)
    assert browser_page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert browser_page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 20


def test_the_browser_reaches_no_other_machine(browser_page: Page) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        browser_page.goto("http://example.org/")


def test_the_demo_tells_how_to_log_in(running_site: RunningSite) -> None:
    assert "fatima@" in running_site.logins
