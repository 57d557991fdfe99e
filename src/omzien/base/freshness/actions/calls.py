"""The phone list: a keeper is rung, answers, or is not reached."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.desk.actions.work import hold, owner_of_new
from omzien.base.freshness.models import CheckCall, CheckRequest, WhyCall
from omzien.base.freshness.queries.calls import call_by_key, open_call_of
from omzien.base.freshness.queries.checks import contact_of, open_offers, requests_to_pass_on
from omzien.base.freshness.queries.keepers import owners_of
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from omzien.base.catalogue.models import Offer
    from omzien.base.freshness.models import Answer
    from omzien.base.freshness.queries.keepers import Contact
    from omzien.base.journal.models import Actor

TIME_TO_RING = timedelta(days=7)
# Who is not reached is tried soon again, and later once a week.
SOON, MANY_TRIES = timedelta(days=2), 3


@transaction.atomic
def open_call(
    offer: Offer, *, why: str, contact: Contact | None, on: date, by: Actor, now: datetime
) -> CheckCall:
    """Put a record on the phone list, for the owner of that list; once while it is open."""
    known = open_call_of(offer)
    if known:
        return known
    call = CheckCall.objects.create(
        offer=offer,
        why=why,
        keeper=contact.keeper if contact else None,
        user=contact.user if contact else None,
        owner=owner_of_new(CheckCall),
        opened_at=now,
        due_on=on + TIME_TO_RING,
    )
    record("freshness.open_call", subject=call, by=by, reason=f"why:{why}", now=now)
    return call


def ring_for(offers: Sequence[Offer], *, on: date, by: Actor, now: datetime) -> int:
    """Put records on the phone list whose owner has no mail, or is not known."""
    owners = owners_of(offers, on=on)
    for offer in offers:
        contact = next(iter(owners[offer.pk]), None)
        why = WhyCall.NO_MAIL if contact else WhyCall.NOBODY
        open_call(offer, why=why, contact=contact, on=on, by=by, now=now)
    return len(offers)


def pass_on(*, on: date, by: Actor, now: datetime) -> int:
    """Put on the phone list what was asked twice by mail in vain; returns how many mails."""
    waiting = list(requests_to_pass_on(now))
    for request in waiting:
        pass_on_request(request, on=on, by=by, now=now)
    return len(waiting)


@transaction.atomic
def pass_on_request(request: CheckRequest, *, on: date, by: Actor, now: datetime) -> None:
    """Put the records of one mail on the phone list; its link goes on working."""
    contact = contact_of(request)
    for offer in open_offers(request):
        why = WhyCall.NO_ANSWER
        open_call(offer, why=why, contact=contact, on=on, by=by, now=now)
    request.passed_on_at = now
    request.save(update_fields=["passed_on_at"])
    record("freshness.pass_on", subject=request, by=by, now=now)


@transaction.atomic
def look_up_call(key: UUID, *, by: Actor, now: datetime) -> CheckCall | None:
    """Return an open call with the number to ring; who looked stands in the journal."""
    call = call_by_key(key)
    if call:
        record("freshness.look_up_call", subject=call, by=by, now=now)
    return call


@transaction.atomic
def not_reached(call: CheckCall, *, on: date, by: Actor, now: datetime) -> CheckCall:
    """Note that nobody answered, and when to try again."""
    locked = hold(call)
    assert isinstance(locked, CheckCall)  # noqa: S101 - a row of the same table
    locked.tries += 1
    locked.due_on = on + (SOON if locked.tries < MANY_TRIES else TIME_TO_RING)
    locked.save(update_fields=["tries", "due_on"])
    record("freshness.not_reached", subject=locked, by=by, now=now)
    return locked


@transaction.atomic
def close_call(call: CheckCall, *, answer: Answer, by: Actor, now: datetime) -> CheckCall:
    """Close a call with the answer that was given, on the phone or by mail after all."""
    locked = hold(call)
    assert isinstance(locked, CheckCall)  # noqa: S101 - a row of the same table
    locked.owner, locked.closed_at, locked.closed_by = None, now, by.key
    locked.answer = answer
    locked.save(update_fields=["owner", "closed_at", "closed_by", "answer"])
    record("freshness.close_call", subject=locked, by=by, reason=f"answer:{answer}", now=now)
    return locked
