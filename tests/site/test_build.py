"""What the build makes is small, whole, and says where it comes from."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import brotli
import pytest

import omzien.site

SITE = Path(omzien.site.__file__).parent
PROJECT = SITE.parents[2]
BUILD = SITE / "assets" / "build.mjs"
KILOBYTE = 1000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build in a copy, so that a running site does not lose its sheets."""
    copy = tmp_path_factory.mktemp("site")
    shutil.copytree(SITE / "assets", copy / "assets")
    (copy / "static").mkdir()
    (copy / "node_modules").symlink_to(PROJECT / "node_modules")
    run_build(copy)
    return copy / "static" / "built"


def run_build(copy: Path, **environment: str) -> None:
    subprocess.run(
        [str(shutil.which("node")), str(copy / "assets" / "build.mjs")],
        check=True,
        cwd=copy,
        capture_output=True,
        env=os.environ | environment,
    )


def test_the_sheets_are_small(built: Path) -> None:
    weights = [len(brotli.compress(path.read_bytes())) for path in built.glob("*.css")]
    assert 0 < sum(weights) <= 25 * KILOBYTE


def test_there_is_one_font_file(built: Path) -> None:
    assert [path.name for path in built.glob("*.woff2")] == ["atkinson.woff2"]


def test_the_manifest_names_version_licence_and_hash_of_every_part(built: Path) -> None:
    parts = json.loads((built / "manifest.json").read_text(encoding="utf-8"))["parts"]
    assert len(parts) >= 9
    for part in parts:
        content = (PROJECT / "node_modules" / part["file"]).read_bytes()
        assert part["sha256"] == sha256(content).hexdigest()
        assert part["licence"] in {"EUPL-1.2", "OFL-1.1", "MIT"}
        assert part["version"]


def test_nothing_is_loaded_from_another_host(built: Path) -> None:
    for path in built.glob("*.css"):
        css = path.read_text(encoding="utf-8")
        assert "//" not in css
        assert set(re.findall(r"url\((.*?)\)", css)) <= {'"./atkinson.woff2"'}


def test_a_municipality_swaps_the_token_sheet(built: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.css"
    own.write_text(":root { --action: #7a1fa2; }", encoding="utf-8")
    run_build(built.parent.parent, OMZIEN_TOKEN_SHEET=str(own))
    assert "#7a1fa2" in (built / "tokens.css").read_text(encoding="utf-8")
    run_build(built.parent.parent)
