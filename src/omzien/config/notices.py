"""Who is told when something happens in an app that does not know who works here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.accounts.models import User
from omzien.base.journal.models import Actor
from omzien.base.letters.actions import send_mail

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.privacy.models import BreakGlass


def tell_privacy_officers(glass: BreakGlass, *, now: datetime) -> None:
    """Write to every privacy officer that a dossier was opened; the mail names nobody."""
    officers = User.objects.filter(
        is_active=True,
        assignments__role="privacy_officer",
        assignments__ended_at__isnull=True,
    )
    for officer in officers:
        send_mail(
            "glass_opened",
            to=officer.email,
            context={"controller": glass.controller, "reason": str(glass.get_reason_display())},
            by=Actor.system("glass"),
            now=now,
            language=officer.language,
        )
