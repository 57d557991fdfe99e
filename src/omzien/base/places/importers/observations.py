"""The long shape of OData v4, one row a number, made wide again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from omzien.base.places.importers import errors
from omzien.base.places.importers.tables import Cell, Table, read_bytes, read_json, text_of

if TYPE_CHECKING:
    from pathlib import Path

LONG = {"Measure", "Value", "WijkenEnBuurten"}
CODES = "MeasureCodes.json"


def widened(table: Table, path: Path) -> Table:
    """Give one row an area, with the columns named as in the wide shape.

    The long shape names measures by number; what they mean stands in the list MeasureCodes of
    the same table, which has to lie beside the file.
    """
    if not set(table.columns) >= LONG:
        return table
    titles = _titles(path.with_name(CODES))
    rows: dict[str, dict[str, Cell]] = defaultdict(dict)
    for row in table.rows:
        code = text_of(row, "WijkenEnBuurten")
        if title := titles.get(text_of(row, "Measure")):
            rows[code]["WijkenEnBuurten"] = code
            rows[code][title] = row.get("Value")
    columns = tuple(dict.fromkeys(name for row in rows.values() for name in row))
    return replace(table, columns=columns, rows=tuple(rows.values()))


def _titles(path: Path) -> dict[str, str]:
    if not path.is_file():
        raise errors.WrongColumns(f"save MeasureCodes of the same table as {path}")
    found = read_json(read_bytes(path)).get("value")
    if not isinstance(found, list):
        raise errors.WrongColumns(f"{path.name} has no list called 'value'")
    return {text_of(row, "Identifier"): _column(text_of(row, "Title")) for row in found}


def _column(title: str) -> str:
    """Write a title as the wide shape does: "0 tot 15 jaar" is the column k_0Tot15Jaar."""
    name = "".join(sign for sign in title if sign.isalnum())
    return f"k_{name}" if name[:1].isdigit() else name
