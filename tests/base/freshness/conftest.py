"""The piano club and who keeps it: Sietske by mail, Bram by telephone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from omzien.base.catalogue.actions.offers import add_offer, assure_offer, publish_offer
from omzien.base.catalogue.models import Offer
from omzien.base.freshness.actions.keepers import Person, load_rhythms, name_keeper
from omzien.base.letters.models import Mail
from omzien.base.letters.queries import rendered
from tests.base.catalogue.conftest import NOW, TUESDAYS, by, centre, foundation, piano_club

if TYPE_CHECKING:
    from django.test import Client

    from omzien.base.freshness.models import Keeper
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation

__all__ = ["NOW", "TODAY", "TUESDAYS", "by", "centre", "foundation", "piano_club"]
TODAY = date(2026, 11, 3)
LATER = NOW + timedelta(days=10)


@pytest.fixture
def rhythms(db: None, by: Actor) -> None:
    del db
    load_rhythms(by=by, now=NOW)


@pytest.fixture
def sietske(foundation: Organisation, by: Actor) -> Keeper:
    """Return who owns all records of the foundation, and reads mail."""
    return name_keeper(
        foundation,
        part="owner",
        who=Person("Sietske de Jong", email="sietske@example.nl"),
        on=date(2026, 1, 1),
        by=by,
        now=NOW,
    )


@pytest.fixture
def bram(piano_club: Offer, by: Actor) -> Keeper:
    """Return who owns the piano club alone, and has no mail."""
    return name_keeper(
        piano_club,
        part="owner",
        who=Person("Bram Kuiper", phone="079-341 00 00", reach="phone"),
        on=date(2026, 1, 1),
        by=by,
        now=NOW,
    )


@pytest.fixture
def due_club(piano_club: Offer, rhythms: None, by: Actor) -> Offer:
    """Return the piano club, which must be looked at within two weeks."""
    del rhythms
    return looked_at(piano_club, check_by=TODAY + timedelta(days=7), by=by)


def looked_at(offer: Offer, *, check_by: date | None, by: Actor) -> Offer:
    return assure_offer(offer, on=date(2026, 5, 1), check_by=check_by, by=by, now=NOW)


def another(organisation: Organisation, name: str, *, by: Actor, kind: str = "activity") -> Offer:
    """Return one more visible offer, never looked at."""
    offer = add_offer(organisation, name=name, summary="Samen.", kind=kind, by=by, now=NOW)
    return publish_offer(offer, by=by, now=NOW)


def fresh(offer: Offer) -> Offer:
    return Offer.objects.get(pk=offer.pk)


def mails() -> list[str]:
    """Return the text of every mail that was asked for, oldest first."""
    return [rendered(mail)["text"] for mail in Mail.objects.order_by("pk")]


def link_in(text: str) -> str:
    """Return the path of the one page that a mail leads to."""
    found = re.search(r"https?://[^/\s]+(/klopt-het/\S+/)", text)
    assert found
    return found.group(1)


def secret_in(text: str) -> str:
    return link_in(text).split("/")[2]


def queries_of(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        browser.get(path)
    return len(counted)
