"""Impossible areas and figures are refused by the database, not by care."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from omzien.base.places.models import (
    Area,
    AreaChange,
    AreaKind,
    Indicator,
    Outline,
    Postcode,
    PublishedFigure,
    Series,
    Source,
    Unit,
)
from tests.base.places.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def area(**changes: object) -> Area:
    fields: dict[str, Any] = {
        "code": "BU99010000",
        "division_year": 2024,
        "kind": AreaKind.NEIGHBOURHOOD,
        "name": "Oudebrug",
        "folded_name": "oudebrug",
    }
    fields.update(changes)
    return Area.objects.create(**fields)


def indicator(**changes: object) -> Indicator:
    fields: dict[str, Any] = {
        "slug": "lonely",
        "title": "Eenzaam",
        "title_en": "Lonely",
        "definition": "…",
        "definition_en": "…",
        "series": Series.HEALTH_MONITOR,
        "unit": Unit.PERCENT,
    }
    fields.update(changes)
    return Indicator.objects.create(**fields)


def source() -> Source:
    return Source.objects.get_or_create(slug="ggd", title="GGD", publisher="GGD")[0]


def figure(**changes: object) -> PublishedFigure:
    fields: dict[str, Any] = {
        "area": changes.get("area") or area(),
        "indicator": changes.get("indicator") or indicator(),
        "source": source(),
        "period": "2024",
        "group": "18+",
        "value": Decimal(40),
        "published_at": NOW,
    }
    fields.update(changes)
    return PublishedFigure.objects.create(**fields)


def refused(constraint: str, make: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


def test_one_code_may_be_another_neighbourhood_in_another_year() -> None:
    area()
    area(division_year=2025, name="Kerkbuurt")
    refused("area_once_per_division", lambda: area(name="Oudebrug-Zuid"))


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("area_code_has_no_blanks", {"code": "BU990100  "}),
        ("area_kind_matches_its_code", {"kind": AreaKind.DISTRICT}),
        ("area_division_year_is_a_year", {"division_year": 24}),
        ("area_centre_lies_in_the_rd_grid", {"x": 4.49, "y": 52.06}),
        ("area_centre_lies_in_the_rd_grid", {"x": 93_000.0}),
        ("area_centre_lies_in_the_rd_grid", {"y": 452_000.0}),
    ],
)
def test_an_area_that_cannot_be_is_refused(constraint: str, changes: dict[str, Any]) -> None:
    refused(constraint, lambda: area(**changes))


def test_an_indicator_keeps_to_one_series_in_all_its_versions() -> None:
    indicator()
    indicator(version=2)
    refused(
        "indicator_keeps_to_one_series",
        lambda: indicator(version=3, series=Series.CITY_SURVEY),
    )
    refused("indicator_once_per_version", lambda: indicator(version=2))


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("indicator_series_is_known", {"series": "anything"}),
        ("indicator_unit_is_known", {"unit": "feet"}),
    ],
)
def test_an_indicator_has_a_known_series_and_unit(
    constraint: str, changes: dict[str, Any]
) -> None:
    refused(constraint, lambda: indicator(**changes))


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("figure_lies_in_its_interval", {"lower": Decimal(41), "upper": Decimal(45)}),
        ("figure_lies_in_its_interval", {"lower": Decimal(30), "upper": Decimal(39)}),
        ("figure_lies_in_its_interval", {"lower": Decimal(30)}),
        ("figure_lies_in_its_interval", {"upper": Decimal(50)}),
        ("figure_has_a_value_or_a_reason", {"value": None}),
        ("figure_has_a_value_or_a_reason", {"reason": "too-few"}),
        ("figure_has_a_value_or_a_reason", {"suppressed": True, "reason": "too-few"}),
        ("figure_has_a_value_or_a_reason", {"suppressed": True, "value": None}),
        (
            "figure_has_a_value_or_a_reason",
            {"suppressed": True, "value": None, "reason": "just because"},
        ),
        ("figure_period_is_a_year", {"period": "24"}),
        ("figure_group_is_an_age_group", {"group": "old"}),
    ],
)
def test_a_figure_that_cannot_be_is_refused(constraint: str, changes: dict[str, Any]) -> None:
    changed = {"area": area(), "indicator": indicator(), **changes}
    refused(constraint, lambda: figure(**changed))


def test_a_figure_that_is_not_shown_has_a_reason_and_no_numbers() -> None:
    hidden = figure(value=None, suppressed=True, reason="too-few")
    assert (hidden.value, hidden.lower, hidden.upper) == (None, None, None)


def test_one_figure_leads_and_another_source_may_stand_beside_it() -> None:
    first = figure()
    other = Source.objects.create(slug="rivm", title="RIVM", publisher="RIVM")
    same = {"area": first.area, "indicator": first.indicator}
    figure(**same, source=other, leading=False)
    third = Source.objects.create(slug="cbs", title="CBS", publisher="CBS")
    refused("figure_has_one_leading", lambda: figure(**same, source=third))
    refused("figure_once_per_source", lambda: figure(**same, leading=False))


@pytest.mark.parametrize("share", ["0", "1.1", "-0.5"])
def test_a_share_of_an_area_is_a_share(share: str) -> None:
    old, new = area(), area(division_year=2025)
    refused(
        "area_change_share_is_a_share",
        lambda: AreaChange.objects.create(before=old, after=new, share=share, basis="adressen"),
    )


def test_an_area_does_not_change_into_itself() -> None:
    only = area()
    refused(
        "area_change_joins_two_areas",
        lambda: AreaChange.objects.create(before=only, after=only, share=1, basis="adressen"),
    )


def test_an_outline_is_a_polygon() -> None:
    point = {"type": "Point", "coordinates": [1, 2]}
    refused(
        "outline_is_a_polygon",
        lambda: Outline.objects.create(area=area(), geometry=point, sketch=point, source=source()),
    )


@pytest.mark.parametrize("code", ["0711AB", "27 1AB", "2711A", "ABCD", "2711ab"])
def test_a_postcode_is_written_in_one_way(code: str) -> None:
    refused(
        "postcode_is_dutch",
        lambda: Postcode.objects.create(code=code, division_year=2024, exact=True),
    )


def test_nobody_lives_in_a_post_office_box() -> None:
    refused(
        "postcode_box_has_no_area",
        lambda: Postcode.objects.create(
            code="2700", division_year=2024, exact=False, box=True, area=area()
        ),
    )


def test_rows_name_themselves() -> None:
    number = figure()
    change = AreaChange(before=number.area, after=area(division_year=2025), share=1, basis="")
    assert str(number.area) == "Oudebrug (BU99010000, 2024)"
    assert str(number.indicator) == "lonely (version 1)"
    assert str(number.source) == "GGD"
    assert str(number) == f"figure {number.pk}"
    assert "→" in str(change)
    assert str(Postcode(code="2711AB")) == "2711AB"
