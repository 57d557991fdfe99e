"""Offers as services: the fields alone, with all that belongs to them, or at their location."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import override

from omzien.base.catalogue.models import Booking, Recognition
from omzien.base.catalogue.queries.languages import language_name
from omzien.base.catalogue.queries.offers import public_terms_of
from omzien.base.catalogue.queries.schedules import rows_of
from omzien.base.exchange.importers.hsds.vocabulary import SERVICE, link_id, own_id
from omzien.base.exchange.queries.hsds.parties import (
    phones_of,
    plain_organisation,
    whole_organisation,
)
from omzien.base.exchange.queries.hsds.places import plain_location, whole_location
from omzien.base.exchange.queries.hsds.times import changes_of, schedules_of
from omzien.base.exchange.queries.hsds.words import details_of, filled, terms_at

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import TextChoices

    from omzien.base.catalogue.models import Offer
    from omzien.base.exchange.queries.hsds.words import Record
    from omzien.base.places.models import Area

CURRENCY = "EUR"
# Everything that is seen here is open now.
STATUS = "active"


def service_itself(offer: Offer) -> Record:
    """Return the fields of a service itself."""
    return filled(
        id=str(offer.key),
        organization_id=str(offer.organisation.key),
        name=offer.name,
        description="\n\n".join(text for text in (offer.summary, offer.description) if text),
        url=offer.website,
        email=offer.email,
        status=STATUS,
        application_process=booking_of(offer),
        fees_description=offer.price_note,
        accreditations=accreditation_of(offer),
        eligibility_description=offer.for_whom,
        minimum_age=offer.min_age,
        maximum_age=offer.max_age,
        assured_date=offer.assured_on.isoformat() if offer.assured_on else None,
        alert=offer.alert,
        last_modified=modified(offer).isoformat(),
    )


def modified(offer: Offer) -> datetime:
    """Return when anything of the record changed: the offer, its organisation or its location."""
    moments = [offer.changed_at, offer.organisation.changed_at]
    if offer.location:
        moments.append(offer.location.changed_at)
    return max(moments)


def booking_of(offer: Offer) -> str:
    """Return how to sign up: the rule on the first line, how on the next."""
    return "\n".join(filter(None, [label_of(Booking(offer.booking)), offer.booking_note]))


def accreditation_of(offer: Offer) -> str:
    if not offer.recognition:
        return ""
    return f"{label_of(Recognition(offer.recognition))} (- {offer.recognised_until})"


@lru_cache(maxsize=64)
def label_of(choice: TextChoices) -> str:
    """Return what a choice is called in the language of the data."""
    with override(settings.LANGUAGE_CODE):
        return str(choice.label)


def plain_service(offer: Offer) -> Record:
    """Return a service with what it has one of: its organisation."""
    return service_itself(offer) | {"organization": plain_organisation(offer.organisation)}


def minimal_service(offer: Offer) -> Record:
    """Return which record it is and when it changed, to compare two copies.

    The standard asks for two fields in words and for a name and a status in its schema.
    """
    moment = modified(offer).isoformat()
    return {
        "id": str(offer.key),
        "name": offer.name,
        "status": STATUS,
        "last_modified": moment,
        "modified_date": moment,
    }


def whole_service(offer: Offer) -> Record:
    """Return a service with all that belongs to it."""
    return service_alone(offer) | filled(
        organization=whole_organisation(offer.organisation), service_at_locations=links_of(offer)
    )


def service_alone(offer: Offer) -> Record:
    """Return all of a service but where it is and whose it is."""
    lines, changes = rows_of(offer)
    return service_itself(offer) | filled(
        phones=phones_of(offer.key, offer.phone, service_id=offer.key),
        schedules=schedules_of(offer, lines, changes),
        service_areas=areas_of(offer),
        languages=languages_of(offer),
        cost_options=costs_of(offer),
        attributes=[*attributes_of(offer), *changes_of(offer, changes)],
    )


def links_of(offer: Offer) -> list[Record]:
    """Return where the service is, if it has a location."""
    if not offer.location:
        return []
    return [link_itself(offer) | {"location": whole_location(offer.location)}]


def link_itself(offer: Offer) -> Record:
    assert offer.location is not None  # noqa: S101 - asked only of what has a location
    return filled(
        id=str(link_id(offer.key)),
        service_id=str(offer.key),
        location_id=str(offer.location.key),
        description=offer.transport_note,
    )


def plain_link(offer: Offer) -> Record:
    """Return a service at its location, with the fields of both."""
    assert offer.location is not None  # noqa: S101 - asked only of what has a location
    return link_itself(offer) | {
        "location": plain_location(offer.location),
        "service": plain_service(offer),
    }


def whole_link(offer: Offer) -> Record:
    """Return a service at its location, with all that belongs to both.

    The standard's own description of the interface asks here for the name and status of a service.
    """
    assert offer.location is not None  # noqa: S101 - asked only of what has a location
    service = service_alone(offer) | {"organization": whole_organisation(offer.organisation)}
    return link_itself(offer) | {
        "name": offer.name,
        "status": STATUS,
        "location": whole_location(offer.location),
        "service": service,
        **filled(schedules=service.get("schedules", [])),
    }


def areas_of(offer: Offer) -> list[Record]:
    """Return the areas that a service is for: some neighbourhoods, or the whole town."""
    areas: list[Area] = vars(offer)["only_for"]
    town = {
        "id": own_id(offer.key, "area", settings.MUNICIPALITY_CODE),
        "service_id": str(offer.key),
        "name": settings.MUNICIPALITY_NAME,
        "uri": area_address(settings.MUNICIPALITY_CODE),
    }
    return [area_record(offer, area) for area in areas] or [town]


def area_record(offer: Offer, area: Area) -> Record:
    return {
        "id": own_id(offer.key, "area", area.code),
        "service_id": str(offer.key),
        "name": area.name,
        "extent": area.code,
        "extent_type": "text",
        "uri": area_address(area.code),
    }


def area_address(code: str) -> str:
    return f"{settings.SITE_URL}/buurten/{code}/"


def languages_of(offer: Offer) -> list[Record]:
    return [
        filled(
            id=own_id(offer.key, "language", code),
            service_id=str(offer.key),
            name=language_name(code),
            code=code,
        )
        for code in offer.languages
    ]


def costs_of(offer: Offer) -> list[Record]:
    """Return the price a time; 0 is free of charge, none is that nobody said."""
    if offer.price_cents is None:
        return []
    return [
        {
            "id": own_id(offer.key, "cost"),
            "service_id": str(offer.key),
            "option": "per keer" if offer.price_cents else "gratis",
            "currency": CURRENCY,
            "amount": offer.price_cents / 100,
        }
    ]


def attributes_of(offer: Offer) -> list[Record]:
    """Return the words for everybody and our own details."""
    details = {code: getattr(offer, code) for code in SERVICE}
    link = str(offer.key)
    return [
        *terms_at(link, public_terms_of(offer)),
        *details_of(link, "service", details),
    ]
