"""The social map of the demo town: invented, and around today whenever it is filled."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.catalogue.actions.demo_arrangements import arrange_demo
from omzien.base.catalogue.actions.taking_in import Outcome, take_in
from omzien.base.catalogue.importers.demo import (
    Place,
    Spot,
    batches_of,
    grow,
    monday_of,
    read_town,
)
from omzien.base.catalogue.models import Offer
from omzien.base.history.queries import changed_by_others
from omzien.base.places.actions.demo import INVENTED_AREA
from omzien.base.places.models import Area, AreaKind
from omzien.base.places.queries import areas_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from uuid import UUID

    from omzien.base.catalogue.importers.demo import Town
    from omzien.base.catalogue.importers.rows import Batch, OfferRow
    from omzien.base.journal.models import Actor
    from omzien.base.places.queries import ShownArea

# How many offers there are: what was written, those of a busy city, and more than a country has.
HOW_MANY = {"town": 0, "city": 2_000, "national": 100_000}
# Where people live there are several locations; at the edge of town there is one.
LIVED_IN = 2


@transaction.atomic
def make_demo_catalogue(
    seed: int, *, municipality: str, scale: str = "town", today: date, by: Actor, now: datetime
) -> Outcome:
    """Fill or refresh the social map of the demo town; a second time only days move.

    What somebody else than the demo changed stays as they left it.
    """
    town, monday = read_town(), monday_of(today)
    areas = {area.name: area for area in areas_of(municipality, AreaKind.NEIGHBOURHOOD)}
    spots = {name: Spot(area.code, area.x, area.y) for name, area in areas.items()}
    written = batches_of(town, areas=spots, monday=monday, seed=seed)
    more = grow(
        town,
        written[0].offers,
        places=country() if scale == "national" else lived_in(town, areas.values()),
        how_many=max(0, HOW_MANY[scale] - len(town.offers)),
        monday=monday,
        seed=seed,
    )
    touched = changed_by_others(Offer, than=by)
    outcomes = [
        take_in(without(batch, touched), by=by, now=now, invented=batch is not written[-1])
        for batch in chain(written, more)
    ]
    for batch in written:
        move_checks(batch.offers)
    arrange_demo(town, areas=areas, monday=monday, by=by, now=now)
    return Outcome(
        created=sum(outcome.created for outcome in outcomes),
        changed=sum(outcome.changed for outcome in outcomes),
        unchanged=sum(outcome.unchanged for outcome in outcomes),
        skipped=(),
    )


def without(batch: Batch, touched: Collection[UUID | None]) -> Batch:
    """Leave out the offers that somebody else changed."""
    return replace(batch, offers=tuple(row for row in batch.offers if row.key not in touched))


def lived_in(town: Town, areas: Iterable[ShownArea]) -> list[Place]:
    """Return the neighbourhoods of the demo town where people live."""
    locations = Counter(row.get("area") for row in town.locations)
    return [
        Place(Spot(area.code, area.x, area.y), area.name, town.name)
        for area in areas
        if locations[area.name] >= LIVED_IN
    ]


def country() -> list[Place]:
    """Return the neighbourhoods of the invented country; their names begin with their town."""
    areas = Area.objects.filter(note=INVENTED_AREA, kind=AreaKind.NEIGHBOURHOOD)
    return [
        Place(Spot(area.code, area.x, area.y), area.name, area.name.split(",")[0])
        for area in areas.order_by("code")
    ]


def move_checks(rows: Iterable[OfferRow]) -> int:
    """Let records be as fresh as they are meant to be today; never less than they are already."""
    wanted = {row.key: row for row in rows if row.key and row.assured_on}
    behind = []
    for offer in Offer.objects.filter(key__in=wanted):
        row = wanted[offer.key]
        if row.assured_on and (offer.assured_on is None or offer.assured_on < row.assured_on):
            offer.assured_on, offer.check_by = row.assured_on, row.check_by
            behind.append(offer)
    return Offer.objects.bulk_update(behind, ["assured_on", "check_by"])
