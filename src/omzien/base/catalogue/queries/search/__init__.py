"""Search of the social map: a wish in, offers out."""

from __future__ import annotations

from omzien.base.catalogue.queries.search.finding import (
    PER_PAGE,
    FoundOffer,
    FoundOffers,
    Instead,
    MapPoint,
    find_offers,
    map_points,
    nearest_instead,
)
from omzien.base.catalogue.queries.search.wish import DAYS, HALVES, SPANS, Place, Wish, place_of

__all__ = [
    "DAYS",
    "HALVES",
    "PER_PAGE",
    "SPANS",
    "FoundOffer",
    "FoundOffers",
    "Instead",
    "MapPoint",
    "Place",
    "Wish",
    "find_offers",
    "map_points",
    "nearest_instead",
    "place_of",
]
