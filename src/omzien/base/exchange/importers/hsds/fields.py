"""Reading single fields of HSDS records, as they come: also where a number came as a text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from omzien.base.exchange.importers.hsds.vocabulary import DETAIL_IDS, own_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Record = Mapping[str, Any]

CODES = {key: code for code, key in DETAIL_IDS.items()}


class OddRecord(ValueError):
    """A record cannot be read; the text says what about it."""


def text(record: Record, name: str) -> str:
    """Return a field as text, empty where it says nothing."""
    value = record.get(name)
    if value is None:
        return ""
    if isinstance(value, dict | list):
        raise OddRecord(name)
    return str(value).replace("\r\n", "\n").strip()


def parts(record: Record, name: str) -> list[Record]:
    """Return the records inside a record; what is no list of records is none."""
    found = record.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def part(record: Record, name: str) -> Record:
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def whole_number(record: Record, name: str) -> int | None:
    value = text(record, name)
    try:
        return round(float(value)) if value else None
    except (ValueError, OverflowError) as odd:
        raise OddRecord(name) from odd


def number(record: Record, name: str) -> float | None:
    value = text(record, name)
    try:
        return float(value) if value else None
    except ValueError as odd:
        raise OddRecord(name) from odd


def day(record: Record, name: str) -> date | None:
    value = text(record, name)
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError as odd:
        raise OddRecord(name) from odd


def key_of(identifier: str, source_name: str) -> UUID:
    """Return the identifier of a record: its own where it is a UUID, else one derived from it."""
    try:
        return UUID(identifier)
    except ValueError:
        return UUID(own_id("foreign", source_name, identifier))


def attributes(record: Record) -> Iterator[tuple[str, Record, str]]:
    """Yield the attributes of a record: the code of the term, the term, and the value."""
    for one in parts(record, "attributes"):
        term = part(one, "taxonomy_term")
        identifier = text(one, "taxonomy_term_id") or text(term, "id")
        yield CODES.get(identifier, text(term, "code")), term, text(one, "value")


def own_details(record: Record) -> dict[str, str]:
    """Return our own details of a record, by code."""
    return {code: value for code, __, value in attributes(record) if code in DETAIL_IDS}
