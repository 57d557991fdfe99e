"""Writing down a yes, and taking it back the same minute; who may speak for whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from omzien.base.journal.actions import record
from omzien.base.people.actions.participants import known_identity
from omzien.base.people.models import Consent, Representation

if TYPE_CHECKING:
    from datetime import date, datetime

    from omzien.base.journal.models import Actor
    from omzien.base.people.models import Participant


class AlreadyAgreed(Exception):
    """Somebody already agreed to that, and has not taken it back."""


class AlreadyTakenBack(Exception):
    """It was taken back already."""


class NotEnoughAuthority(Exception):
    """For this we need another proof, or a day on which it ends. See the list beside the form."""


@transaction.atomic
def record_consent(
    participant: Participant,
    *,
    purpose: str,
    receiver: str,
    wording: str,
    given_how: str,
    by: Actor,
    now: datetime,
) -> Consent:
    """Write down that somebody agreed: to what, for whom, in which words, and how they said so."""
    try:
        with transaction.atomic():
            consent = Consent.objects.create(
                participant=participant,
                purpose=purpose,
                receiver=receiver,
                wording=wording,
                given_how=given_how,
                given_at=now,
                recorded_by=by.key,
            )
    except IntegrityError as error:
        if "consent_active_once" in str(error):
            raise AlreadyAgreed from error
        raise
    record("people.record_consent", subject=participant, by=by, reason=purpose, now=now)
    return consent


@transaction.atomic
def withdraw_consent(consent: Consent, *, by: Actor, now: datetime) -> Consent:
    """Take a yes back: from this moment on nothing may be shared on it."""
    locked = Consent.objects.select_for_update().get(pk=consent.pk)
    if locked.withdrawn_at is not None:
        raise AlreadyTakenBack
    locked.withdrawn_at, locked.withdrawn_by = now, by.key
    locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(
        "people.withdraw_consent",
        subject=locked.participant,
        by=by,
        reason=locked.purpose,
        now=now,
    )
    return locked


@transaction.atomic
def add_representation(  # noqa: PLR0913 - each of these is part of the proof
    participant: Participant,
    *,
    kind: str,
    authority: str,
    name: str,
    valid_from: date,
    valid_until: date | None,
    by: Actor,
    now: datetime,
    phone: str = "",
) -> Representation:
    """Write down who may speak for somebody, what was seen to prove it, and until when."""
    try:
        with transaction.atomic():
            representation = Representation.objects.create(
                identity=known_identity(participant),
                kind=kind,
                authority=authority,
                name=name,
                phone=phone,
                valid_from=valid_from,
                valid_until=valid_until,
                recorded_by=by.key,
            )
    except IntegrityError as error:
        raise NotEnoughAuthority from error
    record("people.add_representation", subject=participant, by=by, reason=kind, now=now)
    return representation


@transaction.atomic
def end_representation(
    representation: Representation, *, by: Actor, now: datetime
) -> Representation:
    """End somebody's right to speak for another, from today on."""
    yesterday = timezone.localtime(now).date() - timedelta(days=1)
    representation.valid_from = min(representation.valid_from, yesterday)
    representation.valid_until = yesterday
    representation.save(update_fields=["valid_from", "valid_until"])
    participant = representation.identity.participant
    record("people.end_representation", subject=participant, by=by, now=now)
    return representation
