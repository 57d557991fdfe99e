"""Referrals in the morning: receivers who have not answered hear it once more."""

from __future__ import annotations

from django.utils import timezone

from omzien.base.jobs.jobs import nightly
from omzien.base.journal.models import Actor
from omzien.base.referrals.actions.referrals import remind_receivers


@nightly("30 7 * * *")
def remind() -> None:
    now = timezone.now()
    remind_receivers(today=timezone.localdate(now), by=Actor.system("referrals"), now=now)
