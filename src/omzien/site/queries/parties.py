"""The pages of who offers something and of where it takes place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.base.catalogue.queries.coming import offers_at, offers_of
from omzien.base.catalogue.queries.locations import rooms_at, rooms_of
from omzien.base.catalogue.queries.structured_data import (
    location_data,
    organisation_data,
    script_of,
)
from omzien.base.network.queries import networks_of, parts_of
from omzien.site.queries.contact import Contact, contact_with
from omzien.site.queries.offer_cards import Card, cards_of
from omzien.site.queries.offer_words import Access, access_facts
from omzien.site.queries.spot import Spot, spot_of, streets_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.safestring import SafeString

    from omzien.base.catalogue.models import Location, Room
    from omzien.base.network.models import Network, Organisation

# A page is no list without end: what is more stands in the list of all offers.
SHOWN_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation: what it offers, which rooms it has, with whom it works together."""

    organisation: Organisation
    contact: Contact
    cards: tuple[Card, ...]
    rooms: tuple[Room, ...]
    networks: tuple[Network, ...]
    parts: tuple[Organisation, ...]

    @property
    def structured(self) -> SafeString:
        """The organisation for search engines, as the text of a script element."""
        return script_of(organisation_data(self.organisation))


@dataclass(frozen=True, slots=True)
class LocationPage:
    """A location: where it is, how to get in, its rooms, and what there is to do."""

    location: Location
    access: tuple[Access, ...]
    rooms: tuple[Room, ...]
    cards: tuple[Card, ...]
    spot: Spot | None
    streets: str

    @property
    def structured(self) -> SafeString:
        """The location for search engines, as the text of a script element."""
        return script_of(location_data(self.location))


def organisation_page(organisation: Organisation, *, now: datetime) -> OrganisationPage:
    found = offers_of(organisation.pk, now=now, how_many=SHOWN_AT_MOST)
    return OrganisationPage(
        organisation=organisation,
        contact=contact_with(organisation),
        cards=tuple(cards_of(found, now=now)),
        rooms=tuple(rooms_of(organisation.pk)),
        networks=tuple(networks_of(organisation)),
        parts=tuple(parts_of(organisation)),
    )


def location_page(location: Location, *, now: datetime) -> LocationPage:
    found = offers_at(location.pk, now=now, how_many=SHOWN_AT_MOST)
    return LocationPage(
        location=location,
        access=tuple(access_facts(location)),
        rooms=tuple(rooms_at(location)),
        cards=tuple(cards_of(found, now=now)),
        spot=spot_of(location),
        streets=streets_of(location),
    )
