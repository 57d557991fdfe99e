"""What makes a function a job, and the queue's own upkeep."""

from __future__ import annotations

import logging
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app

from omzien.base.jobs import actions
from omzien.base.journal.models import Actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from procrastinate.jobs import Job

    Work = Callable[..., None]

log = logging.getLogger("omzien.jobs")

MINUTE = 60
HOUR = 60 * MINUTE
# How long a job waits after its first, second … failure; after the last it waits for a person.
WAITS = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR)


def job(*, waits: tuple[int, ...] = WAITS) -> Callable[[Work], Work]:
    """Make a function in some app's `jobs.py` a job, tried again after each of `waits` seconds."""

    def register(work: Work) -> Work:
        app.task(name=name_of(work), retry=BackOff(waits), pass_context=True)(watched(work))
        return work

    return register


def nightly(cron: str) -> Callable[[Work], Work]:
    """Make a function in some app's `jobs.py` run by the clock (UTC), one at a time.

    A run that was missed because no worker was there is made up for within a day. It gets no
    arguments.
    """

    def register(work: Work) -> Work:
        name = name_of(work)

        def run(**_when: int) -> None:
            work()

        task = app.task(
            name=name, lock=name, queueing_lock=name, retry=BackOff(WAITS[:4]), pass_context=True
        )(watched(wraps(work)(run)))
        if belongs_to_use(work.__module__):
            app.periodic(cron=cron)(task)
        return work

    return register


def belongs_to_use(module: str) -> bool:
    """Say whether a module stands in a line that is in use here, or in what every line shares."""
    storey = module.split(".")[1]
    return storey in {"base", "site", "programme", *settings.LINES_IN_USE}


def name_of(work: Work) -> str:
    """Return `<app>.jobs.<function>`: the lasting name by which a job is queued."""
    return ".".join([*work.__module__.split(".")[-2:], work.__name__])


class BackOff(BaseRetryStrategy):
    """Wait longer after each failure, and stop where trying again cannot help."""

    def __init__(self, waits: tuple[int, ...]) -> None:
        self.waits = waits

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, actions.NotToBeRepeated) or job.attempts >= len(self.waits):
            return None
        return RetryDecision(retry_in={"seconds": self.waits[job.attempts]})


def watched(work: Work) -> Callable[..., None]:
    """Return `work` with its failures noted and logged: by name and number, without arguments."""

    @wraps(work)
    def run(context: Any, **keys: int | str) -> None:  # noqa: ANN401 - the library's own object
        number, title = context.job.id, context.job.task_name
        try:
            work(**{name: key_of(plain) for name, plain in keys.items()})
        except Exception as error:
            actions.note_fault(number, name=title, error=error, now=timezone.now())
            log.warning("%s %s failed: %s at %s", title, number, *actions.described(error))
            raise
        log.info("%s %s done", title, number)

    return run


def key_of(plain: int | str) -> int | UUID:
    return UUID(plain) if isinstance(plain, str) else plain


@nightly(cron="20 2 * * *")
def remove_finished() -> None:
    actions.remove_finished(by=Actor.system("queue"), now=timezone.now())
