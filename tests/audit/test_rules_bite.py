"""Each rule of the house is broken on purpose in a copy of the project, and must be caught."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.audit.breaches import BREACHES, CONTRACTS, WITHOUT, Breach
from tests.source import ROOT

COPIED = ["src", "tests", "docs"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path / path.name)
        elif path.name in COPIED:
            shutil.copytree(path, tmp_path / path.name, ignore=shutil.ignore_patterns("*.pyc"))
    return tmp_path


def commit(copy: Path, breach: Breach) -> None:
    """Break the rule in the copy."""
    path = copy / breach.path
    assert path.exists() != breach.new
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if breach.instead_of == "ALL":
        path.write_text(breach.text, encoding="utf-8")
    elif breach.instead_of:
        assert breach.instead_of in before
        path.write_text(before.replace(breach.instead_of, breach.text), encoding="utf-8")
    else:
        path.write_text(before + breach.text, encoding="utf-8")


def run(copy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    return subprocess.run(
        command,
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def rules_in(file: str) -> set[str]:
    text = (ROOT / "tests" / file).read_text(encoding="utf-8")
    return {line.split("(")[0][4:] for line in text.splitlines() if line.startswith("def test_")}


@pytest.mark.parametrize("breach", CONTRACTS, ids=lambda breach: f"{breach.rule}-{breach.path}")
def test_a_broken_contract_is_caught(copy: Path, breach: Breach) -> None:
    commit(copy, breach)
    if breach.path.endswith("first.py"):
        back = "from __future__ import annotations\nimport omzien.methods.first\n"
        (copy / "src/omzien/methods/second.py").write_text(back, encoding="utf-8")
    result = run(copy, str(Path(sys.executable).parent / "lint-imports"), "--no-cache")
    broken = [line for line in result.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(line.startswith(breach.rule) for line in broken), result.stdout[-2000:]


@pytest.mark.parametrize(
    ("file", "breach"),
    [(file, breach) for file, breaches in BREACHES.items() for breach in breaches],
    ids=lambda one: one.rule if isinstance(one, Breach) else one.removesuffix(".py"),
)
def test_a_broken_rule_is_caught(copy: Path, file: str, breach: Breach) -> None:
    commit(copy, breach)
    options = ["-q", "-x", "-p", "no:randomly", "-k", breach.rule]
    result = run(copy, sys.executable, "-m", "pytest", *options, f"tests/{file}")
    said = breach.else_said or f"FAILED tests/{file}::{breach.rule}"
    assert said in result.stdout, result.stdout[-2000:]


@pytest.mark.parametrize("file", BREACHES)
def test_every_rule_has_a_breach(file: str) -> None:
    assert rules_in(file) - {breach.rule for breach in BREACHES[file]} - WITHOUT == set()
