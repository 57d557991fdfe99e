"""Reading areas and figures: what the pages get, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from omzien.base.places import queries
from omzien.base.places.actions import Scope, load_demo_figures, publish_figure
from omzien.base.places.importers.rows import FigureRow, SourceRow
from omzien.base.places.models import (
    Area,
    AreaChange,
    AreaKind,
    Indicator,
    Outline,
    PublishedFigure,
    Reason,
)
from tests.base.places.conftest import NOW, RAVI, TOWN, ZOETERMEER, dice

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from omzien.base.places.actions import ImportReport
    from omzien.base.places.queries import FigureMap, Trend
    from tests.base.places.conftest import Take

pytestmark = pytest.mark.django_db

OWN = SourceRow("own", "Onderzoek", "Gemeente")


def map_of(slug: str, period: str, group: str, municipality: str = "GM9901") -> FigureMap:
    newest = Indicator.objects.filter(slug=slug).order_by("version").last()
    assert newest is not None
    return queries.figures_on_map(
        queries.ShownIndicator.of(newest),
        period=period,
        group=group,
        kind=AreaKind.NEIGHBOURHOOD,
        municipality=municipality,
    )


def lines(trend: Trend) -> list[list[tuple[str, str]]]:
    return [[(f.period, f.group) for f in segment.figures] for segment in trend.segments]


def trend(indicator: str, code: str, group: str) -> Trend:
    (found,) = queries.trends(indicator, codes=[code], group=group)
    return found


def publish(
    indicator: str, area: str, period: str, group: str, value: int, *, version: int = 1
) -> None:
    row = FigureRow(indicator, "own", area, 2024, period, group, Decimal(value), version=version)
    publish_figure(row, source=OWN, by=RAVI, now=NOW)


# --- Areas ---------------------------------------------------------------------------------------


def test_areas_of_a_municipality_are_those_of_the_latest_division(town: None, take: Take) -> None:
    del town
    assert [area.name for area in queries.areas_of("GM9901", AreaKind.NEIGHBOURHOOD)] == [
        "Oudebrug",
        "Kerkbuurt",
        "Molenwijk",
        "De Weide",
    ]
    take("key-figures", "kwb-2025.csv")
    latest = queries.areas_of("GM9901", AreaKind.NEIGHBOURHOOD)
    assert {area.division_year for area in latest} == {2025}
    assert len(queries.areas_of("GM9901", AreaKind.NEIGHBOURHOOD, 2024)) == 4
    assert queries.current_division_year("GM9901") == 2025
    assert queries.current_division_year("GM0001") is None


def test_the_country_and_the_municipality_are_areas_too(facts: ImportReport) -> None:
    del facts
    assert [a.name for a in queries.areas_of("GM0637", AreaKind.COUNTRY)] == ["Nederland"]
    assert [a.name for a in queries.areas_of("GM0637", AreaKind.MUNICIPALITY)] == ["Zoetermeer"]
    assert len(queries.areas_of("GM0637", AreaKind.DISTRICT)) == 9


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Meerzicht", "Meerzicht"),
        ("meerzigt", "Meerzicht"),
        ("leyens", "Buytenwegh de Leyens"),
        ("Palen", "Palenstein"),
        ("DORP", "Dorp"),
        ("noordhove oost", "Noordhove-Oost"),
    ],
)
def test_an_area_is_found_half_typed_or_misspelt(
    facts: ImportReport, text: str, first: str
) -> None:
    del facts
    assert queries.find_areas(text, municipality="GM0637")[0].name == first


@pytest.mark.parametrize("text", ["", "a", "zzzzzz", "9999 ZZ", "%"])
def test_what_is_nowhere_is_not_found(facts: ImportReport, text: str) -> None:
    del facts
    assert queries.find_areas(text, municipality="GM0637") == ()


def test_a_name_is_found_without_its_accent() -> None:
    area = Area(code="BU99010000", division_year=2024, kind=AreaKind.NEIGHBOURHOOD)
    area.name, area.folded_name = "Súdwijk", "sudwijk"
    area.save()
    found = queries.find_areas("sudwijk", municipality="GM9901")
    assert [each.name for each in found] == ["Súdwijk"]
    assert queries.find_areas("SÚDWIJK", municipality="GM9901") == found


def test_four_digits_give_the_nearest_neighbourhoods_and_say_so(facts: ImportReport) -> None:
    del facts
    postcode = queries.neighbourhood_of_postcode("2711")
    assert postcode is not None
    assert not postcode.exact
    assert [area.name for area in postcode.around] == [
        "Stadscentrum",
        "Palenstein",
        "Driemanspolder",
    ]
    assert queries.find_areas("2711 AB", municipality="GM0637") == postcode.around


def test_a_full_postcode_gives_its_own_neighbourhood(town: None, take: Take) -> None:
    del town
    take("postcodes", "pc4_2024.csv")
    take("postcodes", "pc6-gwb2024.csv")
    exact = queries.neighbourhood_of_postcode(" 9901 ab")
    assert exact is not None
    assert exact.area is not None
    assert (exact.exact, exact.area.name, exact.around) == (True, "Kerkbuurt", ())
    assert [a.name for a in queries.find_areas("9901AB", municipality="GM9901")] == ["Kerkbuurt"]
    box = queries.neighbourhood_of_postcode("9900")
    assert box is not None
    assert (box.box, box.area, box.around) == (True, None, ())
    assert queries.neighbourhood_of_postcode("9901AB", 2019) is None
    assert queries.neighbourhood_of_postcode("hallo") is None


# --- Figures on the map --------------------------------------------------------------------------


def test_every_neighbourhood_has_a_figure_or_the_reason_why_not(facts: ImportReport) -> None:
    del facts
    shown = map_of("share-65-plus", "2024", "all", "GM0637")
    by_name = {row.area.name: row for row in shown.rows}
    assert len(shown.rows) == 26
    dorp = by_name["Dorp"].figure
    assert dorp is not None
    assert dorp.value == Decimal("22.6")
    assert by_name["Balijbos"].why_none == str(Reason.TOO_FEW.label)
    assert by_name["Van Tuyllpark"].figure is None
    assert by_name["Van Tuyllpark"].why_none
    assert by_name["Balijbos"].class_number is None
    numbers = {row.class_number for row in shown.rows if row.class_number is not None}
    assert numbers == {0, 1, 2, 3, 4}
    assert sum(each.count for each in shown.classes) == 23


def test_an_estimate_says_so_and_how_wide_it_is(town: None) -> None:
    del town
    row = map_of("lonely", "2024", "18+").rows[0]
    assert row.figure is not None
    assert (row.figure.modelled, row.figure.is_uncertain) == (True, False)
    assert replace(row.figure, lower=Decimal(30), upper=Decimal(60)).is_uncertain
    assert not replace(row.figure, lower=None).is_uncertain


def test_a_map_without_figures_still_names_the_areas(town: None) -> None:
    del town
    empty = map_of("lonely", "1999", "18+")
    assert len(empty.rows) == 4
    assert empty.classes == ()


def define_anew(slug: str) -> None:
    indicator = Indicator.objects.get(slug=slug)
    indicator.pk, indicator.version = None, 2
    indicator.save()


def test_two_definitions_never_stand_on_one_map(town: None, facts: ImportReport) -> None:
    del town, facts
    define_anew("lonely")
    publish("lonely", "BU99010000", "2024", "18+", 30, version=2)
    shown = map_of("lonely", "2024", "18+")
    assert [row.figure.value for row in shown.rows if row.figure] == [30]
    assert map_of("lonely", "2016", "19+", "GM0637").city is None
    publish("lonely", "GM0637", "2016", "19+", 50, version=2)
    city = map_of("lonely", "2016", "19+", "GM0637").city
    assert city is not None
    assert (city.value, city.indicator.version) == (Decimal(50), 2)


def test_reading_takes_as_many_queries_for_one_figure_as_for_many(
    town: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    del town
    # One finds the indicator.
    with django_assert_num_queries(1 + 2):
        map_of("lonely", "2024", "18+")
    with django_assert_num_queries(1 + 2):
        map_of("inhabitants", "2024", "all")
    for municipality, count in (("GM9901", 2), ("GM0637", 3)):
        areas = queries.areas_of(municipality, AreaKind.NEIGHBOURHOOD)
        with django_assert_num_queries(count):
            queries.shapes_of(areas)
        with django_assert_num_queries(2):
            queries.indicators_available(municipality)
    for code in ("BU99010000", "BU06370001", "WK063700", "GM0637"):
        with django_assert_num_queries(7):
            queries.area_page(code)


# --- Comparing and following ---------------------------------------------------------------------


def test_areas_stand_beside_city_and_country_in_the_same_period(facts: ImportReport) -> None:
    del facts
    shown = map_of("share-65-plus", "2024", "all", "GM0637")
    assert shown.city is not None
    assert shown.country is not None
    assert (shown.city.value, shown.country.value) == (Decimal("20.9"), Decimal("20.5"))
    assert {figure.period for figure in (shown.city, shown.country)} == {"2024"}
    assert "GM0637" not in {row.area.code for row in shown.rows}


def test_two_areas_are_followed_in_as_many_queries_as_one(
    facts: ImportReport, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    del facts
    publish("lonely", "GM0637", "2020", "18+", 44)
    with django_assert_num_queries(4):
        alone = queries.trends("lonely", codes=["NL00"], group="18+")
    with django_assert_num_queries(4):
        both = queries.trends("lonely", codes=["GM0637", "NL00"], group="18+")
    assert [lines(found) for found in both] == [
        [[("2016", "19+")], [("2020", "18+")]],
        lines(alone[0]),
    ]


def test_the_national_line_is_cut_where_the_ages_change(facts: ImportReport) -> None:
    del facts
    found = trend("lonely", "NL00", "18+")
    assert lines(found) == [[("2012", "19+"), ("2016", "19+")], [("2020", "18+"), ("2022", "18+")]]
    assert len(found.breaks) == 1
    assert "2020" in found.breaks[0]
    assert lines(trend("lonely", "NL00", "19+")) == lines(found)


def test_two_series_never_stand_in_one_line(facts: ImportReport) -> None:
    del facts
    publish("lonely", "GM0637", "2018", "18+", 44)
    publish("city-survey-lonely", "GM0637", "2020", "18+", 38)
    for slug, series, periods in (
        ("lonely", "health-monitor", ["2016", "2018"]),
        ("city-survey-lonely", "city-survey", ["2018", "2020"]),
    ):
        figures = [f for s in trend(slug, "GM0637", "18+").segments for f in s.figures]
        assert [figure.period for figure in figures] == periods
        assert {figure.indicator.series for figure in figures} == {series}


def test_one_year_is_not_a_trend(facts: ImportReport) -> None:
    del facts
    assert queries.trends("lonely", codes=["GM0637"], group="18+") == ()
    define_anew("lonely")
    publish("lonely", "GM0637", "2016", "19+", 50, version=2)
    assert queries.trends("lonely", codes=["GM0637"], group="18+") == ()


def test_a_line_is_cut_where_the_definition_changes(town: None) -> None:
    del town
    define_anew("volunteering")
    publish("volunteering", "BU99010000", "2026", "18+", 30, version=2)
    found = trend("volunteering", "BU99010000", "18+")
    assert [segment.version for segment in found.segments] == [1, 1, 2]
    assert "2026" in found.breaks[-1]


def test_a_code_that_is_used_again_does_not_lengthen_the_line(town: None) -> None:
    del town
    reused = Area.objects.create(
        code="BU99010000",
        division_year=2025,
        kind=AreaKind.NEIGHBOURHOOD,
        name="Iets anders",
        folded_name="iets anders",
    )
    assert queries.trends("lonely", codes=["BU99010000"], group="18+") == ()
    old = Area.objects.get(code="BU99010000", division_year=2024)
    change = AreaChange.objects.create(before=old, after=reused, share="0.6", basis="adressen")
    assert queries.trends("lonely", codes=["BU99010000"], group="18+") == ()
    change.share = Decimal(1)
    change.save()
    joined = trend("lonely", "BU99010000", "18+")
    assert lines(joined) == [[("2016", "19+")], [("2024", "18+")]]


def test_there_is_no_line_of_an_unknown_area() -> None:
    assert queries.trends("lonely", codes=["BU00000000"], group="18+") == ()


# --- Pages ---------------------------------------------------------------------------------------


def test_the_page_of_a_neighbourhood_has_what_lies_around_and_city_and_country(
    facts: ImportReport,
) -> None:
    del facts
    page = queries.area_page("BU06370101")
    assert page is not None
    assert [area.name for area in page.above] == ["Zoetermeer", "Meerzicht"]
    assert [area.name for area in page.siblings] == ["Meerzicht-West"]
    assert [postcode.code for postcode in page.postcodes] == ["2715"]
    share = next(f for f in page.figures if f.figure.indicator.slug == "share-65-plus")
    assert share.city is not None
    assert share.country is not None
    assert [share.figure.value, share.city.value, share.country.value] == [
        Decimal("22.2"),
        Decimal("20.9"),
        Decimal("20.5"),
    ]


def test_the_page_of_the_city_has_the_plan_beside_the_country(facts: ImportReport) -> None:
    del facts
    page = queries.area_page("GM0637")
    assert page is not None
    assert len(page.parts) == 9
    lonely = next(f for f in page.figures if f.figure.group == "19+")
    assert lonely.country is not None
    assert (str(lonely.figure.value), str(lonely.country.value)) == ("46.0000", "43.0000")
    assert lonely.city is None
    assert {other.area.division_year for other in page.other_divisions} == {2018}
    assert page.other_divisions[0].share == 1.0


def test_the_page_of_the_country_compares_with_nothing(facts: ImportReport) -> None:
    del facts
    page = queries.area_page("NL00")
    assert page is not None
    assert all(beside.country is None for beside in page.figures)
    assert {b.figure.period for b in page.figures if b.figure.group == "18+"} == {"2020", "2022"}


def test_an_address_without_a_year_leads_to_the_latest_division(town: None, take: Take) -> None:
    del town
    take("key-figures", "kwb-2025.csv")
    latest, older = queries.area_page("BU99010000"), queries.area_page("BU99010000", 2024)
    assert latest is not None
    assert older is not None
    assert (latest.area.division_year, older.area.division_year) == (2025, 2024)
    assert queries.area_page("BU99010000", 1999) is None


def test_what_can_be_chosen_is_what_has_figures(facts: ImportReport) -> None:
    del facts
    available = {each.indicator.slug: each for each in queries.indicators_available("GM0637")}
    assert "cohesion-lonely" not in available
    lonely = available["lonely"]
    assert lonely.periods(AreaKind.MUNICIPALITY) == ("2016",)
    assert lonely.periods(AreaKind.COUNTRY) == ("2022", "2020", "2016", "2012")
    assert lonely.periods(AreaKind.NEIGHBOURHOOD) == ()
    assert lonely.groups(AreaKind.MUNICIPALITY, "2016") == ("19+", "19-64", "65+")
    assert not lonely.invented
    assert queries.indicators_available("GM9901")


def test_made_up_figures_are_named_so_wherever_they_are_chosen(facts: ImportReport) -> None:
    del facts
    load_demo_figures(ZOETERMEER, rng=dice(7), by=RAVI, now=NOW)
    invented = [a for a in queries.indicators_available("GM0637") if a.invented]
    assert [a.indicator.slug for a in invented] == ["example-lonely"]
    row = map_of("example-lonely", "2024", "18+", "GM0637").rows[0]
    assert row.figure is not None
    assert row.figure.source.invented


def test_titles_and_groups_follow_the_language_of_the_reader(facts: ImportReport) -> None:
    del facts
    with translation.override("en"):
        page = queries.area_page("GM0637")
        assert page is not None
        first = page.figures[0].figure
        assert first.indicator.title == "Lonely"
        assert "11 statements" in first.indicator.series_title
        assert first.group_name == "19 years and older"
        assert page.area.kind_name == "municipality"
        assert queries.group_name("all") == "all ages"
        assert queries.group_name("19-64") == "19 to 64 years"
    with translation.override("nl"):
        again = queries.area_page("GM0637")
        assert again is not None
        assert again.figures[0].figure.indicator.title == "Eenzaam"
        assert "uitspraken" in again.figures[0].figure.indicator.definition


# --- Shapes --------------------------------------------------------------------------------------


def test_official_outlines_are_drawn_where_all_are_there(town: None) -> None:
    del town
    drawn = queries.shapes_of(queries.areas_of("GM9901", AreaKind.NEIGHBOURHOOD))
    assert drawn is not None
    assert not drawn.schematic
    assert len(drawn.areas) == 4
    assert drawn.source is not None
    assert drawn.source.title == "CBS Wijk- en buurtkaart 2024"
    assert all(0 < area.label_x < drawn.width for area in drawn.areas)


def test_without_outlines_the_map_is_schematic_and_says_so(facts: ImportReport) -> None:
    del facts
    areas = queries.areas_of("GM0637", AreaKind.NEIGHBOURHOOD)
    drawn = queries.shapes_of(areas)
    assert drawn is not None
    assert drawn.schematic
    assert drawn.source is None
    assert len(drawn.areas) == 26
    assert all(area.path.startswith("M") for area in drawn.areas)
    nowhere = replace(areas[0], x=None, y=None)
    less = queries.shapes_of([nowhere, *areas[1:]])
    assert less is not None
    assert less.without_place == (nowhere,)
    assert queries.shapes_of([nowhere]) is None
    assert queries.shapes_of([]) is None


def test_shapes_are_drawn_once_until_something_is_brought_in(
    town: None, take: Take, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    del town
    areas = queries.areas_of("GM9901", AreaKind.NEIGHBOURHOOD)
    drawn = queries.shapes_of(areas)
    with django_assert_num_queries(1):
        assert queries.shapes_of(areas) is drawn
    Outline.objects.get(area=areas[0].pk).delete()
    take("key-figures", "kwb-2025.csv")
    again = queries.shapes_of(areas)
    assert again is not None
    assert again.schematic


def test_schematic_cells_keep_within_the_outline_of_the_city(take: Take) -> None:
    take("boundaries", "gemeente_2024_rd.geojson")
    take("boundaries", "buurten_2024_wgs84.geojson")
    areas = queries.areas_of("GM9901", AreaKind.NEIGHBOURHOOD)
    Area.objects.get(pk=areas[0].pk).outline.delete()
    drawn = queries.shapes_of(areas, width=208)
    assert drawn is not None
    assert drawn.schematic
    # 2 by 2 km with a margin of 2 % all around: 2080 m in 208 units.
    assert (drawn.width, drawn.height) == (208, 208)


def test_shapes_can_be_downloaded_in_degrees(town: None, facts: ImportReport) -> None:
    del town, facts
    outlined = queries.download_shapes(queries.areas_of("GM9901", AreaKind.NEIGHBOURHOOD))
    assert {shape["type"] for shape in outlined.values()} == {"Polygon"}
    points = queries.download_shapes(queries.areas_of("GM0637", AreaKind.NEIGHBOURHOOD))
    assert {shape["type"] for shape in points.values()} == {"Point"}
    longitude, latitude = points["BU06370002"]["coordinates"]
    assert (longitude, latitude) == pytest.approx((4.49, 52.06), abs=0.01)
    assert queries.download_shapes(queries.areas_of("GM0637", AreaKind.COUNTRY)) == {}


# --- The data version ----------------------------------------------------------------------------


def test_the_data_version_changes_with_every_import_and_figure(take: Take) -> None:
    empty = queries.data_version()
    take("key-figures", "kwb_statline_85984NED.csv", scope=Scope("GM9901", "", all_areas=True))
    imported = queries.data_version()
    publish("lonely", "BU99010000", "2026", "18+", 30)
    PublishedFigure.objects.filter(period="2026").update(
        published_at=NOW.replace(hour=NOW.hour + 1)
    )
    assert len({empty, imported, queries.data_version()}) == 3
    assert TOWN.is_ours("BU99010000")


def test_the_data_version_of_nothing_has_a_name_too() -> None:
    assert queries.data_version() == "0-none"
