"""The invented town in the database, and addresses of the open interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.base.exchange.town import fill

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[..., Any]


@pytest.fixture
def town(db: None) -> None:
    """Fill the database with the offers of a small town."""
    del db
    fill()


@pytest.fixture
def ask(town: None) -> Ask:
    """Return what asks the HSDS interface: a path and its query, giving the JSON of a 200."""
    del town

    def asked(path: str, **query: str | int) -> Any:  # noqa: ANN401 - JSON of any shape
        answer = Client().get(f"/hsds{path}", query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return asked
