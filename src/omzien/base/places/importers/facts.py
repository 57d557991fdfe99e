"""The facts that come with Omzien: short files of our own, each line with its source."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from omzien.base.places.importers.rows import (
    AreaRow,
    Batch,
    FigureRow,
    IndicatorRow,
    PostcodeRow,
    SourceRow,
)
from omzien.base.places.importers.tables import Row, number_of, read_table, text_of

KIND = "facts"
FOLDER = Path(__file__).resolve().parent.parent / "facts"
FILES = ("indicators.json", "sources.csv", "areas.csv", "postcodes.csv", "figures.csv")


def read_facts(folder: Path = FOLDER) -> Batch:
    """Read indicators, sources, areas, postcodes and figures from the folder of facts."""
    contents = b"".join((folder / name).read_bytes() for name in FILES)
    definitions = json.loads((folder / "indicators.json").read_text(encoding="utf-8"))
    return Batch(
        kind=KIND,
        file_name=folder.name,
        sha256=hashlib.sha256(contents).hexdigest(),
        indicators=tuple(IndicatorRow(**definition) for definition in definitions),
        sources=tuple(_source(row) for row in _rows(folder, "sources.csv")),
        areas=tuple(_area(row) for row in _rows(folder, "areas.csv")),
        postcodes=tuple(_postcode(row) for row in _rows(folder, "postcodes.csv")),
        figures=tuple(_figure(row) for row in _rows(folder, "figures.csv")),
    )


def _rows(folder: Path, name: str) -> tuple[Row, ...]:
    return read_table(folder / name).rows


def _source(row: Row) -> SourceRow:
    slug, title, publisher = (text_of(row, column) for column in ("slug", "title", "publisher"))
    return SourceRow(slug, title, publisher, text_of(row, "url"), text_of(row, "licence"))


def _area(row: Row) -> AreaRow:
    x, y = number_of(row, "x"), number_of(row, "y")
    return AreaRow(
        code=text_of(row, "code"),
        division_year=int(text_of(row, "division_year")),
        name=text_of(row, "name"),
        x=None if x is None else float(x),
        y=None if y is None else float(y),
        note=text_of(row, "note"),
    )


def _postcode(row: Row) -> PostcodeRow:
    return PostcodeRow(
        code=text_of(row, "code"),
        division_year=int(text_of(row, "division_year")),
        municipality=text_of(row, "municipality"),
        area_code=text_of(row, "area_code"),
        box=text_of(row, "box") == "ja",
        x=float(text_of(row, "x")),
        y=float(text_of(row, "y")),
    )


def _figure(row: Row) -> FigureRow:
    base = text_of(row, "base")
    return FigureRow(
        indicator=text_of(row, "indicator"),
        source=text_of(row, "source"),
        area_code=text_of(row, "area_code"),
        division_year=int(text_of(row, "division_year")),
        period=text_of(row, "period"),
        group=text_of(row, "group"),
        value=number_of(row, "value"),
        lower=number_of(row, "lower"),
        upper=number_of(row, "upper"),
        base=int(base) if base else None,
        base_note=text_of(row, "base_note"),
        reason=text_of(row, "reason"),
        note=text_of(row, "note"),
    )
