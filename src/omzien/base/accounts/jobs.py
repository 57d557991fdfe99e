"""Nightly: forgetting accounts whose address was never proven."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from omzien.base.accounts import actions
from omzien.base.jobs.jobs import nightly
from omzien.base.journal.models import Actor

# Long enough to find the mail again, short enough not to keep other people's addresses.
TIME_TO_PROVE = timedelta(days=7)


@nightly(cron="15 2 * * *")
def forget_unproven_accounts() -> None:
    now = timezone.now()
    actions.forget_unproven_accounts(now - TIME_TO_PROVE, by=Actor.system("accounts"), now=now)
