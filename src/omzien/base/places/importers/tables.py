"""Reading tables as they come: CSV of many tastes and OData JSON, checked before use."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from omzien.base.places.importers import errors

if TYPE_CHECKING:
    from pathlib import Path

Cell = str | int | float | None
Row = Mapping[str, Cell]

ARCHIVE_MARKS = (b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf")
MISSING_WORDS = frozenset({"", ".", "x", "null", "n.b.", "nb"})
MISSING_NUMBERS = frozenset({Decimal(-99995), Decimal(-99997), Decimal(-99999999)})
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
FOUR_DECIMALS = Decimal("0.0001")


class NotANumberError(ValueError):
    """The cell holds something else than a number."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by column name, and what the file was."""

    file_name: str
    sha256: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_bytes(path: Path) -> bytes:
    """Read a file and refuse what cannot be data: nothing, an archive, a workbook, a page."""
    if not path.is_file():
        raise errors.MissingFile(str(path))
    content = path.read_bytes()
    if not content.strip():
        raise errors.EmptyFile(path.name)
    if content.startswith(ARCHIVE_MARKS):
        raise (errors.IsAWorkbook if b"xl/" in content else errors.IsAnArchive)(path.name)
    if content.lstrip()[:15].lower().startswith((b"<!doctype", b"<html")):
        raise errors.IsAWebPage(path.name)
    return content


def fingerprint(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def decoded(content: bytes, encoding: str = "utf-8-sig") -> str:
    """Turn bytes into text, refusing another encoding than the kind of file has."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as broken:
        raise errors.WrongEncoding(f"byte {broken.start}") from broken
    if "\x00" in text:
        raise errors.WrongEncoding("it looks like UTF-16")
    return text


def read_json(content: bytes) -> dict[str, Any]:
    """Read one JSON object; a text that stops half-way is half a download."""
    try:
        document = json.loads(decoded(content))
    except json.JSONDecodeError as broken:
        raise errors.HalfADownload(f"line {broken.lineno}: {broken.msg}") from broken
    if not isinstance(document, dict):
        raise errors.WrongColumns("a JSON object is needed")
    return document


def read_table(path: Path, *, encoding: str = "utf-8-sig", official: bool = True) -> Table:
    """Read a CSV file or an OData answer (by its first character) as a table.

    An official file ends with a line end; without one it was cut off.
    """
    content = read_bytes(path)
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        rows = _odata_rows(read_json(content))
        columns = tuple(dict.fromkeys(key for row in rows[:1] for key in row))
    else:
        columns, rows = _csv_rows(decoded(content, encoding), ends=official)
    return Table(path.name, fingerprint(content), columns, rows)


def _odata_rows(document: Mapping[str, Any]) -> tuple[Row, ...]:
    if any("nextLink" in key for key in document):
        raise errors.HalfADownload("only the first page of the answer")
    rows = document.get("value")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise errors.WrongColumns("an OData answer has a list called 'value'")
    return tuple(rows)


def _csv_rows(text: str, *, ends: bool) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    first_line = text.partition("\n")[0]
    delimiter = max(";,\t", key=first_line.count)
    if delimiter not in first_line:
        raise errors.WrongColumns(f"the first line is {first_line[:60].strip()!r}")
    if ends and not text.endswith("\n"):
        raise errors.HalfADownload("the last line has no end")
    try:
        lines = [line for line in csv.reader(io.StringIO(text), delimiter=delimiter) if line]
    except csv.Error as broken:
        raise errors.HalfADownload(str(broken)) from broken
    columns = tuple(name.strip() for name in lines[0])
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(columns):
            raise errors.HalfADownload(
                f"row {number} has {len(line)} cells where the first row has {len(columns)}"
            )
    return columns, tuple(dict(zip(columns, line, strict=True)) for line in lines[1:])


def stem(column: str) -> str:
    """Cut off the number of an edition: HuishoudensTotaal_29 and _28 are one column."""
    return re.sub(r"_\d+$", "", column.strip())


def matched(
    columns: tuple[str, ...], aliases: Mapping[str, tuple[str, ...]], *, needed: tuple[str, ...]
) -> dict[str, str]:
    """Find by meaning the column of this file: on its full name first, then on its stem."""
    by_name = {column.lower(): column for column in reversed(columns)}
    by_stem = {stem(column).lower(): column for column in reversed(columns)}
    found = {}
    for meaning, names in aliases.items():
        hits = [by_name.get(n.lower()) or by_stem.get(n.lower()) for n in names]
        if hit := next((h for h in hits if h), None):
            found[meaning] = hit
    if missing := [meaning for meaning in needed if meaning not in found]:
        wanted = ", ".join(aliases[meaning][0] for meaning in missing)
        raise errors.WrongColumns(f"missing: {wanted}; found: {', '.join(columns)[:200]}")
    return found


def text_of(row: Row, column: str | None) -> str:
    """Give a cell as text without the blanks that pad it."""
    cell = row.get(column) if column else None
    return "" if cell is None else str(cell).strip()


def number_of(row: Row, column: str | None, *, kept: Decimal = FOUR_DECIMALS) -> Decimal | None:
    """Give a cell as a number, None where the publisher has none.

    Takes a decimal comma, padding, "." and null for missing, and the codes for missing of the
    map files. Kept to four decimals, as figures are; positions in degrees need more.
    """
    text = text_of(row, column).replace("\u00a0", "")
    if text.lower() in MISSING_WORDS:
        return None
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    if not NUMBER.fullmatch(text):
        raise NotANumberError(text[:40])
    number = Decimal(text)
    return None if number in MISSING_NUMBERS else number.quantize(kept)


def year_in(file_name: str, given: int | None, tables: Mapping[str, int] | None = None) -> int:
    """Find the division year: as told, by the number of the table, or in the name of the file."""
    if given is not None:
        return given
    for table, year in (tables or {}).items():
        if table.lower() in file_name.lower():
            return year
    if found := re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", file_name):
        return int(found[0])
    raise errors.YearNeeded(file_name)
