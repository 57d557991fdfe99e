"""At night absences begin and end by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import time_machine
from procrastinate.contrib.django import app

from omzien.base.desk.actions.calls import promise_call_back
from omzien.base.desk.actions.duty import plan_absence
from omzien.base.desk.jobs import start_and_end_absences
from omzien.base.desk.models import CallBack, OnDuty
from tests.base.desk.conftest import NOW, SYSTEM

if TYPE_CHECKING:
    import pytest

    from omzien.base.accounts.models import User

TODAY = NOW.date()


def test_the_job_is_known_to_the_queue_by_its_lasting_name() -> None:
    assert "desk.jobs.start_and_end_absences" in app.tasks


def test_on_the_first_day_work_moves_and_after_the_last_one_is_back(
    jan: User, fatima: User
) -> None:
    promise_call_back(None, whom="Bakker", due_on=TODAY, owner=jan, by=SYSTEM, now=NOW)
    first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    plan_absence(jan, deputy=fatima, first_day=first, last_day=last, by=SYSTEM, now=NOW)
    here = {}
    for days in range(4):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            start_and_end_absences()
        here[days] = OnDuty.objects.filter(user=jan).exists()
    assert here == {0: True, 1: False, 2: False, 3: True}
    assert CallBack.objects.get().owner == OnDuty.objects.get(user=fatima)


def test_when_nobody_can_take_over_the_log_says_how_many_and_not_who(
    jan: User, mo: User, caplog: pytest.LogCaptureFixture
) -> None:
    plan_absence(jan, deputy=mo, first_day=TODAY, last_day=TODAY, by=SYSTEM, now=NOW)
    with time_machine.travel(NOW, tick=False):
        start_and_end_absences()
    assert OnDuty.objects.filter(user=jan).exists()
    assert [record.getMessage() for record in caplog.records] == [
        "1 absence(s) wait: nobody on duty can take over"
    ]
