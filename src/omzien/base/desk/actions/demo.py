"""Invented open work for the demo town."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from omzien.base.desk.actions.calls import promise_call_back
from omzien.base.desk.actions.duty import begin_duty, set_work_list
from omzien.base.desk.models import CallBack
from omzien.base.desk.queries.duty import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from omzien.base.accounts.models import User
    from omzien.base.journal.models import Actor
    from omzien.base.people.models import Participant

# What was asked, how many days ago, and in how many days it is due.
ASKED = [
    ("Wil graag weten waar de schaakclub is.", 6, -1),
    ("Vraagt of iemand meegaat naar de markt.", 4, 1),
    ("Belt over de kaart die in de bus lag.", 3, 0),
    ("Zoekt vervoer naar het koor op donderdag.", 2, 2),
    ("Wil zelf iets doen: kan goed breien.", 1, 4),
]


@transaction.atomic
def make_demo_desk(
    participants: Sequence[Participant], *, coordinator: User, by: Actor, now: datetime
) -> list[CallBack]:
    """Put the coordinator on duty and promise a few people to call back."""
    begin_duty(coordinator, by=by, now=now)
    set_work_list(kind_of(CallBack), owner=coordinator, deputy=None, by=by, now=now)
    today = timezone.localtime(now).date()
    return [
        promise_call_back(
            participant,
            note=note,
            due_on=today + timedelta(days=due),
            owner=coordinator,
            by=by,
            now=now - timedelta(days=ago),
        )
        for participant, (note, ago, due) in zip(participants, ASKED, strict=False)
    ]
