"""Importers: every layout as it is published, with its traps. No database."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from shapely.geometry import shape

from omzien.base.places.importers import errors
from omzien.base.places.importers.boundaries import read_boundaries
from omzien.base.places.importers.health_monitor import read_health_monitor
from omzien.base.places.importers.kinds import READERS
from omzien.base.places.importers.own_figures import (
    REASONS,
    read_own_figures,
    write_template,
)
from omzien.base.places.importers.postcodes import read_postcodes
from omzien.base.places.importers.scale_items import read_scale_items
from omzien.base.places.importers.tables import number_of, stem, year_in
from tests.base.places.conftest import FILES, batch_of, figure_of

if TYPE_CHECKING:
    from pathlib import Path


# --- Numbers and columns -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12,5", "12.5"),
        ("   5100", "5100"),
        ("1.234,5", "1234.5"),
        ("2.0", "2"),
        (3, "3"),
        (46.6, "46.6"),
        ("-7", "-7"),
        ("23.2768711275874", "23.2769"),
    ],
)
def test_numbers_are_read_as_they_come(cell: str | float, number: str) -> None:
    assert number_of({"a": cell}, "a") == Decimal(number)


@pytest.mark.parametrize(
    "cell", [None, "", ".", "       .", "x", -99995, "-99997", "-99999999", -99995.0]
)
def test_what_stands_for_missing_is_missing(cell: str | float | None) -> None:
    assert number_of({"a": cell}, "a") is None


@pytest.mark.parametrize("cell", ["veel", "NaN", "Infinity", "12%", "1 2"])
def test_what_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=cell):
        number_of({"a": cell}, "a")


def test_columns_of_two_editions_have_one_stem() -> None:
    assert stem("HuishoudensTotaal_29") == stem("HuishoudensTotaal_28 ") == "HuishoudensTotaal"


def test_the_year_is_told_or_in_the_name_or_asked_for() -> None:
    assert year_in("kwb_2017.csv", 2019) == 2019
    assert year_in("85318NED.csv", None, {"85318NED": 2022}) == 2022
    assert year_in("buurten_2019_wgs84.geojson", None) == 2019
    with pytest.raises(errors.YearNeeded, match="--year"):
        year_in("buurten.geojson", None)


# --- Health monitor ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["rivm_50150NED.json", "rivm_50120NED.csv"])
def test_value_and_margins_become_one_figure_whatever_the_column_number(name: str) -> None:
    row = figure_of(batch_of("health-monitor", name), "BU99010000", "lonely", "18+")
    assert (row.lower, row.value, row.upper) == (Decimal("39.2"), Decimal("44.5"), Decimal("49.9"))
    assert row.modelled
    assert row.period == "2024"


def test_the_table_number_tells_the_division() -> None:
    years = {
        name: {row.division_year for row in batch_of("health-monitor", name).figures}
        for name in ("rivm_50150NED.json", "rivm_50120NED.csv")
    }
    assert years == {"rivm_50150NED.json": {2024}, "rivm_50120NED.csv": {2022}}


def test_until_2016_the_figure_is_about_19_and_older() -> None:
    figures = batch_of("health-monitor", "rivm_50150NED.json").figures
    groups = {(row.period, row.group) for row in figures}
    assert groups == {("2016", "19+"), ("2024", "18+"), ("2024", "18-64"), ("2024", "65+")}


def test_the_country_is_measured_and_a_neighbourhood_without_figure_has_a_reason() -> None:
    batch = batch_of("health-monitor", "rivm_50150NED.json")
    assert not figure_of(batch, "NL00", "lonely", "19+").modelled
    assert figure_of(batch, "BU99010101", "lonely", "18+").reason == "withheld"


def test_unknown_ages_margins_and_regions_are_left_out_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "rivm_50150NED.csv"
    rows = [
        "WijkenEnBuurten;Perioden;Leeftijd;Marges;Eenzaam_1",
        "BU99010000;2024JJ00;20300;MW00000;40",
        "BU99010000;2024JJ00;99999;MW00000;40",
        "BU99010000;2024JJ00;20300;M000000;40",
        "GG1234;2024JJ00;20300;MW00000;40",
        "BU99010000;2024KW01;20300;MW00000;40",
        "BU99010001;2024JJ00;20300;MW00000;heel veel",
        "BU99010100;2024JJ00;20300;MW00000;50",
        "BU99010100;2024JJ00;20300;MOG0095;60",
        "BU99010100;2024JJ00;20300;MBG0095;70",
    ]
    path.write_text("\n".join(rows) + "\n")
    batch = read_health_monitor(path)
    assert [row.area_code for row in batch.figures] == ["BU99010000"]
    assert [row.why for row in batch.skipped] == [
        "age code '99999' is not known",
        "margin code 'M000000' is not known",
        "not a neighbourhood, district, municipality or the country",
        "period '2024KW01' is not a year",
        "'heel veel' is not a number",
        "the value does not lie between its margins",
    ]


# --- Boundaries ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["buurten_2024_wgs84.geojson", "buurten_2024_rd.geojson"])
def test_boundaries_come_out_in_rd_metres_whatever_they_came_in(name: str) -> None:
    batch = batch_of("boundaries", name)
    assert [area.name for area in batch.areas] == [
        "Oudebrug",
        "Kerkbuurt",
        "Molenwijk",
        "De Weide",
    ]
    surfaces = [shape(outline.geometry).area for outline in batch.outlines]
    assert surfaces == pytest.approx([1_000_000] * 4, rel=1e-3)
    x, y = batch.areas[0].x, batch.areas[0].y
    assert (x, y) == pytest.approx((100_500, 450_500), abs=1)


def test_water_is_left_out_and_codes_for_missing_are_no_figures() -> None:
    batch = batch_of("boundaries", "buurten_2024_rd.geojson")
    assert [row.why for row in batch.skipped] == ["water"]
    inhabitants = [row for row in batch.figures if row.indicator == "inhabitants"]
    assert [row.value for row in inhabitants] == [1200, None, None, None]
    assert [row.reason for row in inhabitants] == ["", *["withheld"] * 3]


def test_boundaries_in_another_projection_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "buurten_2024.geojson"
    mercator = (FILES / "buurten_2024_rd.geojson").read_text().replace("45", "675")
    path.write_text(mercator)
    with pytest.raises(errors.UnknownProjection, match="WGS84 or EPSG:28992"):
        read_boundaries(path)


def test_a_first_page_of_boundaries_is_half_a_download(tmp_path: Path) -> None:
    path = tmp_path / "buurten_2024.geojson"
    whole = (FILES / "buurten_2024_rd.geojson").read_text()
    path.write_text(whole.replace('"features"', '"numberMatched": 146, "features"'))
    with pytest.raises(errors.HalfADownload, match="5 of 146"):
        read_boundaries(path)


def test_what_is_no_map_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "buurten_2024.geojson"
    for text in ("{}", '{"type": "FeatureCollection", "features": []}', '{"type": "Topology"}'):
        path.write_text(text)
        with pytest.raises(errors.WrongColumns):
            read_boundaries(path)


# --- Postcodes, own figures, lists, items --------------------------------------------------------


def test_pc6_codes_get_their_zeros_back() -> None:
    batch = batch_of("postcodes", "pc6-gwb2024.csv")
    first = batch.postcodes[0]
    assert (first.code, first.area_code, first.municipality) == ("9901AA", "BU99010000", "GM9901")
    assert first.exact
    assert [row.why for row in batch.skipped] == ["'0300AB' is not a postcode"]


def test_a_pc6_table_in_latin_1_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pc6-gwb2020.csv"
    header = "PC6;Buurt2020;Wijk2020;Gemeente2020;Naam\n"
    path.write_bytes(f"{header}1011AB;3630000;36300;363;Súdwest\n".encode("iso-8859-1"))
    row = read_postcodes(path).postcodes[0]
    assert (row.area_code, row.municipality, row.division_year) == ("BU03630000", "GM0363", 2020)


def test_pc4_points_become_metres_and_boxes_are_told_apart() -> None:
    rows = batch_of("postcodes", "pc4_2024.csv").postcodes
    assert [row.box for row in rows] == [True, False, False, False]
    assert (rows[1].x, rows[1].y) == pytest.approx((100_400, 450_600), abs=1)
    assert not rows[1].exact


def test_own_figures_come_with_the_reason_for_each_row_left_out() -> None:
    batch = batch_of("own-figures", "own_figures.csv")
    shown, hidden = batch.figures
    assert (shown.value, shown.lower, shown.base) == (Decimal("38.5"), Decimal("35.1"), 812)
    assert (hidden.value, hidden.reason, hidden.base) == (None, "too-few", 21)
    assert [row.why for row in batch.skipped] == [
        "'1.250' may be a thousand or a fraction: write it without a dot",
        "the figure does not lie between its lower and upper bound",
        "'veel' is not a number",
    ]


def test_the_template_can_be_filled_in_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "eigen cijfers.xlsx"
    write_template(path)
    book = load_workbook(path)
    sheet = book["cijfers"]
    sheet["F2"] = 37.25
    sheet["G2"], sheet["H2"] = 34, 40.5
    book.save(path)
    row = read_own_figures(path).figures[0]
    assert [row.lower, row.value, row.upper] == [Decimal(34), Decimal("37.25"), Decimal("40.5")]
    assert row.indicator == "city-survey-lonely"
    assert row.division_year == 2018


def test_a_broken_or_empty_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cijfers.xlsx"
    with pytest.raises(errors.MissingFile):
        read_own_figures(path)
    path.write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(errors.HalfADownload):
        read_own_figures(path)
    book = Workbook()
    book.save(path)
    with pytest.raises((errors.EmptyFile, errors.WrongColumns)):
        read_own_figures(path)


def test_a_published_list_keeps_the_series_apart() -> None:
    batch = batch_of("published-list", "published.csv")
    assert [row.indicator for row in batch.figures] == [
        "lonely-moderate",
        "lonely-severe",
        "city-survey-lonely",
        "lonely",
    ]
    assert [(row.where, row.why) for row in batch.skipped] == [
        ("row 5 Voorbeeldstad", "no year"),
        ("row 6 Regio Nergens", "no code of a country, municipality, district or neighbourhood"),
    ]


def test_statements_know_which_answers_count() -> None:
    negative, positive = read_scale_items(FILES / "items.csv")
    assert (negative.sub_scale, positive.sub_scale) == ("emotional", "social")
    assert "more or less" in negative.scores_on & positive.scores_on
    assert "yes" in negative.scores_on - positive.scores_on


def test_a_statement_of_an_unknown_scale_makes_the_file_unusable(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("nr,subschaal,richting,tekst_nl\n1,geestelijk,negatief,iets\n")
    with pytest.raises(errors.WrongColumns, match="geestelijk"):
        read_scale_items(path)


def test_english_areas_keep_four_decimals_and_wales_is_left_out() -> None:
    batch = batch_of("english-small-areas", "lsoa.csv")
    assert [row.value for row in batch.figures] == [Decimal("23.2769"), Decimal("19.5")]
    assert len(batch.skipped) == 1


def test_a_concordance_has_shares_up_to_one() -> None:
    batch = batch_of("changes", "changes.csv")
    assert [row.share for row in batch.changes] == [1, Decimal("0.6"), Decimal("0.4")]
    assert [row.why for row in batch.skipped] == ["the share must lie above 0 and up to 1"]


# --- Rows that cannot be used, each with its reason ----------------------------------------------


def left_out(kind: str, path: Path, text: str) -> list[str]:
    """Read a small file and give the reasons for what was left out."""
    path.write_text(text)
    return [row.why for row in READERS[kind](path).skipped]


def test_areas_of_a_map_without_code_or_outline_are_left_out(tmp_path: Path) -> None:
    whole = json.loads((FILES / "buurten_2024_rd.geojson").read_text())
    whole["features"][0]["properties"]["buurtcode"] = "?"
    whole["features"][1]["geometry"] = None
    whole["features"][2]["properties"]["aantal_inwoners"] = "veel"
    path = tmp_path / "buurten_2024.geojson"
    path.write_text(json.dumps(whole))
    batch = READERS["boundaries"](path)
    assert [row.why for row in batch.skipped] == [
        "no code of a Dutch area",
        "not an outline: found None",
        "water",
    ]
    assert [row.area_code for row in batch.figures if row.indicator == "inhabitants"] == [
        "BU99010101"
    ]


def test_postcodes_without_place_or_neighbourhood_are_left_out(tmp_path: Path) -> None:
    four = "postcode,gemeente,latitude,longitude,soort\n"
    assert left_out(
        "postcodes",
        tmp_path / "pc4_2024.csv",
        f"{four}9901,A,52.0,4.5,Adres\n9902,A,,,Adres\n9903,A,hier,4.5,Adres\n",
    ) == ["no position", "'hier' is not a position"]
    assert left_out(
        "postcodes",
        tmp_path / "pc6_2024.csv",
        "PC6;Buurt2024;Gemeente2024\n9901AA;99010000;9901\n9901AB;;9901\n9901AC;1;?\n",
    ) == ["no neighbourhood", "no neighbourhood"]
    with pytest.raises(errors.WrongColumns, match="gemeente"):
        left_out("postcodes", tmp_path / "pc6_2024.csv", "PC6;Buurt2024\n9901AA;99010000\n")


def test_own_figures_without_source_year_or_reason_are_left_out(tmp_path: Path) -> None:
    head = "gebiedscode;indelingsjaar;indicator;periode;leeftijd;waarde;bron;reden niet getoond\n"
    good = "GM9901;2024;lonely;2024;18+;40;GGD;\n"
    assert left_out(
        "own-figures",
        tmp_path / "eigen.csv",
        head
        + good
        + "GM9901;2024;lonely;2024;18+;40;;\n"
        + "GM9901;;lonely;2024;18+;40;GGD;\n"
        + "GM9901;2024;lonely;2024;18+;;GGD;zomaar\n"
        + "GM9901;2024;lonely;2024;18+;40;GGD;te weinig\n",
    ) == [
        "no source",
        "no year of the division",
        f"no figure and no known reason ({', '.join(REASONS)})",
        "a figure that is shown and a reason why it is not shown",
    ]


def test_a_published_list_leaves_out_what_it_does_not_understand(tmp_path: Path) -> None:
    head = "gebied,code,jaar,leeftijd,indicator,waarde_pct,bron,url\n"
    assert left_out(
        "published-list",
        tmp_path / "lijst.csv",
        head
        + "A,GM9901,2020,18+,eenzaam,40,GGD,\n"
        + "A,GM9901,2020,18+,eenzaam,40,,\n"
        + "A,GM9901,2020,18+,blij,40,GGD,\n"
        + "A,GM9901,2020,18+,eenzaam,veel,GGD,\n"
        + "A,GM9901,2020,18+,eenzaam,,GGD,\n",
    ) == ["no source", "unknown indicator 'blij'", "'veel' is not a number", "no value"]


def test_english_areas_without_a_number_are_left_out(tmp_path: Path) -> None:
    text = "lsoa21_code,perc\nE01000001,20\nE01000002,many\n"
    assert left_out("english-small-areas", tmp_path / "lsoa.csv", text) == [
        "no English area with a figure"
    ]


def test_a_table_that_is_no_text_at_all_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kwb_2024.csv"
    path.write_bytes(b"buurtcode,a_inw\x00\nBU99010000,5\n")
    with pytest.raises(errors.WrongEncoding, match="UTF-16"):
        READERS["key-figures"](path)
    path.write_text('buurtcode,a_inw\n"' + "x" * 200_000 + "\n")
    with pytest.raises(errors.HalfADownload):
        READERS["key-figures"](path)
    path.write_text("[1, 2]")
    with pytest.raises(errors.WrongColumns, match="JSON object"):
        READERS["boundaries"](path, year=2024)
