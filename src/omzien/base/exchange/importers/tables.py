"""A spreadsheet or CSV file of anybody, as a table of text; what is odd about it is said."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

LARGEST = 5_000_000
LARGEST_UNPACKED = 60_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 5_000
ARCHIVE = b"PK\x03\x04"
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


class TableRefused(Exception):
    """The file cannot be used. Nothing was changed."""


class TooLarge(TableRefused):
    """The file is larger than 5 MB or has more than 5,000 rows. Split it into parts."""


class NotATable(TableRefused):
    """This is not a spreadsheet (XLSX) or CSV file that can be read. Save it as XLSX once more."""


class NoRows(TableRefused):
    """There is no row below the first one with the names of the columns."""


class UnreadableLetters(TableRefused):
    """The letters in the file cannot be read. Save it as XLSX, or as CSV in UTF-8."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number in the file, its cells as text, and what is odd about it."""

    number: int
    cells: tuple[str, ...]
    oddities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns, and the rows below them."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


# What can be odd about a row: codes, put in words where a person reads them.
FORMULA, MERGED, TOO_LONG, CONTROL = "formula", "merged", "too-long", "control"


def read_table(data: bytes) -> Table:
    """Read an XLSX or CSV file, told apart by its first bytes."""
    if len(data) > LARGEST:
        raise TooLarge
    rows = list(workbook_rows(data) if data.startswith(ARCHIVE) else csv_rows(data))
    filled = [row for row in rows if any(row.cells)]
    if len(filled) < 2:  # noqa: PLR2004 - the names, and one row
        raise NoRows
    if len(filled) > MOST_ROWS + 1:
        raise TooLarge
    head, *body = filled
    named = [number for number, name in enumerate(head.cells, 1) if name.strip()]
    width = min(max(named, default=0), MOST_COLUMNS)
    columns = tuple(name.strip() for name in head.cells[:width])
    return Table(columns, tuple(checked(row, width) for row in body))


def checked(row: TableRow, width: int) -> TableRow:
    """Return a row of the right width; cells that cannot be text of a person are emptied."""
    cells, oddities = [], list(row.oddities)
    for cell in (*row.cells[:width], *[""] * (width - len(row.cells))):
        if len(cell) > LONGEST_CELL:
            oddities.append(TOO_LONG)
            cells.append("")
        elif any(sign < " " and sign not in "\n\r\t" for sign in cell):
            oddities.append(CONTROL)
            cells.append("")
        else:
            cells.append(cell.strip())
    return TableRow(row.number, tuple(cells), tuple(dict.fromkeys(oddities)))


def csv_rows(data: bytes) -> Iterator[TableRow]:
    """Yield the rows of a CSV file with ; , or a tab between its cells."""
    text = decoded(data)
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    if first.lstrip()[:1] in {"<", "{", "["}:
        raise NotATable
    try:
        for number, cells in enumerate(csv.reader(StringIO(text), delimiter=delimiter), 1):
            if number > MOST_ROWS * 2:
                raise TooLarge
            yield TableRow(number, tuple(cells), formulas_in(cells))
    except csv.Error as error:
        raise TooLarge from error


def decoded(data: bytes) -> str:
    """Return the text of a file in one of the encodings that occur."""
    marked = data.startswith(BYTE_ORDER_MARKS)
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableLetters


def formulas_in(cells: Sequence[str]) -> tuple[str, ...]:
    return (FORMULA,) if any(cell.startswith("=") for cell in cells) else ()


def workbook_rows(data: bytes) -> Iterator[TableRow]:
    """Yield the rows of the first sheet; a merged cell counts for every row that it covers."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise TooLarge
        book = load_workbook(BytesIO(data), data_only=False)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise NotATable from error
    sheet = book.worksheets[0] if book.worksheets else None
    if sheet is None or sheet.max_row > MOST_ROWS * 2:
        raise TooLarge if sheet is not None else NotATable
    covered = merged_values(sheet)
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        values, oddities = [], []
        for column, cell in enumerate(cells, 1):
            if (number, column) in covered:
                oddities.append(MERGED)
                values.append(covered[number, column])
            elif cell.data_type == "f":
                oddities.append(FORMULA)
                values.append("")
            else:
                values.append(as_text(cell.value))
        yield TableRow(number, tuple(values), tuple(dict.fromkeys(oddities)))


def merged_values(sheet: Worksheet) -> dict[tuple[int, int], str]:
    """Return for every cell under a merged one what stands in the merged cell."""
    return {
        (row, column): as_text(sheet.cell(area.min_row, area.min_col).value)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
        if (row, column) != (area.min_row, area.min_col)
    }


def as_text(value: object) -> str:
    """Return a cell as somebody would type it: a whole number without .0, a day as 2026-12-01."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
