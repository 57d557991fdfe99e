"""The commands: importing, trying out real files, fetching, the template."""

from __future__ import annotations

import json
import shutil
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from omzien.base.places.importers.own_figures import read_own_figures
from omzien.base.places.management.commands import real
from omzien.base.places.models import Area, ImportRun, Outline, PublishedFigure
from tests.base.places.conftest import FILES, batch_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

    from omzien.base.places.actions import ImportReport

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_the_invented_town(settings: Settings, facts: ImportReport) -> None:
    del facts
    settings.MUNICIPALITY_CODE, settings.MUNICIPALITY_NAME = "GM9901", "Voorbeeldstad"


def run(*words: object) -> str:
    out = StringIO()
    call_command(*map(str, words), stdout=out, stderr=StringIO())
    return out.getvalue()


# --- import_places -------------------------------------------------------------------------------


def test_import_places_tells_what_it_did_and_what_it_left_out() -> None:
    batch = batch_of("key-figures", "kwb-2025.csv")
    codes = [row.code for row in batch.areas] + [row.area_code for row in batch.figures]
    ours = sum(code.startswith("BU9901") for code in codes)
    others = codes.count("BU88010000")
    told = run("import_places", "key-figures", FILES / "kwb-2025.csv")
    assert f"kwb-2025.csv: {ours} new, 0 changed, 0 the same, {others} left out." in told
    assert f"left out {others}: another municipality (BU88010000, BU88010000" in told
    assert ours == 2 * others > 20


def test_a_dry_run_says_would_and_does_nothing() -> None:
    told = run("import_places", "key-figures", FILES / "kwb-2025.csv", "--dry-run")
    assert told.startswith("Would do: ")
    assert not Area.objects.filter(division_year=2025).exists()


def test_the_year_can_be_told_and_all_areas_asked_for() -> None:
    run("import_places", "key-figures", FILES / "kwb-2025.csv", "--year", 2026, "--all")
    assert Area.objects.filter(code="BU88010000", division_year=2026).exists()


@pytest.mark.parametrize(
    ("kind", "name", "sentence"),
    [
        ("boundaries", "kwb-2025.csv", "stops half-way"),
        ("key-figures", "published.csv", "The columns are not those"),
        ("key-figures", "no-such-file.csv", "There is no such file"),
    ],
)
def test_a_wrong_file_gives_one_sentence(kind: str, name: str, sentence: str) -> None:
    runs = ImportRun.objects.count()
    with pytest.raises(CommandError, match=sentence):
        run("import_places", kind, FILES / name, "--year", 2025)
    assert ImportRun.objects.count() == runs


def test_load_facts_tells_what_is_there() -> None:
    assert "0 new, 0 changed" in run("load_facts")


# --- figures_template ----------------------------------------------------------------------------


def test_figures_template_writes_a_workbook_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "cijfers.xlsx"
    assert "import_places own-figures" in run("figures_template", path)
    assert len(read_own_figures(path).figures) == 1
    with pytest.raises(CommandError, match="exists already"):
        run("figures_template", path)


# --- real ----------------------------------------------------------------------------------------


@pytest.fixture
def real_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder with two small files, known as the real ones of this test."""
    folder = tmp_path / "data"
    (folder / "loneliness").mkdir(parents=True)
    (folder / "town").mkdir()
    shutil.copy(FILES / "kwb-2025.csv", folder / "town")
    shutil.copy(FILES / "buurten_2024_rd.geojson", folder)
    shutil.copy(FILES / "pc6-gwb2024.csv", folder)
    lines = (FILES / "items.csv").read_text().splitlines()
    lines[1] = "1,emotioneel,negatief,ik ervaar een leegte om me heen"
    lines += ["3,emotioneel,negatief,b", "4,emotioneel,negatief,c"]
    lines += ["5,sociaal,positief,d", "6,sociaal,positief,e"]
    (folder / real.ITEMS).write_text("\n".join(lines) + "\n")
    facts = tmp_path / "facts"
    facts.mkdir()
    known = [
        {
            "path": "buurten_2024_rd.geojson",
            "kind": "boundaries",
            "year": 2024,
            "counts": {"areas": 4, "outlines": 4},
            "spots": [["BU99010000", "", "all", "Oudebrug"]],
        },
        {
            "path": "town/kwb-2025.csv",
            "kind": "key-figures",
            "year": 2025,
            "counts": {"areas": 3},
            "spots": [
                ["BU99010000", "near-social-minimum", "all", "7.3"],
                ["BU99010001", "near-social-minimum", "all", "nothing"],
            ],
        },
        {
            "path": "pc6-gwb2024.csv",
            "kind": "postcodes",
            "year": 2024,
            "counts": {"postcodes": 3},
            "spots": [["9901AA", "", "all", "BU99010000"]],
        },
    ]
    (facts / "real_files.json").write_text(json.dumps(known))
    monkeypatch.setattr(real, "FOLDER", facts)
    return folder


def test_real_checks_counts_and_values_and_leaves_nothing(real_folder: Path) -> None:
    told = run("real", real_folder)
    assert "kwb-2025.csv: a second time = 0 changes" in told
    assert "buurten_2024_rd.geojson: BU99010000 = Oudebrug" in told
    assert "kwb-2025.csv: BU99010000 near-social-minimum = 7.3" in told
    assert "All real files were read and checked: 4." in told
    assert not Outline.objects.exists()


def test_real_can_keep_what_it_brought_in(real_folder: Path) -> None:
    run("real", real_folder, "--keep")
    assert Outline.objects.count() == 4


def test_real_takes_one_of_the_folders_alone(real_folder: Path) -> None:
    told = run("real", real_folder / "town")
    assert "town/kwb-2025.csv: a second time = 0 changes" in told
    assert "All real files were read and checked: 1." in told


def test_real_fails_loudly_where_the_folder_or_a_file_is_missing(real_folder: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        run("real", real_folder / "nowhere")
    (real_folder / real.ITEMS).unlink()
    with pytest.raises(CommandError, match="There is no such file"):
        run("real", real_folder)
    (real_folder / "town" / "kwb-2025.csv").unlink()
    with pytest.raises(CommandError, match=r"kwb-2025\.csv: There is no such file"):
        run("real", real_folder)


def test_real_fails_loudly_on_another_value(real_folder: Path) -> None:
    path = real_folder / "town" / "kwb-2025.csv"
    path.write_text(path.read_text().replace("7,3", "7,4"))
    with pytest.raises(CommandError, match=r"expected 7\.3, found 7\.4"):
        run("real", real_folder)
    assert not PublishedFigure.objects.filter(period="2025").exists()


def test_the_known_real_files_are_the_eleven_of_the_two_folders() -> None:
    listed = [file.path for file in real.real_files()]
    assert len({*listed, real.ITEMS}) == 11
    assert {path.split("/")[0] for path in listed} == {"zoetermeer", "loneliness"}
    assert all(len(file.spots) == 3 for file in real.real_files())
