"""The invented town in `facts/demo`: from what is written there to rows that can be taken in."""

from __future__ import annotations

from omzien.base.catalogue.importers.demo.growing import Place, grow
from omzien.base.catalogue.importers.demo.rows_of_town import batches_of, key_of
from omzien.base.catalogue.importers.demo.town import Spot, Town, Written, read_town
from omzien.base.catalogue.importers.demo.written_times import (
    days_of_calendar,
    monday_of,
    read_day,
)

__all__ = [
    "Place",
    "Spot",
    "Town",
    "Written",
    "batches_of",
    "days_of_calendar",
    "grow",
    "key_of",
    "monday_of",
    "read_day",
    "read_town",
]
