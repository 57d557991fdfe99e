"""What an import may touch, and what it tells afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omzien.base.places.importers.rows import SkippedRow

Progress = Callable[[float], None]
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which municipality the detailed rows are wanted; the country always is."""

    code: str
    name: str
    all_areas: bool = False

    def admits(self, area_code: str) -> bool:
        """Say whether rows of this area are kept."""
        return self.all_areas or area_code == "NL00" or self.is_ours(area_code)

    def is_ours(self, area_code: str) -> bool:
        """Say whether an area lies in the municipality itself."""
        return area_code[:2] in {"GM", "WK", "BU"} and area_code[2:6] == self.code[2:6]


@dataclass(slots=True)
class Tally:
    """Counts of one import while it runs."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    reasons: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def skip(self, where: str, why: str) -> None:
        self.reasons[why].append(where)

    def skip_all(self, rows: tuple[SkippedRow, ...]) -> None:
        for row in rows:
            self.skip(row.where, row.why)


@dataclass(frozen=True, slots=True)
class SkippedGroup:
    """Rows left out for one reason: how many, and where the first ones stand."""

    why: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    kind: str
    file_name: str
    created: int
    changed: int
    unchanged: int
    skipped: tuple[SkippedGroup, ...]
    dry_run: bool

    @classmethod
    def of(cls, kind: str, file_name: str, tally: Tally, *, dry_run: bool) -> ImportReport:
        groups = tuple(
            SkippedGroup(why, len(where), tuple(where[:EXAMPLES]))
            for why, where in sorted(tally.reasons.items())
        )
        return cls(kind, file_name, tally.created, tally.changed, tally.unchanged, groups, dry_run)

    @property
    def skipped_count(self) -> int:
        return sum(group.count for group in self.skipped)


def no_progress(fraction: float) -> None:
    """Tell nobody how far it is."""
    del fraction
