"""Publishing one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.journal.actions import record
from omzien.base.places.actions.storing_areas import known_areas
from omzien.base.places.actions.storing_figures import (
    FIELDS,
    new_figure,
    problem_of,
    store_sources,
)
from omzien.base.places.models import Indicator, PublishedFigure

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.journal.models import Actor
    from omzien.base.places.importers.rows import FigureRow, SourceRow


class FigureRefused(Exception):
    """The figure cannot be published as it is."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{self.__doc__} ({why})")


def publish_figure(
    row: FigureRow, *, source: SourceRow, by: Actor, now: datetime
) -> PublishedFigure:
    """Publish one figure; from then on it leads before other sources of the same figure."""
    indicator = Indicator.objects.filter(slug=row.indicator, version=row.version).first()
    area = known_areas([(row.area_code, row.division_year)]).get(
        (row.area_code, row.division_year)
    )
    if indicator is None or area is None:
        raise FigureRefused("unknown indicator or area")
    if problem := problem_of(row):
        raise FigureRefused(problem)
    with transaction.atomic():
        figure = new_figure(row, indicator, area, store_sources([source])[source.slug], now=now)
        same = PublishedFigure.objects.select_for_update().filter(
            indicator=indicator, area=area, period=row.period, group=row.group
        )
        same.update(leading=False)
        known = same.filter(source=figure.source).first()
        if known:
            figure.pk, figure.key = known.pk, known.key
            figure.save(update_fields=[*FIELDS, "leading", "published_at"])
        else:
            figure.save(force_insert=True)
        record("places.figure_published", subject=figure, by=by, now=now)
    return figure
