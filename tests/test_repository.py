"""What must be true of the repository itself: its documents, its lock file, its catalogues."""

from __future__ import annotations

import json
import re
import tomllib

import pytest
import yaml
from babel.messages.pofile import read_po

from tests.source import ROOT, modules

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
READERS = "text|flag|integer|optional_integer|names|folder|web_address|database|mail_server"
DUTCH = ROOT / "src" / "omzien" / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def variables_in_use() -> set[str]:
    pattern = re.compile(rf'(?:environment\.(?:{READERS})\(|environ(?:\.get\(|\[))\s*"([A-Z_]+)"')
    found = {name for module in modules() for name in pattern.findall(module.text)}
    return {
        name for name in found if name.startswith("OMZIEN_") or name in {"DATABASE_URL", "PORT"}
    }


def test_every_variable_in_the_environment_is_described() -> None:
    described = set(re.findall(r"^\| `([A-Z_]+)`", read("docs/settings.md"), re.MULTILINE))
    assert variables_in_use() - described == set()


def test_no_variable_is_described_that_nothing_reads() -> None:
    described = set(re.findall(r"^\| `([A-Z_]+)`", read("docs/settings.md"), re.MULTILINE))
    everything = "\n".join(module.text for module in modules()) + read("Makefile")
    assert {name for name in described if name not in everything} == set()


def test_every_locked_package_has_a_wheel() -> None:
    without = [
        package["name"]
        for package in LOCK["package"]
        if not package.get("wheels") and "registry" in package["source"]
    ]
    assert without == []


def test_every_dependency_says_why_and_has_a_lower_bound() -> None:
    block = read("pyproject.toml").split("dependencies = [", 1)[1].split("\n]", 1)[0]
    lines = [line.strip() for line in block.splitlines() if line.strip()]
    for above, line in zip(["", *lines], lines, strict=False):
        assert line.startswith("#") or (above.startswith("#") and ">=" in line), line


def test_no_third_party_address_of_a_registry_stands_in_the_node_lock() -> None:
    packages = json.loads(read("package-lock.json"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_decisions_are_numbered_without_a_gap() -> None:
    names = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


@pytest.mark.parametrize("part", ["**Context.**", "**Decision.**", "**Consequences.**"])
def test_every_decision_has_its_three_parts(part: str) -> None:
    texts = (ROOT / "docs" / "decisions").glob("*.md")
    assert [path.name for path in texts if part not in path.read_text(encoding="utf-8")] == []


def test_one_version_everywhere() -> None:
    version = PROJECT["version"]
    assert f"## {version}" in read("CHANGELOG.md")
    assert yaml.safe_load(read("publiccode.yml"))["softwareVersion"] == version


def test_the_licence_is_the_one_that_is_named() -> None:
    assert PROJECT["license"] == "EUPL-1.2"
    assert yaml.safe_load(read("publiccode.yml"))["legal"]["license"] == "EUPL-1.2"
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in read("LICENSE")


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{document.name}: {target}"
        for document in documents
        for target in re.findall(
            r"\]\((?!https?:|mailto:|#|/)([^)#]+)", document.read_text("utf-8")
        )
        if not (document.parent / target).exists()
    ]
    assert broken == []


def test_the_dutch_catalogue_is_complete_and_certain() -> None:
    with DUTCH.open("rb") as file:
        catalogue = read_po(file, locale="nl")
    doubtful = [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not all_of(message.string))
    ]
    assert doubtful == []


def all_of(translation: object) -> bool:
    return all(translation) if isinstance(translation, tuple | list) else bool(translation)


def test_the_project_speaks_of_itself_only() -> None:
    tells = re.compile(r"\b([Ii]ssue #?\d+|TODO|FIXME)\b")
    files = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(m.path for m in modules())]
    assert [p.name for p in files if tells.search(p.read_text(encoding="utf-8"))] == []
