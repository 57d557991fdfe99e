"""The whole social map in the tabular form of HSDS: a zip of CSV files with what is in them."""

from __future__ import annotations

import csv
import json
import zipfile
from collections import defaultdict
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from omzien.base.exchange.queries.hsds.words import list_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from omzien.base.exchange.queries.hsds.words import Record

    Tables = Mapping[str, Mapping[str, Record]]

# The table of what stands inside a record, by the name of its field; others are called the same.
TABLE_OF = {
    "organization": "organizations",
    "location": "locations",
    "service_at_locations": "service_at_location",
    "taxonomy_term": "taxonomy_terms",
}
# Every file has the same moment, so that the same map gives the same bytes.
MOMENT = (2026, 1, 1, 0, 0, 0)
PROFILE = "tabular-data-package"


def tables_of(services: Iterable[Record]) -> Tables:
    """Return whole services as rows of tables, each row once, by its identifier."""
    tables: dict[str, dict[str, Record]] = defaultdict(dict)
    for service in services:
        put("services", service, tables)
    for one in list_records():
        put("taxonomies", one, tables)
    return tables


def put(table: str, record: Record, tables: dict[str, dict[str, Record]]) -> None:
    """Put a record in its table, and what stands inside it in theirs."""
    row: Record = {}
    for name, value in record.items():
        inside = value if isinstance(value, list) else [value]
        if value and isinstance(inside[0], dict):
            for one in inside:
                put(TABLE_OF.get(name, name), one, tables)
        else:
            row[name] = value
    tables[table].setdefault(row["id"], row)


def package_of(services: Iterable[Record]) -> bytes:
    """Return a zip with a CSV file for every table, and a description of them."""
    tables = tables_of(services)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, rows in sorted(tables.items()):
            write(packed, f"{name}.csv", csv_of(rows.values()))
        described = json.dumps(description_of(tables), indent=1)
        write(packed, "datapackage.json", described.encode())
    return file.getvalue()


def write(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    packed.writestr(info, content)


def columns_of(rows: Iterable[Record]) -> list[str]:
    """Return the columns that any row fills, in the order in which they come up."""
    return list(dict.fromkeys(name for row in rows for name in row))


def csv_of(rows: Iterable[Record]) -> bytes:
    every = list(rows)
    text = StringIO()
    writer = csv.DictWriter(text, columns_of(every))
    writer.writeheader()
    writer.writerows(every)
    return text.getvalue().encode()


def description_of(tables: Tables) -> dict[str, Any]:
    """Return what is in the package, as the standard for packages of tables wants it."""
    return {
        "name": "hsds",
        "profile": PROFILE,
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "schema": {
                    "primaryKey": "id",
                    "fields": [
                        {"name": column, "type": "string"} for column in columns_of(rows.values())
                    ],
                },
            }
            for name, rows in sorted(tables.items())
        ],
    }
