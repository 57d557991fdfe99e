"""Every read of areas and figures that another part of Omzien may do."""

from __future__ import annotations

from omzien.base.places.queries.areas import (
    areas_of,
    current_division_year,
    data_version,
    find_area,
    find_areas,
    fold,
    names_above,
    neighbourhood_of_postcode,
)
from omzien.base.places.queries.figures import (
    AvailableIndicator,
    FigureMap,
    FigureOnMap,
    Segment,
    Trend,
    figures_on_map,
    indicators_available,
    trends,
)
from omzien.base.places.queries.pages import AreaPage, FigureBeside, OtherDivision, area_page
from omzien.base.places.queries.shapes import DrawnArea, DrawnMap, download_shapes, shapes_of
from omzien.base.places.queries.shown import (
    ShownArea,
    ShownFigure,
    ShownIndicator,
    ShownPostcode,
    ShownSource,
    group_name,
)

__all__ = [
    "AreaPage",
    "AvailableIndicator",
    "DrawnArea",
    "DrawnMap",
    "FigureBeside",
    "FigureMap",
    "FigureOnMap",
    "OtherDivision",
    "Segment",
    "ShownArea",
    "ShownFigure",
    "ShownIndicator",
    "ShownPostcode",
    "ShownSource",
    "Trend",
    "area_page",
    "areas_of",
    "current_division_year",
    "data_version",
    "download_shapes",
    "figures_on_map",
    "find_area",
    "find_areas",
    "fold",
    "group_name",
    "indicators_available",
    "names_above",
    "neighbourhood_of_postcode",
    "shapes_of",
    "trends",
]
