"""Colours, legends and charts are computed as they are drawn."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from omzien.base.places.models import AreaKind, Series, Unit
from omzien.base.places.queries import (
    FigureMap,
    Segment,
    ShownArea,
    ShownFigure,
    ShownIndicator,
    ShownSource,
    Trend,
)
from omzien.methods.maps.classes import equal_count_classes
from omzien.site.queries.drawing import COLOURS, chart_of, legend_of, locator, map_of, range_words
from omzien.site.queries.words import interval_numbers, interval_words, unit_words, value_words

if TYPE_CHECKING:
    from collections.abc import Iterator

LONELY = ShownIndicator(
    pk=1,
    slug="lonely",
    version=1,
    title="Lonely",
    definition="",
    series=Series.HEALTH_MONITOR,
    unit=Unit.PERCENT,
    line="insight",
    age_rule="",
    scale="",
    cut_off="",
    label_set="",
    decimals=0,
)
MEERZICHT = ShownArea(
    pk=1,
    code="BU06370101",
    division_year=2024,
    kind=AreaKind.NEIGHBOURHOOD,
    name="Meerzicht-West",
    note="",
    x=None,
    y=None,
    parent_pk=None,
)
GGD = ShownSource("Health monitor", "GGD", "", "", invented=False)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def figure(
    value: str | None,
    period: str = "2016",
    *,
    group: str = "19+",
    between: tuple[int, int] | None = None,
    indicator: ShownIndicator = LONELY,
    modelled: bool = False,
) -> ShownFigure:
    return ShownFigure(
        indicator=indicator,
        area=MEERZICHT,
        period=period,
        group=group,
        value=None if value is None else Decimal(value),
        lower=Decimal(between[0]) if between else None,
        upper=Decimal(between[1]) if between else None,
        base=None,
        base_note="",
        source=GGD,
        modelled=modelled,
        suppressed=value is None,
        reason="" if value else "Too few people live here for an honest figure.",
        note="",
    )


def test_a_figure_is_said_in_words() -> None:
    estimate = figure("46", between=(40, 52))
    assert value_words(estimate) == "46 of every 100"
    assert interval_words(estimate) == "between 40 and 52 of every 100"
    assert interval_numbers(estimate) == "40 and 52"


def test_a_measured_figure_is_said_as_published_and_an_estimate_no_finer_than_it_is() -> None:
    assert value_words(figure("46.6")) == "46.6 of every 100"
    assert value_words(figure("46.6", modelled=True)) == "47 of every 100"
    assert value_words(figure("46.0")) == "46 of every 100"
    assert value_words(figure("48.5", modelled=True)) == "49 of every 100"


def test_without_an_interval_nothing_is_said_about_it() -> None:
    assert (interval_words(figure("46")), interval_numbers(figure("46"))) == ("", "")


def test_a_figure_that_is_not_shown_says_why() -> None:
    assert value_words(figure(None)) == "Too few people live here for an honest figure."


@pytest.mark.parametrize("unit", list(Unit))
def test_every_unit_has_words(unit: Unit) -> None:
    indicator = replace(LONELY, unit=unit)
    assert "7" in value_words(figure("7", indicator=indicator))
    assert unit_words(unit)


def test_a_class_of_one_number_is_that_number() -> None:
    assert range_words(46, 46, LONELY) == "46 of every 100"
    assert range_words(40, 46, LONELY) == "40 to 46 of every 100"


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_fewer_classes_are_spread_over_the_colours_from_light_to_dark(count: int) -> None:
    values = [float(number) for number in range(count)]
    classed = equal_count_classes(values)
    figures = FigureMap(
        LONELY, "2016", "19+", AreaKind.NEIGHBOURHOOD, (), classed.classes, None, None
    )
    colours = [colour for colour, _text in legend_of(figures, COLOURS[count])]
    assert colours == sorted(colours)
    assert len(set(colours)) == count


def test_a_map_without_any_place_is_no_map(db: None) -> None:
    del db
    nothing = FigureMap(LONELY, "", "", AreaKind.NEIGHBOURHOOD, (), (), None, None)
    assert map_of(nothing, ()) is None
    assert locator((), MEERZICHT) is None


def test_a_chart_has_a_true_scale_of_time_and_starts_at_zero() -> None:
    years = [figure("20", "2012"), figure("40", "2016"), figure("40", "2022")]
    chart = chart_of(Trend((Segment("19+", 1, tuple(years)),), ()))
    first, second, last = chart.dots
    assert (second.x - first.x) / (last.x - first.x) == pytest.approx(0.4)
    assert (210 - first.y) * 2 == pytest.approx(210 - second.y)


def test_a_chart_is_cut_where_counting_changed() -> None:
    trend = Trend(
        (
            Segment("19+", 1, (figure("39", "2012"), figure("43", "2016"))),
            Segment("18+", 1, (figure("47", "2020", group="18+"),)),
        ),
        ("From 2020 the figure is about 18 years and older.",),
    )
    chart = chart_of(trend)
    assert [len(line.split()) for line in chart.lines] == [2, 1]
    assert chart.breaks == trend.breaks
