from __future__ import annotations

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "omzien.base.history"
    label = "history"
