"""Run the queue's jobs until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from typing import TYPE_CHECKING

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from omzien.base.jobs.actions import hand_back_stalled
from omzien.base.jobs.jobs import log
from omzien.base.journal.models import Actor

if TYPE_CHECKING:
    from argparse import ArgumentParser

    from procrastinate import App


class Command(BaseCommand):
    help = "Runs the jobs of the queue. Stop it with SIGTERM: it ends the job in hand first."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing is waiting")
        parser.add_argument(
            "--grace", type=float, default=25, help="seconds that a job in hand may still take"
        )
        parser.add_argument(
            "--silent", type=float, default=30, help="seconds without a word that mean dead"
        )

    def handle(self, *, once: bool, grace: float, silent: float, **_options: object) -> None:
        try:
            import_string(settings.REFUSE_UNFIT)()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        asyncio.run(serve(worker_app(), once=once, grace=grace, silent=silent))


def worker_app() -> App:
    """Return the application on connections of its own.

    The site's application keeps Django's connection, so that a job that queues another one does
    so in its own transaction.
    """
    worker = app.with_connector(DjangoConnector().get_worker_connector())
    worker.periodic_defaults = app.periodic_defaults
    return worker


async def serve(worker: App, *, once: bool, grace: float, silent: float) -> None:
    async with worker.open_async():
        keeper = asyncio.create_task(keep_handing_back(silent))
        work = asyncio.create_task(
            worker.run_worker_async(
                wait=not once,
                install_signal_handlers=False,
                update_heartbeat_interval=silent / 3,
                stalled_worker_timeout=silent,
                fetch_job_polling_interval=2,
            )
        )
        await ended(work, grace=grace)
        keeper.cancel()


async def ended(work: asyncio.Task[None], *, grace: float) -> None:
    """Wait until the work ends by itself; or, once told to stop, for the job in hand only."""
    told = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, told.set)
    stop = asyncio.create_task(told.wait())
    await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
    work.cancel()
    done, _ = await asyncio.wait({work}, timeout=grace)
    stop.cancel()
    if not done:
        # A thread cannot be stopped. The next worker takes the job, as if we had been killed.
        log.warning("stopped before the job in hand had ended; another worker does it again")
        os._exit(0)
    with contextlib.suppress(asyncio.CancelledError):
        await work


async def keep_handing_back(silent: float) -> None:
    """Look for jobs of killed workers again and again, however long the job in hand takes."""
    while True:
        try:
            await sync_to_async(hand_back, thread_sensitive=False)(silent)
        except DatabaseError:
            log.warning("the queue cannot be reached; trying again")
        await asyncio.sleep(silent / 3)


def hand_back(silent: float) -> None:
    try:
        hand_back_stalled(silent_for=silent, by=Actor.system("worker"), now=timezone.now())
    finally:
        close_old_connections()
