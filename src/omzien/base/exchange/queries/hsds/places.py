"""Locations as records: address, position, and what it is like to get in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models import LocationKind
from omzien.base.exchange.importers.hsds.vocabulary import ACCESS, AREA_TYPE, FILLED_IN, own_id
from omzien.base.exchange.queries.hsds.words import details_of, filled
from omzien.methods.maps.projection import wgs84_from_rd

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Location
    from omzien.base.exchange.queries.hsds.words import Record

COUNTRY = "NL"
# A tenth of a millimetre: what is brought back in lies where it lay.
DECIMALS = 9
ACCESS_TEXTS = {
    ("step_free", True): _("There are no steps."),
    ("step_free", False): _("There are steps."),
    ("wheelchair_toilet", True): _("There is a wheelchair toilet."),
    ("wheelchair_toilet", False): _("There is no wheelchair toilet."),
    ("hearing_loop", True): _("There is a hearing loop."),
    ("hearing_loop", False): _("There is no hearing loop."),
}


def plain_location(location: Location) -> Record:
    """Return the fields of a location itself."""
    online = location.kind == LocationKind.ONLINE
    longitude, latitude = degrees_of(location)
    owner = location.organisation
    return filled(
        id=str(location.key),
        location_type="virtual" if online else "physical",
        name=location.name,
        url=location.website,
        transportation=location.directions,
        latitude=latitude,
        longitude=longitude,
        organization_id=str(owner.key) if owner and owner.active else None,
        external_identifier=location.area.code if location.area else "",
        external_identifier_type=AREA_TYPE if location.area else "",
    )


def degrees_of(location: Location) -> tuple[float | None, float | None]:
    """Return longitude and latitude, where the position is known."""
    if location.x is None or location.y is None:
        return None, None
    longitude, latitude = wgs84_from_rd(location.x, location.y)
    return round(longitude, DECIMALS), round(latitude, DECIMALS)


def whole_location(location: Location) -> Record:
    """Return a location with all that belongs to it."""
    return plain_location(location) | filled(
        addresses=addresses_of(location), accessibility=access_of(location)
    )


def addresses_of(location: Location) -> list[Record]:
    """Return the address; the standard demands five fields, so what is unknown is filled in."""
    known = {
        "address_1": location.street,
        "city": location.town,
        "postal_code": location.postcode,
    }
    if not any(known.values()):
        return []
    stand_ins = {
        "address_1": location.name,
        "city": settings.MUNICIPALITY_NAME,
        "postal_code": "-",
    }
    missing = " ".join(name for name, value in known.items() if not value)
    key = own_id(location.key, "address")
    return [
        {
            "id": key,
            "location_id": str(location.key),
            **{name: value or stand_ins[name] for name, value in known.items()},
            "state_province": settings.PROVINCE,
            "country": COUNTRY,
            "address_type": "physical",
            **filled(attributes=details_of(key, "address", {FILLED_IN: missing})),
        }
    ]


def access_of(location: Location) -> list[Record]:
    """Return what is known about getting in; unknown is something else than no."""
    facts = {name: getattr(location, name) for name in ACCESS}
    return [
        access_record(location, name, yes=yes) for name, yes in facts.items() if yes is not None
    ]


def access_record(location: Location, name: str, *, yes: bool) -> Record:
    key = own_id(location.key, "accessibility", name)
    return {
        "id": key,
        "location_id": str(location.key),
        "description": str(ACCESS_TEXTS[name, yes]),
        # As text: a "no" is something that is known.
        "attributes": details_of(key, "accessibility", {name: "yes" if yes else "no"}),
    }
