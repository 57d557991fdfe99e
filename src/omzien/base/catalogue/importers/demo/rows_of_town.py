"""From what is written about the invented town to rows with dates, keys and coordinates."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from omzien.base.catalogue.importers.demo.town import TOWN
from omzien.base.catalogue.importers.demo.written_times import read_change, read_line
from omzien.base.catalogue.importers.rows import Batch, LocationRow, OfferRow, OrganisationRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from omzien.base.catalogue.importers.demo.town import Spot, Town, Written

KIND = "demo"
ELSEWHERE = "Zoetermeerwijzer"
PAGE_ELSEWHERE = "https://www.zoetermeerwijzer.example/aanbod/{}"
# Made once by chance: what is written twice the same is the same record.
NAMESPACE = UUID("7c1f0a52-5d0b-4c55-9b0e-0e21e3d3a001")
# So far from the middle of its neighbourhood lies a location at most, in metres each way.
SPREAD = 350
HALF_A_YEAR = timedelta(days=182)
# Of a hundred records: until which number they were checked lately, are due, are long overdue.
FRESH, DUE, STALE = 71, 83, 96
OF_ORGANISATION = ("name", "sector", "description", "email", "phone", "website")
OF_LOCATION = (
    *("name", "kind", "street", "postcode", "step_free", "wheelchair_toilet", "hearing_loop"),
    "directions",
)
OF_OFFER = (
    *("name", "organisation", "kind", "status", "summary", "location", "description", "alert"),
    *("for_whom", "open_to", "min_age", "max_age", "price_cents", "price_note", "booking"),
    *("booking_note", "capacity", "capacity_left", "at_home", "by_phone", "transport_offered"),
    *("transport_note", "first_time_together", "recognition", "source_url"),
)


def key_of(*words: str) -> UUID:
    """Return the key of what these words name: the same for the same words."""
    return uuid5(NAMESPACE, "|".join(words))


def chance_of(seed: int, key: UUID) -> Random:
    """Return the chance that belongs to one record, whatever comes before it."""
    return Random(f"{seed}|{key}")  # noqa: S311 - invented records, no secrets


def batches_of(
    town: Town, *, areas: Mapping[str, Spot], monday: date, seed: int
) -> tuple[Batch, Batch, Batch]:
    """Return the invented records kept here, those kept elsewhere, and the real help lines.

    `areas` are the neighbourhoods by name; of one that is not there a location has no place.
    """
    owners = {row["name"]: row for row in town.organisations}
    locations = tuple(location_row(row, areas, seed) for row in town.locations)
    offers = [
        offer_row(row, owners[row["organisation"]], town, areas, monday=monday, seed=seed)
        for row in town.offers
    ]

    def batch(some: Iterable[OfferRow], source: str = "") -> Batch:
        rows = tuple(some)
        names = dict.fromkeys(row.organisation for row in rows)
        organisations = tuple(organisation_row(owners[name]) for name in names)
        return Batch(KIND, source, organisations, locations, rows)

    invented = [row for row in offers if "real" not in owners[row.organisation]]
    return (
        batch(row for row in invented if not row.source_id),
        batch((row for row in invented if row.source_id), ELSEWHERE),
        batch(row for row in offers if "real" in owners[row.organisation]),
    )


def organisation_row(written: Written) -> OrganisationRow:
    said = {name: written[name] for name in OF_ORGANISATION if name in written}
    return OrganisationRow(**said, key=key_of("organisation", written["name"]))


def location_row(written: Written, areas: Mapping[str, Spot], seed: int) -> LocationRow:
    """Return a location near the middle of its neighbourhood, always at the same place."""
    key = key_of("location", written["name"], written.get("street", ""))
    said = {name: written[name] for name in OF_LOCATION if name in written}
    area = areas.get(written.get("area", ""))
    x, y = near(area, chance_of(seed, key)) if area else (None, None)
    return LocationRow(
        **said,
        town=TOWN if "street" in written else "",
        area_code=area.code if area else "",
        x=x,
        y=y,
        key=key,
    )


def near(area: Spot, chance: Random) -> tuple[float | None, float | None]:
    """Return a point near the middle of a neighbourhood, in whole metres."""
    if area.x is None or area.y is None:
        return None, None
    return (
        float(round(area.x + chance.uniform(-SPREAD, SPREAD))),
        float(round(area.y + chance.uniform(-SPREAD, SPREAD))),
    )


def offer_row(
    written: Written,
    owner: Written,
    town: Town,
    areas: Mapping[str, Spot],
    *,
    monday: date,
    seed: int,
) -> OfferRow:
    """Return an offer with dates around this Monday; who to ask is its organisation."""
    key = key_of("offer", written["organisation"], written["name"])
    said = {name: written[name] for name in OF_OFFER if name in written}
    elsewhere = written.get("elsewhere", "")
    if elsewhere:
        said["source_url"] = PAGE_ELSEWHERE.format(elsewhere)
    assured_on, check_by = checks_of(written, chance_of(seed, key), monday)
    days = written.get("recognised_for")
    return OfferRow(
        **said,
        key=key,
        source_id=f"ZW-{elsewhere}" if elsewhere else "",
        languages=tuple(written["languages"]),
        email=owner.get("email", ""),
        phone=written.get("phone") or owner.get("phone", ""),
        website=owner.get("website", ""),
        recognised_until=monday + timedelta(days=days) if days else None,
        assured_on=assured_on,
        check_by=check_by,
        terms=tuple((town.taxonomies[word], word) for word in written["words"]),
        area_codes=tuple(areas[name].code for name in written.get("areas", ()) if name in areas),
        schedule=tuple(read_line(text, monday) for text in written.get("when", ())),
        changes=tuple(read_change(text, monday) for text in written.get("changes", ())),
    )


def checks_of(written: Written, chance: Random, monday: date) -> tuple[date | None, date | None]:
    """Return when a record was checked and when again: most lately, some long ago, a few never."""
    if "assured_on" in written:
        day = date.fromisoformat(written["assured_on"])
        return day, day + HALF_A_YEAR
    number = chance.randrange(100)
    state = written.get("checked") or state_of(number)
    if state == "never":
        return None, None
    overdue = {
        "fresh": -chance.randint(30, 180),
        "due": chance.randint(-14, 10),
        "stale": chance.randint(40, 400),
    }[state]
    check_by = monday - timedelta(days=overdue)
    return check_by - HALF_A_YEAR, check_by


def state_of(number: int) -> str:
    """Return how it stands with a record that drew this number under a hundred."""
    if number < FRESH:
        return "fresh"
    if number < DUE:
        return "due"
    return "stale" if number < STALE else "never"
