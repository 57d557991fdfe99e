"""The town of the figures, and a page cache that forgets between tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import caches

from tests.site.figures import fill_the_town

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def forgetful_pages() -> Iterator[None]:
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def town(db: None) -> None:
    del db
    fill_the_town()
