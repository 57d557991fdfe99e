"""Nightly erasure, months of the journal, and telling privacy officers of an emergency."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from omzien.base.jobs.jobs import job, nightly
from omzien.base.journal.actions import make_months
from omzien.base.privacy.actions.erasure import erase_expired
from omzien.base.privacy.queries.glasses import glass_by_key

if TYPE_CHECKING:
    from uuid import UUID


@nightly(cron="40 2 * * *")
def erase() -> None:
    """Erase what is past its term, and make the months of the journal that come."""
    now = timezone.now()
    make_months(now=now)
    erase_expired(now=now)


@job()
def tell_of_glass(glass: UUID) -> None:
    """Tell the privacy officers that a dossier was opened in an emergency."""
    opened = glass_by_key(glass)
    if opened:
        import_string(settings.GLASS_NOTICE)(opened, now=timezone.now())
