"""Opening a dossier in an emergency: one asks, another allows, everybody can see it afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.jobs.actions import defer
from omzien.base.journal.actions import record
from omzien.base.privacy.models import BreakGlass, Emergency
from omzien.base.privacy.permissions import ASKS, may_allow

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from omzien.base.journal.models import Actor


class MayNotAsk(Exception):
    """Your role cannot ask for an emergency opening. Call the coordinator."""


class NeedsAnother(Exception):
    """Another coordinator or the privacy officer must allow this: you cannot do it alone."""


class NeedsReason(Exception):
    """Choose why this is an emergency, and write in a sentence what is going on."""


class AlreadyAllowed(Exception):
    """Somebody has already allowed this opening."""


class NotOpen(Exception):
    """The dossier is not open any more: there is nothing to close."""


class TooLong(Exception):
    """An emergency opening lasts an hour at least and a day at most."""


@transaction.atomic
def request_break_glass(
    controller: str,
    *,
    subject_key: uuid.UUID,
    reason: str,
    explanation: str,
    by: Actor,
    now: datetime,
) -> BreakGlass:
    """Ask for one dossier of one controller to be opened; nothing opens yet."""
    if by.role not in ASKS:
        raise MayNotAsk
    if reason not in Emergency.values or not explanation.strip():
        raise NeedsReason
    glass = BreakGlass.objects.create(
        controller=controller,
        subject_key=subject_key,
        reason=reason,
        explanation=explanation.strip(),
        requested_by=by.key,
        requested_at=now,
    )
    record("glass.asked", subject=glass, by=by, reason=reason, now=now)
    return glass


@transaction.atomic
def approve_break_glass(glass: BreakGlass, *, hours: int, by: Actor, now: datetime) -> BreakGlass:
    """Allow it: the dossier opens for who asked, for at most a day; privacy officers are told."""
    glass = BreakGlass.objects.select_for_update().get(pk=glass.pk)
    if not may_allow(by, glass):
        raise NeedsAnother
    if glass.approved_by is not None:
        raise AlreadyAllowed
    if not 1 <= hours <= BreakGlass.LONGEST // timedelta(hours=1):
        raise TooLong
    glass.approved_by, glass.opened_at = by.key, now
    glass.ends_at = now + timedelta(hours=hours)
    glass.save(update_fields=["approved_by", "opened_at", "ends_at"])
    record("glass.opened", subject=glass, by=by, reason=glass.reason, now=now)
    defer("privacy.jobs.tell_of_glass", glass=glass.key)
    return glass


@transaction.atomic
def end_break_glass(glass: BreakGlass, *, by: Actor, now: datetime) -> BreakGlass:
    """Close the dossier again before its time."""
    glass = BreakGlass.objects.select_for_update().get(pk=glass.pk)
    if not glass.is_open(now):
        raise NotOpen
    glass.ends_at = now
    glass.save(update_fields=["ends_at"])
    record("glass.closed", subject=glass, by=by, reason=glass.reason, now=now)
    return glass
