"""The queue: what goes in, what is tried again, what is shown to the administrator."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import TaskNotFound
from procrastinate.jobs import Job

from omzien.base.jobs.actions import (
    MOST_STALLS,
    NotFailed,
    NotToBeRepeated,
    OnlyKeys,
    defer,
    described,
    hand_back_stalled,
    note_fault,
    remove_finished,
    retry_job,
)
from omzien.base.jobs.jobs import WAITS, BackOff, key_of, name_of
from omzien.base.jobs.models import Fault
from omzien.base.jobs.queries import job_names, queue
from omzien.base.journal.models import Actor, Entry
from omzien.base.letters.jobs import send_mail

pytestmark = pytest.mark.django_db

BY = Actor.system("test")
NAME = "letters.jobs.send_mail"
KEY = UUID("11111111-2222-3333-4444-555555555555")


def now() -> datetime:
    """Return the time of the database, in which the queue writes its own events."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (moment,) = cursor.fetchone() or (None,)
    assert isinstance(moment, datetime)
    return moment


def put(number: int, status: str, *, attempts: int = 1, days_ago: int = 0) -> None:
    """Bring a job into a state, as a worker does, some days ago."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = %s, attempts = %s WHERE id = %s",
            [status, attempts, number],
        )
        cursor.execute(
            "UPDATE procrastinate_events SET at = at - make_interval(days => %s)"
            " WHERE job_id = %s",
            [days_ago, number],
        )


def status(number: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=number).status)


# --- Putting work in ----------------------------------------------------------------------------


def test_defer_puts_a_job_in_the_queue_with_keys_of_records() -> None:
    number = defer(NAME, mail=3)
    job = ProcrastinateJob.objects.get(pk=number)
    assert (job.task_name, job.args, job.status) == (NAME, {"mail": 3}, "todo")


def test_defer_of_a_change_that_was_undone_never_was() -> None:
    with transaction.atomic():
        defer(NAME, mail=3)
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.parametrize("value", ["Mevrouw De Vries", 1.5, True, None, ["a"], KEY.bytes])
def test_defer_refuses_what_is_no_key_of_a_record(value: object) -> None:
    call: dict[str, Any] = {"mail": value}
    with pytest.raises(OnlyKeys, match="mail is a"):
        defer(NAME, **call)


def test_a_uuid_comes_out_as_it_went_in() -> None:
    number = defer(NAME, mail=KEY)
    assert key_of(ProcrastinateJob.objects.get(pk=number).args["mail"]) == KEY


def test_a_job_that_nobody_knows_cannot_be_queued() -> None:
    with pytest.raises(TaskNotFound):
        defer("letters.jobs.no_such_job", mail=3)


def test_a_job_for_later_waits_for_its_moment() -> None:
    at = now() + timedelta(hours=3)
    number = defer(NAME, at=at, mail=3)
    assert ProcrastinateJob.objects.get(pk=number).scheduled_at == at
    assert queue(now=now()).later == 1
    assert queue(now=now()).waiting == []


def test_the_name_of_a_job_is_its_app_and_its_function() -> None:
    assert name_of(send_mail) == NAME
    assert {NAME, "jobs.jobs.remove_finished"} <= job_names()


def test_work_by_the_clock_is_done_one_at_a_time_and_made_up_for() -> None:
    task = app.tasks["jobs.jobs.remove_finished"]
    assert (task.lock, task.queueing_lock) == (task.name, task.name)
    assert app.periodic_defaults == {"max_delay": 86_400}


# --- Trying again -------------------------------------------------------------------------------


def a_job(attempts: int) -> Job:
    return Job(queue="default", lock=None, queueing_lock=None, task_name=NAME, attempts=attempts)


@pytest.mark.parametrize(("attempts", "seconds"), list(enumerate(WAITS)))
def test_each_failure_waits_longer_than_the_one_before(attempts: int, seconds: int) -> None:
    before = timezone.now()
    decision = BackOff(WAITS).get_retry_decision(exception=OSError(), job=a_job(attempts))
    assert decision
    assert decision.retry_at
    assert abs((decision.retry_at - before).total_seconds() - seconds) < 5


def test_after_the_last_wait_a_job_waits_for_a_person() -> None:
    decision = BackOff(WAITS).get_retry_decision(exception=OSError(), job=a_job(len(WAITS)))
    assert decision is None


def test_what_cannot_be_mended_by_waiting_is_not_tried_again() -> None:
    assert BackOff(WAITS).get_retry_decision(exception=NotToBeRepeated(), job=a_job(0)) is None


def test_retry_job_puts_a_failed_job_back_with_its_full_series_of_tries() -> None:
    number = defer(NAME, mail=3)
    put(number, "failed", attempts=8)
    retry_job(number, by=BY, now=now())
    job = ProcrastinateJob.objects.get(pk=number)
    assert (job.status, job.attempts) == ("todo", 1)
    assert Entry.objects.get().reason == f"job:{number}"


@pytest.mark.parametrize("state", ["todo", "doing", "succeeded"])
def test_only_a_failed_job_can_be_started_again(state: str) -> None:
    number = defer(NAME, mail=3)
    if state != "todo":
        put(number, state)
    with pytest.raises(NotFailed):
        retry_job(number, by=BY, now=now())
    assert status(number) == state


def test_hand_back_stalled_leaves_a_living_worker_its_job() -> None:
    number = defer(NAME, mail=3)
    work_on(number, seconds_ago=20)
    assert hand_back_stalled(silent_for=30, by=BY, now=now()) == 0
    assert status(number) == "doing"


def test_hand_back_stalled_gives_the_job_of_a_dead_worker_to_another() -> None:
    number = defer(NAME, mail=3)
    work_on(number, seconds_ago=40)
    assert hand_back_stalled(silent_for=30, by=BY, now=now()) == 1
    assert status(number) == "todo"


def test_a_job_that_kills_its_worker_each_time_is_given_up() -> None:
    number = defer(NAME, mail=3)
    work_on(number, seconds_ago=40, attempts=MOST_STALLS)
    hand_back_stalled(silent_for=30, by=BY, now=now())
    assert status(number) == "failed"


def work_on(number: int, *, seconds_ago: int, attempts: int = 0) -> None:
    """Let a worker that was last heard of so long ago have the job in hand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [seconds_ago],
        )
        (worker,) = cursor.fetchone() or (None,)
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s"
            " WHERE id = %s",
            [worker, attempts, number],
        )


