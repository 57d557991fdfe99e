from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "omzien.base.desk"
    label = "desk"
