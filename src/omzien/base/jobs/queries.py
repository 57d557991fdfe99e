"""Reads of the queue, for the person who keeps it going."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection
from procrastinate.contrib.django import app

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Waiting:
    """A kind of job that waits: how many, and since when the oldest may run."""

    name: str
    count: int
    since: datetime


@dataclass(frozen=True)
class Line:
    """One job as the page shows it: keys of records, never data."""

    number: int
    name: str
    keys: str
    attempts: int
    # Running: since then. Tried again: from then. Given up: since then.
    at: datetime
    fault: str


@dataclass(frozen=True)
class Queue:
    """The whole queue at one moment."""

    waiting: list[Waiting]
    running: list[Line]
    trying_again: list[Line]
    failed: list[Line]
    later: int
    done_today: int
    # When a worker last said that it lives; None where there is none.
    worker_seen: datetime | None

    def worker_lives(self, now: datetime) -> bool:
        return bool(self.worker_seen and now - self.worker_seen < timedelta(minutes=1))


# A page stays a page: older failures come up when these are mended.
MOST_LINES = 100


def queue(*, now: datetime) -> Queue:
    """Return what waits, runs, is being tried again and was given up."""
    lines = [(row["state"], line_of(row)) for row in rows(LINES, now=now, most=MOST_LINES)]
    totals = rows(TOTALS, now=now)[0]
    return Queue(
        waiting=[Waiting(**row) for row in rows(WAITING, now=now)],
        running=[line for state, line in lines if state == "running"],
        trying_again=[line for state, line in lines if state == "trying_again"],
        failed=[line for state, line in lines if state == "failed"],
        **totals,
    )


def line_of(row: Mapping[str, Any]) -> Line:
    args = json.loads(row["args"]) if isinstance(row["args"], str) else row["args"]
    keys = ", ".join(f"{name} {key}" for name, key in args.items() if name != "timestamp")
    wanted = ("number", "name", "attempts", "at", "fault")
    return Line(keys=keys, **{name: row[name] for name in wanted})


def rows(query: str, **values: datetime | int) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        names = [column.name for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def job_names() -> frozenset[str]:
    """Return the names of all jobs that a worker knows."""
    return frozenset(app.tasks)


WAITING = """
SELECT job.task_name AS name, count(*) AS count,
       min(COALESCE(job.scheduled_at, event.at)) AS since
  FROM procrastinate_jobs job
  JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
 WHERE job.status = 'todo' AND job.attempts = 0
   AND (job.scheduled_at IS NULL OR job.scheduled_at <= %(now)s)
 GROUP BY job.task_name ORDER BY since
"""
LINES = """
WITH shown AS (
    SELECT id, task_name, args, attempts, scheduled_at,
           CASE WHEN status = 'doing' THEN 'running'
                WHEN status = 'todo' THEN 'trying_again'
                ELSE 'failed' END AS state
      FROM procrastinate_jobs
     WHERE status IN ('doing', 'failed', 'aborted') OR (status = 'todo' AND attempts > 0)
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY state ORDER BY id) AS rank FROM shown
)
SELECT job.state, job.id AS number, job.task_name AS name, job.args, job.attempts,
       CASE WHEN job.state = 'trying_again' THEN COALESCE(job.scheduled_at, %(now)s)
            ELSE (SELECT max(at) FROM procrastinate_events event WHERE event.job_id = job.id)
       END AS at,
       COALESCE((SELECT kind || ' (' || place || ')' FROM jobs_fault fault
                  WHERE fault.job = job.id ORDER BY fault.id DESC LIMIT 1), '') AS fault
  FROM ranked job WHERE job.rank <= %(most)s ORDER BY at
"""
TOTALS = """
SELECT (SELECT count(*) FROM procrastinate_jobs
         WHERE status = 'todo' AND attempts = 0 AND scheduled_at > %(now)s) AS later,
       (SELECT count(*) FROM procrastinate_events
         WHERE type = 'succeeded' AND at > %(now)s - interval '1 day') AS done_today,
       (SELECT max(last_heartbeat) FROM procrastinate_workers) AS worker_seen
"""
