"""A work list as a spreadsheet, and what came back of it. No database, no clock."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, Protection
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

LIST, STAMP = "Werklijst", "Omzien"
COLUMNS = ("Sleutel", "Merk", "Wat", "Wie", "Sinds", "Uiterlijk", "Van wie", "Klaar", "Notitie")
WIDTHS = (12, 12, 22, 32, 12, 12, 30, 8, 60)
EDITABLE = {"Uiterlijk", "Van wie", "Klaar", "Notitie"}
YES, NO = {"ja", "j", "yes", "y", "x", "1", "true", "waar"}, {"", "nee", "n", "no", "0", "onwaar"}
# What a spreadsheet program may take for the beginning of a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
LARGEST, LARGEST_UNPACKED, MOST_ROWS = 2_000_000, 30_000_000, 5_000
DAY_AS_TYPED = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")


class NotAWorkList(Exception):
    """The file is not a work list that was taken from here: take a new one and change that."""


class FormulaInside(Exception):
    """There is a formula in the file. Replace it by plain text and try again."""


@dataclass(frozen=True)
class SheetRow:
    """One row: its key and mark, what it says, and the four things that may be changed."""

    key: str
    mark: str
    title: str
    who: str
    since: date | None
    due_on: date | None
    owner: str
    done: bool | None
    note: str


def write_sheet(rows: Iterable[SheetRow], *, stamp: str) -> bytes:
    """Return an XLSX file with one row a piece of work, and a signed stamp on a second sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = LIST
    sheet.append(list(COLUMNS))
    for row in rows:
        done = "ja" if row.done else ""
        cells = (row.key, row.mark, row.title, row.who, row.since, row.due_on, row.owner, done)
        append_safely(sheet, (*cells, row.note))
    lay_out(sheet)
    book.create_sheet(STAMP).append([stamp])
    book[STAMP].sheet_state = "hidden"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def append_safely(sheet: Worksheet, values: Sequence[str | date | None]) -> None:
    """Add a row in which no text can be taken for a formula."""
    at = sheet.max_row + 1
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row=at, column=column)
        cell.value = harmless(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"


def harmless(text: str) -> str:
    """Return text with an apostrophe in front where a program could take it for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def as_typed(text: str) -> str:
    """Return text without the apostrophe that `harmless` set before it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def lay_out(sheet: Worksheet) -> None:
    """Set widths, a fixed first row, and lock what must not be changed."""
    sheet.freeze_panes = "C2"
    for number, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True), 1):
        head = sheet.cell(row=1, column=number)
        head.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = width
        if name in EDITABLE:
            for (cell,) in sheet.iter_rows(min_row=2, min_col=number, max_col=number):
                cell.protection = Protection(locked=False)
    sheet.protection.sheet = True


def read_sheet(data: bytes) -> tuple[str, list[SheetRow]]:
    """Return the stamp and the rows of a file that came back.

    Raises `NotAWorkList` for anything else than a work list, `FormulaInside` for a formula.
    """
    refuse_odd_files(data)
    try:
        book = load_workbook(BytesIO(data), read_only=False)
    except (InvalidFileException, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise NotAWorkList from error
    if LIST not in book.sheetnames or STAMP not in book.sheetnames:
        raise NotAWorkList
    sheet, stamp = book[LIST], book[STAMP]["A1"].value
    heads = tuple(cell.value for cell in sheet[1][: len(COLUMNS)])
    if heads != COLUMNS or not isinstance(stamp, str) or sheet.max_row > MOST_ROWS:
        raise NotAWorkList
    found = sheet.iter_rows(min_row=2, max_col=len(COLUMNS))
    return stamp, [row_of(cells) for cells in found if any(cell.value for cell in cells)]


def refuse_odd_files(data: bytes) -> None:
    """Refuse what is too large, also once unpacked, or no spreadsheet at all."""
    if len(data) > LARGEST or not zipfile.is_zipfile(BytesIO(data)):
        raise NotAWorkList
    with zipfile.ZipFile(BytesIO(data)) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > LARGEST_UNPACKED:
            raise NotAWorkList


def row_of(cells: Sequence[Cell | MergedCell]) -> SheetRow:
    """Return one row as it was read; a formula anywhere in it is refused."""
    if any(cell.data_type == "f" for cell in cells):
        raise FormulaInside
    key, mark, title, who, since, due_on, owner, done, note = (cell.value for cell in cells)
    return SheetRow(
        key=text_of(key),
        mark=text_of(mark),
        title=text_of(title),
        who=text_of(who),
        since=day_of(since),
        due_on=day_of(due_on),
        owner=text_of(owner).casefold(),
        done=done_of(done),
        note=text_of(note),
    )


def text_of(value: object) -> str:
    return as_typed(str(value).strip()) if value is not None else ""


def day_of(value: object) -> date | None:
    """Return a day from a date or from text as people type it; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    for form in DAY_AS_TYPED:
        try:
            return datetime.strptime(text_of(value), form).date()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    return None


def done_of(value: object) -> bool | None:
    """Return whether somebody wrote that it is done; None when it is neither yes nor no."""
    said = text_of(value).casefold()
    if said in YES:
        return True
    return False if said in NO else None
