"""Who may see a call, and what a caller may be told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from omzien.base.desk.models import CallerKind
from omzien.base.people.permissions import may_speak_for

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.desk.models import Call
    from omzien.base.journal.models import Actor

# A record opened for a call is closed after this long; open it again with a reason.
LONGEST_CALL = timedelta(hours=1)


def may_see_call(call: Call, *, actor: Actor, now: datetime) -> bool:
    """Say whether this is the actor's own call, and not too long ago."""
    return call.by == actor.key and call.at <= now < call.at + LONGEST_CALL


def may_be_told(call: Call, *, now: datetime) -> bool:
    """Say whether the caller may hear anything about the person, or decide for them.

    That is the person, or somebody whose authority was recorded and counts today.
    """
    if call.caller_kind == CallerKind.SELF:
        return True
    authority = call.representation
    return authority is not None and may_speak_for(authority, on=timezone.localtime(now).date())
