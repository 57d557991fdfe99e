"""A table of somebody's own making, and which of its columns mean what, as rows of the map."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from omzien.base.catalogue.importers.rows import (
    Batch,
    LineRow,
    LocationRow,
    OfferRow,
    OrganisationRow,
    SkippedRow,
)
from omzien.base.exchange.importers.tables import FORMULA
from omzien.base.exchange.importers.when import Unclear, read_when

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from omzien.base.exchange.importers.tables import Table, TableRow

# What a column can mean, and the headings by which it is guessed.
HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("naam", "activiteit", "titel", "aanbod", "name", "title"),
    "organisation": ("organisatie", "aanbieder", "door", "organisation", "organization"),
    "summary": ("korte omschrijving", "samenvatting", "in het kort", "summary"),
    "description": ("omschrijving", "beschrijving", "toelichting", "description"),
    "when": ("wanneer", "dag en tijd", "tijd", "dagen", "rooster", "when"),
    "location": ("locatie", "plek", "waar", "gebouw", "location"),
    "street": ("adres", "straat", "street", "address"),
    "postcode": ("postcode", "postal code"),
    "town": ("plaats", "woonplaats", "town", "city"),
    "price": ("prijs", "kosten", "eigen bijdrage", "price"),
    "phone": ("telefoon", "telefoonnummer", "phone"),
    "email": ("e-mail", "email", "e-mailadres", "mail"),
    "website": ("website", "site", "link", "url"),
    "for_whom": ("doelgroep", "voor wie", "for whom"),
    "theme": ("thema", "theme"),
    "number": ("nummer", "id", "code", "sleutel", "number"),
}
NEEDED = ("name", "organisation")
FREE = {"gratis", "geen", "vrij", "0", "0,00", "€ 0", "nee", "free"}
LIMITS = {"name": 160, "organisation": 160, "summary": 300, "for_whom": 300, "phone": 20}
POSTCODE = re.compile(r"[1-9][0-9]{3}([A-Z]{2})?")
# Marks the key that a row without a number of its own gets.
OWN_ROWS = uuid5(NAMESPACE_URL, "urn:omzien:sheet")


class RowRefused(Exception):
    """A row cannot be taken in; the text says why."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which column means what, and from whom the list is."""

    meanings: Mapping[str, int]
    source_name: str


def guess_meanings(columns: tuple[str, ...]) -> dict[str, int]:
    """Guess which column means what, by its heading; a column means one thing."""
    wanted = {name.casefold(): number for number, name in reversed(list(enumerate(columns)))}
    found: dict[str, int] = {}
    for meaning, headings in HEADINGS.items():
        hit = next((wanted[name] for name in headings if name in wanted), None)
        if hit is not None and hit not in found.values():
            found[meaning] = hit
    return found


def read_offers(table: Table, sheet: Sheet, *, themes: Mapping[str, str], today: date) -> Batch:
    """Turn the rows into offers; a row that cannot be used is left out with the reason.

    `themes` gives the short name of a theme by its name in lower case.
    """
    offers, skipped = [], []
    organisations: dict[str, OrganisationRow] = {}
    locations: dict[str, LocationRow] = {}
    for row in table.rows:
        try:
            offer, location = offer_of(row, sheet, themes=themes, today=today)
        except RowRefused as refusal:
            skipped.append(SkippedRow(str(row.number), str(refusal)))
            continue
        offers.append(offer)
        organisations.setdefault(offer.organisation, OrganisationRow(offer.organisation))
        if location:
            locations.setdefault(location.ref, location)
    known = twice(offers)
    return Batch(
        kind="spreadsheet",
        source_name=sheet.source_name,
        organisations=tuple(organisations.values()),
        locations=tuple(locations.values()),
        offers=tuple(known.values()),
        skipped=(*skipped, *[SkippedRow(name, "twice") for name in doubles(offers)]),
    )


def twice(offers: list[OfferRow]) -> dict[object, OfferRow]:
    """Return each offer once: of the same number the first counts."""
    found: dict[object, OfferRow] = {}
    for offer in offers:
        found.setdefault(offer.source_id or offer.key, offer)
    return found


