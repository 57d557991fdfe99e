"""Adding organisations and locations that a batch names, and keeping locations."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, TypeAlias
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from omzien.base.catalogue.models import Location, Room
from omzien.base.history.actions import keep_revision
from omzien.base.history.queries import snapshot
from omzien.base.journal.actions import record
from omzien.base.network.models import Organisation
from omzien.base.places.models import Area
from omzien.base.places.queries import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from omzien.base.catalogue.importers.rows import LocationRow, OrganisationRow
    from omzien.base.journal.models import Actor

# A name and an address: street, postcode, town.
Place: TypeAlias = tuple[str, str, str, str]
LOCATION_FIELDS = (
    "name",
    "kind",
    "organisation",
    "street",
    "postcode",
    "town",
    "area",
    "x",
    "y",
    "website",
    "step_free",
    "wheelchair_toilet",
    "hearing_loop",
    "directions",
)


def store_organisations(
    rows: Sequence[OrganisationRow], *, invented: bool, now: datetime
) -> dict[str, Organisation]:
    """Return the organisation of every row by name; add those that are not there yet.

    One is known again by its key, also where it has another name by now, or else by its name.
    """
    names, keys = {fold(row.name) for row in rows}, {row.key for row in rows if row.key}
    there = Organisation.objects.filter(Q(folded_name__in=names) | Q(key__in=keys))
    known: dict[UUID | str | None, Organisation] = {}
    for one in there.order_by("-pk"):
        known |= {one.folded_name: one, one.key: one}
    missing = {
        fold(row.name): row for row in rows if row.key not in known and fold(row.name) not in known
    }
    made = [new_organisation(row, invented=invented, now=now) for row in missing.values()]
    Organisation.objects.bulk_create(made, batch_size=2_000)
    known |= {one.folded_name: one for one in made}
    return {row.name: known.get(row.key) or known[fold(row.name)] for row in rows}


def new_organisation(row: OrganisationRow, *, invented: bool, now: datetime) -> Organisation:
    """Return the record of a row, not stored yet."""
    key = row.key or uuid4()
    said = asdict(row) | {"key": key}
    return Organisation(
        slug=f"{slugify(row.name)[:70] or 'organisatie'}-{key.hex[:8]}",
        folded_name=fold(row.name),
        invented=invented,
        created_at=now,
        changed_at=now,
        **said,
    )


def store_locations(
    rows: Sequence[LocationRow], *, invented: bool, now: datetime
) -> dict[str, Location]:
    """Return the location of every row by name; add those that are not there yet.

    The same name at another address is another location.
    """
    codes = {row.area_code for row in rows}
    areas = {
        area.code: area for area in Area.objects.filter(code__in=codes).order_by("division_year")
    }
    owners = {
        one.name: one
        for one in Organisation.objects.filter(name__in={row.organisation for row in rows})
    }
    known = known_locations(rows)
    missing = {
        place_of(row): row for row in rows if row.key not in known and place_of(row) not in known
    }
    made = [
        Location(
            key=row.key or uuid4(),
            folded_name=fold(row.name),
            area=areas.get(row.area_code),
            organisation=owners.get(row.organisation),
            invented=invented,
            changed_at=now,
            **plain_fields_of(row),
        )
        for row in missing.values()
    ]
    Location.objects.bulk_create(made, batch_size=2_000)
    known |= {place_of(one): one for one in made}
    return {row.ref or row.name: known.get(row.key) or known[place_of(row)] for row in rows}


def known_locations(rows: Sequence[LocationRow]) -> dict[UUID | Place | None, Location]:
    """Return the locations that are there already, by key and by name and address."""
    names, keys = {fold(row.name) for row in rows}, {row.key for row in rows if row.key}
    known: dict[UUID | Place | None, Location] = {}
    for one in Location.objects.filter(Q(folded_name__in=names) | Q(key__in=keys)):
        known |= {place_of(one): one, one.key: one}
    return known


def place_of(row: LocationRow | Location) -> Place:
    """Return what makes a location the same one."""
    return fold(row.name), row.street, row.postcode, row.town


def plain_fields_of(row: LocationRow) -> dict[str, object]:
    """Return what a row says of a location that needs no looking up."""
    values = asdict(row)
    for name in ("area_code", "organisation", "key", "ref"):
        del values[name]
    return values


@transaction.atomic
def add_location(name: str, *, by: Actor, now: datetime, **details: object) -> Location:
    """Add a location; `details` are fields of `LOCATION_FIELDS`."""
    location = Location.objects.create(
        name=name, folded_name=fold(name), changed_at=now, **details
    )
    record("catalogue.add_location", subject=location, by=by, now=now)
    return location


@transaction.atomic
def change_location(
    location: Location, *, by: Actor, now: datetime, **details: object
) -> Location:
    """Change fields of a location, for all that takes place there."""
    locked = Location.objects.select_for_update().get(pk=location.pk)
    before = snapshot(locked, LOCATION_FIELDS)
    for name, value in details.items():
        setattr(locked, name, value)
    locked.folded_name, locked.changed_at = fold(locked.name), now
    locked.save(update_fields=[*details, "folded_name", "changed_at"])
    after = snapshot(locked, LOCATION_FIELDS)
    if keep_revision(locked, before=before, after=after, by=by, now=now):
        record("catalogue.change_location", subject=locked, by=by, now=now)
    return locked


@transaction.atomic
def add_room(
    location: Location, *, name: str, by: Actor, now: datetime, **details: object
) -> Room:
    """Add a room that others may use; the same again changes nothing."""
    room, made = Room.objects.get_or_create(location=location, name=name, defaults=details)
    if made:
        record("catalogue.add_room", subject=room, by=by, now=now)
    return room
