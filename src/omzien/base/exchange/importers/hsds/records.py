"""Records of HSDS as rows of the catalogue: services, their organisations and their locations.

Of a person nothing is read: contacts have names, and those stay where they are.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel import Locale
from django.utils.translation import gettext as _

from omzien.base.catalogue.importers.rows import (
    Batch,
    ChangeRow,
    OfferRow,
    OrganisationRow,
    SkippedRow,
)
from omzien.base.exchange.importers.hsds import fields
from omzien.base.exchange.importers.hsds.fields import OddRecord, parts, text
from omzien.base.exchange.importers.hsds.places import place_of
from omzien.base.exchange.importers.hsds.schedules import OddSchedule, lines_of
from omzien.base.exchange.importers.hsds.vocabulary import (
    CHANGE,
    FILLED_IN,
    ONE_MEETING,
    PUBLIC_LISTS,
    SECTOR,
    SERVICE,
)
from omzien.base.exchange.importers.texts import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from omzien.base.catalogue.importers.rows import LineRow, LocationRow
    from omzien.base.exchange.importers.hsds.fields import Record

    Word = tuple[str, str]

STATUSES = {"active": "active", "inactive": "paused", "temporarily closed": "paused"}
AREA_CODE = re.compile(r"(?:GM|WK|BU)[0-9A-Z]{4,8}")
SENTENCE = re.compile(r"(?<=[.!?])\s")
CENTS = 100


@dataclass
class Reading:
    """What is read so far, and how foreign words are understood here."""

    source_name: str
    words: Mapping[str, Word]
    organisations: dict[str, OrganisationRow] = field(default_factory=dict)
    locations: dict[str, LocationRow] = field(default_factory=dict)
    offers: list[OfferRow] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    # Whose a location is, by the identifiers of both: the owner may be read later.
    owners: dict[str, UUID] = field(default_factory=dict)

    def leave_out(self, record: Record, why: str) -> None:
        name = one_line(str(record.get("name") or record.get("id") or "?"), 120)
        self.skipped.append(SkippedRow(name, why))

    def batch(self) -> Batch:
        return Batch(
            kind="hsds",
            source_name=self.source_name,
            organisations=tuple(self.organisations.values()),
            locations=tuple(map(self.owned, self.locations.values())),
            offers=tuple(self.offers),
            skipped=tuple(self.skipped),
        )

    def owned(self, place: LocationRow) -> LocationRow:
        owner = self.owners.get(place.ref)
        names = (row.name for row in self.organisations.values() if row.key == owner)
        return replace(place, organisation=next(names, "")) if owner else place


def read_services(
    records: Iterable[Record], *, source_name: str, words: Mapping[str, Word] | None = None
) -> Batch:
    """Return the services of another directory as a batch.

    `words` gives the word of ours for a name of theirs, in lower case. A record that cannot be
    read is left out with the reason.
    """
    reading = Reading(source_name, words or {})
    for record in records:
        try:
            read_service(record, reading)
        except OddRecord as odd:
            reading.leave_out(record, _("It cannot be read (%(field)s).") % {"field": odd})
    return reading.batch()


def identifiers_in(records: Iterable[Record]) -> set[str]:
    """Return the identifiers under which these services can have been taken in."""
    return {
        identifier
        for record in records
        for identifier in (
            str(record.get("id", "")),
            *(str(link.get("id", "")) for link in parts(record, "service_at_locations")),
        )
    }


def read_service(record: Record, reading: Reading) -> None:
    """Read one service; at several locations it becomes several offers."""
    party = organisation_of(record, reading)
    offer = offer_of(record, party.name, reading)
    reading.organisations.setdefault(party.name, party)
    links = [
        link for link in parts(record, "service_at_locations") if fields.part(link, "location")
    ]
    for number, link in enumerate(links or [{}]):
        row = offer
        if link:
            place = place_of(link["location"], reading)
            reading.locations.setdefault(place.ref, place)
            row = replace(row, location=place.ref)
            if parts(link, "schedules"):
                row = replace(row, schedule=times_of(link, record, reading))
        reading.offers.append(at_link(row, link, number, reading))


def at_link(row: OfferRow, link: Record, number: int, reading: Reading) -> OfferRow:
    """Return an offer at its location; beside the first each has an identifier of its own."""
    if not number:
        return row
    identifier = text(link, "id") or f"{row.source_id}/{number}"
    key = fields.key_of(identifier, reading.source_name)
    return replace(row, key=key, source_id=identifier if row.source_id else "")


# --- Whose it is --------------------------------------------------------------------------------


def organisation_of(service: Record, reading: Reading) -> OrganisationRow:
    """Return the organisation of a service."""
    record = fields.part(service, "organization")
    name = one_line(text(record, "name"), 160)
    if not name:
        raise OddRecord("organization")
    details = fields.own_details(record)
    known = "description" not in details.get(FILLED_IN, "").split()
    return OrganisationRow(
        name=name,
        sector=details.get(SECTOR, "other"),
        description=text(record, "description") if known else "",
        other_name=one_line(text(record, "alternate_name"), 160),
        email=text(record, "email"),
        phone=phone_of(record),
        website=text(record, "website"),
        kvk_number=kvk_of(record),
        key=fields.key_of(text(record, "id") or name, reading.source_name),
    )


def phone_of(record: Record) -> str:
    """Return the first telephone of a record."""
    return next((text(phone, "number").strip('"') for phone in parts(record, "phones")), "")


def kvk_of(record: Record) -> str:
    """Return the number of the Chamber of Commerce."""
    for one in parts(record, "organization_identifiers"):
        kinds = f"{text(one, 'identifier_scheme')} {text(one, 'identifier_type')}".casefold()
        if "kvk" in kinds:
            return text(one, "identifier")
    return ""


# --- What it is ---------------------------------------------------------------------------------


def offer_of(record: Record, party: str, reading: Reading) -> OfferRow:
    """Return a service as an offer, without its location."""
    identifier = text(record, "id")
    if not identifier:
        raise OddRecord("id")
    details = details_of(record)
    times = times_of(record, record, reading)
    price, price_note = price_of(record)
    summary, description = texts_of(record, str(details.get("summary", "")))
    booking, booking_note = booking_of(record, str(details.get("booking", "")))
    said: dict[str, Any] = {
        "kind": "activity" if times else "provision",
        "status": STATUSES.get(text(record, "status"), "ended"),
        "source_id": identifier if reading.source_name else "",
        "key": fields.key_of(identifier, reading.source_name),
        "name": one_line(text(record, "name"), 160),
        "alert": one_line(text(record, "alert"), 300),
        "for_whom": one_line(text(record, "eligibility_description"), 300),
        "min_age": fields.whole_number(record, "minimum_age"),
        "max_age": fields.whole_number(record, "maximum_age"),
        "languages": languages_of(record),
        "email": text(record, "email"),
        "phone": phone_of(record),
        "website": text(record, "url"),
        "assured_on": fields.day(record, "assured_date"),
        "terms": tuple(dict.fromkeys(words_of(record, reading))),
        "area_codes": areas_of(record),
        "schedule": times,
        "changes": changes_of(record),
    }
    own = {"summary": summary, "description": description, "price_cents": price}
    own |= {"price_note": price_note, "booking": booking, "booking_note": booking_note}
    return OfferRow(organisation=party, **(said | details | own))


def details_of(record: Record) -> dict[str, object]:
    """Return our own details as the values of their fields."""
    found = {}
    for code, value in fields.own_details(record).items():
        if code in SERVICE:
            try:
                found[code] = SERVICE[code](value)
            except ValueError as odd:
                raise OddRecord(code) from odd
    return found


def texts_of(record: Record, summary: str) -> tuple[str, str]:
    """Return the one sentence and the rest of a description."""
    whole = text(record, "description")
    if summary:
        return summary, whole.removeprefix(summary).removeprefix("\n\n")
    first = SENTENCE.split(whole or text(record, "name"), maxsplit=1)[0]
    sentence = one_line(first, 300)
    return sentence, "" if whole == sentence else whole


def booking_of(record: Record, booking: str) -> tuple[str, str]:
    """Return whether one has to sign up, and how; our own first line only says the former."""
    process = text(record, "application_process")
    if booking:
        return booking, process.partition("\n")[2]
    return ("ask" if process else "none"), one_line(process, 300)


def price_of(record: Record) -> tuple[int | None, str]:
    """Return the price a time in cents, and what more is said of it."""
    note = text(record, "fees_description") or text(record, "fees")
    cents, more = None, []
    for option in parts(record, "cost_options"):
        amount = fields.number(option, "amount")
        euros = text(option, "currency").upper() in {"", "EUR"}
        if cents is None and amount is not None and euros and amount >= 0:
            cents = round(amount * CENTS)
        else:
            said = (text(option, name) for name in ("option", "amount", "currency"))
            more.append(" ".join(filter(None, said)))
    return cents, one_line("; ".join(filter(None, [note, *more])), 200)


def languages_of(record: Record) -> tuple[str, ...]:
    """Return the languages by code, also where only a name is given."""
    found = []
    for one in parts(record, "languages"):
        code = text(one, "code").lower() or codes_by_name().get(text(one, "name").casefold(), "")
        found.append(code.partition("-")[0])
    return tuple(dict.fromkeys(filter(None, found)))


@lru_cache(maxsize=1)
def codes_by_name() -> dict[str, str]:
    """Return the codes of languages by what they are called in English and Dutch."""
    return {
        str(name).casefold(): code
        for language in ("en", "nl")
        for code, name in Locale(language).languages.items()
        if "_" not in code
    }


def words_of(record: Record, reading: Reading) -> Iterator[Word]:
    """Yield the words of a service: our own by code, others where a name is known here."""
    for code, term, __ in fields.attributes(record):
        name, _colon, slug = code.partition(":")
        if name in PUBLIC_LISTS and slug:
            yield name, slug
        elif word := reading.words.get(text(term, "name").casefold()):
            yield word


def areas_of(record: Record) -> tuple[str, ...]:
    """Return the neighbourhoods that a service is only for."""
    extents = (text(area, "extent") for area in parts(record, "service_areas"))
    return tuple(dict.fromkeys(code for code in extents if AREA_CODE.fullmatch(code)))


# --- When it is ---------------------------------------------------------------------------------


def times_of(record: Record, service: Record, reading: Reading) -> tuple[LineRow, ...]:
    """Return the lines of a schedule; one that cannot be read is left out and told."""
    lines: list[LineRow] = []
    for schedule in parts(record, "schedules"):
        extras = fields.own_details(schedule)
        if ONE_MEETING in extras:
            continue
        try:
            lines += lines_of(schedule, extras)
        except OddSchedule as odd:
            why = _("A part of when it takes place cannot be read (%(what)s).")
            reading.leave_out(service, why % {"what": one_line(str(odd), 80)})
    return tuple(dict.fromkeys(lines))


def changes_of(record: Record) -> tuple[ChangeRow, ...]:
    """Return meetings that are cancelled, moved or added, as our own details tell them."""
    found = (value for code, __, value in fields.attributes(record) if code == CHANGE)
    return tuple(change_of(value) for value in found)


def change_of(value: str) -> ChangeRow:
    try:
        said = json.loads(value)
        return ChangeRow(
            day=day_in(said, "day"),
            starts_at=time_in(said, "starts_at"),
            new_day=day_in(said, "new_day"),
            new_starts_at=time_in(said, "new_starts_at"),
            new_minutes=said.get("new_minutes"),
            note=str(said.get("note", "")),
        )
    except (ValueError, TypeError, AttributeError) as odd:
        raise OddRecord(CHANGE) from odd


def day_in(said: Mapping[str, Any], name: str) -> date | None:
    return date.fromisoformat(said[name]) if name in said else None


def time_in(said: Mapping[str, Any], name: str) -> time | None:
    return time.fromisoformat(said[name]) if name in said else None
