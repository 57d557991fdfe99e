"""The people of these tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from omzien.base.journal.models import Actor
from omzien.base.people.actions.helpers import add_helper
from omzien.base.people.actions.participants import register_participant
from omzien.base.people.queries.participants import Contact

if TYPE_CHECKING:
    from omzien.base.people.models import Helper, Participant

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def jan() -> Actor:
    """Return Jan, the coordinator, as the one who acts."""
    return Actor.system("jan")


@pytest.fixture
def contact() -> Contact:
    """Return what Mrs De Vries, 82, gave as her details."""
    return Contact(
        salutation="mevrouw",
        first_name="Truus",
        surname="De Vries",
        street="Meerzichtlaan",
        house_number="12",
        postcode="2715 AB",
        town="Zoetermeer",
        phone="079-341 12 34",
        email="truus@example.nl",
        birth_year="1944",
    )


@pytest.fixture
def mevrouw_de_vries(db: None, contact: Contact, jan: Actor) -> Participant:
    del db
    return register_participant(contact, area=None, by=jan, now=NOW)


@pytest.fixture
def fatima(db: None, jan: Actor) -> Helper:
    """Return Fatima, who visits people."""
    del db
    return add_helper("Fatima El Amrani", joined_on=NOW.date(), by=jan, now=NOW)
