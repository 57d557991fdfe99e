"""Subscribing calendars of organisations, and reading them whole or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from omzien.base.catalogue.actions.offers import end_offer, keep_here, publish_offer
from omzien.base.exchange.actions.importing import import_batch
from omzien.base.exchange.importers.calendars import read_calendar
from omzien.base.exchange.importers.errors import Refused
from omzien.base.exchange.models import Subscription
from omzien.base.exchange.queries.subscriptions import (
    batch_of,
    drafts_of,
    free_name,
    in_one_month,
    offers_of,
    over_now,
    remark_of,
    skip_of,
)
from omzien.base.jobs.actions import defer
from omzien.base.journal.actions import record
from omzien.base.network.actions import OrganisationEnded
from omzien.methods.recurrence.errors import CalendarRefused

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from omzien.base.exchange.clients import Answer
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation

EVERY = timedelta(hours=6)
HOUR, MOST_HOURS = timedelta(hours=1), 7 * 24
LETTERS = 400
# So many remarks fit on a page.
MOST_REMARKS = 200
# Kept marks of a server: what is longer is no mark.
MARK, DATE = 300, 100

web_address = URLValidator(schemes=["http", "https"])


class NoCalendarAddress(Exception):
    """This is no address of a calendar: it begins with https:// or webcal://."""


class AlreadySubscribed(Exception):
    """This calendar is read already."""


class SubscriptionStopped(Exception):
    """This calendar is not read any more. Subscribe it again."""


class Fetch(Protocol):
    """What brings a calendar in: None where it is what it was at these marks."""

    def __call__(self, address: str, *, etag: str = "", modified: str = "") -> Answer | None: ...


@transaction.atomic
def subscribe(
    organisation: Organisation, *, address: str, by: Actor, now: datetime
) -> Subscription:
    """Read a calendar of an organisation from now on; one that was stopped is taken up again."""
    address = as_web_address(address)
    if not organisation.active:
        raise OrganisationEnded
    same = Subscription.objects.select_for_update().filter(address=address)
    if same.filter(stopped_at__isnull=True).exists():
        raise AlreadySubscribed
    found = same.filter(organisation=organisation).first() or Subscription(
        organisation=organisation, address=address, source_name=free_name(organisation), since=now
    )
    found.stopped_at, found.next_at, found.failures = None, now, 0
    found.problem = found.detail = found.etag = found.modified = ""
    found.save()
    record("exchange.subscribe", subject=found, by=by, now=now)
    defer("exchange.jobs.read_calendar", subscription=found.key)
    return found


def as_web_address(text: str) -> str:
    """Return an address as it can be fetched; webcal:// is https:// by another name."""
    address = text.strip()
    if address.lower().startswith("webcal://"):
        address = f"https://{address[len('webcal://') :]}"
    try:
        web_address(address)
    except ValidationError as error:
        raise NoCalendarAddress from error
    if len(address) > LETTERS:
        raise NoCalendarAddress
    return address


@transaction.atomic
def read_soon(
    subscription: Subscription, *, with_words: bool = False, by: Actor, now: datetime
) -> None:
    """Have a calendar read now; `with_words` also what is new in the words of what others see."""
    locked = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if not locked.active:
        raise SubscriptionStopped
    locked.next_at = now
    locked.save(update_fields=["next_at"])
    record("exchange.read_soon", subject=locked, by=by, now=now)
    if with_words:
        defer("exchange.jobs.read_calendar_with_words", subscription=locked.key)
    else:
        defer("exchange.jobs.read_calendar", subscription=locked.key)


@transaction.atomic
def stop_subscription(
    subscription: Subscription, *, end_offers: bool, by: Actor, now: datetime
) -> Subscription:
    """Read a calendar no more; what came from it stops as well, or is kept here from now on."""
    locked = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if not locked.active:
        raise SubscriptionStopped
    locked.stopped_at = now
    locked.save(update_fields=["stopped_at"])
    for offer in offers_of(locked):
        if end_offers:
            end_offer(offer, by=by, now=now)
        else:
            keep_here(offer, by=by, now=now)
    record("exchange.stop_subscription", subject=locked, by=by, now=now)
    return locked


