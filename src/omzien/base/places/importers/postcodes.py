"""Postcode tables: 4pp (a point for four digits) and pc6-gwb (a neighbourhood for six signs)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from omzien.base.places.importers import errors
from omzien.base.places.importers.rows import Batch, PostcodeRow, SkippedRow
from omzien.base.places.importers.tables import (
    NotANumberError,
    Row,
    Table,
    matched,
    number_of,
    read_table,
    stem,
    text_of,
    year_in,
)
from omzien.methods.maps.projection import rd_from_wgs84

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KIND = "postcodes"
POINT_COLUMNS = {
    "code": ("postcode",),
    "municipality": ("gemeente",),
    "latitude": ("latitude",),
    "longitude": ("longitude",),
    "sort": ("soort",),
}
# In degrees; four decimals would be eleven metres.
A_CENTIMETRE = Decimal("0.0000001")
POSTCODE = re.compile(r"[1-9]\d{3}([A-Z]{2})?")


def read_postcodes(path: Path, *, year: int | None = None) -> Batch:
    """Read either layout; which one, the first row tells."""
    table = _table(path)
    division = year_in(table.file_name, year)
    if any(column.lower() == "pc6" for column in table.columns):
        return _batch(table, partial(_six, columns=_six_columns(table.columns), division=division))
    columns = matched(table.columns, POINT_COLUMNS, needed=tuple(POINT_COLUMNS))
    return _batch(table, partial(_four, columns=columns, division=division))


def _table(path: Path) -> Table:
    try:
        return read_table(path)
    except errors.WrongEncoding:
        return read_table(path, encoding="iso-8859-1")


def _batch(table: Table, read_row: Callable[[Row], PostcodeRow]) -> Batch:
    rows: list[PostcodeRow] = []
    skipped: list[SkippedRow] = []
    for number, row in enumerate(table.rows, start=2):
        try:
            rows.append(read_row(row))
        except ValueError as problem:
            skipped.append(SkippedRow(f"row {number}", str(problem)))
    if not rows:
        raise errors.NothingOfUse(skipped[0].why if skipped else "no rows")
    return Batch(
        KIND, table.file_name, table.sha256, postcodes=tuple(rows), skipped=tuple(skipped)
    )


def _six_columns(columns: tuple[str, ...]) -> dict[str, str]:
    """Find PC6, Buurt2020 and Gemeente2020, whatever the year behind them."""
    by_start = {re.sub(r"\d{4}$", "", stem(column)).lower(): column for column in columns}
    try:
        return {
            "code": next(column for column in columns if column.lower() == "pc6"),
            "area": by_start["buurt"],
            "municipality": by_start["gemeente"],
        }
    except KeyError as missing:
        raise errors.WrongColumns(f"missing: {missing}") from missing


def _six(row: Row, columns: dict[str, str], division: int) -> PostcodeRow:
    area = text_of(row, columns["area"]).removeprefix("BU")
    municipality = text_of(row, columns["municipality"]).removeprefix("GM")
    if not area or len(area) > 8 or not municipality.isdigit():  # noqa: PLR2004 - a code has eight signs
        raise ValueError("no neighbourhood")
    return PostcodeRow(
        code=_postcode(text_of(row, columns["code"])),
        division_year=division,
        municipality=f"GM{municipality.zfill(4)}",
        area_code=f"BU{area.zfill(8)}",
        exact=True,
    )


def _four(row: Row, columns: dict[str, str], division: int) -> PostcodeRow:
    try:
        latitude = number_of(row, columns["latitude"], kept=A_CENTIMETRE)
        longitude = number_of(row, columns["longitude"], kept=A_CENTIMETRE)
    except NotANumberError as problem:
        raise ValueError(f"'{problem}' is not a position") from problem
    if latitude is None or longitude is None:
        raise ValueError("no position")
    x, y = rd_from_wgs84(float(longitude), float(latitude))
    return PostcodeRow(
        code=_postcode(text_of(row, columns["code"])),
        division_year=division,
        municipality=text_of(row, columns["municipality"]),
        box=text_of(row, columns["sort"]).lower() == "postbus",
        x=round(x, 1),
        y=round(y, 1),
    )


def _postcode(text: str) -> str:
    code = text.replace(" ", "").upper()
    if not POSTCODE.fullmatch(code):
        raise ValueError(f"'{text[:10]}' is not a postcode")
    return code
