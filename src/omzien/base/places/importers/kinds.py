"""Which importer reads which kind of file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from omzien.base.places.importers.boundaries import read_boundaries
from omzien.base.places.importers.changes import read_changes
from omzien.base.places.importers.health_monitor import read_health_monitor
from omzien.base.places.importers.key_figures import read_key_figures
from omzien.base.places.importers.own_figures import read_own_figures
from omzien.base.places.importers.postcodes import read_postcodes
from omzien.base.places.importers.published_list import read_published_list
from omzien.base.places.importers.small_areas import read_small_areas

if TYPE_CHECKING:
    from pathlib import Path

    from omzien.base.places.importers.rows import Batch


class Reader(Protocol):
    def __call__(self, path: Path, *, year: int | None = None) -> Batch: ...


READERS: dict[str, Reader] = {
    "key-figures": read_key_figures,
    "boundaries": read_boundaries,
    "health-monitor": read_health_monitor,
    "postcodes": read_postcodes,
    "changes": read_changes,
    "own-figures": read_own_figures,
    "published-list": read_published_list,
    "english-small-areas": read_small_areas,
}
