"""Events as web pages tell them (schema.org) as rows of the map."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from omzien.base.catalogue.importers.rows import (
    Batch,
    LocationRow,
    OfferRow,
    OrganisationRow,
    SkippedRow,
)
from omzien.base.exchange.importers.calendars import (
    NAME,
    SENTENCE,
    SENTENCE_END,
    STREET,
    TOWN,
    changes_of,
    kind_of,
    lines_of,
    place_in,
)
from omzien.base.exchange.importers.event_times import (
    GONE,
    Gathered,
    all_of,
    first_of,
    put_times,
    text_at,
)
from omzien.base.exchange.importers.offers_sheet import RowRefused, key_of, price_of
from omzien.base.exchange.importers.texts import one_line
from omzien.methods.recurrence import next_meeting
from omzien.methods.recurrence.errors import ScheduleRefused

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.exchange.importers.pages import Found, Record

AGES = re.compile(r"(\d{1,3})?\s*[-–]\s*(\d{1,3})?")


def read_events(found: Found, *, organisation: str, source_name: str, now: datetime) -> Batch:
    """Turn events of one name and organiser into an offer; what cannot be used is told.

    `organisation` is whose events they are; empty: the organiser that each of them names.
    """
    skipped = [SkippedRow("?", "broken")] * found.broken
    gathered: dict[tuple[str, str], Gathered] = {}
    for event in found.events:
        name = one_line(text_at(event, "name"), NAME)
        try:
            gather(event, organisation or organiser_of(event), gathered)
        except RowRefused as refusal:
            skipped.append(SkippedRow(name or "?", str(refusal)))
    offers: list[OfferRow] = []
    places: dict[str, LocationRow] = {}
    for one in gathered.values():
        try:
            place = place_of(one.event)
            offers.append(offer_of(one, place, source_name=source_name, now=now))
        except (RowRefused, ScheduleRefused) as refusal:
            why = str(refusal) if isinstance(refusal, RowRefused) else "times"
            skipped.append(SkippedRow(one_line(text_at(one.event, "name"), NAME), why))
            continue
        if place:
            places[place.ref] = place
    names = dict.fromkeys(offer.organisation for offer in offers)
    return Batch(
        kind="page",
        source_name=source_name,
        organisations=tuple(map(OrganisationRow, names)),
        locations=tuple(places.values()),
        offers=tuple(offers),
        skipped=tuple(skipped),
    )


def gather(event: Record, organisation: str, gathered: dict[tuple[str, str], Gathered]) -> None:
    """Put the times of an event at those of the same name; refuse one that says too little."""
    name = one_line(text_at(event, "name"), NAME)
    if not name:
        raise RowRefused("no-name")
    if not organisation:
        raise RowRefused("no-organisation")
    if text_at(event, "eventStatus").rpartition("/")[2] in GONE:
        raise RowRefused("cancelled")
    one = Gathered(event, organisation)
    try:
        put_times(event, one)
    except ScheduleRefused as error:
        raise RowRefused("times") from error
    known = gathered.setdefault((organisation.casefold(), name.casefold()), one)
    if known is not one:
        known.rules += one.rules
        known.changes += one.changes
        known.slots += one.slots


def offer_of(
    one: Gathered, place: LocationRow | None, *, source_name: str, now: datetime
) -> OfferRow:
    """Return the offer of what was gathered of one thing."""
    plan, event = one.plan, one.event
    if next_meeting(plan, after=now) is None:
        raise RowRefused("over")
    name = one_line(text_at(event, "name"), NAME)
    description = text_at(event, "description")
    key = key_of({"organisation": one.organisation, "name": name})
    cents, note = price_in(event)
    lowest, highest = ages_in(event)
    return OfferRow(
        name=name,
        organisation=one.organisation,
        summary=one_line(SENTENCE_END.split(description, maxsplit=1)[0] or name, SENTENCE),
        kind=kind_of(plan),
        key=None if source_name else key,
        source_id=str(key) if source_name else "",
        source_url=text_at(event, "url") if source_name else "",
        website="" if source_name else text_at(event, "url"),
        location=place.ref if place else "",
        description=description,
        for_whom=text_at(first_of(event.get("audience")), "audienceType"),
        min_age=lowest,
        max_age=highest,
        price_cents=cents,
        price_note=note,
        schedule=lines_of(plan),
        changes=changes_of(plan),
    )


# --- Words --------------------------------------------------------------------------------------


def organiser_of(event: Record) -> str:
    return one_line(text_at(first_of(event.get("organizer")), "name"), NAME)


def place_of(event: Record) -> LocationRow | None:
    """Return where an event is: a name or an address, or that it is online."""
    places = [first_of([one]) for one in all_of(event.get("location"))]
    place = next((one for one in places if "Virtual" not in str(one.get("@type"))), None)
    if place is None:
        return LocationRow(name="Online", kind="online", ref="Online") if places else None
    address = place.get("address")
    name = text_at(place, "name")
    if not isinstance(address, dict):
        return place_in(", ".join(filter(None, [name, text_at(place, "address")])))
    street = one_line(text_at(address, "streetAddress"), STREET)
    postcode = text_at(address, "postalCode").replace(" ", "").upper()
    town = one_line(text_at(address, "addressLocality"), TOWN)
    if not (name or street):
        return None
    ref = f"{name}|{street}|{postcode}|{town}"
    found = LocationRow(name=one_line(name or street, NAME), ref=ref)
    return replace(found, street=street, postcode=postcode, town=town)


def price_in(event: Record) -> tuple[int | None, str]:
    """Return the lowest price in cents and what else is said of it; None where nobody says."""
    if event.get("isAccessibleForFree") in (True, "true", "True"):
        return 0, ""
    offers = [one for one in all_of(event.get("offers")) if isinstance(one, dict)]
    said = [
        price_of(text_at(one, "price") or text_at(one, "lowPrice"))
        for one in offers
        if text_at(one, "priceCurrency") in {"", "EUR"}
    ]
    prices = [cents for cents, _note in said if cents is not None]
    note = one_line(text_at(offers[0], "description"), 200) if offers else ""
    return (min(prices), note) if prices else (None, note)


def ages_in(event: Record) -> tuple[int | None, int | None]:
    found = AGES.fullmatch(text_at(event, "typicalAgeRange"))
    if not found:
        return None, None
    lowest, highest = (int(age) if age else None for age in found.groups())
    return lowest or None, highest
