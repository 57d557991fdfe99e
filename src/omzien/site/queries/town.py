"""What is known of the whole town, in one figure, for the home page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from omzien.base.places.models import AreaKind
from omzien.base.places.queries import figures_on_map
from omzien.site.queries.neighbourhoods import USUAL_GROUPS, choices, pick

if TYPE_CHECKING:
    from omzien.base.places.queries import AvailableIndicator, ShownFigure

# The first of these that has a figure for the town, and whose line is in use.
TOLD_FIRST = ("lonely", "inhabitants")


def figure_of_town() -> ShownFigure | None:
    available = {found.indicator.slug: found for found in choices()}
    told = (figure_on(available[slug]) for slug in TOLD_FIRST if slug in available)
    return next((figure for figure in told if figure and figure.value is not None), None)


def figure_on(indicator: AvailableIndicator) -> ShownFigure | None:
    """Return the latest figure of the town itself on a subject, for everybody if there is one."""
    town = AreaKind.MUNICIPALITY
    if not indicator.periods(town):
        return None
    period = indicator.periods(town)[0]
    return figures_on_map(
        indicator.indicator,
        period=period,
        group=pick("", indicator.groups(town, period), usual=USUAL_GROUPS),
        kind=town,
        municipality=settings.MUNICIPALITY_CODE,
    ).city


def hundred_people(figure: ShownFigure) -> list[tuple[int, int, bool]]:
    """Place a hundred people in ten rows: x, y, and whether the figure counts them."""
    counted = round(float(figure.value or 0))
    return [(number % 10 * 20, number // 10 * 20, number < counted) for number in range(100)]
