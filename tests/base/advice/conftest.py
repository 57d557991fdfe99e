"""A small town in which to ask: a piano club, an open table, and neighbours in two places."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from omzien.base.advice.forms import AdviceForm
from omzien.base.advice.queries.asking import Asking, asking_of
from omzien.base.advice.queries.catalogue import prepared_catalogue
from omzien.base.journal.models import Actor
from tests.site.figures import fill_the_town
from tests.site.offers import fill_with_offers

if TYPE_CHECKING:
    from collections.abc import Iterator

# A Tuesday morning at ten, when the piano club begins.
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
BY = Actor.system("tests")


@pytest.fixture(autouse=True)
def forgetful_advice() -> None:
    """Forget the social map of another test, which may have had the same version."""
    prepared_catalogue.cache_clear()


@pytest.fixture
def town(db: None) -> Iterator[None]:
    del db
    fill_the_town()
    fill_with_offers(NOW)
    with time_machine.travel(NOW, tick=False):
        yield


def asked(**answers: Any) -> Asking:  # noqa: ANN401 - as a form gets them
    """Ask as the form would: what is left out was not asked."""
    form = AdviceForm(answers)
    assert form.is_valid(), form.errors
    return asking_of(form.cleaned_data)
