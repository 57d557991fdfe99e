"""Giving advice, and counting what was shown and what was missing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.timezone import localdate

from omzien.base.advice.models import Gap
from omzien.base.advice.queries.catalogue import advice_catalogue
from omzien.base.advice.queries.gaps import written
from omzien.base.advice.queries.weights import weights_in_use
from omzien.methods.advice.advise import advise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from omzien.base.advice.queries.asking import Asking
    from omzien.methods.advice.advise import Advice
    from omzien.methods.advice.gap import Gap as Missing

# In one order of offers, so that two askers never wait for one another.
COUNT = """
INSERT INTO advice_showing (offer_id, week, times)
SELECT id, %(week)s, 1 FROM catalogue_offer WHERE slug = ANY(%(slugs)s) ORDER BY id
ON CONFLICT (week, offer_id) DO UPDATE SET times = advice_showing.times + 1
"""


@transaction.atomic
def give_advice(asking: Asking, *, counted: bool, now: datetime) -> Advice:
    """Advise who asks; count what is shown and what is missing, and nothing of who asks.

    The journal gets no line: it tells who did what, and here nobody is known.
    """
    advice = advise(asking.person, advice_catalogue(now=now), weights=weights_in_use())
    if counted:
        today = localdate(now)
        count_showings((one.offer for one in advice.suggestions), today=today)
        note_gap(advice.gap, asking, today=today)
    return advice


def count_showings(slugs: Iterable[str], *, today: date) -> None:
    """Add one to how often these offers were shown this week."""
    monday = today - timedelta(days=today.weekday())
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"week": monday, "slugs": list(slugs)})


def note_gap(missing: Missing, asking: Asking, *, today: date) -> None:
    """Note what town does not have: all of it fits nobody, or something asked is on no offer."""
    if not missing.nothing_suits and not missing.interests:
        return
    Gap.objects.create(
        month=today.replace(day=1),
        area=asking.area,
        layers=list(missing.layers),
        interests=list(missing.interests),
        half_days=[written(half_day) for half_day in missing.when],
        because=missing.because or "",
        nothing=missing.nothing_suits,
    )
