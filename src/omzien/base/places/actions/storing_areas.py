"""Bringing areas, outlines, postcodes and changes into the database, as few writes as needed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db import connection
from shapely.geometry import shape

from omzien.base.places.models import Area, AreaChange, AreaKind, Outline, Postcode, Source
from omzien.base.places.queries.areas import fold
from omzien.methods.maps.shapes import area_at, geojson_of, simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from omzien.base.places.actions.reports import Tally
    from omzien.base.places.importers.rows import AreaRow, ChangeRow, OutlineRow, PostcodeRow

AreaKey = tuple[str, int]
KINDS = {
    "NL": AreaKind.COUNTRY,
    "E9": AreaKind.COUNTRY,
    "GM": AreaKind.MUNICIPALITY,
    "WK": AreaKind.DISTRICT,
    "BU": AreaKind.NEIGHBOURHOOD,
    "E0": AreaKind.NEIGHBOURHOOD,
}
# Corners that matter less than a triangle of ten by ten metres go from the drawing.
SKETCH_TOLERANCE = 10.0
CHUNK = 2000
SAME = "Zelfde code en naam."


def parent_code(code: str) -> str:
    """Read from a code in what it lies: a neighbourhood in a district, and so on."""
    parents = {"BU": f"WK{code[2:8]}", "WK": f"GM{code[2:6]}", "GM": "NL00", "E0": "E92000001"}
    return parents.get(code[:2], "")


def known_areas(keys: Iterable[AreaKey]) -> dict[AreaKey, Area]:
    """Read the areas of some codes and years, in one query."""
    wanted = set(keys)
    found = Area.objects.filter(
        division_year__in={year for _code, year in wanted},
        code__in={code for code, _year in wanted},
    )
    return {(area.code, area.division_year): area for area in found}


def store_areas(rows: Sequence[AreaRow], tally: Tally, *, gentle: bool) -> None:
    """Create and change areas; gentle: fill in what is empty and change nothing else."""
    known = known_areas((row.code, row.division_year) for row in rows)
    new: dict[AreaKey, Area] = {}
    changed: list[Area] = []
    for row in rows:
        key = row.code, row.division_year
        if area := known.get(key):
            if _take_over(area, row, gentle=gentle):
                changed.append(area)
        elif key in new:
            tally.skip(row.code, "twice in the file")
        else:
            new[key] = _new_area(row)
    Area.objects.bulk_create(new.values(), batch_size=CHUNK)
    Area.objects.bulk_update(changed, ["name", "folded_name", "x", "y"], batch_size=CHUNK)
    tally.created += len(new)
    tally.changed += len(changed)
    tally.unchanged += len(rows) - len(new) - len(changed)
    _join_parents({row.division_year for row in rows})
    if new:
        _link_unchanged()


def _new_area(row: AreaRow) -> Area:
    name = row.name or row.code
    return Area(
        code=row.code,
        division_year=row.division_year,
        kind=KINDS[row.code[:2]],
        name=name,
        folded_name=fold(name),
        note=row.note if row.name else "De bron noemt geen naam.",
        x=row.x,
        y=row.y,
    )


def _take_over(area: Area, row: AreaRow, *, gentle: bool) -> bool:
    """Take the name and the middle of a file; say whether that changed anything."""
    changed = False
    if row.name and area.name != row.name and (not gentle or area.name == area.code):
        area.name, area.folded_name, changed = row.name, fold(row.name), True
    moved = row.x is not None and (area.x, area.y) != (row.x, row.y)
    if moved and (not gentle or area.x is None):
        area.x, area.y, changed = row.x, row.y, True
    return changed


def _join_parents(years: set[int]) -> None:
    """Put areas in the larger area that their code names, where that one is known by now."""
    orphans = list(
        Area.objects.filter(division_year__in=years, parent=None).exclude(kind=AreaKind.COUNTRY)
    )
    parents = known_areas((parent_code(area.code), area.division_year) for area in orphans)
    joined = []
    for area in orphans:
        area.parent = parents.get((parent_code(area.code), area.division_year))
        if area.parent:
            joined.append(area)
    Area.objects.bulk_update(joined, ["parent"], batch_size=CHUNK)


LINK_UNCHANGED = """
INSERT INTO places_areachange (before_id, after_id, share, basis)
SELECT old_id, id, 1, %(basis)s
FROM (
    SELECT id, code, folded_name,
           lag(id) OVER one_code AS old_id,
           lag(folded_name) OVER one_code AS old_name
    FROM places_area
    WINDOW one_code AS (PARTITION BY code ORDER BY division_year)
) AS area
WHERE old_name = folded_name AND folded_name <> lower(code)
ON CONFLICT DO NOTHING
"""


def _link_unchanged() -> None:
    """Join areas that have the same code *and* name in the division before.

    The code alone is not enough: WK063705 is Rokkeveen in 2024 and Meerzicht in 2025.
    """
    with connection.cursor() as cursor:
        cursor.execute(LINK_UNCHANGED, {"basis": SAME})


def store_outlines(rows: Sequence[OutlineRow], source: Source, tally: Tally) -> None:
    """Create and change outlines, with a drawing simplified together with the neighbours."""
    areas = known_areas((row.code, row.division_year) for row in rows)
    known = {o.area_id: o for o in Outline.objects.filter(area__in=areas.values())}
    drawings = _sketches(rows)
    new: list[Outline] = []
    changed: list[Outline] = []
    for row in rows:
        area = areas[row.code, row.division_year]
        outline = known.get(area.pk)
        if outline is None:
            new.append(
                Outline(area=area, geometry=row.geometry, sketch=drawings[row.code], source=source)
            )
        elif outline.geometry != row.geometry:
            outline.geometry, outline.sketch = row.geometry, drawings[row.code]
            outline.source = source
            changed.append(outline)
    Outline.objects.bulk_create(new, batch_size=CHUNK)
    Outline.objects.bulk_update(changed, ["geometry", "sketch", "source"], batch_size=CHUNK)
    tally.created += len(new)
    tally.changed += len(changed)
    tally.unchanged += len(rows) - len(new) - len(changed)


def _sketches(rows: Sequence[OutlineRow]) -> dict[str, dict[str, Any]]:
    by_kind: dict[str, list[OutlineRow]] = defaultdict(list)
    for row in rows:
        by_kind[row.code[:2]].append(row)
    return {
        row.code: geojson_of(drawing)
        for group in by_kind.values()
        for row, drawing in zip(
            group,
            simplified([shape(row.geometry) for row in group], SKETCH_TOLERANCE),
            strict=True,
        )
    }


def store_postcodes(rows: Sequence[PostcodeRow], tally: Tally) -> None:
    """Create and change postcodes; one with a point only goes where the point lies."""
    areas = known_areas((row.area_code, row.division_year) for row in rows)
    outlines = _neighbourhoods_of({row.division_year for row in rows if not row.area_code})
    known = {
        (p.code, p.division_year): p
        for p in Postcode.objects.filter(division_year__in={row.division_year for row in rows})
    }
    for row in rows:
        area = areas.get((row.area_code, row.division_year)) or _area_under(row, outlines)
        if row.area_code and area is None:
            tally.skip(row.code, f"neighbourhood unknown in the division of {row.division_year}")
            continue
        wanted = Postcode(
            code=row.code,
            division_year=row.division_year,
            area=area,
            exact=row.exact,
            box=row.box,
            x=row.x,
            y=row.y,
        )
        _store_postcode(known.get((row.code, row.division_year)), wanted, tally)


POSTCODE_FIELDS = ("area_id", "exact", "box", "x", "y")


def _store_postcode(known: Postcode | None, wanted: Postcode, tally: Tally) -> None:
    if known is None:
        wanted.save(force_insert=True)
        tally.created += 1
    elif all(getattr(known, name) == getattr(wanted, name) for name in POSTCODE_FIELDS):
        tally.unchanged += 1
    else:
        wanted.pk = known.pk
        wanted.save(update_fields=["area", "exact", "box", "x", "y"])
        tally.changed += 1


def _neighbourhoods_of(years: set[int]) -> dict[int, dict[str, tuple[Area, BaseGeometry]]]:
    found: dict[int, dict[str, tuple[Area, BaseGeometry]]] = defaultdict(dict)
    outlines = Outline.objects.filter(
        area__division_year__in=years, area__kind=AreaKind.NEIGHBOURHOOD
    ).select_related("area")
    for outline in outlines:
        area = outline.area
        found[area.division_year][area.code] = (area, shape(outline.geometry))
    return found


def _area_under(
    row: PostcodeRow, outlines: dict[int, dict[str, tuple[Area, BaseGeometry]]]
) -> Area | None:
    if row.box or row.x is None or row.y is None:
        return None
    here = outlines.get(row.division_year, {})
    code = area_at(row.x, row.y, {code: outline for code, (_area, outline) in here.items()})
    return here[code][0] if code else None


def store_changes(rows: Sequence[ChangeRow], tally: Tally) -> None:
    """Create and change the concordance between two divisions."""
    areas = known_areas(
        key
        for row in rows
        for key in ((row.before_code, row.before_year), (row.after_code, row.after_year))
    )
    for row in rows:
        before = areas.get((row.before_code, row.before_year))
        after = areas.get((row.after_code, row.after_year))
        if before is None or after is None:
            tally.skip(f"{row.before_code} → {row.after_code}", "one of the areas is unknown")
            continue
        _store_change(before, after, row, tally)


def _store_change(before: Area, after: Area, row: ChangeRow, tally: Tally) -> None:
    change, created = AreaChange.objects.get_or_create(
        before=before, after=after, defaults={"share": row.share, "basis": row.basis}
    )
    if created:
        tally.created += 1
    elif (change.share, change.basis) == (row.share, row.basis):
        tally.unchanged += 1
    else:
        change.share, change.basis = row.share, row.basis
        change.save(update_fields=["share", "basis"])
        tally.changed += 1
