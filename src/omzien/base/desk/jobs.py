"""The desk at night: absences begin and end."""

from __future__ import annotations

import logging

from django.utils import timezone

from omzien.base.desk.actions.duty import start_and_end
from omzien.base.desk.queries.duty import absences_to_end, absences_to_start
from omzien.base.jobs.jobs import nightly
from omzien.base.journal.models import Actor

log = logging.getLogger("omzien.desk")


@nightly("5 1 * * *")
def start_and_end_absences() -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    stuck = start_and_end(
        absences_to_start(today), absences_to_end(today), by=Actor.system("absences"), now=now
    )
    if stuck:
        log.warning("%s absence(s) wait: nobody on duty can take over", len(stuck))
