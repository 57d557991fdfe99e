"""Answers of a directory by HSDS: a page of records, a list of them, or one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from omzien.base.exchange.importers import errors
from omzien.base.exchange.importers.texts import json_of

# What only a whole record has.
NESTED = {"service_at_locations", "schedules", "phones", "attributes", "cost_options", "languages"}


@dataclass(frozen=True, slots=True)
class Page:
    """Some records, whether they are whole, and whether more follow."""

    records: list[dict[str, Any]]
    last: bool
    pages: int

    @property
    def nested(self) -> bool:
        """Say whether records are whole; of none of them nothing is known."""
        return not self.records or any(NESTED & set(record) for record in self.records)


def page_of(data: bytes) -> Page:
    """Read an answer or a file; the standard's page around records may be left off."""
    found = json_of(data)
    if isinstance(found, list):
        return Page(records_in(found), last=True, pages=1)
    if not isinstance(found, dict):
        raise errors.OtherShape("no record")
    if "contents" not in found:
        if "id" not in found:
            raise errors.OtherShape("neither contents nor id")
        return Page([found], last=True, pages=1)
    records = records_in(found["contents"])
    pages = found.get("total_pages")
    total = pages if isinstance(pages, int) else 1
    number = found.get("page_number")
    behind = isinstance(number, int) and number >= total
    return Page(records, last=bool(found.get("last_page") or behind or not records), pages=total)


def records_in(found: object) -> list[dict[str, Any]]:
    if not isinstance(found, list):
        raise errors.OtherShape("contents is no list")
    return [record for record in found if isinstance(record, dict)]
