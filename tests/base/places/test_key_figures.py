"""CBS Kerncijfers: every layout as it is published, with its traps. No database."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from omzien.base.places.importers.errors import WrongColumns
from omzien.base.places.importers.key_figures import read_key_figures
from tests.base.places.conftest import FILES, batch_of, figure_of

if TYPE_CHECKING:
    from pathlib import Path


def test_statline_csv_is_read_through_its_padding_and_byte_mark() -> None:
    batch = batch_of("key-figures", "kwb_statline_85984NED.csv")
    assert [area.name for area in batch.areas][:3] == ["Voorbeeldstad", "Oude brug", "Oudebrug"]
    assert {area.division_year for area in batch.areas} == {2024}
    assert figure_of(batch, "BU99010000", "inhabitants").value == 1200
    assert figure_of(batch, "BU99010000", "inhabitants", "65+").value == 200
    assert figure_of(batch, "BU99010001", "household-size").value == Decimal("2.4")


def test_a_dot_for_missing_becomes_a_figure_that_is_not_shown() -> None:
    row = figure_of(
        batch_of("key-figures", "kwb_statline_85984NED.csv"), "BU99010101", "inhabitants"
    )
    assert (row.value, row.reason) == (None, "withheld")


def test_the_share_of_65_plus_is_worked_out_but_not_for_forty_people() -> None:
    batch = batch_of("key-figures", "kwb_statline_85984NED.csv")
    share = figure_of(batch, "BU99010000", "share-65-plus")
    assert (share.value, share.base) == (Decimal("16.7"), 1200)
    assert "vijftallen" in share.note
    assert figure_of(batch, "BU99010100", "share-65-plus").reason == "too-few"
    assert figure_of(batch, "BU99010101", "share-65-plus").reason == "withheld"


def test_the_yearly_download_has_short_names_and_a_decimal_comma() -> None:
    batch = batch_of("key-figures", "kwb-2025.csv")
    assert {area.division_year for area in batch.areas} == {2025}
    assert [area.code for area in batch.areas] == ["BU99010000", "BU99010001", "BU88010000"]
    assert figure_of(batch, "BU99010000", "near-social-minimum").value == Decimal("7.3")
    assert figure_of(batch, "BU99010001", "near-social-minimum").reason == "withheld"
    assert figure_of(batch, "BU99010000", "inhabitants", "0-14").value == 200


def test_odata_has_padded_codes_and_null_for_missing() -> None:
    batch = batch_of("key-figures", "kwb_85984NED.json")
    assert [area.code for area in batch.areas] == ["NL00", "BU99010000", "BU99010101"]
    assert {area.name for area in batch.areas} == {""}
    assert figure_of(batch, "BU99010101", "inhabitants").reason == "withheld"


def test_the_long_shape_of_odata_4_is_made_wide_by_its_list_of_measures() -> None:
    batch = batch_of("key-figures", "odata4/85984NED_Observations.json")
    assert [area.code for area in batch.areas] == ["BU99010000", "BU99010101"]
    assert figure_of(batch, "BU99010000", "inhabitants").value == 1200
    assert figure_of(batch, "BU99010000", "inhabitants", "0-14").value == 200
    assert figure_of(batch, "BU99010000", "share-65-plus").value == Decimal("16.7")
    assert figure_of(batch, "BU99010000", "near-social-minimum").value == Decimal("7.3")
    assert figure_of(batch, "BU99010101", "inhabitants").reason == "withheld"


def test_the_long_shape_without_its_list_says_what_to_save(tmp_path: Path) -> None:
    path = tmp_path / "85984NED.json"
    path.write_bytes((FILES / "odata4" / "85984NED_Observations.json").read_bytes())
    with pytest.raises(WrongColumns, match=r"save MeasureCodes .* as .*MeasureCodes\.json"):
        read_key_figures(path)
    (tmp_path / "MeasureCodes.json").write_text("{}")
    with pytest.raises(WrongColumns, match="no list"):
        read_key_figures(path)


def test_a_row_with_a_strange_code_or_number_is_left_out_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "kwb-2024.csv"
    path.write_text("gwb_code,regio,a_inw\nBU99010000,Hier,12\nXX,Daar,3\nBU99010001,Ginds,veel\n")
    batch = read_key_figures(path)
    assert [area.code for area in batch.areas] == ["BU99010000"]
    assert [(row.where, row.why) for row in batch.skipped] == [
        ("row 3", "'XX' is not the code of an area"),
        ("row 4", "a_inw: 'veel' is not a number"),
    ]
