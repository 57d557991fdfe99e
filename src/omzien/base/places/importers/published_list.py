"""A list of published percentages, each with the page on which it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.text import slugify

from omzien.base.places.importers import errors
from omzien.base.places.importers.key_figures import CODE
from omzien.base.places.importers.rows import AreaRow, Batch, FigureRow, SkippedRow, SourceRow
from omzien.base.places.importers.tables import (
    NotANumberError,
    Row,
    matched,
    number_of,
    read_table,
    text_of,
)

if TYPE_CHECKING:
    from pathlib import Path

KIND = "published-list"
COLUMNS = {
    "name": ("gebied",),
    "area": ("code",),
    "period": ("jaar",),
    "group": ("leeftijd",),
    "label": ("indicator",),
    "value": ("waarde_pct",),
    "source": ("bron",),
    "url": ("url",),
}
# Every publisher's own words, with the way of counting behind them.
INDICATORS = {
    "matig eenzaam": "lonely-moderate",
    "(zeer) ernstig eenzaam": "lonely-severe",
    "sterk eenzaam": "lonely-severe",
    "eenzaam": "lonely",
    "eenzaam (matig tot zeer ernstig)": "lonely",
}
CITY_SURVEY = "stadspeiling"


def read_published_list(path: Path, *, year: int | None = None) -> Batch:
    """Read published figures; `year` is not used, every row has its own."""
    del year
    table = read_table(path, official=False)
    columns = matched(table.columns, COLUMNS, needed=tuple(COLUMNS))
    areas: dict[tuple[str, int], AreaRow] = {}
    figures: list[FigureRow] = []
    sources: dict[str, SourceRow] = {}
    skipped: list[SkippedRow] = []
    for number, row in enumerate(table.rows, start=2):
        try:
            source = _source(row, columns)
            figure = _figure(row, columns, source.slug)
        except ValueError as problem:
            skipped.append(
                SkippedRow(f"row {number} {text_of(row, columns['name'])}", str(problem))
            )
            continue
        name = text_of(row, columns["name"])
        key = figure.area_code, figure.division_year
        areas.setdefault(key, AreaRow(*key, name=name))
        sources.setdefault(source.slug, source)
        figures.append(figure)
    if not figures:
        raise errors.NothingOfUse(skipped[0].why if skipped else "no rows")
    return Batch(
        kind=KIND,
        file_name=table.file_name,
        sha256=table.sha256,
        sources=tuple(sources.values()),
        areas=tuple(areas.values()),
        figures=tuple(figures),
        skipped=tuple(skipped),
    )


def _source(row: Row, columns: dict[str, str]) -> SourceRow:
    title = text_of(row, columns["source"])
    if not title:
        raise ValueError("no source")
    return SourceRow(slugify(title)[:80], title, title[:120], text_of(row, columns["url"]))


def _figure(row: Row, columns: dict[str, str], source: str) -> FigureRow:
    area, period = text_of(row, columns["area"]), text_of(row, columns["period"])
    label = text_of(row, columns["label"]).lower()
    if not CODE.fullmatch(area):
        raise ValueError("no code of a country, municipality, district or neighbourhood")
    if not re.fullmatch(r"\d{4}", period):
        raise ValueError("no year")
    indicator = "city-survey-lonely" if CITY_SURVEY in source else INDICATORS.get(label)
    if indicator is None:
        raise ValueError(f"unknown indicator '{label}'")
    try:
        value = number_of(row, columns["value"])
    except NotANumberError as problem:
        raise ValueError(f"'{problem}' is not a number") from problem
    if value is None:
        raise ValueError("no value")
    return FigureRow(
        indicator=indicator,
        source=source,
        area_code=area,
        division_year=int(period),
        period=period,
        group=text_of(row, columns["group"]),
        value=value,
    )
