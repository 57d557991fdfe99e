"""The people of these tests: colleagues on duty, and who calls them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from omzien.base.desk.actions.duty import begin_duty
from omzien.base.journal.models import Actor
from omzien.base.people.actions.consents import add_representation
from omzien.base.people.actions.participants import register_participant
from omzien.base.people.queries.participants import Contact
from tests.cast import person

if TYPE_CHECKING:
    from omzien.base.accounts.models import User
    from omzien.base.people.models import Participant, Representation

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
SYSTEM = Actor.system("test")


@pytest.fixture
def now() -> datetime:
    return NOW


def colleague(name: str) -> User:
    """Make the account of a coordinator."""
    return person("coordinator", name=name, email=f"{name.casefold()}@omzien.example")


def on_duty(name: str) -> User:
    user = colleague(name)
    begin_duty(user, by=SYSTEM, now=NOW)
    return user


@pytest.fixture
def jan(db: None) -> User:
    """Return Jan, coordinator, on duty."""
    del db
    return on_duty("Jan")


@pytest.fixture
def fatima(db: None) -> User:
    """Return Fatima, on duty: she takes over from Jan."""
    del db
    return on_duty("Fatima")


@pytest.fixture
def mo(db: None) -> User:
    """Return Mo, who has an account and is not on duty."""
    del db
    return colleague("Mo")


@pytest.fixture
def by(jan: User) -> Actor:
    """Return Jan as the one who acts."""
    return jan.actor("coordinator")


@pytest.fixture
def mevrouw_de_vries(db: None) -> Participant:
    """Return Mrs De Vries, 82, of the Meerzichtlaan."""
    del db
    contact = Contact(
        salutation="mevrouw",
        first_name="Truus",
        surname="De Vries",
        street="Meerzichtlaan",
        house_number="12",
        phone="079-341 12 34",
    )
    return register_participant(contact, area=None, by=SYSTEM, now=NOW)


@pytest.fixture
def daughter(mevrouw_de_vries: Participant) -> Representation:
    """Return that her daughter Anneke may speak for her, until April."""
    return add_representation(
        mevrouw_de_vries,
        kind="carer",
        authority="said_so",
        name="Anneke de Vries",
        valid_from=NOW.date(),
        valid_until=NOW.date().replace(year=2027, month=4),
        by=SYSTEM,
        now=NOW,
    )
