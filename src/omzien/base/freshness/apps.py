from __future__ import annotations

from django.apps import AppConfig


class FreshnessConfig(AppConfig):
    name = "omzien.base.freshness"
    label = "freshness"
