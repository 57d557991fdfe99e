"""The social map at night: who keeps what is due gets a mail, and a reminder."""

from __future__ import annotations

from django.utils import timezone

from omzien.base.freshness.actions.asking import ask_keepers, remind_keepers
from omzien.base.freshness.actions.figures import count_day
from omzien.base.freshness.actions.keepers import load_rhythms
from omzien.base.jobs.jobs import nightly
from omzien.base.journal.models import Actor


# Early in the morning, so that the mail is there when people begin.
@nightly("30 5 * * *")
def ask_what_is_due() -> None:
    now, by = timezone.now(), Actor.system("freshness")
    load_rhythms(by=by, now=now)
    ask_keepers(on=timezone.localdate(now), by=by, now=now)
    remind_keepers(by=by, now=now)


@nightly("10 4 * * *")
def count_how_fresh() -> None:
    now = timezone.now()
    count_day(on=timezone.localdate(now), by=Actor.system("freshness"), now=now)
