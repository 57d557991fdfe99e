"""Reads of emergency openings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.privacy.models import BreakGlass

if TYPE_CHECKING:
    import uuid
    from datetime import datetime

    from django.db.models import QuerySet

    from omzien.base.journal.models import Actor


def glasses() -> QuerySet[BreakGlass]:
    """Return all emergency openings, newest first."""
    return BreakGlass.objects.order_by("-requested_at", "-id")


def glass_by_key(key: uuid.UUID) -> BreakGlass | None:
    return BreakGlass.objects.filter(key=key).first()


def is_open_for(by: Actor, *, controller: str, subject_key: uuid.UUID, now: datetime) -> bool:
    """Say whether the glass is broken now for this person, this dossier and this controller."""
    return BreakGlass.objects.filter(
        requested_by=by.key,
        controller=controller,
        subject_key=subject_key,
        opened_at__lte=now,
        ends_at__gt=now,
    ).exists()
