"""A real browser, and a site with figures that runs for the tests of one module."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from django.core.cache import caches
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from playwright.sync_api import sync_playwright

from tests.browser import FLAGS
from tests.conftest import pointed_at
from tests.site.figures import fill_the_town
from tests.site.offers import fill_with_offers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django import DjangoDbBlocker

    from tests.cluster import TestCluster


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Keep the report of the tests free of requests."""


@pytest.fixture(scope="module")
def chromium(chromium_path: str, template: TestCluster) -> Iterator[Browser]:
    """Start the browser; ask for a site first, in the order of a test's arguments.

    While the browser runs, this thread counts as asynchronous and Django refuses its database.
    """
    del template  # it must have been made before
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    """Return a fresh page of 1280 wide, in Dutch, that fails the test when it complains."""
    context = chromium.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def town_site(
    template: TestCluster, worker_name: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """Run the site on a filled database of its own, and return its address."""
    name = f"journeys_{worker_name}"
    urls = template.clone(name)
    with pointed_at(urls), django_db_blocker.unblock():
        caches["pages"].clear()
        fill_the_town()
        fill_with_offers(timezone.now())
        # Django's own threads close their connections.
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join()
        caches["pages"].clear()
    template.drop(name)
