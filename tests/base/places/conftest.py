"""What the tests of places share: the invented town, and its files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Protocol

import pytest

from omzien.base.journal.models import Actor
from omzien.base.places.actions import ImportReport, Scope, import_batch, load_facts
from omzien.base.places.importers.kinds import READERS

if TYPE_CHECKING:
    from omzien.base.places.importers.rows import Batch, FigureRow

FILES = Path(__file__).parent / "files"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
RAVI = Actor.system("ravi")
TOWN = Scope("GM9901", "Voorbeeldstad")
ZOETERMEER = Scope("GM0637", "Zoetermeer")


class Take(Protocol):
    def __call__(
        self, kind: str, name: str, *, year: int | None = None, scope: Scope = TOWN
    ) -> ImportReport: ...


def dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the same figures twice, on purpose


def batch_of(kind: str, name: str, *, year: int | None = None) -> Batch:
    """Read one of the invented files."""
    return READERS[kind](FILES / name, year=year)


def figure_of(batch: Batch, area: str, indicator: str, group: str = "all") -> FigureRow:
    """Pick the one figure of an area, the latest period."""
    found = [
        row
        for row in batch.figures
        if (row.area_code, row.indicator, row.group) == (area, indicator, group)
    ]
    return max(found, key=lambda row: row.period)


@pytest.fixture
def facts(db: None) -> ImportReport:
    """Return what loading the facts of Zoetermeer did."""
    del db
    return load_facts(scope=ZOETERMEER, by=RAVI, now=NOW)


@pytest.fixture
def take(facts: ImportReport) -> Take:
    """Import one of the invented files; the indicators are there by the facts."""
    del facts

    def take_file(
        kind: str, name: str, *, year: int | None = None, scope: Scope = TOWN
    ) -> ImportReport:
        return import_batch(batch_of(kind, name, year=year), scope=scope, by=RAVI, now=NOW)

    return take_file


@pytest.fixture
def town(take: Take) -> None:
    """Build the invented town: outlines, key figures and the health monitor."""
    take("boundaries", "gemeente_2024_rd.geojson")
    take("boundaries", "buurten_2024_wgs84.geojson")
    take("key-figures", "kwb_statline_85984NED.csv")
    take("health-monitor", "rivm_50150NED.json")
