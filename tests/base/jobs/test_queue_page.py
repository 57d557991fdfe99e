"""The page on which an administrator sees the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from omzien.base.jobs.actions import defer, note_fault
from tests.base.jobs.test_jobs import NAME, now, put, status

if TYPE_CHECKING:
    from omzien.base.accounts.models import User
    from tests.cast import LogIn

pytestmark = pytest.mark.django_db


def failed(mail: int = 3) -> int:
    number = defer(NAME, mail=mail)
    put(number, "failed", attempts=8, days_ago=2)
    note_fault(number, name=NAME, error=OSError(), now=now())
    return number


def test_without_a_worker_the_page_says_that_nobody_is_working(log_in: LogIn, anna: User) -> None:
    page = log_in(anna).get("/queue/").content.decode()
    assert 'role="alert"' in page


def test_a_failed_job_is_shown_with_its_age_its_fault_and_a_button(
    log_in: LogIn, anna: User
) -> None:
    number = failed()
    page = log_in(anna).get("/queue/").content.decode()
    assert NAME in page
    assert "mail 3" in page
    assert "OSError" in page
    assert f'action="/queue/{number}/retry/"' in page


def test_the_button_tries_the_job_again_once(log_in: LogIn, anna: User) -> None:
    number = failed()
    browser = log_in(anna)
    answers = [browser.post(f"/queue/{number}/retry/", follow=True) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert status(number) == "todo"


def test_opening_the_address_of_the_button_does_nothing(log_in: LogIn, anna: User) -> None:
    number = failed()
    assert log_in(anna).get(f"/queue/{number}/retry/").status_code == 405
    assert status(number) == "failed"


def test_a_coordinator_does_not_see_the_queue(log_in: LogIn, jan: User) -> None:
    number = failed()
    browser = log_in(jan)
    assert browser.get("/queue/").status_code == 403
    assert browser.post(f"/queue/{number}/retry/").status_code == 403
    assert status(number) == "failed"


def test_three_failures_take_no_more_queries_than_one(log_in: LogIn, anna: User) -> None:
    browser, counts = log_in(anna), []
    for mail in range(3):
        failed(mail)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/queue/")
        counts.append(len(queries))
    assert counts[0] == counts[2]
