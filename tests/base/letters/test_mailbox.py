"""The demo's mailbox: where mail is read that was never sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import include, path

from omzien.base.letters import urls
from omzien.base.letters.actions import deliver_mail
from omzien.base.letters.models import Kind
from tests.base.letters.test_mail import BY, NOW, trial

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

pytestmark = pytest.mark.django_db


class AddressesOfTheDemo:
    """The addresses of the site, with what is mounted in the demo only."""

    urlpatterns = (
        path("", include(([*urls.urlpatterns, *urls.demo], "letters"))),
        path("", include("omzien.config.urls")),
    )


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.DEMO = True
    settings.ROOT_URLCONF = AddressesOfTheDemo


def test_production_has_no_mailbox(client: Client) -> None:
    assert client.get("/demo/mailbox/").status_code in {403, 404}


@pytest.mark.usefixtures("demo")
def test_the_mailbox_shows_what_would_have_been_sent_newest_first(client: Client) -> None:
    for to in ("first@example.nl", "second@example.nl"):
        deliver_mail(trial(to=to).pk, by=BY, now=NOW)
    page = client.get("/demo/mailbox/").content.decode()
    assert page.index("second@example.nl") < page.index("first@example.nl")


@pytest.mark.usefixtures("demo")
def test_an_empty_mailbox_says_what_to_do_first(client: Client) -> None:
    assert "<table" not in client.get("/demo/mailbox/").content.decode()


@pytest.mark.usefixtures("demo")
def test_a_mail_can_be_read_and_its_links_followed(client: Client) -> None:
    mail = trial(kind=Kind.NEWS)
    deliver_mail(mail.pk, by=BY, now=NOW)
    page = client.get(f"/demo/mailbox/{mail.key}/").content.decode()
    assert 'href="https://omzien.example.nl/a-page/"' in page
    assert "/mail/stop/" in page


@pytest.mark.usefixtures("demo")
def test_the_html_part_is_shown_under_a_policy_of_its_own(client: Client) -> None:
    mail = trial()
    answer = client.get(f"/demo/mailbox/{mail.key}/html/")
    assert answer["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert b"<h1" in answer.content