def doubles(offers: list[OfferRow]) -> list[str]:
    """Name the offers that stand in the file a second time."""
    seen: set[object] = set()
    found = []
    for offer in offers:
        mark = offer.source_id or offer.key
        if mark in seen:
            found.append(offer.name)
        seen.add(mark)
    return found


def offer_of(
    row: TableRow, sheet: Sheet, *, themes: Mapping[str, str], today: date
) -> tuple[OfferRow, LocationRow | None]:
    """Return the offer of one row and where it takes place."""
    cells = {meaning: row.cells[number] for meaning, number in sheet.meanings.items()}
    if FORMULA in row.oddities:
        raise RowRefused(FORMULA)
    refuse_wrong(cells)
    location = location_of(cells)
    theme = themes.get(cells.get("theme", "").casefold())
    number = cells.get("number", "")
    price, note = price_of(cells.get("price", ""))
    kept_there = bool(sheet.source_name)
    return (
        OfferRow(
            name=cells["name"],
            organisation=cells["organisation"],
            summary=cells.get("summary") or first_sentence(cells),
            description=cells.get("description", ""),
            key=None if kept_there else key_of(cells),
            source_id=number or str(key_of(cells)) if kept_there else "",
            location=location.ref if location else "",
            for_whom=cells.get("for_whom", ""),
            price_cents=price,
            price_note=note,
            email=cells.get("email", ""),
            phone=cells.get("phone", ""),
            website=cells.get("website", ""),
            terms=(("theme", theme),) if theme else (),
            schedule=schedule_of(cells.get("when", ""), today=today),
        ),
        location,
    )


def refuse_wrong(cells: Mapping[str, str]) -> None:
    """Refuse a row in which something cannot be what its column says."""
    for meaning in NEEDED:
        if not cells.get(meaning):
            raise RowRefused(f"no-{meaning}")
    for meaning, most in LIMITS.items():
        if len(cells.get(meaning, "")) > most:
            raise RowRefused(f"long-{meaning}")
    try:
        if cells.get("email"):
            validate_email(cells["email"])
        if cells.get("website"):
            URLValidator(schemes=["http", "https"])(cells["website"])
    except ValidationError as error:
        raise RowRefused("address") from error


def first_sentence(cells: Mapping[str, str]) -> str:
    """Return the beginning of the description, or the name where there is none."""
    text = cells.get("description", "") or cells["name"]
    return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0][:300]


def key_of(cells: Mapping[str, str]) -> UUID:
    """Return the key by which a row without a number is known again: what it is, and of whom."""
    return uuid5(OWN_ROWS, f"{cells['organisation'].casefold()}|{cells['name'].casefold()}")


def location_of(cells: Mapping[str, str]) -> LocationRow | None:
    """Return where it takes place, or None where the row does not say."""
    name = cells.get("location") or cells.get("street", "")
    if not name:
        return None
    postcode = cells.get("postcode", "").replace(" ", "").upper()
    if postcode and not POSTCODE.fullmatch(postcode):
        raise RowRefused("postcode")
    street = cells.get("street", "")[:120]
    return LocationRow(
        name=name[:160],
        street=street,
        postcode=postcode,
        town=cells.get("town", "")[:80],
        ref=f"{name}|{street}|{postcode}",
    )


def price_of(text: str) -> tuple[int | None, str]:
    """Return the price in cents and what else is said of it; None where nobody says."""
    plain = text.casefold().strip()
    if not plain:
        return None, ""
    if plain in FREE:
        return 0, ""
    found = re.search(r"(\d+(?:[.,]\d{1,2})?)", plain)
    if not found:
        return None, text[:200]
    try:
        amount = Decimal(found.group(1).replace(",", "."))
    except InvalidOperation as error:
        raise RowRefused("price") from error
    rest = plain.replace(found.group(1), "").strip(" €,-")
    return int(amount * 100), text[:200] if rest else ""


def schedule_of(text: str, *, today: date) -> tuple[LineRow, ...]:
    """Return when it takes place; an empty cell says nothing, nonsense refuses the row."""
    if not text:
        return ()
    try:
        return read_when(text, today=today)
    except Unclear as error:
        raise RowRefused("when") from error
