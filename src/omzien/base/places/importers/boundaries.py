"""CBS/PDOK boundaries as GeoJSON, in degrees or in RD New."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import shapely

from omzien.base.places.importers import errors
from omzien.base.places.importers.key_figures import CODE
from omzien.base.places.importers.rows import (
    AreaRow,
    Batch,
    FigureRow,
    OutlineRow,
    SkippedRow,
    SourceRow,
)
from omzien.base.places.importers.tables import (
    NotANumberError,
    fingerprint,
    number_of,
    read_bytes,
    read_json,
    text_of,
    year_in,
)
from omzien.methods.maps.projection import looks_like_degrees, shape_in_rd
from omzien.methods.maps.shapes import (
    NotAnOutlineError,
    centre,
    geojson_of,
    outline_from_geojson,
)

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

KIND = "boundaries"
# In this order: a neighbourhood also names the district and municipality in which it lies.
CODE_PROPERTIES = ("statcode", "code", "buurtcode", "wijkcode", "gemeentecode")
NAME_PROPERTIES = ("statnaam", "name", "buurtnaam", "wijknaam", "gemeentenaam")
FIGURE_PROPERTIES = {
    "inhabitants": ("aantalInwoners", "aantal_inwoners", "population"),
    "share-65-plus": (
        "percentagePersonen65JaarEnOuder",
        "percentage_personen_65_jaar_en_ouder",
        "pop_65plus",
    ),
}
RD_BOUNDS = (-10_000, 290_000, 300_000, 640_000)


def read_boundaries(path: Path, *, year: int | None = None) -> Batch:
    """Read outlines, names and middles; figures that travel with the map come along."""
    content = read_bytes(path)
    document = read_json(content)
    features = document.get("features")
    if document.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise errors.WrongColumns("a GeoJSON FeatureCollection is needed")
    if isinstance(total := document.get("numberMatched"), int) and total > len(features):
        raise errors.HalfADownload(f"{len(features)} of {total} areas")
    division = year_in(path.name, year)
    parts, properties, skipped = _outlines(features)
    if not parts:
        raise errors.WrongColumns(skipped[0].why if skipped else "no areas")
    source = SourceRow(
        slug=f"cbs-wijk-en-buurtkaart-{division}",
        title=f"CBS Wijk- en buurtkaart {division}",
        publisher="CBS en Kadaster",
        url="https://www.pdok.nl/introductie/-/article/cbs-wijken-en-buurten",
        licence="CC BY 4.0",
    )
    shapes = {code: _in_rd(shapely.union_all(pieces)) for code, pieces in parts.items()}
    return Batch(
        kind=KIND,
        file_name=path.name,
        sha256=fingerprint(content),
        sources=(source,),
        areas=tuple(
            AreaRow(code, division, _text(properties[code], NAME_PROPERTIES), *centre(shape))
            for code, shape in shapes.items()
        ),
        outlines=tuple(
            OutlineRow(code, division, geojson_of(shape)) for code, shape in shapes.items()
        ),
        figures=tuple(
            figure
            for code in shapes
            for figure in _figures(code, properties[code], division, source.slug)
        ),
        skipped=tuple(skipped),
    )


def _outlines(
    features: list[Any],
) -> tuple[dict[str, list[BaseGeometry]], dict[str, dict[str, Any]], list[SkippedRow]]:
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    properties: dict[str, dict[str, Any]] = {}
    skipped: list[SkippedRow] = []
    for number, feature in enumerate(features, start=1):
        known = feature.get("properties") or {}
        code = _text(known, CODE_PROPERTIES)
        where = f"area {number} {code}".strip()
        if not CODE.fullmatch(code):
            skipped.append(SkippedRow(where, "no code of a Dutch area"))
        elif text_of(known, "water").upper() == "JA":
            skipped.append(SkippedRow(where, "water"))
        else:
            try:
                parts[code].append(outline_from_geojson(feature.get("geometry") or {}))
                properties.setdefault(code, known)
            except NotAnOutlineError as problem:
                skipped.append(SkippedRow(where, f"not an outline: {problem}"))
    return {code: pieces for code, pieces in parts.items() if pieces}, properties, skipped


def _in_rd(outline: BaseGeometry) -> BaseGeometry:
    shape = shape_in_rd(outline) if looks_like_degrees(outline) else outline
    min_x, min_y, max_x, max_y = shape.bounds
    west, south, east, north = RD_BOUNDS
    if not (west <= min_x <= max_x <= east and south <= min_y <= max_y <= north):
        raise errors.UnknownProjection(
            f"from {min_x:.0f}, {min_y:.0f} to {max_x:.0f}, {max_y:.0f}"
        )
    return shape


def _text(properties: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((found for name in names if (found := text_of(properties, name))), "")


def _figures(code: str, properties: dict[str, Any], division: int, source: str) -> list[FigureRow]:
    found = []
    for indicator, names in FIGURE_PROPERTIES.items():
        name = next((name for name in names if name in properties), None)
        if name is None:
            continue
        try:
            value = number_of(properties, name)
        except NotANumberError:
            continue
        found.append(
            FigureRow(
                indicator=indicator,
                source=source,
                area_code=code,
                division_year=division,
                period=str(division),
                group="all",
                value=value,
                reason="" if value is not None else "withheld",
            )
        )
    return found
