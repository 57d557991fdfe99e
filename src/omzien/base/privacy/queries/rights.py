"""What the log-in of retention may do with each table, worked out from the declarations."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import models

from omzien.base.privacy.queries.declarations import model_of, personal_declarations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omzien.base.privacy.models import Declaration

    Right = tuple[str, str]

# Proof and journal are written by retention too; their own migrations keep everybody else out.
ALWAYS: dict[str, set[str]] = {
    "journal_entry": {"SELECT", "INSERT"},
    "journal_monthproof": {"SELECT", "INSERT"},
    "privacy_erasureproof": {"SELECT", "INSERT"},
}


def retention_rights() -> dict[str, set[str]]:
    """Return for each table the rights that erasing by the declarations takes, and no more."""
    rights: dict[str, set[str]] = defaultdict(set)
    for table, always in ALWAYS.items():
        rights[table] |= always
    for declaration in personal_declarations():
        for table, right in rights_for(declaration):
            rights[table].add(right)
    return dict(rights)


def rights_for(one: Declaration) -> Iterator[Right]:
    """Yield what erasing the rows of one declaration takes."""
    model = model_of(one.table)
    if one.erase not in {"delete", "anonymise"}:
        return
    yield one.table, "SELECT"
    if one.erase == "delete":
        yield one.table, "DELETE"
    if model is None:
        return
    yield from rights_on_the_way(model, one.keep_from)
    if one.erase == "delete":
        yield from rights_on_dependents(model, seen={model})
    else:
        for field in one.anonymise:
            yield one.table, f"UPDATE ({column_of(model, field)})"


def column_of(model: type[models.Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "column", name))


def rights_on_the_way(model: type[models.Model], path: str) -> Iterator[Right]:
    """Yield the right to read the tables between a row and the date that its term counts from."""
    for name in path.split("__")[:-1]:
        target = model._meta.get_field(name).related_model
        if isinstance(target, type):
            model = target
            yield model._meta.db_table, "SELECT"


def rights_on_dependents(
    model: type[models.Model], *, seen: set[type[models.Model]]
) -> Iterator[Right]:
    """Yield what deleting rows of `model` does to the tables that point at them."""
    for key in pointing_at(model):
        table = key.model._meta.db_table
        yield table, "SELECT"
        if key.remote_field.on_delete is models.CASCADE:
            yield table, "DELETE"
            if key.model not in seen:
                seen.add(key.model)
                yield from rights_on_dependents(key.model, seen=seen)
        elif key.remote_field.on_delete is models.SET_NULL:
            yield table, f"UPDATE ({key.column})"


def pointing_at(model: type[models.Model]) -> Iterator[models.ForeignKey[models.Model]]:
    """Yield the foreign keys to `model`, also those without a way back."""
    for relation in model._meta.get_fields(include_hidden=True):
        key = getattr(relation, "field", None)
        if relation.auto_created and isinstance(key, models.ForeignKey):
            yield key
