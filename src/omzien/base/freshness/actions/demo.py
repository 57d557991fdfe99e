"""What keepers of the demo town answered: invented, and around today."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from omzien.base.catalogue.models import Kind, Meeting, Status
from omzien.base.freshness.actions.calendars import load_calendars
from omzien.base.freshness.actions.keepers import Person, name_keeper
from omzien.base.freshness.actions.seasons import (
    answer_season,
    mail_about_season,
    open_questions,
)
from omzien.base.freshness.models import How, Part, Reach, SeasonAnswer, Turnout
from omzien.base.freshness.queries.seasons import contacts_of, offers_to_ask_about, period_ahead
from omzien.base.freshness.queries.turnout import is_count_week
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from datetime import date, datetime

    from omzien.base.journal.models import Actor

# Most go on, some are closed, and some did not answer yet.
ANSWERS = (SeasonAnswer.OPEN, SeasonAnswer.CLOSED, "")
OF_TEN = (6, 2, 2)
# Enough to look at, also where the demo is a whole country.
MOST_OFFERS = 1_000

# So many offers have a host, and told about so many weeks until now.
HOSTED, WEEKS = 12, 52
# Most hosts tell it; a group has so many people, of whom some are new.
TOLD = 0.87
SMALLEST, LARGEST, NEW = 6, 26, 0.12
HOSTS = ("Corrie Blom", "Ahmed Yildiz", "Ria Mulder", "Henk Vos")


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


@transaction.atomic
def count_demo_turnout(seed: int, *, on: date, by: Actor, now: datetime) -> int:
    """Let some hosts count for a year back; returns how many meetings: none the second time."""
    if Turnout.objects.exists():
        return 0
    rng = Random(seed)  # noqa: S311 - invented counts, no secrets
    meeting = {"offer__kind": Kind.MEETING_ACTIVITY, "offer__status": Status.ACTIVE}
    ahead = Meeting.objects.filter(starts_at__gt=now, **meeting).order_by("offer", "starts_at")
    first = ahead.distinct("offer").select_related("offer")
    rows = []
    for number, one in enumerate(first[:HOSTED]):
        name = HOSTS[number % len(HOSTS)]
        who = Person(name, phone=f"079 000 00 {number:02}", reach=Reach.PHONE)
        name_keeper(one.offer, part=Part.HOST, who=who, on=on, by=by, now=now)
        rows += [row for row in year_back(one, rng) if row.ends_at < now]
    Turnout.objects.bulk_create(rows)
    record("freshness.count_demo_turnout", subject=None, by=by, now=now)
    return len(rows)


def year_back(meeting: Meeting, rng: Random) -> list[Turnout]:
    """Return the meetings of a year on the same weekday and hour, most of them told."""
    usual = rng.randint(SMALLEST, LARGEST)
    start, lasts = timezone.localtime(meeting.starts_at), meeting.ends_at - meeting.starts_at
    rows = []
    for weeks in range(WEEKS):
        # On the clock on the wall, so also after the clock changed.
        begin = timezone.make_aware(start.replace(tzinfo=None) - timedelta(weeks=weeks))
        end = begin + lasts
        row = Turnout(offer=meeting.offer, starts_at=begin, ends_at=end, asked_at=end)
        if weeks > 1 and rng.random() < TOLD:
            row.people = max(1, usual + rng.randint(-4, 4))
            row.how, row.reported_at = How.STRIP, end
            if is_count_week(begin.date()):
                row.new_people = sum(rng.random() < NEW for _ in range(row.people))
        rows.append(row)
    return rows
