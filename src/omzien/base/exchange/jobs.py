"""Calendars of organisations by themselves: every hour those that are due, each by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from omzien.base.exchange import clients
from omzien.base.exchange.actions.subscriptions import refresh_subscription
from omzien.base.exchange.queries.subscriptions import due_subscriptions
from omzien.base.jobs.actions import defer
from omzien.base.jobs.jobs import job, nightly
from omzien.base.journal.models import Actor

if TYPE_CHECKING:
    from uuid import UUID

# Larger than what is read, so that its size is told and not that the line broke.
AT_MOST = 20_000_000


@nightly("25 * * * *")
def read_due_calendars() -> None:
    for subscription in due_subscriptions(now=timezone.now()):
        defer("exchange.jobs.read_calendar", subscription=subscription.key)


@job()
def read_calendar(subscription: UUID) -> None:
    read(subscription)


@job()
def read_calendar_with_words(subscription: UUID) -> None:
    """Read it as an editor asked, with what is new in the words of what others see."""
    read(subscription, with_words=True)


def read(subscription: UUID, *, with_words: bool = False) -> None:
    """Read a calendar if it is (still) due: a job may come twice."""
    now = timezone.now()
    found = due_subscriptions(now=now).filter(key=subscription).first()
    if found:
        by = Actor.system("exchange")
        refresh_subscription(found, fetch=fetched, with_words=with_words, by=by, now=now)


def fetched(address: str, *, etag: str = "", modified: str = "") -> clients.Answer | None:
    return clients.fetch_changed(address, etag=etag, modified=modified, at_most=AT_MOST)
