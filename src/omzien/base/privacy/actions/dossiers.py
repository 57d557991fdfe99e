"""Opening the content of a dossier: the only place where sealed text becomes readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.journal.actions import record, record_view
from omzien.base.journal.models import ViewReason
from omzien.base.privacy.fields import Sealed, SealedTextField, key_ring
from omzien.base.privacy.permissions import may_open_content
from omzien.base.privacy.queries.glasses import is_open_for

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.journal.models import Actor, Subject


class NotYours(Exception):
    """You may not read this dossier. In an emergency: ask for it to be opened."""


def open_content(subject: Subject, *, field: str, by: Actor, reason: str, now: datetime) -> str:
    """Return what a sealed field says, after asking who wants it and writing down who read it.

    A line calls it from its own `open_dossier`, which asks first whether this dossier is theirs.
    """
    sealed_field = subject._meta.get_field(field)
    if not isinstance(sealed_field, SealedTextField):
        raise TypeError(f"{field} is not sealed")
    controller = sealed_field.controller_for(subject)
    emergency = is_open_for(by, controller=controller, subject_key=subject.key, now=now)
    if not may_open_content(by, in_emergency=emergency):
        record("dossier.refused", subject=subject, by=by, now=now)
        raise NotYours
    record_view(subject, by=by, reason=ViewReason.EMERGENCY if emergency else reason, now=now)
    value = getattr(subject, field)
    return key_ring(controller).open(value.ciphertext) if isinstance(value, Sealed) else str(value)
