"""Reads of the declarations: every table of this installation, and what it holds about people."""

from __future__ import annotations

from dataclasses import fields as fields_of
from dataclasses import replace
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models import Model
from django.utils.module_loading import import_string

from omzien.base.privacy.models import Declaration

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = tuple(field.name for field in fields_of(Declaration) if field.name != "table")


class Undeclared(Exception):
    """A model says not what it holds about people: give it a `class Privacy`."""


def declaration_of(model: type[Model]) -> Declaration:
    """Return what `model` declares in its inner `class Privacy`."""
    # For a table of links Django keeps here the model that asked for it.
    owner: object = model._meta.auto_created
    if isinstance(owner, type) and issubclass(owner, Model):
        return declaration_of_link(model, owner)
    privacy = vars(model).get("Privacy")
    if privacy is None or not hasattr(privacy, "personal"):
        raise Undeclared(model._meta.label)
    said = {word: getattr(privacy, word) for word in WORDS if hasattr(privacy, word)}
    return Declaration(table=model._meta.db_table, **said)


def declaration_of_link(model: type[Model], owner: type[Model]) -> Declaration:
    """Return the declaration of a table of links that Django made: its rows go with the record."""
    said = declaration_of(owner)
    if said.erase == "anonymise":
        raise Undeclared(f"{model._meta.label}: write the table of links as a model of its own")
    return replace(said, table=model._meta.db_table, erase="elsewhere", anonymise={}, fields={})


def our_models() -> Iterator[type[Model]]:
    """Yield the models that are written here, with the tables between them."""
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("omzien."):
            yield model


def declarations() -> list[Declaration]:
    """Return a declaration for every table, ours and third parties', by controller and name."""
    third_party: dict[str, Declaration] = import_string(settings.THIRD_PARTY_PRIVACY)
    ours = [declaration_of(model) for model in our_models()]
    return sorted([*third_party.values(), *ours], key=lambda one: (one.controller, one.table))


def personal_declarations() -> list[Declaration]:
    return [one for one in declarations() if one.personal]


def model_of(table: str) -> type[Model] | None:
    """Return the model behind `table`, where there is one."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            return model
    return None


def tables(*, using: str = "default") -> set[str]:
    """Return the tables that the database really holds; partitions count with their parent."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE nspname = 'public' AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        return {name for (name,) in cursor.fetchall()}
