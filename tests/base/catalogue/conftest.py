"""Offers to test with: the piano club of Piano voor Buren, on Tuesdays in the community centre."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest

from omzien.base.catalogue.actions.offers import add_offer, publish_offer
from omzien.base.catalogue.actions.parties import add_location
from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.importers.rows import LineRow
from omzien.base.journal.models import Actor
from omzien.base.network.actions import add_organisation

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Location, Offer
    from omzien.base.network.models import Organisation

# A Tuesday morning.
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
TUESDAYS = LineRow(date(2026, 9, 1), time(10), 120, weekdays=(1,))


@pytest.fixture
def by() -> Actor:
    return Actor.system("tests")


@pytest.fixture
def foundation(db: None, by: Actor) -> Organisation:
    del db
    return add_organisation("Piano voor Buren", sector="culture", by=by, now=NOW)


@pytest.fixture
def centre(db: None, by: Actor) -> Location:
    del db
    return add_location(
        "Buurtcentrum De Vlieger",
        street="Voorbeeldlaan 1",
        postcode="2717AA",
        town="Zoetermeer",
        x=92_000.0,
        y=452_000.0,
        step_free=True,
        by=by,
        now=NOW,
    )


@pytest.fixture
def piano_club(foundation: Organisation, centre: Location, by: Actor) -> Offer:
    """Return a visible offer that takes place every Tuesday at ten."""
    offer = add_offer(
        foundation,
        name="Pianoclub",
        summary="Samen spelen en luisteren.",
        kind="activity",
        location=centre,
        price_cents=250,
        by=by,
        now=NOW,
    )
    set_schedule(offer, lines=[TUESDAYS], by=by, now=NOW)
    return publish_offer(offer, by=by, now=NOW)
