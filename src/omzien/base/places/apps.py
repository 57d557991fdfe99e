from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "omzien.base.places"
    label = "places"
