"""What keepers of the demo town answered: invented, and around today."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.freshness.actions.calendars import load_calendars
from omzien.base.freshness.actions.seasons import (
    answer_season,
    mail_about_season,
    open_questions,
)
from omzien.base.freshness.models import SeasonAnswer
from omzien.base.freshness.queries.seasons import contacts_of, offers_to_ask_about, period_ahead

if TYPE_CHECKING:
    from datetime import date, datetime

    from omzien.base.journal.models import Actor

# Most go on, some are closed, and some did not answer yet.
ANSWERS = (SeasonAnswer.OPEN, SeasonAnswer.CLOSED, "")
OF_TEN = (6, 2, 2)
# Enough to look at, also where the demo is a whole country.
MOST_OFFERS = 1_000


@transaction.atomic
def answer_demo_season(seed: int, *, on: date, by: Actor, now: datetime) -> int:
    """Ask about the next holiday and invent the answers; who can read mail here gets the mail.

    Returns how many organisations were asked: none the second time.
    """
    load_calendars(by=by, now=now)
    period = period_ahead(today=on)
    offers = list(offers_to_ask_about(period)[:MOST_OFFERS]) if period else []
    if period is None or not offers:
        return 0
    rng = Random(seed)  # noqa: S311 - invented answers, no secrets
    questions = open_questions({offer.organisation_id for offer in offers}, period, now=now)
    contacts = contacts_of(offers, on=on)
    for number, question in questions.items():
        answer = rng.choices(ANSWERS, OF_TEN)[0]
        if contacts[number]:
            mail_about_season(contacts[number][0], [question], by=by, now=now)
        elif answer:
            answer_season(question, answer=answer, by=by, now=now)
    return len(questions)
