"""Organisations as records, alone or with what they offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.exchange.importers.hsds.vocabulary import FILLED_IN, SECTOR, own_id
from omzien.base.exchange.queries.hsds.places import whole_location
from omzien.base.exchange.queries.hsds.words import details_of, filled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from omzien.base.catalogue.models import Location
    from omzien.base.exchange.queries.hsds.words import Record
    from omzien.base.network.models import Organisation


def plain_organisation(organisation: Organisation) -> Record:
    """Return the fields of an organisation itself; the standard demands a description."""
    parent = organisation.part_of
    return filled(
        id=str(organisation.key),
        name=organisation.name,
        alternate_name=organisation.other_name,
        description=organisation.description or organisation.get_sector_display(),
        email=organisation.email,
        website=organisation.website,
        parent_organization_id=str(parent.key) if parent and parent.active else None,
    )


def whole_organisation(organisation: Organisation) -> Record:
    """Return an organisation with its telephone, number and kind."""
    return plain_organisation(organisation) | filled(
        phones=phones_of(organisation.key, organisation.phone, organization_id=organisation.key),
        organization_identifiers=identifiers_of(organisation),
        attributes=details_of(
            str(organisation.key),
            "organization",
            {
                SECTOR: organisation.sector,
                FILLED_IN: "" if organisation.description else "description",
            },
        ),
    )


def with_offers(
    organisation: Organisation, *, locations: Iterable[Location], services: Iterable[Record]
) -> Record:
    """Return an organisation with its locations and what it offers."""
    return whole_organisation(organisation) | filled(
        locations=[whole_location(location) for location in locations], services=list(services)
    )


def phones_of(link: UUID, number: str, **of: UUID) -> list[Record]:
    """Return the telephone of a record, if it has one."""
    if not number:
        return []
    owner = {name: str(key) for name, key in of.items()}
    return [{"id": own_id(link, "phone"), **owner, "number": number, "type": "voice"}]


def identifiers_of(organisation: Organisation) -> list[Record]:
    """Return the number at the Chamber of Commerce, by the code of org-id.guide."""
    if not organisation.kvk_number:
        return []
    return [
        {
            "id": own_id(organisation.key, "kvk"),
            "organization_id": str(organisation.key),
            "identifier_scheme": "NL-KVK",
            "identifier_type": "KvK",
            "identifier": organisation.kvk_number,
        }
    ]
