"""Reads of referrals: of a person, for a receiver, for who made them, and as counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from omzien.base.catalogue.queries.offers import visible_offers
from omzien.base.desk.queries.calls import DeskAction
from omzien.base.letters.queries import LinkNotGood, valid_token
from omzien.base.network.queries import organisations_of
from omzien.base.people.models import Consent, Purpose
from omzien.base.referrals.models import CLOSED, MOVES, GoesAlong, Referral, Result, State
from omzien.methods.working_days import after_working_days

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor
    from omzien.base.people.models import Participant

ANSWER_LINK = "referrals.answer"
# Working days within which the receiver answers, contact is made, and another way is found.
ANSWER, CONTACT, OTHER_WAY = 5, 5, 2
# Days from contact until somebody should have been there, and from the first time onwards.
FIRST_TIME, SIX_WEEKS, THIRTEEN_WEEKS = timedelta(21), timedelta(42), timedelta(91)


def due_day(state: State, *, today: date, arrived_on: date | None = None) -> date:
    """Return before which day the next thing must happen, from the state it is in now."""
    since = arrived_on or today
    days = {
        State.ASKED: after_working_days(today, ANSWER),
        State.DECLINED: after_working_days(today, OTHER_WAY),
        State.ACCEPTED: after_working_days(today, CONTACT),
        State.CONTACT_MADE: after_working_days(today + FIRST_TIME, 0),
        State.ARRIVED: after_working_days(max(since + SIX_WEEKS, today), 0),
        State.SIX_WEEKS: after_working_days(max(since + THIRTEEN_WEEKS, today), 0),
    }
    return days.get(state, today)


def with_names(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Read along what a page says of a referral, without the person."""
    return referrals.select_related("receiver", "offer", "owner__user", "companion")


def open_referrals() -> QuerySet[Referral]:
    """Return what has not ended, longest waiting first."""
    found = Referral.objects.filter(closed_at__isnull=True).order_by("opened_at", "pk")
    return with_names(found)


def referral_by_key(key: UUID) -> Referral | None:
    found = Referral.objects.select_related("participant__identity", "participant__area")
    return with_names(found).filter(key=key).first()


def referrals_of(participant: Participant) -> QuerySet[Referral]:
    """Return the referrals of one person, newest first."""
    return with_names(Referral.objects.filter(participant=participant).order_by("-opened_at"))


def referrals_for(user: User) -> QuerySet[Referral]:
    """Return what waits for an answer or a next step of the organisations of this delegate."""
    own = organisations_of(user)
    return open_referrals().filter(Q(receiver__in=own) | Q(receiver__part_of__in=own))


def next_states(referral: Referral) -> list[State]:
    """Return the states to which a referral can go now, beside its end."""
    return [State(state) for state in MOVES[referral.state] if state not in CLOSED]


def offers_like(words: str) -> list[Offer]:
    """Return visible offers that these words are about, at most twelve."""
    found = visible_offers()
    for word in words.split()[:4]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(summary__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    return list(found.order_by("name", "pk")[:12])


@dataclass(frozen=True, slots=True)
class Question:
    """What the receiver is asked, without who it is."""

    what: str
    organisation: str
    goes_along: str
    answer_by: date


def question_of_link(secret: str, *, now: datetime) -> Question:
    """Return the question behind a link; raises `LinkNotGood` where it does not work any more."""
    token = valid_token(secret, purpose=ANSWER_LINK, now=now)
    referral = referral_by_key(token.about) if token.about else None
    if referral is None or referral.state != State.ASKED:
        raise LinkNotGood
    return Question(
        what=referral.what,
        organisation=referral.receiver.name,
        goes_along=str(GoesAlong(referral.goes_along).label),
        answer_by=referral.due_on,
    )


@dataclass(frozen=True, slots=True)
class News:
    """What became of a referral, as who made it may hear: no name."""

    what: str
    since: date
    state: str


def news_for(user: User) -> list[News]:
    """Tell who made referrals what became of them, where the person agreed to that."""
    made = with_names(Referral.objects.filter(referred_by=user.key)).order_by("-opened_at")
    agreed = set(
        Consent.objects.filter(
            participant__in=made.values("participant"),
            purpose=Purpose.REPORT_BACK,
            withdrawn_at__isnull=True,
        ).values_list("participant", "receiver")
    )
    return [
        News(
            what=one.what,
            since=one.opened_at.date(),
            state=str(State(one.state).label)
            if (one.participant_id, one.referred_from) in agreed
            else _("taken up; the person keeps the rest to themselves"),
        )
        for one in made
    ]


@dataclass(frozen=True, slots=True)
class Counts:
    """How referrals of a period ran: numbers of referrals, never of persons by name."""

    made: int
    answered: int
    contact_made: int
    arrived: int
    six_weeks: int
    thirteen_weeks: int
    closed: int

    @property
    def closed_loop(self) -> float | None:
        """Return which share of what was made ended with an answer of the person."""
        return self.closed / self.made if self.made else None


def counts(*, first: date, last: date) -> Counts:
    """Count the referrals made from `first` to `last`, by how far they came."""
    made = Referral.objects.filter(opened_at__date__range=(first, last))

    def reached(*states: str) -> Count:
        return Count("pk", filter=Q(steps__state__in=states), distinct=True)

    found = made.aggregate(
        made=Count("pk", distinct=True),
        answered=reached(State.ACCEPTED, State.DECLINED),
        contact_made=reached(State.CONTACT_MADE),
        arrived=reached(State.ARRIVED),
        six_weeks=reached(State.SIX_WEEKS),
        thirteen_weeks=reached(State.THIRTEEN_WEEKS),
        closed=Count("pk", filter=Q(state__in=CLOSED) & ~Q(result=Result.OPEN), distinct=True),
    )
    return Counts(**found)


def desk_actions(participant: Participant, *, by: Actor) -> list[DeskAction]:
    """Return what the phone desk can do here for a caller."""
    del by
    return [
        DeskAction(
            label=_("Refer to an activity or organisation"),
            sentence=_("Look together for what fits, and see that they arrive there."),
            url=reverse("referrals:refer", args=[participant.key]),
        )
    ]