# --- What is kept, and what is shown ------------------------------------------------------------


def boom(secret: str) -> None:
    raise ValueError(f"cannot read {secret}")


def test_note_fault_keeps_the_kind_of_error_and_never_what_it_said() -> None:
    with pytest.raises(ValueError, match="De Vries") as caught:
        boom("Mevrouw De Vries")
    note_fault(7, name=NAME, error=caught.value, now=now())
    fault = Fault.objects.get()
    assert fault.kind == "ValueError"
    assert fault.place.startswith("test_jobs.py:")
    assert "De Vries" not in str(vars(fault))


def test_an_error_is_described_without_a_place_where_it_has_none() -> None:
    assert described(ValueError("Mevrouw De Vries")) == ("ValueError", "")


def test_remove_finished_takes_old_jobs_and_faults_and_leaves_the_rest() -> None:
    old, fresh, waiting = (defer(NAME, mail=number) for number in range(3))
    put(old, "succeeded", days_ago=15)
    put(fresh, "succeeded", days_ago=13)
    put(waiting, "todo", days_ago=99)
    note_fault(old, name=NAME, error=OSError(), now=now() - timedelta(days=15))
    note_fault(fresh, name=NAME, error=OSError(), now=now())
    assert remove_finished(by=BY, now=now()) == 1
    assert set(ProcrastinateJob.objects.values_list("pk", flat=True)) == {fresh, waiting}
    assert Fault.objects.get().job == fresh


def test_the_queue_shows_what_waits_what_is_tried_again_and_what_failed() -> None:
    waiting, again, failed = (defer(NAME, mail=number) for number in range(3))
    put(waiting, "todo", attempts=0)
    put(again, "todo", attempts=2)
    put(failed, "failed", attempts=8, days_ago=2)
    note_fault(failed, name=NAME, error=OSError(), now=now())
    found = queue(now=now())
    assert [(kind.name, kind.count) for kind in found.waiting] == [(NAME, 1)]
    assert [line.number for line in found.trying_again] == [again]
    (line,) = found.failed
    assert (line.number, line.keys, line.fault) == (failed, "mail 2", "OSError ()")
    assert now() - line.at > timedelta(days=1.9)


def test_the_queue_knows_whether_a_worker_lives() -> None:
    assert not queue(now=now()).worker_lives(now())
    work_on(defer(NAME, mail=3), seconds_ago=20)
    assert queue(now=now()).worker_lives(now())
    assert not queue(now=now()).worker_lives(now() + timedelta(minutes=2))
