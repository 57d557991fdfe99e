"""The social map at night: a day of meetings is added."""

from __future__ import annotations

from django.utils import timezone

from omzien.base.catalogue.actions.schedules import refresh_all_meetings
from omzien.base.jobs.jobs import nightly
from omzien.base.journal.models import Actor


@nightly("15 1 * * *")
def compute_meetings() -> None:
    refresh_all_meetings(by=Actor.system("catalogue"), now=timezone.now())
