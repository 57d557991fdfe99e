"""The municipality's own figures (GGD, Stadspeiling, …) in our simple template, XLSX or CSV."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from django.utils.text import slugify
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from omzien.base.places.importers import errors
from omzien.base.places.importers.rows import Batch, FigureRow, SkippedRow, SourceRow
from omzien.base.places.importers.tables import (
    NotANumberError,
    Row,
    Table,
    fingerprint,
    matched,
    number_of,
    read_table,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KIND = "own-figures"
COLUMNS = {
    "area": ("gebiedscode",),
    "division": ("indelingsjaar",),
    "indicator": ("indicator",),
    "period": ("periode",),
    "group": ("leeftijd",),
    "value": ("waarde",),
    "lower": ("ondergrens",),
    "upper": ("bovengrens",),
    "base": ("aantal ondervraagden",),
    "base_note": ("toelichting aantal",),
    "modelled": ("schatting (ja/nee)",),
    "reason": ("reden niet getoond",),
    "source": ("bron",),
    "publisher": ("uitgever",),
    "url": ("webadres",),
    "note": ("opmerking",),
}
NEEDED = ("area", "division", "indicator", "period", "group", "value", "source")
REASONS = {
    "afgeschermd": "withheld",
    "te weinig": "too-few",
    "te onzeker": "unreliable",
    "verraadt ander cijfer": "secondary",
}
AMBIGUOUS = re.compile(r"-?\d{1,3}(\.\d{3})+")
EXAMPLE = (
    "GM0637", 2018, "city-survey-lonely", "2018", "18+", 37, None, None, None, None, "nee", None,
    "Stadspeiling 2018", "Gemeente Zoetermeer", None, "Voorbeeld: vervang deze regel.",
)  # fmt: skip
EXPLANATION = (
    ("gebiedscode", "Code van het CBS: NL00, GM0637, WK063700 of BU06370000."),
    ("indelingsjaar", "Het jaar van de wijk- en buurtindeling waarin de code geldt."),
    ("indicator", "De korte naam van een bestaande indicator, zoals lonely of volunteering."),
    ("periode", "Een jaar, zoals 2024."),
    ("leeftijd", "all, 18+, 19+, 65+, 18-64 …"),
    ("waarde", "Het cijfer. Leeg laten mag alleen met een reden in 'reden niet getoond'."),
    ("ondergrens en bovengrens", "Het 95%-interval, allebei of geen van beide."),
    ("aantal ondervraagden", "Op hoeveel mensen het cijfer berust."),
    ("reden niet getoond", ", ".join(REASONS)),
    ("bron", "Naam van het onderzoek."),
)


def write_template(path: Path) -> None:
    """Write an empty template with one example row and a sheet that explains the columns."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "cijfers"
    sheet.append([names[0] for names in COLUMNS.values()])
    sheet.append(list(EXAMPLE))
    for number, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = 22
    sheet.freeze_panes = "A2"
    words = book.create_sheet("uitleg")
    for line in EXPLANATION:
        words.append(list(line))
    words.column_dimensions["A"].width = 28
    words.column_dimensions["B"].width = 90
    book.save(path)


def read_own_figures(path: Path, *, year: int | None = None) -> Batch:
    """Read the template, filled in; rows that cannot be used come back with the reason."""
    table = _workbook(path) if path.suffix.lower() == ".xlsx" else _text_file(path)
    columns = matched(table.columns, COLUMNS, needed=NEEDED)
    figures: list[FigureRow] = []
    sources: dict[str, SourceRow] = {}
    skipped: list[SkippedRow] = []
    for number, row in enumerate(table.rows, start=2):
        try:
            source = _source(row, columns)
            figures.append(_figure(row, columns, source.slug, year))
            sources.setdefault(source.slug, source)
        except ValueError as problem:
            skipped.append(SkippedRow(f"row {number}", str(problem)))
    if not figures:
        raise errors.NothingOfUse(skipped[0].why if skipped else "no rows")
    return Batch(
        kind=KIND,
        file_name=table.file_name,
        sha256=table.sha256,
        sources=tuple(sources.values()),
        figures=tuple(figures),
        skipped=tuple(skipped),
    )


def _text_file(path: Path) -> Table:
    return read_table(path, official=False)


def _workbook(path: Path) -> Table:
    if not path.is_file():
        raise errors.MissingFile(str(path))
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, EOFError) as broken:
        raise errors.HalfADownload(path.name) from broken
    try:
        lines = [list(line) for line in book.worksheets[0].iter_rows(values_only=True)]
    finally:
        book.close()
    if not lines:
        raise errors.EmptyFile(path.name)
    columns = tuple(str(name or "").strip() for name in lines[0])
    rows = tuple(_row(columns, line) for line in lines[1:] if any(c is not None for c in line))
    return Table(path.name, fingerprint(path.read_bytes()), columns, rows)


def _row(columns: tuple[str, ...], line: Iterable[object]) -> Row:
    return {column: _cell(cell) for column, cell in zip(columns, line, strict=False)}


def _cell(cell: object) -> str | None:
    """Write a number of a workbook in full: a fraction with a comma, so that it stays one."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell).replace(".", ",")
    return None if cell is None else str(cell)


def _source(row: Row, columns: dict[str, str]) -> SourceRow:
    title = text_of(row, columns["source"])
    if not title:
        raise ValueError("no source")
    publisher = text_of(row, columns.get("publisher")) or title
    url = text_of(row, columns.get("url"))
    return SourceRow(slugify(title)[:80], title, publisher[:120], url)


def _figure(row: Row, columns: dict[str, str], source: str, year: int | None) -> FigureRow:
    value = _number(row, columns, "value")
    division = _number(row, columns, "division") or (Decimal(year) if year else None)
    base = _number(row, columns, "base")
    reason = text_of(row, columns.get("reason")).lower()
    if division is None:
        raise ValueError("no year of the division")
    if value is None and reason not in REASONS:
        raise ValueError(f"no figure and no known reason ({', '.join(REASONS)})")
    if value is not None and reason:
        raise ValueError("a figure that is shown and a reason why it is not shown")
    lower, upper = _number(row, columns, "lower"), _number(row, columns, "upper")
    _check_interval(lower, value, upper)
    return FigureRow(
        indicator=text_of(row, columns["indicator"]),
        source=source,
        area_code=text_of(row, columns["area"]).upper(),
        division_year=int(division),
        period=text_of(row, columns["period"]),
        group=text_of(row, columns["group"]).replace(" ", ""),
        value=value,
        lower=lower,
        upper=upper,
        base=int(base) if base is not None else None,
        base_note=text_of(row, columns.get("base_note")),
        modelled=text_of(row, columns.get("modelled")).lower() in {"ja", "j", "yes", "1"},
        reason=REASONS.get(reason, ""),
        note=text_of(row, columns.get("note")),
    )


def _number(row: Row, columns: dict[str, str], meaning: str) -> Decimal | None:
    text = text_of(row, columns.get(meaning))
    if AMBIGUOUS.fullmatch(text):
        raise ValueError(f"'{text}' may be a thousand or a fraction: write it without a dot")
    try:
        return number_of(row, columns.get(meaning))
    except NotANumberError as problem:
        raise ValueError(f"'{problem}' is not a number") from problem


def _check_interval(lower: Decimal | None, value: Decimal | None, upper: Decimal | None) -> None:
    if lower is None and upper is None:
        return
    if lower is None or upper is None or value is None or not lower <= value <= upper:
        raise ValueError("the figure does not lie between its lower and upper bound")
