"""The social map at night: who keeps what is due gets a mail, a reminder, a call."""

from __future__ import annotations

import logging

from django.utils import timezone

from omzien.base.desk.actions.duty import NotOnDuty
from omzien.base.freshness.actions.asking import ask_keepers, remind_keepers
from omzien.base.freshness.actions.calendars import load_calendars
from omzien.base.freshness.actions.calls import pass_on, ring_for
from omzien.base.freshness.actions.figures import count_day
from omzien.base.freshness.actions.keepers import load_rhythms
from omzien.base.freshness.actions.seasons import ask_about_season, ring_about_seasons
from omzien.base.freshness.actions.turnout import ask_hosts
from omzien.base.freshness.queries.seasons import period_to_ask_about
from omzien.base.jobs.jobs import nightly
from omzien.base.journal.models import Actor

log = logging.getLogger("omzien.freshness")


# Early in the morning, so that the mail is there when people begin.
@nightly("30 5 * * *")
def ask_what_is_due() -> None:
    now, by = timezone.now(), Actor.system("freshness")
    today = timezone.localdate(now)
    load_rhythms(by=by, now=now)
    asked = ask_keepers(on=today, by=by, now=now)
    remind_keepers(by=by, now=now)
    try:
        ring_for(asked.to_ring, on=today, by=by, now=now)
        pass_on(on=today, by=by, now=now)
    except NotOnDuty:
        # Nothing is lost: what is not on the list yet is found again the next night.
        log.warning("nobody is on duty to ring keepers")


@nightly("10 4 * * *")
def count_how_fresh() -> None:
    now = timezone.now()
    count_day(on=timezone.localdate(now), by=Actor.system("freshness"), now=now)


@nightly("40 3 * * *")
def load_closed_days() -> None:
    load_calendars(by=Actor.system("freshness"), now=timezone.now())


@nightly("50 5 * * *")
def ask_who_is_open() -> None:
    now, by = timezone.now(), Actor.system("freshness")
    today = timezone.localdate(now)
    period = period_to_ask_about(today)
    if period:
        ask_about_season(period, on=today, by=by, now=now)
    try:
        ring_about_seasons(on=today, by=by, now=now)
    except NotOnDuty:
        log.warning("nobody is on duty to ring about a holiday")


# In the evening, while who was there still knows.
@nightly("0 21 * * *")
def ask_how_many_came() -> None:
    ask_hosts(by=Actor.system("freshness"), now=timezone.now())
