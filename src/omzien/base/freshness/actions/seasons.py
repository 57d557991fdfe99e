"""Asking organisations whether they are open in a holiday, and what they answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from omzien.base.catalogue.actions.schedules import close_days, stop_closing
from omzien.base.desk.actions.work import owner_of_new
from omzien.base.freshness.models import (
    RequestedSeason,
    SeasonAnswer,
    SeasonCall,
    SeasonQuestion,
    SeasonRequest,
)
from omzien.base.freshness.queries.seasons import (
    SEASON,
    contacts_of,
    offers_to_ask_about,
    questions_to_ring_about,
    season_call_by_key,
)
from omzien.base.journal.actions import record
from omzien.base.letters.actions import make_token, send_mail
from omzien.methods.recurrence import DayRange

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from omzien.base.freshness.queries.keepers import Contact
    from omzien.base.freshness.queries.seasons import Period
    from omzien.base.journal.models import Actor

# The link works until the holiday begins.
LINK_VALID = timedelta(weeks=6)
TIME_TO_RING = timedelta(days=7)


class DaysNeeded(Exception):
    """Say from which day until which day you are closed, within the holiday."""


@transaction.atomic
def ask_about_season(period: Period, *, on: date, by: Actor, now: datetime) -> int:
    """Ask every organisation once whether it is open in a holiday; returns how many mails.

    Who has no mail is asked by `ring_about_seasons`.
    """
    offers = list(offers_to_ask_about(period))
    questions = open_questions({offer.organisation_id for offer in offers}, period, now=now)
    by_address: dict[str, tuple[Contact, list[SeasonQuestion]]] = {}
    for number, contacts in contacts_of(offers, on=on).items():
        for contact in contacts:
            if contact.by_mail and contact.email:
                asked = by_address.setdefault(contact.email.casefold(), (contact, []))[1]
                asked.extend([] if questions[number] in asked else [questions[number]])
    for contact, asked in by_address.values():
        mail_about_season(contact, asked, by=by, now=now)
    if questions:
        record("freshness.ask_about_season", subject=None, by=by, reason=period.season, now=now)
    return len(by_address)


def open_questions(
    numbers: set[int], period: Period, *, now: datetime
) -> dict[int, SeasonQuestion]:
    """Make the question for each of these organisations, by its number."""
    made = SeasonQuestion.objects.bulk_create(
        SeasonQuestion(
            organisation_id=number,
            season=period.season,
            first_day=period.days.first,
            last_day=period.days.last,
            asked_at=now,
        )
        for number in sorted(numbers)
    )
    known = SeasonQuestion.objects.filter(pk__in=[one.pk for one in made])
    return {one.organisation_id: one for one in known.select_related("organisation")}


def mail_about_season(
    contact: Contact, questions: Sequence[SeasonQuestion], *, by: Actor, now: datetime
) -> SeasonRequest:
    """Send one keeper one mail about a holiday, with one link."""
    request = SeasonRequest.objects.create(
        keeper=contact.keeper, user=None if contact.keeper else contact.user, asked_at=now
    )
    RequestedSeason.objects.bulk_create(
        RequestedSeason(request=request, question=question) for question in questions
    )
    secret = make_token(SEASON, about=request.key, valid_for=LINK_VALID, by=by, now=now)
    with override(contact.language):
        first, last = (
            date_format(day, "j F Y") for day in (questions[0].first_day, questions[0].last_day)
        )
    send_mail(
        "freshness_season",
        to=contact.email,
        context={
            "link": settings.SITE_URL + reverse("freshness:season", args=[secret]),
            "season": questions[0].season,
            "first": first,
            "last": last,
            "organisations": [one.organisation.name for one in questions],
        },
        language=contact.language,
        by=by,
        now=now,
    )
    return request


@transaction.atomic
def ring_about_seasons(*, on: date, by: Actor, now: datetime) -> int:
    """Put on the phone list who has no mail, or did not answer it in two weeks."""
    waiting = list(questions_to_ring_about(now))
    for question in waiting:
        call = SeasonCall.objects.create(
            question=question,
            owner=owner_of_new(SeasonCall),
            opened_at=now,
            due_on=min(on + TIME_TO_RING, question.first_day),
        )
        record("freshness.ring_about_season", subject=call, by=by, now=now)
    return len(waiting)


@transaction.atomic
def look_up_season_call(key: UUID, *, by: Actor, now: datetime) -> SeasonCall | None:
    """Return an open call with whom to ring; who looked stands in the journal."""
    call = season_call_by_key(key)
    if call:
        record("freshness.look_up_season_call", subject=call, by=by, now=now)
    return call


@transaction.atomic
def answer_season(
    question: SeasonQuestion,
    *,
    answer: str,
    days: DayRange | None = None,
    by: Actor,
    now: datetime,
) -> SeasonQuestion:
    """Note whether an organisation is open in a holiday; a later answer replaces an earlier one.

    What it is closed becomes days of its own, so that its meetings follow.
    """
    locked = SeasonQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    whole = DayRange(locked.first_day, locked.last_day)
    if answer == SeasonAnswer.PARTLY and (
        days is None or days.first < whole.first or days.last > whole.last
    ):
        raise DaysNeeded
    earlier, locked.closing = locked.closing, None
    locked.answer, locked.answered_at = answer, now
    locked.save(update_fields=["answer", "answered_at", "closing"])
    if earlier:
        stop_closing(earlier, by=by, now=now)
    closed = {SeasonAnswer.OPEN: None, SeasonAnswer.CLOSED: whole}.get(SeasonAnswer(answer), days)
    if closed:
        locked.closing = close_days(
            locked.organisation, first=closed.first, last=closed.last, by=by, now=now
        )
        locked.save(update_fields=["closing"])
    end_call(locked, by=by, now=now)
    record("freshness.answer_season", subject=locked, by=by, reason=f"answer:{answer}", now=now)
    return locked


def end_call(question: SeasonQuestion, *, by: Actor, now: datetime) -> None:
    """Take off the phone list what has its answer."""
    waiting = SeasonCall.objects.filter(question=question, closed_at__isnull=True)
    waiting.update(owner=None, closed_at=now, closed_by=by.key)
