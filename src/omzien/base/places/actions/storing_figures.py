"""Bringing sources, indicators and figures into the database, as few writes as needed."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from omzien.base.places.actions.storing_areas import CHUNK, known_areas
from omzien.base.places.models import Indicator, PublishedFigure, Reason, Source

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from omzien.base.places.actions.reports import Progress, Tally
    from omzien.base.places.importers.rows import FigureRow, IndicatorRow, SourceRow
    from omzien.base.places.models import Area

PERIOD = re.compile(r"[12]\d{3}(/\d{2})?")
REASONS = frozenset(Reason.values)
GROUP = re.compile(r"all|\d{1,3}\+|\d{1,3}-\d{1,3}")
FIELDS = (
    "value",
    "lower",
    "upper",
    "base",
    "base_note",
    "modelled",
    "suppressed",
    "reason",
    "note",
)
# Which figure it is, apart from who published it: indicator, area, period, group.
Place = tuple[int, int, str, str]
FigureKey = tuple[Place, int]
KEPT_WHEN_BLANK = {"base", "base_note", "note"}


def store_sources(rows: Sequence[SourceRow]) -> dict[str, Source]:
    """Create sources that are new; who published under a name does not change."""
    return {
        row.slug: Source.objects.get_or_create(slug=row.slug, defaults=asdict(row))[0]
        for row in rows
    }


def store_indicators(rows: Sequence[IndicatorRow], tally: Tally) -> None:
    """Create indicators and mend their wording; another definition is another version."""
    known = {(i.slug, i.version): i for i in Indicator.objects.all()}
    for row in rows:
        fields = asdict(row)
        indicator = known.get((row.slug, row.version))
        if indicator is None:
            Indicator.objects.create(**fields)
            tally.created += 1
        elif all(getattr(indicator, name) == value for name, value in fields.items()):
            tally.unchanged += 1
        else:
            Indicator.objects.filter(pk=indicator.pk).update(**fields)
            tally.changed += 1


def problem_of(row: FigureRow) -> str:
    """Say in words why the database would refuse this figure, or nothing."""
    if not PERIOD.fullmatch(row.period):
        return f"period '{row.period[:10]}' is not a year"
    if not GROUP.fullmatch(row.group):
        return f"age group '{row.group[:10]}' is not of the form 18+ or 18-64"
    if (row.value is None) != (row.reason in REASONS):
        return "a figure needs a value or a reason why it is not shown"
    bounds = (row.lower, row.upper)
    if bounds == (None, None):
        return ""
    if row.value is None or row.lower is None or row.upper is None:
        return "an interval needs a value, a lower and an upper bound"
    return "" if row.lower <= row.value <= row.upper else "the value lies outside its interval"


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds that an import may meet, read once."""

    # By place and source: the number of the row, and its fields in the order of FIELDS.
    figures: dict[FigureKey, tuple[int, tuple[object, ...]]]
    # By place, of other sources: the number of the row, and whether it is modelled.
    leaders: dict[Place, tuple[int, bool]]

    @classmethod
    def about(cls, wanted: Collection[FigureKey]) -> Known:
        """Read the figures of these indicators and periods: by these sources, and who leads."""
        rows = PublishedFigure.objects.filter(
            indicator__in={place[0] for place, _source in wanted},
            period__in={place[2] for place, _source in wanted},
        )
        sources = {source for _place, source in wanted}
        where = ("indicator", "area", "period", "group")
        own = rows.filter(source__in=sources).values_list(*where, "source", "pk", *FIELDS)
        others = rows.filter(leading=True).exclude(source__in=sources)
        return cls(
            figures={(row[:4], row[4]): (row[5], row[6:]) for row in own.iterator()},
            leaders={
                row[:4]: (row[4], row[5]) for row in others.values_list(*where, "pk", "modelled")
            },
        )


def _write(wanted: Sequence[PublishedFigure], known: Known, tally: Tally, *, gentle: bool) -> None:
    """Write one lot of figures, only what is new or different."""
    new = [figure for figure in wanted if _key(figure) not in known.figures]
    changed = [] if gentle else [figure for figure in wanted if _is_changed(figure, known)]
    _let_lead(new, known)
    PublishedFigure.objects.bulk_create(new, batch_size=CHUNK)
    PublishedFigure.objects.bulk_update(changed, [*FIELDS, "published_at"], batch_size=CHUNK)
    tally.created += len(new)
    tally.changed += len(changed)
    tally.unchanged += len(wanted) - len(new) - len(changed)


def _is_changed(figure: PublishedFigure, known: Known) -> bool:
    """Compare with what is known and take its number; a blank wipes no explanation."""
    pk, fields = known.figures.get(_key(figure), (None, ()))
    if pk is None:
        return False
    figure.pk = pk
    for name, before in zip(FIELDS, fields, strict=True):
        if name in KEPT_WHEN_BLANK and not getattr(figure, name):
            setattr(figure, name, before)
    return fields != tuple(getattr(figure, name) for name in FIELDS)


def _let_lead(new: Sequence[PublishedFigure], known: Known) -> None:
    """Let a measured figure lead before a modelled one, else the one that came first."""
    overtaken = []
    for figure in new:
        pk, modelled = known.leaders.get(_key(figure)[0], (None, False))
        if pk is not None and modelled and not figure.modelled:
            overtaken.append(pk)
        elif pk is not None:
            figure.leading = False
    PublishedFigure.objects.filter(pk__in=overtaken).update(leading=False)


def _key(figure: PublishedFigure) -> FigureKey:
    place = (figure.indicator_id, figure.area_id, figure.period, figure.group)
    return place, figure.source_id


def store_figures(
    rows: Sequence[FigureRow],
    sources: dict[str, Source],
    tally: Tally,
    *,
    gentle: bool,
    now: datetime,
    report: Progress,
) -> None:
    """Create and change figures in lots, saying after each how far it is."""
    indicators = {(i.slug, i.version): i for i in Indicator.objects.all()}
    areas = known_areas((row.area_code, row.division_year) for row in rows)
    wanted: dict[FigureKey, PublishedFigure] = {}
    for row in rows:
        indicator = indicators.get((row.indicator, row.version))
        area = areas.get((row.area_code, row.division_year))
        where = f"{row.area_code} {row.indicator} {row.period} {row.group}"
        if indicator is None:
            tally.skip(where, f"unknown indicator '{row.indicator}'")
        elif area is None:
            why = f"area unknown in the division of {row.division_year}: import that one first"
            tally.skip(where, why)
        elif problem := problem_of(row):
            tally.skip(where, problem)
        else:
            figure = new_figure(row, indicator, area, sources[row.source], now=now)
            if wanted.setdefault(_key(figure), figure) is not figure:
                tally.skip(where, "twice in the file")
    known = Known.about(wanted.keys())
    figures = list(wanted.values())
    for start in range(0, len(figures), CHUNK):
        _write(figures[start : start + CHUNK], known, tally, gentle=gentle)
        report(min(1.0, (start + CHUNK) / len(figures)))


def new_figure(
    row: FigureRow, indicator: Indicator, area: Area, source: Source, *, now: datetime
) -> PublishedFigure:
    """Turn a row into a figure that is not yet in the database."""
    return PublishedFigure(
        indicator=indicator,
        area=area,
        source=source,
        period=row.period,
        group=row.group,
        value=row.value,
        lower=row.lower,
        upper=row.upper,
        base=row.base,
        base_note=row.base_note,
        modelled=row.modelled,
        suppressed=row.value is None,
        reason=row.reason,
        note=row.note,
        published_at=now,
    )
