"""The tables of exchange, by noun."""

from __future__ import annotations

from omzien.base.exchange.models.merged import Merged
from omzien.base.exchange.models.pages import PageDraft
from omzien.base.exchange.models.sheets import SheetDraft
from omzien.base.exchange.models.subscriptions import Subscription

__all__ = ["Merged", "PageDraft", "SheetDraft", "Subscription"]
