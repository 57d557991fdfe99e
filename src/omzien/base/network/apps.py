from __future__ import annotations

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "omzien.base.network"
    label = "network"
