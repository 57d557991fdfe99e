"""What the demo town has beside offers: networks, rooms, closed days, money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.catalogue.actions.closings import set_calendar
from omzien.base.catalogue.actions.funding import note_funding
from omzien.base.catalogue.actions.parties import add_room
from omzien.base.catalogue.actions.schedules import close_days, follow_calendar
from omzien.base.catalogue.importers.demo import days_of_calendar, key_of, read_day
from omzien.base.catalogue.models import ClosedCalendar, Closing, Funding, Location, Offer, Room
from omzien.base.history.queries import revisions_of
from omzien.base.network.actions import add_network, change_organisation, join_network
from omzien.base.network.models import Network, Organisation
from omzien.base.places.models import Area

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from omzien.base.catalogue.importers.demo import Town, Written
    from omzien.base.journal.models import Actor
    from omzien.base.places.queries import ShownArea

CENTS = 100


def arrange_demo(
    town: Town, *, areas: Mapping[str, ShownArea], monday: date, by: Actor, now: datetime
) -> None:
    """Arrange everything beside the offers; what is there already stays."""
    keys = {key_of("organisation", row["name"]): row["name"] for row in town.organisations}
    found = {keys[one.key]: one for one in Organisation.objects.filter(key__in=keys)}
    for written in town.organisations:
        settle_organisation(found[written["name"]], written, found, by=by, now=now)
    for written in town.networks:
        arrange_network(written, found, areas=areas, on=monday, by=by, now=now)
    arrange_rooms(town, by=by, now=now)
    for written in town.closings["calendars"]:
        arrange_calendar(written, found, monday=monday, by=by, now=now)
    for written in town.closings["own"]:
        close_once(found[written["organisation"]], written, monday=monday, by=by, now=now)
    arrange_funding(town, year=monday.year, by=by, now=now)


def settle_organisation(
    organisation: Organisation,
    written: Written,
    found: Mapping[str, Organisation],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """Say once whether its changes go live at once, and of what it is a part."""
    wanted: dict[str, object] = {}
    if written.get("changes_go_live"):
        wanted["changes_go_live"] = True
    if "part_of" in written:
        wanted["part_of"] = found[written["part_of"]]
    if wanted and not revisions_of(organisation).exists():
        change_organisation(organisation, by=by, now=now, **wanted)


def arrange_network(
    written: Written,
    found: Mapping[str, Organisation],
    *,
    areas: Mapping[str, ShownArea],
    on: date,
    by: Actor,
    now: datetime,
) -> None:
    """Add a network with who takes part in it."""
    if Network.objects.filter(name=written["name"]).exists():
        return
    numbers = [areas[name].pk for name in written["areas"] if name in areas]
    network = add_network(
        written["name"],
        description=written["description"],
        areas=Area.objects.filter(pk__in=numbers),
        invented=True,
        by=by,
        now=now,
    )
    for name in written["organisations"]:
        join_network(network, organisation=found[name], on=on, by=by, now=now)


def arrange_rooms(town: Town, *, by: Actor, now: datetime) -> None:
    """Add the rooms that others may use."""
    if Room.objects.filter(location__invented=True).exists():
        return
    names = {row["location"] for row in town.rooms}
    locations = {one.name: one for one in Location.objects.filter(name__in=names, invented=True)}
    for written in town.rooms:
        said = dict(written)
        add_room(locations[said.pop("location")], by=by, now=now, **said)


def arrange_calendar(
    written: Written,
    found: Mapping[str, Organisation],
    *,
    monday: date,
    by: Actor,
    now: datetime,
) -> None:
    """Keep a calendar of closed days around today, followed by some organisations."""
    set_calendar(
        written["slug"],
        name=written["name"],
        name_en=written["name_en"],
        source=written["source"],
        days=days_of_calendar(written["days"], monday),
        by=by,
        now=now,
    )
    calendar = ClosedCalendar.objects.get(slug=written["slug"])
    if not Closing.objects.filter(calendar=calendar).exists():
        for name in written["followers"]:
            follow_calendar(found[name], calendar=calendar, by=by, now=now)


def close_once(
    organisation: Organisation, written: Written, *, monday: date, by: Actor, now: datetime
) -> None:
    """Let an organisation be closed some days, unless it is already or was not long ago."""
    own = Closing.objects.filter(organisation=organisation, period__endswith__gt=monday)
    if not own.exists():
        first, last = (read_day(written[name], monday) for name in ("first", "last"))
        close_days(organisation, first=first, last=last, by=by, now=now)


def arrange_funding(town: Town, *, year: int, by: Actor, now: datetime) -> None:
    """Note from which money offers are paid this year."""
    amounts = {
        key_of("offer", row["organisation"], row["name"]): row["funding"]
        for row in town.offers
        if "funding" in row
    }
    if Funding.objects.filter(offer__key__in=amounts, year=year).exists():
        return
    for offer in Offer.objects.filter(key__in=amounts).order_by("pk"):
        for kind, amount in amounts[offer.key].items():
            note_funding(offer, kind=kind, year=year, amount_cents=amount * CENTS, by=by, now=now)
