"""The long holidays: when they are, who is asked, and what surely goes on then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils import timezone

from omzien.base.catalogue.models import ClosedDays, Closing
from omzien.base.catalogue.queries.offers import visible_offers
from omzien.base.catalogue.queries.schedules import (
    closed_days_of,
    plan_of,
    range_of,
    with_schedule,
)
from omzien.base.freshness.models import (
    RequestedSeason,
    Season,
    SeasonCall,
    SeasonQuestion,
    SeasonRequest,
)
from omzien.base.freshness.queries.keepers import Contact, owners_of
from omzien.base.letters.queries import LinkNotGood, valid_token
from omzien.methods.recurrence import meetings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from omzien.base.catalogue.models import Offer
    from omzien.methods.recurrence import DayRange, Meeting

SEASON = "freshness.season"
ASK_BEFORE = timedelta(weeks=6)
# Who does not answer the mail is rung.
WAIT = timedelta(days=14)
ONE_DAY = timedelta(days=1)
# As the calendars of school holidays name them.
NAMES = {Season.SUMMER: "Zomervakantie", Season.CHRISTMAS: "Kerstvakantie"}


@dataclass(frozen=True, slots=True)
class Period:
    """One holiday: which one, and its days."""

    season: Season
    days: DayRange

    @property
    def as_range(self) -> DateRange:
        return DateRange(self.days.first, self.days.last, "[]")

    @property
    def asked_from(self) -> date:
        return self.days.first - ASK_BEFORE


def period_ahead(*, today: date, season: Season | None = None) -> Period | None:
    """Return the holiday that is going on or comes next; of one kind, or of any."""
    kinds = {name: kind for kind, name in NAMES.items() if season in {None, kind}}
    known = ClosedDays.objects.filter(
        calendar__slug=settings.SCHOOL_HOLIDAYS,
        name__in=kinds,
        # The end of a range is the day after the last.
        period__endswith__gt=today,
    )
    found = known.order_by("period").first()
    return Period(kinds[found.name], range_of(found.period)) if found else None


def period_to_ask_about(today: date) -> Period | None:
    """Return the holiday that begins within six weeks."""
    found = period_ahead(today=today)
    return found if found and found.asked_from <= today < found.days.first else None


def offers_to_ask_about(period: Period) -> QuerySet[Offer]:
    """Return what has a schedule, of organisations that were not asked and did not say it yet."""
    asked = SeasonQuestion.objects.filter(
        organisation=OuterRef("organisation"),
        season=period.season,
        first_day=period.days.first,
    )
    said = Closing.objects.filter(organisation=OuterRef("organisation")).filter(
        Q(period__contains=period.as_range)
        | Q(
            Exists(
                ClosedDays.objects.filter(
                    calendar=OuterRef("calendar"), period__contains=period.as_range
                )
            )
        )
    )
    return (
        visible_offers()
        .filter(~Exists(asked), ~Exists(said), source_name="", schedule__isnull=False)
        .order_by("organisation__folded_name", "organisation", "pk")
        .distinct()
    )


def contacts_of(offers: Iterable[Offer], *, on: date) -> dict[int, list[Contact]]:
    """Return by number of the organisation whom to ask: each of its owners once."""
    some = list(offers)
    owners = owners_of(some, on=on)
    found: dict[int, dict[UUID, Contact]] = {}
    for offer in some:
        people = found.setdefault(offer.organisation_id, {})
        people.update({contact.key: contact for contact in owners[offer.pk]})
    return {number: list(people.values()) for number, people in found.items()}


def questions_to_ring_about(now: datetime) -> QuerySet[SeasonQuestion]:
    """Return what has no answer yet, and was not asked by mail or two weeks ago in vain."""
    lately = RequestedSeason.objects.filter(
        question=OuterRef("pk"), request__asked_at__gt=now - WAIT
    )
    rung = SeasonCall.objects.filter(question=OuterRef("pk"))
    return SeasonQuestion.objects.filter(
        ~Exists(lately), ~Exists(rung), answer="", first_day__gt=timezone.localdate(now)
    ).order_by("pk")


def request_of_season_link(secret: str, *, now: datetime) -> SeasonRequest:
    """Return the mail whose link this is, or raise `LinkNotGood`; it is never used up."""
    token = valid_token(secret, purpose=SEASON, now=now)
    known = SeasonRequest.objects.select_related("keeper__user", "user")
    found = known.filter(key=token.about).first() if token.about else None
    if found is None:
        raise LinkNotGood
    return found


def questions_of(request: SeasonRequest, *, on: date) -> QuerySet[SeasonQuestion]:
    """Return what a mail asked about a holiday that has not begun, by organisation."""
    asked = RequestedSeason.objects.filter(request=request).values("question")
    ahead = SeasonQuestion.objects.filter(pk__in=asked, first_day__gt=on)
    return ahead.select_related("organisation", "closing").order_by(
        "organisation__folded_name", "pk"
    )


def season_calls() -> QuerySet[SeasonCall]:
    """Return which organisations to ring about a holiday, first due first."""
    return (
        SeasonCall.objects.filter(closed_at__isnull=True)
        .select_related("question__organisation", "question__closing", "owner__user")
        .order_by("due_on", "opened_at", "pk")
    )


def season_call_by_key(key: UUID) -> SeasonCall | None:
    return season_calls().filter(key=key).first()


def whom_to_ring(question: SeasonQuestion, *, on: date) -> Contact | None:
    """Return whom to ask for, where somebody is known: one with a number first."""
    offers = visible_offers().filter(organisation=question.organisation_id)
    known = contacts_of(offers, on=on).get(question.organisation_id, [])
    return min(known, key=lambda contact: not contact.phone, default=None)


# --- What everybody may know --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoesOn:
    """One offer that surely takes place in a holiday, and when first."""

    offer: Offer
    first: Meeting
    times: int


def going_on(period: Period, *, now: datetime) -> list[GoesOn]:
    """Return what takes place in a holiday, of who answered; what comes first in front."""
    answered = SeasonQuestion.objects.filter(
        season=period.season, first_day=period.days.first
    ).exclude(answer="")
    offers = with_schedule(
        visible_offers().filter(organisation__in=answered.values("organisation"))
    )
    closed = closed_days_of(answered.values_list("organisation", flat=True))
    begin, end = (
        timezone.make_aware(datetime.combine(day, time()))
        for day in (period.days.first, period.days.last + ONE_DAY)
    )
    found = []
    for offer in offers:
        plan = plan_of(offer, closed=closed.get(offer.organisation_id, ()))
        ahead = [one for one in meetings(plan, after=begin, before=end) if one.end > now]
        if ahead:
            found.append(GoesOn(offer, ahead[0], len(ahead)))
    return sorted(found, key=lambda one: (one.first.start, one.offer.name))


def without_answer(period: Period) -> QuerySet[SeasonQuestion]:
    """Return who was asked about a holiday and did not answer."""
    return SeasonQuestion.objects.filter(
        season=period.season, first_day=period.days.first, answer=""
    )


def not_answered_by(organisation_number: int, *, today: date) -> SeasonQuestion | None:
    """Return the question that an organisation left open, until the holiday is over."""
    asked = SeasonQuestion.objects.filter(organisation=organisation_number, answer="")
    return asked.filter(last_day__gte=today).order_by("first_day").first()


def answers_version() -> str:
    """Name the state of the answers: it changes with every question and every answer."""
    state = SeasonQuestion.objects.aggregate(Count("pk"), Count("answered_at"), Max("answered_at"))
    return "-".join(map(str, state.values()))
