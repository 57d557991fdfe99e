"""A table as a file for a spreadsheet program. No cell of it can be taken for a formula."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from odfdo import Cell, Document, Table
from odfdo import Row as OdsRow
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What a spreadsheet program may take for the beginning of a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
SHEET = "Overzicht"
WIDTH = 24


def harmless(text: str) -> str:
    """Return text with an apostrophe in front where a program could take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def to_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table in UTF-8, with the mark by which spreadsheet programs know that."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a workbook of one sheet, with names that stay in view."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.freeze_panes = "B2"
    for number in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    names = [WriteOnlyCell(sheet, name) for name in head]
    for cell in names:
        cell.font = Font(bold=True)
    sheet.append(names)
    for row in rows:
        cells = [WriteOnlyCell(sheet, text) for text in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def to_ods(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a sheet of LibreOffice."""
    document = Document("spreadsheet")
    document.body.clear()
    table = Table(SHEET)
    for row in (head, *rows):
        line = OdsRow()
        line.extend_cells([Cell(text, cell_type="string") for text in row])
        table.append_row(line, clone=False)
    document.body.append(table)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


WRITERS = {
    "csv": ("text/csv; charset=utf-8", to_csv),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        to_xlsx,
    ),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", to_ods),
}
