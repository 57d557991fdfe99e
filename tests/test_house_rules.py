"""The house rules that no linter knows. Each was broken on purpose once, and caught."""

from __future__ import annotations

import ast
import re
import statistics
from typing import TYPE_CHECKING

import pytest
from django.apps import apps as registry
from django.conf import settings
from django.urls import get_resolver
from procrastinate.contrib.django import app as queue

from omzien.config.audiences import AUDIENCES
from tests.addresses import addresses
from tests.source import (
    SOURCE,
    Module,
    app_of,
    apps,
    dotted,
    length,
    modules,
    templates,
    text_of_tests,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.db import models

ROOMS = {
    *("__init__", "apps", "fields", "roles", "models", "permissions", "queries", "actions"),
    *("jobs", "forms", "adapters", "views", "middleware", "api", "admin", "urls", "clients"),
    *("importers", "migrations", "management", "templatetags", "templates", "static", "typst"),
    *("facts", "assets"),
}
STOREYS = [
    ["config"],
    ["site"],
    ["programme"],
    ["insight", "community", "outreach", "interventions", "volunteering"],
    ["base"],
    ["methods"],
]
BASE_ORDER = [
    *("referrals", "advice", "exchange", "freshness", "catalogue", "network", "history", "desk"),
    *("people", "places", "accounts", "letters", "privacy", "jobs", "journal"),
]
WRITERS = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "abulk_create"}
ON_QUERYSETS = {"create", "update", "delete"}
MAY_WRITE = {"actions"}
MAY_READ_CLOCK = {"views", "jobs", "management", "adapters", "middleware", "api"}
OUR_MODELS = [model for model in registry.get_models() if model.__module__.startswith("omzien.")]


def rows(found: Iterator[str]) -> list[str]:
    return sorted(found)


# --- Sizes --------------------------------------------------------------------------------------


def test_no_file_is_longer_than_400_lines() -> None:
    assert rows(f"{m.name}: {m.lines}" for m in modules() if m.lines > 400) == []


def test_nine_files_in_ten_are_at_most_250_lines() -> None:
    sizes = sorted(module.lines for module in modules() if module.lines > 1)
    assert sizes[int(len(sizes) * 0.9)] <= 250


def test_the_settings_are_one_file_of_at_most_300_lines() -> None:
    assert Module(SOURCE / "config" / "settings.py").lines <= 300


def test_functions_are_small() -> None:
    sizes = sorted(length(function) for module in modules() for function in module.functions)
    assert statistics.median(sizes) <= 8
    assert sizes[int(len(sizes) * 0.9)] <= 30


def test_no_function_is_longer_than_60_lines() -> None:
    found = (
        f"{module.name}.{function.name}: {length(function)}"
        for module in modules()
        for function in module.functions
        if length(function) > 60
    )
    assert rows(found) == []


# --- Rooms --------------------------------------------------------------------------------------


def test_an_app_has_the_known_rooms_only() -> None:
    strange = (
        str(path.relative_to(SOURCE))
        for app in apps()
        for path in app.iterdir()
        if path.stem not in ROOMS and path.name != "__pycache__"
    )
    assert rows(strange) == []


def test_outward_connections_are_opened_in_clients_only() -> None:
    connecting = re.compile(
        r"^\s*(from|import) (urllib\.request|http\.client|socket)\b", re.MULTILINE
    )
    found = (
        module.name
        for module in modules()
        if connecting.search(module.text)
        and module.room != "clients"
        and module.parts[:2] != ("config", "supervisor")
    )
    assert rows(found) == []


def test_only_actions_write() -> None:
    found = (
        f"{module.name}:{call.lineno} {dotted(call.func)}"
        for module in modules()
        if app_of(module.path) and module.room not in MAY_WRITE
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and writes(call)
        if not (module.room == "adapters" and "accounts" in module.parts)
    )
    assert rows(found) == []


def writes(call: ast.Call) -> bool:
    """Say whether this call changes rows, as far as can be told from its words."""
    if not isinstance(call.func, ast.Attribute):
        return False
    name, chain = call.func.attr, dotted(call.func)
    if name in WRITERS:
        return True
    if name in ON_QUERYSETS and re.search(r"\bobjects\b|\.filter|\.exclude|\.all\.", chain):
        return True
    keywords = {keyword.arg for keyword in call.keywords}
    return name == "save" and (not call.args) and keywords <= {"update_fields", "using"}


def test_the_clock_is_read_in_views_commands_and_jobs_only() -> None:
    found = (
        module.name
        for module in modules()
        if app_of(module.path)
        and module.room not in MAY_READ_CLOCK
        and re.search(r"timezone\.(now|localdate)\(\)", module.text)
    )
    assert rows(found) == []


# --- Words --------------------------------------------------------------------------------------


def test_every_app_says_what_it_is() -> None:
    assert (
        rows(a.name for a in apps() if not ast.get_docstring(Module(a / "__init__.py").tree)) == []
    )


def test_every_model_has_a_sentence() -> None:
    # Where there is none, Django writes "Name(field, field)" itself.
    silent = (m.__name__ for m in OUR_MODELS if (m.__doc__ or "").startswith(f"{m.__name__}("))
    assert rows(silent) == []


