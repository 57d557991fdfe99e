"""A concordance between two divisions: which share of which area went where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.places.importers import errors
from omzien.base.places.importers.rows import Batch, ChangeRow, SkippedRow
from omzien.base.places.importers.tables import (
    NotANumberError,
    Row,
    matched,
    number_of,
    read_table,
    text_of,
)

if TYPE_CHECKING:
    from pathlib import Path

KIND = "changes"
COLUMNS = {
    "before_code": ("van_code",),
    "before_year": ("van_jaar",),
    "after_code": ("naar_code",),
    "after_year": ("naar_jaar",),
    "share": ("aandeel",),
    "basis": ("grondslag",),
}


def read_changes(path: Path, *, year: int | None = None) -> Batch:
    """Read shares between 0 and 1; `year` is not used, every row has its own years."""
    del year
    table = read_table(path, official=False)
    columns = matched(table.columns, COLUMNS, needed=tuple(COLUMNS))
    changes: list[ChangeRow] = []
    skipped: list[SkippedRow] = []
    for number, row in enumerate(table.rows, start=2):
        try:
            changes.append(_change(row, columns))
        except ValueError as problem:
            skipped.append(SkippedRow(f"row {number}", str(problem)))
    if not changes:
        raise errors.NothingOfUse(skipped[0].why if skipped else "no rows")
    return Batch(
        KIND, table.file_name, table.sha256, changes=tuple(changes), skipped=tuple(skipped)
    )


def _change(row: Row, columns: dict[str, str]) -> ChangeRow:
    try:
        share = number_of(row, columns["share"])
    except NotANumberError as problem:
        raise ValueError(f"'{problem}' is not a share") from problem
    if share is None or not 0 < share <= 1:
        raise ValueError("the share must lie above 0 and up to 1")
    return ChangeRow(
        before_code=text_of(row, columns["before_code"]),
        before_year=int(text_of(row, columns["before_year"])),
        after_code=text_of(row, columns["after_code"]),
        after_year=int(text_of(row, columns["after_year"])),
        share=share,
        basis=text_of(row, columns["basis"]),
    )