@transaction.atomic
def show_drafts(
    subscription: Subscription, *, keys: Collection[UUID], by: Actor, now: datetime
) -> int:
    """Let everybody see what came from a calendar and an editor has looked at."""
    drafts = list(drafts_of(subscription).filter(key__in=keys))
    for offer in drafts:
        publish_offer(offer, by=by, now=now)
    record("exchange.show_drafts", subject=subscription, by=by, now=now)
    return len(drafts)


# --- Reading ------------------------------------------------------------------------------------


def refresh_subscription(
    subscription: Subscription, *, fetch: Fetch, with_words: bool = False, by: Actor, now: datetime
) -> None:
    """Read a calendar where it changed; what goes wrong is written at it, and nothing is taken in.

    In a new month it is read anyhow: what is written out date by date has to go on.
    """
    fresh = subscription.read_at and in_one_month(subscription.read_at, now) and not with_words
    marks = (subscription.etag, subscription.modified) if fresh else ("", "")
    try:
        answer = fetch(subscription.address, etag=marks[0], modified=marks[1])
        if answer is None:
            note_unchanged(subscription, by=by, now=now)
        else:
            take_in_calendar(subscription, answer, with_words=with_words, by=by, now=now)
    except (Refused, CalendarRefused) as problem:
        note_failure(subscription, problem=problem, by=by, now=now)


@transaction.atomic
def take_in_calendar(
    subscription: Subscription, answer: Answer, *, with_words: bool, by: Actor, now: datetime
) -> Subscription:
    """Take in what a calendar has still to come; what is over, cancelled or gone stops."""
    locked = hold(subscription)
    reading = read_calendar(answer.content, now=now)
    for offer in over_now(locked, reading, now=now):
        end_offer(offer, by=by, now=now)
    batch = batch_of(locked, reading, with_words=with_words)
    outcome = import_batch(batch, by=by, now=now, present=reading.present)
    locked.taken = outcome.created + outcome.changed + outcome.unchanged
    refused = [problem for problem in reading.problems if problem.refused]
    locked.left_out = len(refused) + len(reading.coming) - locked.taken
    # What was left out stands first.
    problems = sorted(reading.problems, key=lambda problem: not problem.refused)
    remarks = [*map(skip_of, outcome.skipped), *map(remark_of, problems)]
    locked.remarks = remarks[:MOST_REMARKS]
    locked.more_remarks = len(remarks) - len(locked.remarks)
    # A mark that is too long to keep is none: then all of it is read again.
    locked.etag = answer.etag if len(answer.etag) <= MARK else ""
    locked.modified = answer.modified if len(answer.modified) <= DATE else ""
    locked.read_at = now
    note_success(locked, now=now)
    record("exchange.take_in_calendar", subject=locked, by=by, now=now)
    return locked


@transaction.atomic
def note_unchanged(subscription: Subscription, *, by: Actor, now: datetime) -> Subscription:
    """Note that a calendar is what it was; only time has gone on."""
    locked = hold(subscription)
    for offer in over_now(locked, None, now=now):
        end_offer(offer, by=by, now=now)
    note_success(locked, now=now)
    record("exchange.note_unchanged", subject=locked, by=by, now=now)
    return locked


@transaction.atomic
def note_failure(
    subscription: Subscription, *, problem: Refused | CalendarRefused, by: Actor, now: datetime
) -> Subscription:
    """Note what went wrong with a calendar; every time it is asked half as often, up to a week."""
    locked = hold(subscription)
    locked.problem, locked.detail = type(problem).__name__, problem.detail[:300]
    locked.next_at = now + HOUR * min(2**locked.failures, MOST_HOURS)
    locked.failures = min(locked.failures + 1, 100)
    locked.asked_at = now
    locked.save()
    record("exchange.note_failure", subject=locked, by=by, now=now)
    return locked


def hold(subscription: Subscription) -> Subscription:
    """Hold a calendar, with its organisation, until the end of the transaction."""
    found = Subscription.objects.select_for_update(of=("self",)).select_related("organisation")
    return found.get(pk=subscription.pk)


def note_success(locked: Subscription, *, now: datetime) -> None:
    """Write that all went well, and when to read it again."""
    locked.problem, locked.detail, locked.failures = "", "", 0
    locked.asked_at, locked.next_at = now, now + EVERY
    locked.save()
