"""The main menu: the pages of everybody, and the lines with or without their mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omzien.site.queries.lines import LINES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Entry:
    """One word in the menu, where it leads, and whether the reader is there now."""

    label: _StrPromise
    address: str
    in_use: bool
    current: str


def menu(path: str) -> list[Entry]:
    """Return the menu as seen from `path`."""
    return list(_entries(path))


def _entries(path: str) -> Iterator[Entry]:
    yield _entry(_("Neighbourhoods"), reverse("site:neighbourhoods"), path)
    for line in LINES:
        # Its figures are the page before; only their absence needs a word of its own.
        if line.name != "insight" or not line.in_use:
            address = reverse("site:plan_line", args=[line.name])
            yield _entry(line.label, address, path, in_use=line.in_use)
    yield _entry(_("The plan"), reverse("site:plan"), path, exact=True)
    yield _entry(_("Handbook"), reverse("site:handbook"), path)


def _entry(
    label: _StrPromise, address: str, path: str, *, in_use: bool = True, exact: bool = False
) -> Entry:
    within = path.startswith(address) and not exact
    current = "page" if path == address else "true" if within else ""
    return Entry(label, address, in_use, current)
