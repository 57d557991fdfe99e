"""Reading areas: of a municipality, by name, by postcode, and through the years."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import F, Max, Q

from omzien.base.places.models import Area, AreaKind, Postcode
from omzien.base.places.queries.shown import ShownArea, ShownPostcode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

CODE_PREFIXES = {
    AreaKind.MUNICIPALITY: "GM",
    AreaKind.DISTRICT: "WK",
    AreaKind.NEIGHBOURHOOD: "BU",
}
COUNTRY = "NL00"
# Two divisions are joined where (nearly) all of an area went on as the other area.
SAME_AREA_SHARE = "0.995"


def fold(text: str) -> str:
    """Write a name the way it is searched: without accents and capitals."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().strip()


def code_prefix(municipality: str, kind: AreaKind) -> str:
    """Give how the codes of a municipality's areas begin: GM0637 has neighbourhoods BU0637…."""
    return CODE_PREFIXES[kind] + municipality[2:6]


def within_municipality(municipality: str, *kinds: AreaKind) -> Q:
    """Pick areas of some kinds in one municipality; for the country: the country itself."""
    codes = (
        Q(code=COUNTRY)
        if kind == AreaKind.COUNTRY
        else Q(code__startswith=code_prefix(municipality, kind))
        for kind in kinds
    )
    return reduce(or_, codes)


def current_division_year(municipality: str) -> int | None:
    """Find the latest division of which the neighbourhoods of a municipality are known."""
    neighbourhoods = Area.objects.filter(within_municipality(municipality, AreaKind.NEIGHBOURHOOD))
    years = neighbourhoods.order_by("-division_year").values_list("division_year", flat=True)
    return years.first()


def areas_of(
    municipality: str, kind: AreaKind, division_year: int | None = None
) -> tuple[ShownArea, ...]:
    """List a municipality's areas of one kind by code, of the latest division unless told."""
    areas = Area.objects.filter(within_municipality(municipality, kind))
    year = division_year or areas.aggregate(latest=Max("division_year"))["latest"]
    rows = areas.filter(division_year=year).order_by("code")
    return tuple(ShownArea.of(area) for area in rows)


def find_area(code: str, division_year: int | None = None) -> Area | None:
    """Find one area, of the latest division unless told."""
    areas = Area.objects.filter(code=code)
    if division_year is not None:
        areas = areas.filter(division_year=division_year)
    return areas.order_by("-division_year").first()


def find_areas(text: str, *, municipality: str, limit: int = 10) -> tuple[ShownArea, ...]:
    """Find areas by a name that may be half typed or misspelt, or by a postcode."""
    if postcode := neighbourhood_of_postcode(text):
        return (postcode.area,) if postcode.exact and postcode.area else postcode.around
    wanted = fold(text)
    if len(wanted) < 2:  # noqa: PLR2004  one letter finds everything
        return ()
    found = (
        _current_areas(municipality)
        .filter(Q(folded_name__contains=wanted) | Q(folded_name__trigram_word_similar=wanted))
        .annotate(likeness=TrigramWordSimilarity(wanted, "folded_name"))
        .order_by("-likeness", "folded_name", "code")[:limit]
    )
    return tuple(ShownArea.of(area) for area in found)


def names_above(areas: Iterable[ShownArea]) -> dict[int | None, str]:
    """Name what these areas lie in, by the key of the area above."""
    above = Area.objects.filter(pk__in={area.parent_pk for area in areas})
    return dict(above.values_list("pk", "name"))


def _current_areas(municipality: str) -> QuerySet[Area]:
    of_this_town = within_municipality(municipality, *CODE_PREFIXES)
    year = current_division_year(municipality)
    return Area.objects.filter(of_this_town, division_year=year or 0)


def neighbourhood_of_postcode(
    postcode: str, division_year: int | None = None
) -> ShownPostcode | None:
    """Find the neighbourhood of a postcode with or without letters, in the latest division."""
    code = re.sub(r"\s", "", postcode).upper()
    if not re.fullmatch(r"[1-9][0-9]{3}([A-Z]{2})?", code):
        return None
    found = Postcode.objects.filter(code__in={code, code[:4]}).select_related("area")
    if division_year is not None:
        found = found.filter(division_year=division_year)
    # The full postcode says more than its four digits alone.
    best = max(found, key=lambda row: (len(row.code), row.division_year), default=None)
    return ShownPostcode.of(best, _around(best)) if best else None


def _around(postcode: Postcode, count: int = 3) -> tuple[ShownArea, ...]:
    """Find the neighbourhoods whose middles are nearest to a postcode that has only a point."""
    if postcode.exact or postcode.box or postcode.x is None or postcode.y is None:
        return ()
    distance = (F("x") - postcode.x) * (F("x") - postcode.x) + (F("y") - postcode.y) * (
        F("y") - postcode.y
    )
    nearest = Area.objects.filter(
        kind=AreaKind.NEIGHBOURHOOD,
        division_year=postcode.division_year,
        x__range=(postcode.x - 5000, postcode.x + 5000),
        y__range=(postcode.y - 5000, postcode.y + 5000),
    ).order_by(distance)[:count]
    return tuple(ShownArea.of(area) for area in nearest)


LINEAGE = """
WITH RECURSIVE lineage (root, area) AS (
    SELECT id, id FROM unnest(%(roots)s::bigint[]) AS id
    UNION
    SELECT lineage.root,
           CASE change.before_id WHEN lineage.area THEN change.after_id ELSE change.before_id END
    FROM lineage
    JOIN places_areachange AS change
        ON lineage.area IN (change.before_id, change.after_id) AND change.share >= %(share)s
)
SELECT root, area FROM lineage
"""


def lineage_of(area_ids: Iterable[int]) -> dict[int, set[int]]:
    """Follow areas to the same areas in other divisions, by the concordance, in one query."""
    lineage: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(LINEAGE, {"share": SAME_AREA_SHARE, "roots": list(area_ids)})
        for root, area in cursor.fetchall():
            lineage[root].add(area)
    return dict(lineage)


DATA_VERSION = """
SELECT (SELECT max(id) FROM places_importrun),
       (SELECT max(published_at) FROM places_publishedfigure)
"""


def data_version() -> str:
    """Name the state of all figures and areas: it changes when anything is brought in."""
    with connection.cursor() as cursor:
        cursor.execute(DATA_VERSION)
        run, figure = cursor.fetchall()[0]
    return f"{run or 0}-{figure.isoformat() if figure else 'none'}"
