"""Locations of HSDS as rows of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from omzien.base.catalogue.importers.rows import LocationRow
from omzien.base.exchange.importers.hsds import fields
from omzien.base.exchange.importers.hsds.fields import parts, text
from omzien.base.exchange.importers.hsds.vocabulary import ACCESS, AREA_TYPE, FILLED_IN, YES
from omzien.base.exchange.importers.texts import one_line
from omzien.methods.maps.projection import rd_from_wgs84

if TYPE_CHECKING:
    from omzien.base.exchange.importers.hsds.fields import Record
    from omzien.base.exchange.importers.hsds.records import Reading

# So far from the middle of the country nothing of it lies; projecting there gives nonsense.
LATITUDES, LONGITUDES = (50, 54), (3, 8)
# What addresses call, and what a row calls.
ADDRESS = {"address_1": "street", "city": "town", "postal_code": "postcode"}
MILLIMETRE = 3


def place_of(record: Record, reading: Reading) -> LocationRow:
    """Return a location, known by its identifier."""
    x, y = position_of(record)
    access, told = access_of(record)
    address = address_of(record)
    name = one_line(text(record, "name") or address.get("street", "") or "?", 160)
    identifier = text(record, "id") or name
    neighbourhood = text(record, "external_identifier_type") == AREA_TYPE
    said: dict[str, Any] = {
        "kind": "online" if text(record, "location_type") == "virtual" else "physical",
        "website": text(record, "url"),
        "directions": "\n".join(filter(None, [text(record, "transportation"), *told])),
        "x": x,
        "y": y,
        "area_code": text(record, "external_identifier") if neighbourhood else "",
        "key": fields.key_of(identifier, reading.source_name),
        "ref": identifier,
    }
    if owner := text(record, "organization_id"):
        reading.owners[identifier] = fields.key_of(owner, reading.source_name)
    return LocationRow(name=name, **(said | address | access))


def position_of(record: Record) -> tuple[float | None, float | None]:
    """Return where it is in RD New, where that is in the country."""
    latitude, longitude = fields.number(record, "latitude"), fields.number(record, "longitude")
    if latitude is None or longitude is None:
        return None, None
    if not (LATITUDES[0] < latitude < LATITUDES[1] and LONGITUDES[0] < longitude < LONGITUDES[1]):
        return None, None
    x, y = rd_from_wgs84(longitude, latitude)
    return round(x, MILLIMETRE), round(y, MILLIMETRE)


def address_of(record: Record) -> dict[str, str]:
    """Return street, postcode and town; what was only filled in says nothing."""
    for one in parts(record, "addresses"):
        stand_ins = fields.own_details(one).get(FILLED_IN, "").split()
        said = {
            name: text(one, theirs) for theirs, name in ADDRESS.items() if theirs not in stand_ins
        }
        street = filter(None, [said.get("street", ""), text(one, "address_2")])
        said["street"] = one_line(" ".join(street), 120)
        said["postcode"] = said.get("postcode", "").replace(" ", "").upper()
        said["town"] = one_line(said.get("town", ""), 80)
        return said
    return {}


def access_of(record: Record) -> tuple[dict[str, bool], list[str]]:
    """Return what is known of getting in, and what others say of it in their own words."""
    known: dict[str, bool] = {}
    told = []
    for one in parts(record, "accessibility"):
        details = {
            code: value for code, value in fields.own_details(one).items() if code in ACCESS
        }
        known |= {code: value == YES for code, value in details.items()}
        if not details:
            told += [text(one, "description"), text(one, "details")]
    return known, told
