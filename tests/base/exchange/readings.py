"""Offers as the pages and feeds read them, and pages as search engines read them."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from omzien.base.catalogue.queries.offers import visible_offers, with_public_terms
from omzien.base.catalogue.queries.schedules import with_schedule

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Offer


def read(name: str) -> Offer:
    return with_schedule(with_public_terms(visible_offers())).get(name=name)


class Scripts(HTMLParser):
    """Gathers the texts of the script elements that hold data."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and ("type", "application/ld+json") in attrs

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts.append(data)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the name that the library gives
        self.inside = False


def structured_in(page: str) -> list[dict[str, Any]]:
    """Return the data for search engines in a page."""
    reader = Scripts()
    reader.feed(page)
    return [json.loads(text) for text in reader.texts]
