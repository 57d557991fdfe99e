"""England's loneliness by small area (LSOA 2021): real figures in large number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from omzien.base.places.importers import errors
from omzien.base.places.importers.rows import AreaRow, Batch, FigureRow, SkippedRow, SourceRow
from omzien.base.places.importers.tables import (
    NotANumberError,
    matched,
    number_of,
    read_table,
    text_of,
)

if TYPE_CHECKING:
    from pathlib import Path

KIND = "english-small-areas"
COLUMNS = {"code": ("lsoa21_code",), "value": ("perc",)}
DIVISION = 2021
PERIOD = "2020/21"
SOURCE = SourceRow(
    slug="community-life-survey-2020-21",
    title="Community Life Survey 2020/21, estimates by LSOA",
    publisher="DCMS",
    url="https://github.com/humaniverse/loneliness",
    licence="OGL v3",
)


def read_small_areas(path: Path, *, year: int | None = None) -> Batch:
    """Read the share that is lonely often or some of the time; `year` is not used."""
    del year
    table = read_table(path)
    columns = matched(table.columns, COLUMNS, needed=tuple(COLUMNS))
    areas = [AreaRow("E92000001", DIVISION, name="England")]
    figures: list[FigureRow] = []
    skipped: list[SkippedRow] = []
    for number, row in enumerate(table.rows, start=2):
        code = text_of(row, columns["code"])
        try:
            value = number_of(row, columns["value"])
        except NotANumberError:
            value = None
        if value is None or not re.fullmatch(r"E01\d{6}", code):
            skipped.append(SkippedRow(f"row {number}", "no English area with a figure"))
            continue
        areas.append(AreaRow(code, DIVISION, name=code))
        figures.append(
            FigureRow(
                indicator="community-life-lonely",
                source=SOURCE.slug,
                area_code=code,
                division_year=DIVISION,
                period=PERIOD,
                group="16+",
                value=value,
                modelled=True,
            )
        )
    if not figures:
        raise errors.NothingOfUse(skipped[0].why if skipped else "no rows")
    return Batch(
        kind=KIND,
        file_name=table.file_name,
        sha256=table.sha256,
        sources=(SOURCE,),
        areas=tuple(areas),
        figures=tuple(figures),
        skipped=tuple(skipped),
    )
