"""The tables of exchange, by noun."""

from __future__ import annotations

from omzien.base.exchange.models.merged import Merged
from omzien.base.exchange.models.sheets import SheetDraft

__all__ = ["Merged", "SheetDraft"]
