"""How many people came: which meetings are asked about, and the figures of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from omzien.base.catalogue.models import Meeting
from omzien.base.catalogue.queries.dates import moment_words
from omzien.base.catalogue.queries.offers import visible_offers
from omzien.base.catalogue.queries.schedules import closed_days_of, plan_of, with_schedule
from omzien.base.freshness.models import Keeper, Part, Turnout
from omzien.base.freshness.queries.keepers import current_keepers, people_for
from omzien.base.letters.queries import LinkNotGood, valid_token
from omzien.methods.recurrence import meetings
from omzien.methods.turnout import Sample, TooFewMeetings, estimate_people

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from omzien.base.catalogue.models import Offer
    from omzien.base.freshness.queries.keepers import Contact
    from omzien.methods.turnout import People

TURNOUT = "freshness.turnout"
# A night that was missed is made up for; a keeper can tell it for two weeks, the desk for eight.
LOOK_BACK, BY_LINK, AT_DESK = timedelta(days=3), timedelta(days=14), timedelta(weeks=8)
# Weeks of the year (ISO) outside the school holidays in which everybody is asked who is new.
COUNT_WEEKS = (11, 41)
ON_A_STRIP = 8
A_WEEK = timedelta(days=7)


def is_count_week(day: date) -> bool:
    """Say whether on this day it is also asked who came for the first time this year."""
    return day.isocalendar().week in COUNT_WEEKS


def hosted_offers(on: date) -> QuerySet[Offer]:
    """Return what everybody can visit and has a host who tells how many came."""
    hosts = current_keepers(on).filter(part=Part.HOST).order_by()
    return visible_offers().filter(
        Q(pk__in=hosts.filter(offer__isnull=False).values("offer"))
        | Q(organisation__in=hosts.filter(organisation__isnull=False).values("organisation"))
    )


def hosts_of(offers: Iterable[Offer], *, on: date) -> dict[int, list[Contact]]:
    """Return by number of the offer who tells: its own hosts, else those of its organisation."""
    some = list(offers)
    named = people_for(some, part=Part.HOST, on=on)
    return {
        offer.pk: named.offers[offer.pk] or named.organisations[offer.organisation_id]
        for offer in some
    }


def meetings_over(offers: QuerySet[Offer], *, now: datetime) -> list[Turnout]:
    """Return the meetings that ended these days, as rows to ask about that are not stored yet."""
    some = list(with_schedule(offers))
    closed = closed_days_of(offer.organisation_id for offer in some)
    found = []
    for offer in some:
        plan = plan_of(offer, closed=closed.get(offer.organisation_id, ()))
        held = meetings(plan, after=now - LOOK_BACK, before=now)
        found += [
            Turnout(offer=offer, starts_at=one.start, ends_at=one.end, asked_at=now)
            for one in held
            if one.end <= now
        ]
    return found


def keeper_of_link(secret: str, *, now: datetime) -> Keeper:
    """Return the host whose link this is, or raise `LinkNotGood`; it works for two weeks."""
    token = valid_token(secret, purpose=TURNOUT, now=now)
    hosts = current_keepers(timezone.localdate(now)).filter(part=Part.HOST)
    found = hosts.filter(key=token.about).first() if token.about else None
    if found is None:
        raise LinkNotGood
    return found


def turnouts_of(keeper: Keeper, *, now: datetime) -> QuerySet[Turnout]:
    """Return what a host can tell, newest first; what was told can be mended."""
    own = (
        Q(offer=keeper.offer_id)
        if keeper.offer_id
        else Q(offer__organisation=keeper.organisation_id)
    )
    recent = Turnout.objects.filter(own, ends_at__gte=now - BY_LINK)
    return recent.select_related("offer").order_by("-starts_at", "pk")


def turnouts_to_tell(now: datetime) -> QuerySet[Turnout]:
    """Return the meetings of the last eight weeks of which nobody told yet, oldest first."""
    waiting = Turnout.objects.filter(people__isnull=True, ends_at__gte=now - AT_DESK)
    return waiting.select_related("offer__organisation").order_by("starts_at", "pk")


def turnouts_at_desk(offer: Offer, *, now: datetime) -> QuerySet[Turnout]:
    """Return the meetings of one offer in the last eight weeks, oldest first."""
    recent = Turnout.objects.filter(offer=offer, ends_at__gte=now - AT_DESK)
    return recent.select_related("offer").order_by("starts_at", "pk")


@dataclass(frozen=True, slots=True)
class StripLine:
    """One meeting ahead on a strip of paper, with or without the question who is new."""

    words: str
    asks_new: bool


def strip_of(offer: Offer, *, now: datetime) -> list[StripLine]:
    """Return the next meetings, for on paper."""
    ahead = Meeting.objects.filter(offer=offer, ends_at__gt=now).order_by("starts_at")
    today = timezone.localdate(now)
    return [
        StripLine(
            moment_words(one.starts_at, one.ends_at, today=today),
            is_count_week(timezone.localdate(one.starts_at)),
        )
        for one in ahead[:ON_A_STRIP]
    ]


# --- The figures of a year ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class YearTurnout:
    """Visits that were counted and people as estimated, apart; and how many meetings told."""

    year: int
    meetings: int
    told: int
    visits: int
    asked_new: int
    people: People | None

    @property
    def percent(self) -> int:
        return round(100 * self.told / self.meetings) if self.meetings else 0


def turnout_of(year: int) -> YearTurnout:
    """Return the turnout of a year at all meetings with a host."""
    in_year = Turnout.objects.filter(starts_at__year=year)
    numbers = in_year.aggregate(
        meetings=Count("pk"), told=Count("people"), visits=Sum("people", default=0)
    )
    asked = list(in_year.filter(new_people__isnull=False).order_by("starts_at", "pk"))
    return YearTurnout(
        year=year, asked_new=len(asked), people=people_behind(asked, in_year), **numbers
    )


def people_behind(asked: Sequence[Turnout], in_year: QuerySet[Turnout]) -> People | None:
    """Return how many people there were, where enough meetings of the count weeks told."""
    if not asked:
        return None
    first_day = timezone.localdate(asked[0].starts_at)
    monday = first_day - timedelta(days=first_day.weekday())
    begin, end = (
        timezone.make_aware(datetime.combine(day, time())) for day in (monday, monday + A_WEEK)
    )
    # Who comes twice in that week to one thing is one person: its fullest meeting counts.
    fullest: dict[int, int] = {}
    for one in asked:
        if one.starts_at < end:
            fullest[one.offer_id] = max(fullest.get(one.offer_id, 0), one.people or 0)
    later = in_year.filter(starts_at__gte=begin).aggregate(
        told=Count("people"), visits=Sum("people", filter=Q(starts_at__gte=end), default=0)
    )
    came, new = (
        tuple(numbers)
        for numbers in zip(*((one.people or 0, one.new_people or 0) for one in asked), strict=True)
    )
    try:
        sample = Sample(came, new, sum(fullest.values()), later["visits"], later["told"])
    except TooFewMeetings:
        return None
    return estimate_people(sample)
