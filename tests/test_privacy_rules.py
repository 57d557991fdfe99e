"""Every table says what it holds about people: ours, and those of third parties."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connections, models
from django.db.models.constants import LOOKUP_SEP

from omzien.base.privacy.models import Declaration
from omzien.base.privacy.queries.declarations import (
    Undeclared,
    declaration_of,
    declarations,
    model_of,
    our_models,
    personal_declarations,
    tables,
)
from omzien.config.privacy import THIRD_PARTY

GOOD = Declaration(
    table="letters",
    personal=True,
    purpose="Send letters.",
    basis="AVG art. 6(1)(e)",
    controller="municipality",
    arrangement="Kept here.",
    keep=timedelta(days=30),
    keep_from="sent_at",
    erase="delete",
)


def test_every_model_has_a_complete_declaration() -> None:
    assert [fault for one in declarations() for fault in one.faults()] == []


@pytest.mark.django_db
def test_every_table_in_the_database_has_a_declaration() -> None:
    assert tables() - {one.table for one in declarations()} == set()


@pytest.mark.django_db
def test_no_declaration_is_without_a_table() -> None:
    expected = {one.table for one in declarations() if not one.demo_only}
    assert expected - tables() == set()


def test_no_table_is_declared_twice() -> None:
    names = [one.table for one in declarations()]
    assert sorted(set(names)) == sorted(names)


def test_third_parties_stand_under_the_name_of_their_table() -> None:
    assert [name for name, one in THIRD_PARTY.items() if name != one.table] == []


@pytest.mark.parametrize("one", personal_declarations(), ids=lambda one: str(one.table))
def test_the_fields_that_a_declaration_names_exist(one: Declaration) -> None:
    model = model_of(one.table)
    if model is None:
        assert not one.anonymise
        assert not one.fields
        return
    names = {field.name for field in model._meta.get_fields()}
    assert set(one.anonymise) | set(one.fields) <= names
    if one.keep_from:
        assert isinstance(field_at(model, one.keep_from), models.DateField)


def field_at(model: type[models.Model], path: str) -> object:
    first, _, rest = path.partition(LOOKUP_SEP)
    field = model._meta.get_field(first)
    if not rest:
        return field
    assert isinstance(field.related_model, type)
    return field_at(field.related_model, rest)


# --- The rules, broken on purpose ---------------------------------------------------------------


def test_a_complete_declaration_has_no_faults() -> None:
    assert list(GOOD.faults()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"purpose": " "}, "purpose is missing"),
        ({"basis": ""}, "basis is missing"),
        ({"arrangement": ""}, "arrangement is missing"),
        ({"controller": "somebody"}, "controller is not one of"),
        ({"erase": "later"}, "erase is not one of"),
        ({"keep": None}, "how long it is kept"),
        ({"keep_from": ""}, "from which date"),
        ({"erase": "anonymise"}, "names no field"),
    ],
)
def test_an_incomplete_declaration_says_what_is_missing(change: dict[str, Any], said: str) -> None:
    faults = list(replace(GOOD, **change).faults())
    assert any(said in fault for fault in faults)


def test_a_model_without_a_declaration_is_named() -> None:
    with pytest.raises(Undeclared, match="ContentType"):
        declaration_of(apps.get_model("contenttypes", "ContentType"))


def test_our_models_are_ours() -> None:
    found = {model._meta.label for model in our_models()}
    assert {"accounts.User", "journal.Entry", "privacy.BreakGlass"} <= found
    assert "sessions.Session" not in found


@pytest.mark.usefixtures("committed_db")
def test_a_table_that_nobody_declared_is_found() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE secret_notes (id int)")
    assert tables() - {one.table for one in declarations()} == {"secret_notes"}
