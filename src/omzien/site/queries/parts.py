"""Which parts of others the pages are made of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from django.contrib.staticfiles import finders


@dataclass(frozen=True)
class Part:
    """A style sheet or font by others."""

    name: str
    version: str
    licence: str


@lru_cache(maxsize=1)
def third_party_parts() -> tuple[Part, ...]:
    """Return what the build wrote down about the parts it took in."""
    path = finders.find("built/manifest.json")
    if not isinstance(path, str):
        return ()
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - the finder hands out a string
        parts = json.load(file)["parts"]
    return tuple(Part(part["name"], part["version"], part["licence"]) for part in parts)
