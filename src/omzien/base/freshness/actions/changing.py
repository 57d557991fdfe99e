"""Changing a record: at once, or as a proposal that an editor decides on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from omzien.base.catalogue.actions.offers import (
    KeptElsewhere,
    NotOfThisOffer,
    assure_offer,
    change_offer,
    end_offer,
    publish_offer,
    restore_offer,
    value_of_old,
)
from omzien.base.catalogue.actions.parties import change_location
from omzien.base.catalogue.actions.schedules import (
    close_days,
    follow_calendar,
    set_schedule,
    stop_closing,
)
from omzien.base.catalogue.models import ClosedCalendar, Closing, Status
from omzien.base.catalogue.queries.offers import offer_by_key
from omzien.base.catalogue.queries.schedules import range_of
from omzien.base.freshness.actions.confirming import (
    confirm_offer,
    note_answer,
    settle,
    use_up,
)
from omzien.base.freshness.models import Answer, CheckRequest, Proposal
from omzien.base.freshness.queries.changes import (
    Changes,
    as_plain,
    changes_before,
    changes_in,
    may_describe,
    own_closings,
    really_different,
    together,
)
from omzien.base.freshness.queries.checks import next_check
from omzien.base.freshness.queries.proposals import contact_by_key, open_proposal_of
from omzien.base.journal.actions import record
from omzien.base.letters.actions import send_mail

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from omzien.base.catalogue.models import Offer
    from omzien.base.history.models import Revision
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation
    from omzien.methods.recurrence import DayRange


class AlreadyDecided(Exception):
    """Somebody decided on this proposal already."""


class ReasonNeeded(Exception):
    """Say why not: who proposed it reads that."""


@transaction.atomic
def submit_changes(
    offer: Offer, changes: Changes, *, at_once: bool, on: date, by: Actor, now: datetime
) -> Proposal | None:
    """Change a record at once, or propose it; where nothing is different it is confirmed.

    Returns the proposal where an editor must look first.
    """
    if offer.kept_elsewhere:
        raise KeptElsewhere
    different = really_different(offer, changes, on=on)
    if not different:
        confirm_offer(offer, on=on, by=by, now=now)
        return None
    if not at_once:
        return propose_changes(offer, different, by=by, now=now)
    apply_changes(offer, different, on=on, by=by, now=now)
    return None


@transaction.atomic
def submit_by_link(
    request: CheckRequest,
    secret: str,
    offer: Offer,
    changes: Changes,
    *,
    on: date,
    by: Actor,
    now: datetime,
) -> Proposal | None:
    """Do the same by the link of a mail, which is used up by the last answer."""
    at_once = offer.organisation.changes_go_live
    made = submit_changes(offer, changes, at_once=at_once, on=on, by=by, now=now)
    use_up(request, secret, by=by, now=now)
    return made


@transaction.atomic
def apply_changes(offer: Offer, changes: Changes, *, on: date, by: Actor, now: datetime) -> Offer:
    """Change a record for everybody; whoever changes it has looked at all of it."""
    fields = {name: value_of_old(name, value) for name, value in changes.offer.items()}
    status = fields.pop("status", None)
    changed = change_offer(offer, by=by, now=now, **fields) if fields else offer
    if changes.location and offer.location and may_describe(offer):
        change_location(offer.location, by=by, now=now, **changes.location)
    if changes.schedule is not None:
        lines, exceptions = changes.schedule
        set_schedule(changed, lines=lines, changes=exceptions, by=by, now=now)
    if changes.calendars is not None:
        follow_calendars(offer.organisation, changes.calendars, by=by, now=now)
    if changes.days_off is not None:
        set_days_off(offer.organisation, changes.days_off, on=on, by=by, now=now)
    if status is not None:
        set_status(changed, status, by=by, now=now)
    assure_offer(changed, on=on, check_by=next_check(changed.kind, after=on), by=by, now=now)
    settle(offer, answer=answer_of(status), by=by, now=now)
    return changed


def answer_of(status: str | None) -> Answer:
    """Return what a change answers to the question whether a record is still true."""
    return Answer.STOPPED if status == Status.ENDED else Answer.CHANGED


def set_status(offer: Offer, status: str, *, by: Actor, now: datetime) -> None:
    """Show an offer, let it stop, or something in between."""
    if status == Status.ENDED:
        end_offer(offer, by=by, now=now)
    elif status == Status.ACTIVE:
        publish_offer(offer, by=by, now=now)
    else:
        change_offer(offer, by=by, now=now, status=status)


def follow_calendars(
    organisation: Organisation, slugs: tuple[str, ...], *, by: Actor, now: datetime
) -> None:
    """Let an organisation be closed on the days of these calendars, and of no others."""
    for closing in Closing.objects.filter(organisation=organisation, calendar__isnull=False):
        if closing.calendar and closing.calendar.slug not in slugs:
            stop_closing(closing, by=by, now=now)
    for calendar in ClosedCalendar.objects.filter(slug__in=slugs):
        follow_calendar(organisation, calendar=calendar, by=by, now=now)


def set_days_off(
    organisation: Organisation,
    wanted: Collection[DayRange],
    *,
    on: date,
    by: Actor,
    now: datetime,
) -> None:
    """Let an organisation be closed on these days of its own; what is over stays as it was."""
    for closing in own_closings(organisation.pk, on=on):
        if range_of(closing.period) not in wanted:
            stop_closing(closing, by=by, now=now)
    for days in wanted:
        close_days(organisation, first=days.first, last=days.last, by=by, now=now)


# --- Proposals ----------------------------------------------------------------------------------


@transaction.atomic
def propose_changes(offer: Offer, changes: Changes, *, by: Actor, now: datetime) -> Proposal:
    """Keep changes until an editor decides; what waited already becomes one with it."""
    waiting = open_proposal_of(offer)
    both = together(changes_in(waiting), changes) if waiting else changes
    proposal = waiting or Proposal(offer=offer)
    proposal.changes, proposal.made_at = as_plain(both), now
    proposal.made_by, proposal.made_role = by.key, by.role
    proposal.save()
    record("freshness.propose_changes", subject=proposal, by=by, now=now)
    note_answer(offer, answer=answer_of(changes.offer.get("status")), by=by, now=now)
    return proposal


@transaction.atomic
def approve_proposal(proposal: Proposal, *, on: date, by: Actor, now: datetime) -> Offer:
    """Change the record as proposed, and tell who proposed it."""
    locked = hold_open(proposal)
    offer = offer_by_key(locked.offer.key)
    assert offer is not None  # noqa: S101 - the proposal goes with its offer
    changed = apply_changes(offer, changes_in(locked), on=on, by=by, now=now)
    decide(locked, approved=True, reason="", by=by, now=now)
    return changed


@transaction.atomic
def decline_proposal(proposal: Proposal, *, reason: str, by: Actor, now: datetime) -> Proposal:
    """Leave the record as it is, and tell who proposed it why."""
    if not reason.strip():
        raise ReasonNeeded
    locked = hold_open(proposal)
    decide(locked, approved=False, reason=reason.strip(), by=by, now=now)
    return locked


def hold_open(proposal: Proposal) -> Proposal:
    """Hold a proposal that nobody decided on yet."""
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.decided_at is not None:
        raise AlreadyDecided
    return locked


def decide(proposal: Proposal, *, approved: bool, reason: str, by: Actor, now: datetime) -> None:
    """Write down the decision and mail it to who proposed it."""
    proposal.approved, proposal.reason = approved, reason
    proposal.decided_at, proposal.decided_by = now, by.key
    proposal.save(update_fields=["approved", "reason", "decided_at", "decided_by"])
    verb = "freshness.approve_proposal" if approved else "freshness.decline_proposal"
    record(verb, subject=proposal, by=by, now=now)
    tell_who_proposed(proposal, by=by, now=now)


def tell_who_proposed(proposal: Proposal, *, by: Actor, now: datetime) -> None:
    """Mail the decision; who cannot be reached by mail hears it when somebody rings."""
    contact = contact_by_key(proposal.made_by)
    if contact is None or not contact.email or not contact.by_mail:
        return
    send_mail(
        "freshness_approved" if proposal.approved else "freshness_declined",
        to=contact.email,
        context={"offer": proposal.offer.name, "reason": proposal.reason},
        language=contact.language,
        by=by,
        now=now,
    )


@transaction.atomic
def restore_record(
    offer: Offer, revision: Revision, *, at_once: bool, by: Actor, now: datetime
) -> Proposal | None:
    """Take one change back, or propose to; returns the proposal where an editor looks first."""
    if revision.subject_key != offer.key:
        raise NotOfThisOffer
    if at_once:
        restore_offer(offer, revision=revision, by=by, now=now)
        return None
    before = changes_before(offer, revision)
    different = really_different(offer, before, on=timezone.localdate(now))
    return propose_changes(offer, different, by=by, now=now) if different else None
