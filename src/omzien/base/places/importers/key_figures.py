"""CBS Kerncijfers wijken en buurten: the CSV and OData shapes of every edition."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from omzien.base.places.importers import errors
from omzien.base.places.importers.observations import widened
from omzien.base.places.importers.rows import AreaRow, Batch, FigureRow, SkippedRow, SourceRow
from omzien.base.places.importers.tables import (
    NotANumberError,
    Row,
    matched,
    number_of,
    read_table,
    text_of,
    year_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KIND = "key-figures"
TABLES = {
    "83765NED": 2017,
    "85318NED": 2022,
    "85618NED": 2023,
    "85984NED": 2024,
    "86165NED": 2025,
}
CODE = re.compile(r"(NL00|GM\d{4}|WK\d{4}\w{2}|BU\d{4}\w{4})")
COLUMNS = {
    "code": ("Codering", "buurtcode", "gwb_code_10", "gwb_code", "WijkenEnBuurten"),
    "name": ("buurtnaam", "regio", "WijkenEnBuurten"),
    "inhabitants": ("AantalInwoners", "a_inw"),
    "0-14": ("k_0Tot15Jaar", "a_00_14"),
    "15-24": ("k_15Tot25Jaar", "a_15_24"),
    "25-44": ("k_25Tot45Jaar", "a_25_44"),
    "45-64": ("k_45Tot65Jaar", "a_45_64"),
    "65+": ("k_65JaarOfOuder", "a_65_oo"),
    "households": ("HuishoudensTotaal", "a_hh"),
    "single-person-households": ("Eenpersoonshuishoudens", "a_1p_hh"),
    "households-with-children": ("HuishoudensMetKinderen", "a_hh_m_k"),
    "household-size": ("GemiddeldeHuishoudensgrootte", "g_hhgro"),
    "population-density": ("Bevolkingsdichtheid", "bev_dich"),
    "income-per-inhabitant": ("GemiddeldInkomenPerInwoner", "g_ink_pi"),
    "near-social-minimum": ("HuishOnderOfRondSociaalMinimum", "p_hh_osm"),
    "urbanity": ("MateVanStedelijkheid", "ste_mvs"),
}
AGE_GROUPS = ("0-14", "15-24", "25-44", "45-64", "65+")
# Below this number of inhabitants a share out of counts rounded to fives says nothing.
FEWEST_FOR_A_SHARE = 50
ROUNDED = "Berekend uit aantallen die het CBS op vijftallen afrondt."


def read_key_figures(path: Path, *, year: int | None = None) -> Batch:
    """Read areas and their key figures; figures that CBS leaves out come with that reason."""
    table = widened(read_table(path), path)
    columns = matched(table.columns, COLUMNS, needed=("code", "inhabitants"))
    division = year_in(table.file_name, year, TABLES)
    source = SourceRow(
        slug=f"cbs-kwb-{division}",
        title=f"CBS Kerncijfers wijken en buurten {division}",
        publisher="CBS",
        url="https://www.cbs.nl/nl-nl/reeksen/publicatie/kerncijfers-wijken-en-buurten",
        licence="CC BY 4.0",
    )
    areas: list[AreaRow] = []
    figures: list[FigureRow] = []
    skipped: list[SkippedRow] = []
    for number, row in enumerate(table.rows, start=2):
        try:
            area = _area(row, columns, division)
            figures += _figures(row, columns, area, source.slug)
            areas.append(area)
        except ValueError as problem:
            skipped.append(SkippedRow(f"row {number}", str(problem)))
    if not areas:
        raise errors.NothingOfUse(skipped[0].why if skipped else "no rows")
    return Batch(
        kind=KIND,
        file_name=table.file_name,
        sha256=table.sha256,
        sources=(source,),
        areas=tuple(areas),
        figures=tuple(figures),
        skipped=tuple(skipped),
    )


def _area(row: Row, columns: dict[str, str], division: int) -> AreaRow:
    code = text_of(row, columns["code"])
    if not CODE.fullmatch(code):
        raise ValueError(f"'{code[:20]}' is not the code of an area")
    name = text_of(row, columns.get("name"))
    return AreaRow(code, division, name="" if CODE.fullmatch(name) else name)


def _figures(row: Row, columns: dict[str, str], area: AreaRow, source: str) -> Iterator[FigureRow]:
    cells = {
        meaning: _cell(row, column)
        for meaning, column in columns.items()
        if meaning not in {"code", "name"}
    }
    empty = FigureRow(
        indicator="share-65-plus",
        source=source,
        area_code=area.code,
        division_year=area.division_year,
        period=str(area.division_year),
        group="all",
        value=None,
        reason="withheld",
    )
    for meaning, value in cells.items():
        by_age = meaning in AGE_GROUPS
        yield replace(
            empty,
            indicator="inhabitants" if by_age else meaning,
            group=meaning if by_age else "all",
            value=value,
            reason="withheld" if value is None else "",
        )
    if "65+" in cells:
        yield share_of_65_plus(empty, cells["inhabitants"], cells["65+"])


def _cell(row: Row, column: str) -> Decimal | None:
    try:
        return number_of(row, column)
    except NotANumberError as problem:
        raise ValueError(f"{column}: '{problem}' is not a number") from problem


def share_of_65_plus(
    empty: FigureRow, inhabitants: Decimal | None, older: Decimal | None
) -> FigureRow:
    """Work out the share of 65 and older: 1155 of 5100 is 22.6 %; not for very small areas."""
    if inhabitants is None or older is None:
        return empty
    base = int(inhabitants)
    if inhabitants < FEWEST_FOR_A_SHARE:
        return replace(empty, reason="too-few", base=base)
    share = (100 * older / inhabitants).quantize(Decimal("0.1"))
    return replace(empty, value=share, reason="", base=base, note=ROUNDED)
