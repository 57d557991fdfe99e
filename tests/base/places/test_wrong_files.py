"""A wrong file gets one clear sentence, whatever is wrong and whichever importer reads it."""

from __future__ import annotations

import gzip
import zipfile
from typing import TYPE_CHECKING

import pytest

from omzien.base.places.importers import errors
from omzien.base.places.importers.kinds import READERS
from tests.base.places.conftest import FILES

if TYPE_CHECKING:
    from pathlib import Path

EVERY_KIND = sorted(READERS)
TEXT_KINDS = [kind for kind in EVERY_KIND if kind != "boundaries"]
ALL_REFUSALS = errors.FileRefused.__subclasses__()


@pytest.mark.parametrize("refusal", ALL_REFUSALS)
def test_every_refusal_says_what_is_wrong_and_what_to_do(
    refusal: type[errors.FileRefused],
) -> None:
    sentence = str(refusal())
    assert ":" in sentence
    assert sentence.endswith(".")
    assert "(row 3)" in str(refusal("row 3"))


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_missing_file_is_named(kind: str, tmp_path: Path) -> None:
    with pytest.raises(errors.MissingFile, match=r"weg\.csv"):
        READERS[kind](tmp_path / "weg.csv", year=2024)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_an_empty_file_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "leeg.csv"
    path.write_text(" \n")
    with pytest.raises(errors.EmptyFile):
        READERS[kind](path, year=2024)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_packed_file_must_be_unpacked(kind: str, tmp_path: Path) -> None:
    packed = tmp_path / "kwb.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("kwb.csv", "a,b\n1,2\n")
    squeezed = tmp_path / "kwb.csv.gz"
    squeezed.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    for path in (packed, squeezed):
        with pytest.raises(errors.IsAnArchive, match="unpack"):
            READERS[kind](path, year=2024)


def test_a_workbook_of_cbs_must_be_saved_as_csv(tmp_path: Path) -> None:
    path = tmp_path / "kwb-2024.xls"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(errors.IsAWorkbook, match="CSV UTF-8"):
        READERS["key-figures"](path)


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_page_about_the_file_is_not_the_file(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "kwb.csv"
    path.write_text("<!DOCTYPE html><html><title>Inloggen</title></html>\n")
    with pytest.raises(errors.IsAWebPage):
        READERS[kind](path, year=2024)


@pytest.mark.parametrize("kind", TEXT_KINDS)
def test_other_columns_are_named(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "anders_2024.csv"
    path.write_text("naam;leeftijd\nJan;5\n")
    with pytest.raises(errors.WrongColumns, match=r"missing: .*found: naam, leeftijd"):
        READERS[kind](path, year=2024)


@pytest.mark.parametrize("kind", TEXT_KINDS)
def test_a_text_without_columns_is_no_table(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "brief_2024.csv"
    path.write_text("Geachte heer\n")
    with pytest.raises(errors.WrongColumns, match="Geachte heer"):
        READERS[kind](path, year=2024)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("key-figures", "kwb_statline_85984NED.csv"),
        ("health-monitor", "rivm_50120NED.csv"),
        ("postcodes", "pc4_2024.csv"),
        ("english-small-areas", "lsoa.csv"),
    ],
)
@pytest.mark.parametrize("left_off", [1, 9, 40])
def test_half_a_table_is_refused(kind: str, name: str, left_off: int, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes((FILES / name).read_bytes()[:-left_off])
    with pytest.raises(errors.HalfADownload):
        READERS[kind](path, year=2024)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("key-figures", "kwb_85984NED.json"),
        ("health-monitor", "rivm_50150NED.json"),
        ("boundaries", "buurten_2024_rd.geojson"),
    ],
)
@pytest.mark.parametrize("part", [0.2, 0.5, 0.99])
def test_half_an_answer_is_refused(kind: str, name: str, part: float, tmp_path: Path) -> None:
    whole = (FILES / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(errors.HalfADownload):
        READERS[kind](path)


def test_a_row_that_is_shorter_than_the_others_is_half_a_download(tmp_path: Path) -> None:
    path = tmp_path / "kwb_2024.csv"
    path.write_text("buurtcode,buurtnaam,a_inw\nBU99010000,Hier,5\nBU99010001,Daar\n")
    with pytest.raises(errors.HalfADownload, match="row 3 has 2 cells"):
        READERS["key-figures"](path)


def test_the_first_page_of_an_answer_is_half_of_it(tmp_path: Path) -> None:
    path = tmp_path / "85984NED.json"
    path.write_text('{"@odata.nextLink": "https://…", "value": [{"WijkenEnBuurten": "NL00"}]}')
    with pytest.raises(errors.HalfADownload, match="first page"):
        READERS["key-figures"](path)


@pytest.mark.parametrize("text", ['{"value": 3}', '{"value": [3]}', '{"rows": []}'])
def test_json_of_another_shape_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "85984NED.json"
    path.write_text(text)
    with pytest.raises(errors.WrongColumns):
        READERS["key-figures"](path)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_another_encoding_is_refused(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "kwb_2024.csv"
    path.write_bytes("buurtcode,buurtnaam,a_inw\nBU99010000,Café,5\n".encode(encoding))
    with pytest.raises(errors.WrongEncoding, match="UTF-8"):
        READERS["key-figures"](path)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("key-figures", "buurtcode,a_inw\nXX,5\n"),
        ("key-figures", "buurtcode,a_inw\n"),
        ("health-monitor", "WijkenEnBuurten,Perioden,Leeftijd,Marges,Eenzaam_1\nGG01,,,,\n"),
        ("postcodes", "PC6;Buurt2024;Wijk2024;Gemeente2024\nxx;1;1;1\n"),
        ("english-small-areas", "lsoa21_code,perc\nW01,5\n"),
        ("published-list", "gebied,code,jaar,leeftijd,indicator,waarde_pct,bron,url\na,,,,,,b,\n"),
        ("changes", "van_code,van_jaar,naar_code,naar_jaar,aandeel,grondslag\na,1,b,2,veel,c\n"),
    ],
)
def test_the_right_columns_without_one_usable_row_are_refused(
    kind: str, text: str, tmp_path: Path
) -> None:
    path = tmp_path / "bestand_2024.csv"
    path.write_text(text)
    with pytest.raises(errors.NothingOfUse):
        READERS[kind](path)
