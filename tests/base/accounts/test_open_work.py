"""Nobody goes who still owns open work: the database refuses it, and we say why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from omzien.base.accounts.actions import StillOwnsWork, deactivate, leave
from omzien.base.accounts.queries import roles_of
from omzien.base.desk.actions.calls import promise_call_back
from omzien.base.desk.actions.duty import begin_duty, hand_over
from omzien.base.desk.models import OnDuty
from omzien.base.journal.models import Actor
from tests.cast import person

if TYPE_CHECKING:
    from collections.abc import Callable

    from omzien.base.accounts.models import User

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
ANNA = Actor.system("anna")


def promise(jan: User) -> None:
    """Let Jan owe somebody a call."""
    begin_duty(jan, by=ANNA, now=NOW)
    promise_call_back(None, whom="Bakker", due_on=date(2026, 11, 6), by=ANNA, now=NOW, owner=jan)


@pytest.mark.django_db
@pytest.mark.parametrize("action", [leave, deactivate])
def test_whoever_still_owns_open_work_cannot_go(jan: User, action: Callable[..., None]) -> None:
    promise(jan)
    with pytest.raises(StillOwnsWork):
        action(jan, by=ANNA, now=NOW)
    assert jan.is_active
    jan.refresh_from_db()
    assert (jan.is_active, jan.left_at) == (True, None)
    assert roles_of(jan) == {"coordinator"}
    assert OnDuty.objects.filter(user=jan).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("action", [leave, deactivate])
def test_after_handing_over_they_can_go(jan: User, action: Callable[..., None]) -> None:
    promise(jan)
    colleague = person("coordinator", name="Colleague", email="colleague@example.nl")
    begin_duty(colleague, by=ANNA, now=NOW)
    hand_over(jan, to=colleague, by=ANNA, now=NOW)
    action(jan, by=ANNA, now=NOW)
    jan.refresh_from_db()
    assert not jan.is_active
    assert not OnDuty.objects.filter(user=jan).exists()
