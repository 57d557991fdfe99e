"""The page of one area: its figures per subject, beside town and country."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.site.queries.lines import in_use

if TYPE_CHECKING:
    from omzien.base.places.queries import AreaPage, FigureBeside, ShownIndicator


@dataclass(frozen=True, slots=True)
class Subject:
    """One indicator of an area, with a figure for each age group."""

    indicator: ShownIndicator
    figures: tuple[FigureBeside, ...]

    @property
    def first(self) -> FigureBeside:
        return self.figures[0]


def told_of(page: AreaPage) -> tuple[Subject, ...]:
    """Gather figures by subject; those of lines that are not in use here stay away."""
    subjects: dict[str, list[FigureBeside]] = {}
    for beside in page.figures:
        if in_use(beside.figure.indicator.line):
            subjects.setdefault(beside.figure.indicator.slug, []).append(beside)
    return tuple(
        Subject(kept[0].figure.indicator, tuple(sorted(kept, key=by_age)))
        for kept in subjects.values()
    )


def by_age(beside: FigureBeside) -> tuple[bool, bool, int]:
    """Put everybody first, then all adults, then the age groups from young to old."""
    group = beside.figure.group
    age = int(re.split(r"[+-]", group)[0]) if group != "all" else 0
    return group != "all", group not in {"18+", "19+"}, age
