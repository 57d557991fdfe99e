"""The source as data, for the tests of the house rules."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "omzien"
TESTS = ROOT / "tests"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file of the product: its place, its room, its text and its tree."""

    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def parts(self) -> tuple[str, ...]:
        return self.path.relative_to(SOURCE).with_suffix("").parts

    @property
    def name(self) -> str:
        return "/".join(self.parts)

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    @property
    def room(self) -> str:
        """Return the room of the app this file stands in, such as `actions`, or ""."""
        app = app_of(self.path)
        inside = self.path.relative_to(app).with_suffix("").parts if app else ()
        return inside[0] if inside else ""

    @cached_property
    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    @property
    def public_functions(self) -> list[Function]:
        return [
            node
            for node in self.tree.body
            if isinstance(node, Function) and not node.name.startswith("_")
        ]

    @property
    def classes(self) -> list[ast.ClassDef]:
        return [node for node in self.tree.body if isinstance(node, ast.ClassDef)]


def app_of(path: Path) -> Path | None:
    """Return the folder of the app that `path` lies in: the nearest one with an apps.py."""
    for folder in path.parents:
        if (folder / "apps.py").is_file():
            return folder
        if folder == SOURCE:
            break
    return None


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    """Return every Python file of the product but the migrations, which Django writes."""
    return tuple(
        Module(path)
        for path in sorted(SOURCE.rglob("*.py"))
        if "migrations" not in path.relative_to(SOURCE).parts
    )


@lru_cache(maxsize=1)
def apps() -> tuple[Path, ...]:
    return tuple(sorted(path.parent for path in SOURCE.rglob("apps.py")))


@lru_cache(maxsize=1)
def templates() -> tuple[Path, ...]:
    return tuple(
        sorted(
            path
            for folder in SOURCE.rglob("templates")
            for path in folder.rglob("*")
            if path.is_file()
        )
    )


@lru_cache(maxsize=1)
def text_of_tests() -> str:
    """Return the text of all tests, to find out whether something is tested by name."""
    # What breaks rules on purpose is no test of an action.
    paths = [path for path in sorted(TESTS.rglob("*.py")) if "audit" not in path.parts]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def dotted(node: ast.expr) -> str:
    """Return `a.b().c` as "a.b.c", to read a chain of attributes and calls."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    return node.id if isinstance(node, ast.Name) else ""
