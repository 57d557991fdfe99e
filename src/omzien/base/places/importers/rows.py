"""The rows that every importer gives, and the batch that an action stores."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SourceRow:
    slug: str
    title: str
    publisher: str
    url: str = ""
    licence: str = ""
    invented: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A way of counting, in both languages."""

    slug: str
    title: str
    title_en: str
    definition: str
    definition_en: str
    series: str
    unit: str
    version: int = 1
    line: str = ""
    age_rule: str = ""
    scale: str = ""
    cut_off: str = ""
    label_set: str = ""
    decimals: int = 0
    position: int = 100


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area; an empty name means that the file does not tell it."""

    code: str
    division_year: int
    name: str = ""
    x: float | None = None
    y: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A border as GeoJSON in RD New metres."""

    code: str
    division_year: int
    geometry: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PostcodeRow:
    """A postcode; `area_code` empty means: look where the point lies."""

    code: str
    division_year: int
    municipality: str
    area_code: str = ""
    exact: bool = False
    box: bool = False
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Which share of one area went to which other area."""

    before_code: str
    before_year: int
    after_code: str
    after_year: int
    share: Decimal
    basis: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure; without a value it carries the reason why."""

    indicator: str
    source: str
    area_code: str
    division_year: int
    period: str
    group: str
    value: Decimal | None
    lower: Decimal | None = None
    upper: Decimal | None = None
    base: int | None = None
    base_note: str = ""
    modelled: bool = False
    reason: str = ""
    note: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that was left out: where it stands and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything in one file."""

    kind: str
    file_name: str
    sha256: str
    sources: tuple[SourceRow, ...] = ()
    areas: tuple[AreaRow, ...] = ()
    outlines: tuple[OutlineRow, ...] = ()
    postcodes: tuple[PostcodeRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    figures: tuple[FigureRow, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    skipped: tuple[SkippedRow, ...] = field(default=())

    @property
    def rows(self) -> int:
        return sum(
            map(len, (self.areas, self.outlines, self.postcodes, self.changes, self.figures))
        )
