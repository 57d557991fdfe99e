"""The tabular form of HSDS: a folder or zip of CSV files, put together into whole records."""

from __future__ import annotations

import csv
import zipfile
from collections import defaultdict
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from omzien.base.exchange.importers import errors
from omzien.base.exchange.importers.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    Record = dict[str, Any]
    Tables = Mapping[str, list[Record]]

FILES = {
    "services.csv": "services",
    "organizations.csv": "organizations",
    "locations.csv": "locations",
    "service_at_location.csv": "service_at_locations",
    "service_at_locations.csv": "service_at_locations",
    "addresses.csv": "addresses",
    "accessibility.csv": "accessibility",
    "phones.csv": "phones",
    "schedules.csv": "schedules",
    "languages.csv": "languages",
    "cost_options.csv": "cost_options",
    "service_areas.csv": "service_areas",
    "organization_identifiers.csv": "organization_identifiers",
    "attributes.csv": "attributes",
    "taxonomy_terms.csv": "taxonomy_terms",
}
LARGEST_FILE, LARGEST_WHOLE = 50_000_000, 300_000_000
# Which tables stand inside which, by the column that points to it. The order is from inside out.
INSIDE = (
    ("addresses", "locations", "location_id"),
    ("accessibility", "locations", "location_id"),
    ("phones", "organizations", "organization_id"),
    ("organization_identifiers", "organizations", "organization_id"),
    ("schedules", "service_at_locations", "service_at_location_id"),
    ("phones", "services", "service_id"),
    ("schedules", "services", "service_id"),
    ("languages", "services", "service_id"),
    ("cost_options", "services", "service_id"),
    ("service_areas", "services", "service_id"),
    ("service_at_locations", "services", "service_id"),
)
WITH_ATTRIBUTES = (
    *("services", "organizations", "locations", "addresses", "accessibility", "schedules"),
)


def read_tables(path: Path) -> list[Record]:
    """Return the services in a folder or zip, each with all that belongs to it."""
    if path.is_dir():
        files = {file.name: file for file in path.glob("*.csv") if file.name in FILES}
        return put_together(
            {FILES[name]: rows_of(file.read_bytes()) for name, file in files.items()}
        )
    if not path.is_file():
        raise errors.Missing(str(path))
    return put_together(unpacked(path.read_bytes()))


def unpacked(data: bytes) -> dict[str, list[Record]]:
    """Return the tables in a zip; one that grows beyond all measure is refused before it does."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = {part.filename.rpartition("/")[2]: part for part in packed.infolist()}
            known = {FILES[name]: part for name, part in parts.items() if name in FILES}
            if sum(part.file_size for part in known.values()) > LARGEST_WHOLE:
                raise errors.TooLarge
            return {table: rows_of(packed.read(part)) for table, part in known.items()}
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as broken:
        raise errors.OtherShape("it is no zip file") from broken


def rows_of(data: bytes) -> list[Record]:
    """Return the rows of one table by the names of its columns."""
    if len(data) > LARGEST_FILE:
        raise errors.TooLarge
    try:
        return [
            {name: cell for name, cell in row.items() if name and cell}
            for row in csv.DictReader(StringIO(text_of(data)), strict=True)
        ]
    except csv.Error as broken:
        raise errors.HalfOfIt(str(broken)) from broken


def put_together(tables: Tables) -> list[Record]:
    """Return the services with everything from the other tables inside them."""
    if "services" not in tables or "organizations" not in tables:
        raise errors.Missing("services.csv, organizations.csv")
    terms = by_id(tables.get("taxonomy_terms", []))
    attributes = grouped(tables.get("attributes", []), "link_id")
    for name in WITH_ATTRIBUTES:
        for record in tables.get(name, []):
            record["attributes"] = [
                one | {"taxonomy_term": terms.get(one.get("taxonomy_term_id", ""), {})}
                for one in attributes.get(record.get("id", ""), [])
            ]
    for inside, outside, column in INSIDE:
        groups = grouped(tables.get(inside, []), column)
        for record in tables.get(outside, []):
            record[inside] = groups.get(record.get("id", ""), [])
    locations, parties = by_id(tables.get("locations", [])), by_id(tables["organizations"])
    for link in tables.get("service_at_locations", []):
        link["location"] = locations.get(link.get("location_id", ""), {})
    for service in tables["services"]:
        service["organization"] = parties.get(service.get("organization_id", ""), {})
    return list(tables["services"])


def by_id(rows: Iterable[Record]) -> dict[str, Record]:
    return {row["id"]: row for row in rows if row.get("id")}


def grouped(rows: Iterable[Record], column: str) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        if row.get(column):
            groups[row[column]].append(row)
    return groups
