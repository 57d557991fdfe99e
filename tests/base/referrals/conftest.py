"""Mrs De Vries wants to play the piano again; Piano voor Buren can have her."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from omzien.base.advice.queries.catalogue import prepared_catalogue
from omzien.base.catalogue.actions.offers import add_offer, publish_offer
from omzien.base.desk.actions.duty import begin_duty
from omzien.base.journal.models import Actor
from omzien.base.network.actions import add_organisation, name_delegate
from omzien.base.people.actions.participants import register_participant
from omzien.base.people.queries.participants import Contact
from omzien.base.referrals.actions.referrals import refer_with_consent

if TYPE_CHECKING:
    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.people.models import Participant
    from omzien.base.referrals.models import Referral

# A Thursday.
NOW = datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
SYSTEM = Actor.system("tests")
WISH = "Ik wil weer pianospelen, niet alleen."


@pytest.fixture(autouse=True)
def forgetful_advice() -> None:
    """Forget the social map of another test, which may have had the same version."""
    prepared_catalogue.cache_clear()


@pytest.fixture
def by(jan: User) -> Actor:
    """Return Jan, coordinator and on duty, as the one who acts."""
    begin_duty(jan, by=SYSTEM, now=NOW)
    return jan.actor("coordinator")


@pytest.fixture
def her(db: None) -> Participant:
    """Return Mrs De Vries as the desk finds her."""
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
def piano_club(mo: User) -> Offer:
    """Return an offer of an organisation for which Mo may act."""
    foundation = add_organisation(
        "Piano voor Buren", sector="culture", email="piano@vb.example", by=SYSTEM, now=NOW
    )
    name_delegate(foundation, user=mo, by=SYSTEM, now=NOW)
    offer = add_offer(
        foundation,
        name="Pianoclub",
        summary="Samen spelen en luisteren.",
        kind="activity",
        by=SYSTEM,
        now=NOW,
    )
    return publish_offer(offer, by=SYSTEM, now=NOW)


def referred(person: Participant, offer: Offer, by: Actor, *, tell_back: bool = False) -> Referral:
    return refer_with_consent(
        person,
        offer=offer,
        wish=WISH,
        goes_along="receiver",
        given_how="oral",
        tell_back=tell_back,
        referred_from="desk",
        by=by,
        now=NOW,
    )


@pytest.fixture
def referral(her: Participant, piano_club: Offer, by: Actor) -> Referral:
    return referred(her, piano_club, by)
