"""Answering the phone: opening a record for a reason, and promising to call back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from omzien.base.desk.actions.duty import duty_or_refuse
from omzien.base.desk.actions.work import owner_of_new
from omzien.base.desk.models import Call, CallBack, Reason
from omzien.base.desk.permissions import may_be_told, may_see_call
from omzien.base.desk.queries.calls import representative
from omzien.base.journal.actions import record
from omzien.base.people.actions.participants import note_contact
from omzien.base.people.fields import refuse_bsn
from omzien.base.people.queries.participants import (
    find_by_code,
    find_by_name,
    identity_of,
    seal,
)

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from omzien.base.accounts.models import User
    from omzien.base.journal.models import Actor
    from omzien.base.people.models import Participant


class NobodyToCallBack(Exception):
    """Write who should be called back, and on which number."""


class CallIsOver(Exception):
    """The call was somebody else's or too long ago. Find the person again and say why."""


@transaction.atomic
def search_people(
    code: str, *, surname: str, street: str, by: Actor, now: datetime
) -> list[Participant]:
    """Return who has this code, or this surname in this street; the journal counts searches."""
    if code:
        one = find_by_code(code)
        found = [one] if one else []
    else:
        found = find_by_name(surname, street)
    record("desk.search_people", subject=None, by=by, reason=f"found:{len(found)}", now=now)
    return found


@transaction.atomic
def begin_call(
    participant: Participant,
    *,
    caller_kind: str,
    reason: str,
    by: Actor,
    now: datetime,
    caller_name: str = "",
) -> Call:
    """Write who calls about somebody and why, before anything about them is shown.

    The name of a caller is not kept; it is only held against who may speak for this person.
    """
    today = timezone.localtime(now).date()
    call = Call.objects.create(
        participant=participant,
        caller_kind=caller_kind,
        representation=representative(participant, caller_kind, caller_name, on=today),
        reason=reason,
        at=now,
        by=by.key,
    )
    record("desk.begin_call", subject=participant, by=by, reason=reason, now=now)
    if may_be_told(call, now=now) and identity_of(participant) is not None:
        # Who is spoken with is not forgotten yet: the term begins anew.
        note_contact(participant, by=by, now=now)
    return call


@transaction.atomic
def open_participant(key: UUID, *, by: Actor, now: datetime) -> Call:
    """Return the call with whom it is about, and write in the journal that it was looked at."""
    try:
        call = Call.objects.select_related("participant__identity", "representation").get(key=key)
    except ObjectDoesNotExist as error:
        raise CallIsOver from error
    if not may_see_call(call, actor=by, now=now):
        raise CallIsOver
    participant = call.participant
    record("desk.open_participant", subject=participant, by=by, reason=call.reason, now=now)
    return call


@transaction.atomic
def promise_call_back(
    participant: Participant | None,
    *,
    due_on: date,
    by: Actor,
    now: datetime,
    note: str = "",
    whom: str = "",
    owner: User | None = None,
) -> CallBack:
    """Promise to call somebody back before a day; without an owner it is for the list's owner."""
    if participant is None and not whom.strip():
        raise NobodyToCallBack
    refuse_bsn(note)
    duty = duty_or_refuse(owner) if owner else owner_of_new(CallBack)
    call_back = CallBack.objects.create(
        participant=participant,
        whom="" if participant else whom,
        owner=duty,
        opened_at=now,
        due_on=due_on,
        sealed_note=seal(participant, note),
    )
    record("desk.promise_call_back", subject=call_back, by=by, now=now)
    return call_back


@transaction.atomic
def open_call_back(key: UUID, *, by: Actor, now: datetime) -> CallBack | None:
    """Return an open promise to call back; who looked at it stands in the journal."""
    promise = (
        CallBack.objects.select_related("participant__identity", "owner__user")
        .filter(key=key, closed_at__isnull=True)
        .first()
    )
    if promise is not None:
        subject = promise.participant or promise
        reason = Reason.CALLS_BACK.value
        record("desk.open_call_back", subject=subject, by=by, reason=reason, now=now)
    return promise
