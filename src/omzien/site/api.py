"""The figures of the map to take away: as a table (CSV) and as a map (GeoJSON)."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from django.http import HttpResponse

from omzien.base.places.queries import download_shapes
from omzien.site.forms import wish_of
from omzien.site.queries.neighbourhoods import Neighbourhoods, neighbourhoods
from omzien.site.views.caching import kept_for_everybody

if TYPE_CHECKING:
    from django.http import HttpRequest

    from omzien.base.places.queries import FigureOnMap

COLUMNS = (
    *("area_code", "area_name", "division_year", "indicator", "definition_version", "unit"),
    *("period", "age_group", "value", "lower", "upper", "base", "modelled", "not_shown_because"),
    *("source", "source_url", "licence"),
)
# A spreadsheet takes a cell that begins like this for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@kept_for_everybody
def figures_csv(request: HttpRequest) -> HttpResponse:
    found = neighbourhoods(wish_of(request))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    # The mark by which spreadsheets know that this is UTF-8.
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for record in records(found):
        writer.writerow([harmless(record[column]) for column in COLUMNS])
    return response


@kept_for_everybody
def figures_geojson(request: HttpRequest) -> HttpResponse:
    found = neighbourhoods(wish_of(request))
    shapes = download_shapes([row.area for row in found.rows] if found else [])
    features = [
        {
            "type": "Feature",
            "id": record["area_code"],
            "geometry": shapes.get(str(record["area_code"])),
            "properties": record,
        }
        for record in records(found)
    ]
    body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return HttpResponse(body, content_type="application/geo+json")


def records(found: Neighbourhoods | None) -> list[dict[str, object]]:
    """Return a flat record per area; an area without a figure has the reason instead."""
    return [record_of(row, found) for row in found.rows] if found else []


def record_of(row: FigureOnMap, found: Neighbourhoods) -> dict[str, object]:
    figure = row.figure
    return {
        "area_code": row.area.code,
        "area_name": row.area.name,
        "division_year": row.area.division_year,
        "indicator": found.indicator.slug,
        "definition_version": found.indicator.version,
        "unit": found.indicator.unit.value,
        "period": found.shown.period,
        "age_group": found.shown.group,
        "value": plain(figure.value if figure else None),
        "lower": plain(figure.lower if figure else None),
        "upper": plain(figure.upper if figure else None),
        "base": figure.base if figure else None,
        "modelled": figure.modelled if figure else None,
        "not_shown_because": row.why_none,
        "source": figure.source.title if figure else "",
        "source_url": figure.source.url if figure else "",
        "licence": figure.source.licence if figure else "",
    }


def plain(value: object) -> float | None:
    """Write a number for machines: a point, no grouping."""
    return None if value is None else float(str(value))


def harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell
