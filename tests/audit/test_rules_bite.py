"""Each rule of the house is broken on purpose in a copy of the project, and must be caught."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.audit.breaches import CONTRACTS, HOUSE_RULES, REPOSITORY_RULES, Breach
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


@pytest.mark.parametrize("breach", HOUSE_RULES, ids=lambda breach: breach.rule)
def test_a_broken_house_rule_is_caught(copy: Path, breach: Breach) -> None:
    commit(copy, breach)
    assert_caught(copy, "test_house_rules.py", breach)


@pytest.mark.parametrize("breach", REPOSITORY_RULES, ids=lambda breach: breach.rule)
def test_a_broken_rule_of_the_repository_is_caught(copy: Path, breach: Breach) -> None:
    commit(copy, breach)
    assert_caught(copy, "test_repository.py", breach)


def assert_caught(copy: Path, file: str, breach: Breach) -> None:
    options = ["-q", "-p", "no:randomly", "-k", breach.rule]
    result = run(copy, sys.executable, "-m", "pytest", *options, f"tests/{file}")
    assert f"FAILED tests/{file}::{breach.rule}" in result.stdout, result.stdout[-2000:]


def test_every_rule_has_a_breach() -> None:
    broken = {breach.rule for breach in HOUSE_RULES}
    # Two rules are about proportions of the whole: a breach would be a second codebase.
    proportions = {"test_nine_files_in_ten_are_at_most_250_lines"}
    assert rules_in("test_house_rules.py") - broken - proportions == set()
