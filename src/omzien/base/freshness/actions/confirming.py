"""What a keeper answers: still true, changed, stopped, or no longer theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.catalogue.actions.offers import assure_offer
from omzien.base.freshness.actions.calls import close_call
from omzien.base.freshness.actions.keepers import end_keeper
from omzien.base.freshness.actions.reports import resolve_report
from omzien.base.freshness.models import Answer, CheckRequest, Outcome, RequestedCheck
from omzien.base.freshness.queries.calls import open_call_of
from omzien.base.freshness.queries.checks import CHECK, contact_of, next_check, open_offers
from omzien.base.freshness.queries.keepers import current_delegates, owners_of
from omzien.base.freshness.queries.reports import open_reports
from omzien.base.journal.actions import record
from omzien.base.letters.actions import use_token
from omzien.base.network.actions import end_delegate

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor


OUTCOMES = {
    Answer.SAME: Outcome.RIGHT,
    Answer.CHANGED: Outcome.MENDED,
    Answer.STOPPED: Outcome.STOPPED,
}


@transaction.atomic
def confirm_offer(offer: Offer, *, on: date, by: Actor, now: datetime) -> Offer:
    """Note that all of a record is still true, and close every question about it."""
    assured = assure_offer(offer, on=on, check_by=next_check(offer.kind, after=on), by=by, now=now)
    settle(offer, answer=Answer.SAME, by=by, now=now)
    return assured


def settle(offer: Offer, *, answer: Answer, by: Actor, now: datetime) -> None:
    """Close what was asked or said about a record, by whomever, now that there is an answer."""
    for report in open_reports([offer]):
        resolve_report(report, outcome=OUTCOMES[answer], by=by, now=now)
    note_answer(offer, answer=answer, by=by, now=now)


def note_answer(offer: Offer, *, answer: Answer, by: Actor, now: datetime) -> None:
    """Close what keepers were asked about a record; what visitors said stays open."""
    call = open_call_of(offer)
    if call:
        close_call(call, answer=answer, by=by, now=now)
    waiting = RequestedCheck.objects.filter(offer=offer, answered_at__isnull=True)
    if waiting.update(answer=answer, answered_at=now):
        record("freshness.note_answer", subject=offer, by=by, reason=f"answer:{answer}", now=now)


@transaction.atomic
def confirm_by_link(
    request: CheckRequest, secret: str, *, keys: Collection[UUID] | None, on: date, now: datetime
) -> int:
    """Confirm some records of a question, or with `keys` None all that is open.

    The link works until the last one has its answer. Returns how many were confirmed; a second
    press confirms nothing more.
    """
    CheckRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    by = contact_of(request).actor
    chosen = [offer for offer in open_offers(request) if keys is None or offer.key in keys]
    for offer in chosen:
        confirm_offer(offer, on=on, by=by, now=now)
    use_up(request, secret, by=by, now=now)
    return len(chosen)


def use_up(request: CheckRequest, secret: str, *, by: Actor, now: datetime) -> None:
    """Use the link up once nothing is left to answer."""
    if not open_offers(request).exists():
        use_token(secret, purpose=CHECK, by=by, now=now)


@transaction.atomic
def hand_back(request: CheckRequest, secret: str, *, on: date, now: datetime) -> None:
    """Note that who was asked keeps nothing of this any more; the link ends with it.

    The next night what they were asked about is asked of another, or goes to the phone list.
    """
    contact = contact_of(request)
    owners = owners_of(list(open_offers(request)), on=on)
    same = [one for own in owners.values() for one in own if one.email == contact.email]
    for keeper in {one.keeper for one in same if one.keeper}:
        end_keeper(keeper, on=on, by=contact.actor, now=now)
    if contact.user:
        step_down(contact.user, request, by=contact.actor, now=now)
    RequestedCheck.objects.filter(request=request, answered_at__isnull=True).delete()
    use_token(secret, purpose=CHECK, by=contact.actor, now=now)
    record("freshness.hand_back", subject=request, by=contact.actor, now=now)


def step_down(user: User, request: CheckRequest, *, by: Actor, now: datetime) -> None:
    """Let a delegate no longer act for the organisations that they were asked about."""
    organisations = {offer.organisation_id for offer in open_offers(request)}
    for delegate in current_delegates(organisations).filter(user=user):
        end_delegate(delegate, by=by, now=now)
