"""Translation catalogues without GNU gettext: gather the texts, compare, compile.

messages.py update [FILE.po …]   bring the Dutch catalogue in line with the code and the
                      templates, and take over what translators put in the files
messages.py check     fail where `update` would change it
messages.py compile   make the .mo file that Django reads

The template's own reader of Django is used: what it finds is what makemessages would find.
"""

from __future__ import annotations

import ast
import re
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).resolve().parent.parent / "src" / "omzien"
DUTCH = SOURCE / "locale" / "nl" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# What a declaration of personal data says in words.
DECLARED = {"purpose", "basis", "arrangement"}
STRING = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = re.compile(rf"(?<!\w)(n?p?gettext|_)\(({STRING}(?:, ?{STRING})*)", re.DOTALL)
# A catalogue without times changes only when a text does.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def texts() -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """Yield each text (or singular and plural) with its context."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            for _line, text, _comments, context in extract_from_file("python", path, KEYWORDS):
                yield text, context
            for declared in texts_of_declarations(ast.parse(path.read_text(encoding="utf-8"))):
                yield declared, None
    for path in sorted(SOURCE.rglob("templates/**/*.*")):
        yield from texts_of_template(path.read_text(encoding="utf-8"))


def texts_of_template(template: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    for name, arguments in CALL.findall(templatize(template)):
        words = list(ast.literal_eval(f"[{arguments}]"))
        context = words.pop(0) if "pgettext" in name else None
        yield (words[0], words[1]) if name.startswith("n") else words[0], context


def texts_of_declarations(tree: ast.Module) -> Iterator[str]:
    """Yield what is declared about personal data: the register shows it in Dutch."""
    named = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for name, value in declared_values(tree):
        said = named.get(value.id) if isinstance(value, ast.Name) else value
        if name in DECLARED and isinstance(said, ast.Constant) and isinstance(said.value, str):
            yield said.value


def declared_values(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Yield what stands in each `class Privacy` and in each `Declaration(…)`, by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == "Privacy":
            for line in node.body:
                if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                    yield line.targets[0].id, line.value
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Declaration":
            for keyword in node.keywords:
                yield str(keyword.arg), keyword.value


def gathered() -> Catalog:
    catalogue = Catalog(locale="nl", creation_date=BEGINNING)
    for text, context in texts():
        catalogue.add(text, context=context)
    return catalogue


def updated(*others: Path) -> Catalog:
    """Return the Dutch catalogue with the texts of today: what is gone is left out."""
    sources = [read(path) for path in (*others, DUTCH)]
    fresh = Catalog(
        locale="nl",
        project="Omzien",
        domain="django",
        header_comment="# Dutch texts of Omzien. `make messages` keeps this file in line.",
        creation_date=BEGINNING,
        revision_date=BEGINNING,
        last_translator="The Omzien authors",
        language_team="nl",
        charset="utf-8",
        fuzzy=False,
    )
    for message in gathered():
        if message.id:
            found = (source.get(message.id, message.context) for source in sources)
            translation = next((known.string for known in found if known and known.string), None)
            fresh.add(message.id, translation, context=message.context)
    return fresh


def read(path: Path) -> Catalog:
    if not path.is_file():
        return Catalog(locale="nl")
    with path.open("rb") as file:
        return read_po(file, locale="nl")


def written(catalogue: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalogue, width=100, sort_output=True, no_location=True)
    lines = buffer.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(b'"Generated-By'))


def update(*others: str) -> int:
    DUTCH.parent.mkdir(parents=True, exist_ok=True)
    DUTCH.write_bytes(written(updated(*map(Path, others))))
    without = [message.id for message in read(DUTCH) if message.id and not message.string]
    print(f"{len(list(read(DUTCH)))} texts, {len(without)} without a translation")
    for text in without:
        print(f"  {text}")
    return 0


def check() -> int:
    if DUTCH.is_file() and DUTCH.read_bytes() == written(updated()):
        return 0
    print("The texts changed: run `make messages` and fill in the Dutch ones.")
    return 1


def compile_all() -> int:
    if DUTCH.is_file():
        with DUTCH.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(DUTCH))
    return 0


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    commands = {"update": update, "check": check, "compile": compile_all}
    sys.exit(commands[sys.argv[1]](*sys.argv[2:]))
