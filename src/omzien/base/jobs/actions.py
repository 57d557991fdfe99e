"""Putting work in the queue, in the transaction of the change that asks for it."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app

from omzien.base.jobs.models import Fault
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.journal.models import Actor

# A job that takes its worker down with it this often is given up, so that others get their turn.
MOST_STALLS = 5


class OnlyKeys(TypeError):
    """A job takes keys of records (a whole number or a UUID), never data about somebody."""


class NotToBeRepeated(Exception):
    """Trying again by itself will not help: a person must look at it."""


class NotFailed(Exception):
    """The job has not failed, or somebody has already started it again."""


def defer(name: str, *, at: datetime | None = None, **keys: int | UUID) -> int:
    """Queue the job `<app>.jobs.<name>` with keys of records.

    It runs only if this transaction commits.

    `at` is the earliest moment. Returns the number of the job.
    """
    for key, value in keys.items():
        if isinstance(value, bool) or not isinstance(value, int | UUID):
            raise OnlyKeys(f"{name}: {key} is a {type(value).__name__}, not a key")
    plain = {key: str(value) if isinstance(value, UUID) else value for key, value in keys.items()}
    return app.configure_task(name, schedule_at=at, allow_unknown=False).defer(**plain)


def note_fault(number: int, *, name: str, error: Exception, now: datetime) -> None:
    """Keep which job failed, with which kind of error and where; never what the error said."""
    kind, place = described(error)
    Fault.objects.create(job=number, name=name, at=now, kind=kind, place=place)


def described(error: BaseException) -> tuple[str, str]:
    """Return the class of an error and the line it came from: nothing that holds data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__[:80], place[:120]


@transaction.atomic
def retry_job(number: int, *, by: Actor, now: datetime) -> None:
    """Put a job that was given up back in the queue, to run at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE",
            [number],
        )
        if cursor.fetchone() is None:
            raise NotFailed
        # Attempts start again, so that it gets its full series of tries.
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 0 WHERE id = %s", [number])
    app.job_manager.retry_job_by_id(job_id=number, retry_at=now)
    record("jobs.retry_job", subject=None, by=by, reason=f"job:{number}", now=now)


@transaction.atomic
def hand_back_stalled(*, silent_for: float, by: Actor, now: datetime) -> int:
    """Give the jobs of workers that were killed to another one; return how many.

    A worker says every few seconds that it lives; `silent_for` is how many seconds without such a
    word make it dead.
    """
    with connection.cursor() as cursor:
        cursor.execute(STALLED, {"silent_for": silent_for})
        stalled = cursor.fetchall()
    for number, stalls in stalled:
        with connection.cursor() as cursor:
            if stalls < MOST_STALLS:
                cursor.execute(RETRY, [number, now])
            else:
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [number])
        record("jobs.hand_back", subject=None, by=by, reason=f"job:{number}", now=now)
    return len(stalled)


RETRY = "SELECT procrastinate_retry_job_v2(%s, %s, NULL, NULL, NULL)"
STALLED = """
SELECT job.id, job.attempts
  FROM procrastinate_jobs job
  LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
 WHERE job.status = 'doing'
   AND (worker.id IS NULL
        OR worker.last_heartbeat < now() - make_interval(secs => %(silent_for)s))
   FOR UPDATE OF job SKIP LOCKED
"""


@transaction.atomic
def remove_finished(*, by: Actor, now: datetime) -> int:
    """Remove jobs that ended longer than OMZIEN_KEEP_JOBS_DAYS ago, and faults of that age."""
    with connection.cursor() as cursor:
        cursor.execute(REMOVE, {"days": settings.KEEP_JOBS_DAYS, "now": now})
        removed = int(cursor.rowcount)
        cursor.execute(REMOVE_FAULTS, {"days": settings.KEEP_JOBS_DAYS, "now": now})
    record("jobs.remove_finished", subject=None, by=by, now=now)
    return removed


# A failed job stays as long as the others: by then somebody has seen it or nobody will.
REMOVE = """
DELETE FROM procrastinate_jobs
 WHERE status IN ('succeeded', 'failed', 'cancelled', 'aborted')
   AND id IN (SELECT job_id FROM procrastinate_events GROUP BY job_id
              HAVING max(at) < %(now)s - make_interval(days => %(days)s))
"""
REMOVE_FAULTS = "DELETE FROM jobs_fault WHERE at < %(now)s - make_interval(days => %(days)s)"
