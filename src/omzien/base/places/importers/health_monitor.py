"""RIVM Gezondheid per wijk en buurt (50120NED, 50150NED): CSV and OData JSON, with margins."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from omzien.base.places.importers import errors
from omzien.base.places.importers.key_figures import CODE
from omzien.base.places.importers.rows import Batch, FigureRow, SkippedRow, SourceRow
from omzien.base.places.importers.tables import (
    NotANumberError,
    Row,
    Table,
    matched,
    number_of,
    read_table,
    text_of,
    year_in,
)

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

KIND = "health-monitor"
TABLES = {"50120NED": 2022, "50150NED": 2024}
COLUMNS = {
    "area": ("WijkenEnBuurten",),
    "period": ("Perioden",),
    "age": ("Leeftijd",),
    "margin": ("Marges",),
    "lonely": ("Eenzaam",),
    "lonely-severe": ("ErnstigZeerErnstigEenzaam",),
    "lonely-emotional": ("EmotioneelEenzaam",),
    "lonely-social": ("SociaalEenzaam",),
    "informal-carer": ("Mantelzorger",),
    "volunteering": ("Vrijwilligerswerk",),
}
KEYS = ("area", "period", "age", "margin")
AGES = {"20300": "18+", "53115": "18-64", "80200": "65+"}
MARGINS = {"MW00000": "value", "MOG0095": "lower", "MBG0095": "upper"}
# Until 2016 the survey asked people of 19 and older; from 2020 of 18 and older.
LAST_YEAR_FROM_19 = 2016
FROM_19 = {"18+": "19+", "18-64": "19-64"}

FigureKey = tuple[str, str, str, str]


def read_health_monitor(path: Path, *, year: int | None = None) -> Batch:
    """Read modelled percentages with their lower and upper margins joined to one figure."""
    table = read_table(path)
    columns = matched(table.columns, COLUMNS, needed=(*KEYS, "lonely"))
    division = year_in(table.file_name, year, TABLES)
    source = SourceRow(
        slug=f"rivm-gezondheid-per-buurt-{division}",
        title="Gezondheid per wijk en buurt (RIVM, GGD'en en CBS)",
        publisher="RIVM",
        url="https://statline.rivm.nl",
        licence="CC BY 4.0",
    )
    margins, skipped = _margins(table, columns)
    figures = [
        _figure(key, values, source.slug, division, skipped) for key, values in margins.items()
    ]
    kept = tuple(figure for figure in figures if figure)
    if not kept:
        raise errors.NothingOfUse(skipped[0].why if skipped else "no rows")
    return Batch(
        KIND, table.file_name, table.sha256, (source,), figures=kept, skipped=tuple(skipped)
    )


def _margins(
    table: Table, columns: dict[str, str]
) -> tuple[dict[FigureKey, dict[str, Decimal | None]], list[SkippedRow]]:
    """Bring the three rows of value, lower and upper together."""
    margins: dict[FigureKey, dict[str, Decimal | None]] = defaultdict(dict)
    skipped: list[SkippedRow] = []
    for number, row in enumerate(table.rows, start=2):
        try:
            area, period, group, margin = _key(row, columns)
            for indicator in columns.keys() - set(KEYS):
                value = number_of(row, columns[indicator])
                margins[indicator, area, period, group][margin] = value
        except NotANumberError as problem:
            skipped.append(SkippedRow(f"row {number}", f"'{problem}' is not a number"))
        except ValueError as problem:
            skipped.append(SkippedRow(f"row {number}", str(problem)))
    return margins, skipped


def _key(row: Row, columns: dict[str, str]) -> tuple[str, str, str, str]:
    area, period, age, margin = (text_of(row, columns[key]) for key in KEYS)
    if not CODE.fullmatch(area):
        raise ValueError("not a neighbourhood, district, municipality or the country")
    if not re.fullmatch(r"\d{4}JJ00", period):
        raise ValueError(f"period '{period}' is not a year")
    if age not in AGES:
        raise ValueError(f"age code '{age}' is not known")
    if margin not in MARGINS:
        raise ValueError(f"margin code '{margin}' is not known")
    group = AGES[age]
    if int(period[:4]) <= LAST_YEAR_FROM_19:
        group = FROM_19.get(group, group)
    return area, period[:4], group, MARGINS[margin]


def _figure(
    key: FigureKey,
    values: dict[str, Decimal | None],
    source: str,
    division: int,
    skipped: list[SkippedRow],
) -> FigureRow | None:
    indicator, area, period, group = key
    value, lower, upper = (values.get(part) for part in ("value", "lower", "upper"))
    if value is None or lower is None or upper is None:
        lower = upper = None
    elif not 0 <= lower <= value <= upper <= 100:  # noqa: PLR2004  percentages
        where = f"{area} {period} {group} {indicator}"
        skipped.append(SkippedRow(where, "the value does not lie between its margins"))
        return None
    return FigureRow(
        indicator=indicator,
        source=source,
        area_code=area,
        division_year=division,
        period=period,
        group=group,
        value=value,
        lower=lower,
        upper=upper,
        modelled=area != "NL00",
        reason="" if value is not None else "withheld",
    )