@pytest.mark.parametrize("room", ["actions", "methods"])
def test_every_action_and_method_has_a_docstring(room: str) -> None:
    found = (
        f"{module.name}.{function.name}"
        for module in modules()
        if module.room == room or module.parts[0] == room
        for function in module.public_functions
        if not ast.get_docstring(function)
    )
    assert rows(found) == []


def test_every_action_has_a_test_of_its_name() -> None:
    found = (
        f"{module.name}.{function.name}"
        for module in modules()
        if module.room == "actions"
        for function in module.public_functions
        if not re.search(rf"\b{function.name}\b", text_of_tests())
    )
    assert rows(found) == []


def test_every_exception_of_an_action_is_a_sentence_for_a_person() -> None:
    found = (
        f"{module.name}.{node.name}"
        for module in modules()
        if module.room == "actions"
        for node in module.classes
        if any(dotted(base).endswith(("Error", "Exception")) for base in node.bases)
        and not (ast.get_docstring(node) or "").rstrip().endswith((".", "?"))
    )
    assert rows(found) == []


def test_nothing_is_silenced_without_a_reason() -> None:
    silenced = re.compile(r"# type: ignore|# noqa(?!: [A-Z0-9, ]+ (?:-| ) ?\w)|# pragma: no cover")
    found = (f"{m.name}" for m in modules() if silenced.search(m.text))
    assert rows(found) == []


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    assert re.findall(r"mark\.(?:skip|xfail)|pytest\.skip\(|importorskip\(", text_of_tests()) == []


# --- Models -------------------------------------------------------------------------------------


def test_foreign_keys_between_apps_point_down_and_leave_no_trace_above() -> None:
    found = (
        f"{field.model.__name__}.{field.name} → {target.__name__}"
        for model in OUR_MODELS
        for field in [*model._meta.fields, *model._meta.many_to_many]
        for target in [field.related_model]
        if isinstance(target, type) and target in OUR_MODELS and crosses(model, target)
        if not (below(model, target) and hidden(field))
    )
    assert rows(found) == []


def crosses(model: type[models.Model], target: type[models.Model]) -> bool:
    return model._meta.app_label != target._meta.app_label


def hidden(field: models.Field[object, object]) -> bool:
    return str(getattr(field.remote_field, "related_name", "")).endswith("+")


def below(model: type[models.Model], target: type[models.Model]) -> bool:
    """Say whether `target` stands on a lower storey than `model`, or lower in the base."""
    here, there = model.__module__.split(".")[1:3], target.__module__.split(".")[1:3]
    if here[0] == there[0] == "base":
        return BASE_ORDER.index(here[1]) < BASE_ORDER.index(there[1])
    return storey(here[0]) < storey(there[0]) or here[0] == there[0]


def storey(name: str) -> int:
    return next(level for level, names in enumerate(STOREYS) if name in names)


def test_no_model_overrides_save_or_delete() -> None:
    found = (m.__name__ for m in OUR_MODELS if {"save", "delete"} & set(vars(m)))
    assert rows(found) == []


# --- Templates ----------------------------------------------------------------------------------


def test_every_template_is_used() -> None:
    texts = "\n".join(m.text for m in modules()) + "\n".join(
        path.read_text(encoding="utf-8") for path in templates()
    )
    found = (name for name in map(template_name, templates()) if not is_used(name, texts))
    assert rows(found) == []


def template_name(path: Path) -> str:
    return str(path).rsplit("/templates/", 1)[1]


def is_used(name: str, texts: str) -> bool:
    """Say whether a name is mentioned, or is one that Django or allauth looks up itself."""
    looked_up = re.match(
        r"(\d{3}(_csrf)?\.html|(account|mfa|usersessions|socialaccount|allauth)/)", name
    )
    stem = re.sub(r"\.(html|txt|typ)$", "", name).removeprefix("letters/mail/")
    return bool(looked_up) or name in texts or f'"{stem}"' in texts


def test_no_template_has_inline_style_or_script() -> None:
    inline = re.compile(
        r'\sstyle="|<style|<script(?![^>]*\ssrc=)(?![^>]*type="application/)|\son\w+="'
    )
    found = (
        template_name(path)
        for path in templates()
        if path.suffix == ".html" and "/mail/" not in str(path)
        if inline.search(path.read_text(encoding="utf-8"))
    )
    assert rows(found) == []


# --- Jobs and addresses -------------------------------------------------------------------------


def test_every_deferred_job_exists() -> None:
    deferred = {
        name
        for module in modules()
        for name in re.findall(r'(?<!\.)\bdefer\(\s*"([a-z_.]+)"', module.text)
    }
    assert deferred - set(queue.tasks) == set()


def test_no_address_holds_the_word_that_is_never_used_at_a_person() -> None:
    assert [a.route for a in addresses(get_resolver()) if "eenzaam" in a.route] == []


def test_every_address_has_a_name_and_states_its_audience() -> None:
    names = {address.name for address in addresses(get_resolver())}
    assert "" not in names
    assert names - set(AUDIENCES) == set()


def test_the_languages_are_dutch_first_and_english() -> None:
    assert [code for code, _ in settings.LANGUAGES] == ["nl", "en"]
    assert settings.LANGUAGE_CODE == "nl"
