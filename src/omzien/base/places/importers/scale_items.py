"""The statements of a loneliness scale as they were fielded, with sub-scale and direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.base.places.importers import errors
from omzien.base.places.importers.tables import matched, read_table, text_of

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = {
    "number": ("nr",),
    "sub_scale": ("subschaal",),
    "direction": ("richting",),
    "text": ("tekst_nl",),
}
SUB_SCALES = {"emotioneel": "emotional", "sociaal": "social"}
# A negative statement counts when agreed with, a positive one when disagreed with.
SCORES_ON = {
    "negatief": frozenset({"yes", "more or less"}),
    "positief": frozenset({"no", "more or less"}),
}


@dataclass(frozen=True, slots=True)
class ScaleItem:
    """One statement: its number in the questionnaire, sub-scale, and which answers count."""

    number: int
    sub_scale: str
    scores_on: frozenset[str]
    text: str


def read_scale_items(path: Path) -> tuple[ScaleItem, ...]:
    """Read all statements; one that cannot be understood makes the whole file unusable."""
    table = read_table(path, official=False)
    columns = matched(table.columns, COLUMNS, needed=tuple(COLUMNS))
    try:
        return tuple(
            ScaleItem(
                number=int(text_of(row, columns["number"])),
                sub_scale=SUB_SCALES[text_of(row, columns["sub_scale"])],
                scores_on=SCORES_ON[text_of(row, columns["direction"])],
                text=text_of(row, columns["text"]),
            )
            for row in table.rows
        )
    except (KeyError, ValueError) as problem:
        raise errors.WrongColumns(f"unknown: {problem}") from problem
