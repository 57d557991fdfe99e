"""The town of the figures and of the offers, and a page cache that forgets between tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.cache import caches

from omzien.base.advice.queries.catalogue import prepared_catalogue
from tests.site.figures import fill_the_town
from tests.site.offers import fill_with_offers

if TYPE_CHECKING:
    from collections.abc import Iterator


# A Tuesday morning at ten, when the piano club begins.
TUESDAY_MORNING = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def forgetful_pages() -> Iterator[None]:
    caches["pages"].clear()
    caches["papers"].clear()
    prepared_catalogue.cache_clear()
    yield
    caches["pages"].clear()
    caches["papers"].clear()


@pytest.fixture
def town(db: None) -> None:
    del db
    fill_the_town()


@pytest.fixture
def lively_town(town: None) -> Iterator[None]:
    """Fill the town with offers, and let it be Tuesday morning."""
    del town
    fill_with_offers(TUESDAY_MORNING)
    with time_machine.travel(TUESDAY_MORNING, tick=False):
        yield
