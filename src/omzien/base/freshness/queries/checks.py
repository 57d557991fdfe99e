"""Which records are due, what was asked and not answered, and what a link opens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from omzien.base.catalogue.models import Offer, Status
from omzien.base.catalogue.queries.completeness import with_all_that_counts
from omzien.base.catalogue.queries.schedules import with_schedule
from omzien.base.freshness.models import (
    CheckCall,
    CheckRequest,
    CheckRhythm,
    Proposal,
    RequestedCheck,
)
from omzien.base.freshness.queries.keepers import Contact
from omzien.base.letters.queries import LinkNotGood, valid_token

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from omzien.base.freshness.models import SeasonRequest

CHECK = "freshness.check"
# How long before its day a record is asked about, and how long an answer may take.
ASK_BEFORE = timedelta(days=14)
WAIT = timedelta(days=10)


def kept_here() -> QuerySet[Offer]:
    """Return the records that somebody here must keep true; what follows elsewhere needs none."""
    rhythmic = CheckRhythm.objects.filter(months__isnull=False).values("kind")
    return Offer.objects.filter(
        status__in=[Status.ACTIVE, Status.PAUSED],
        source_name="",
        organisation__ended_on__isnull=True,
        kind__in=rhythmic,
    )


def due(on: date) -> Q:
    """Pick records that were never looked at, or whose day has come."""
    return Q(assured_on__isnull=True) | Q(check_by__lte=on)


def offers_to_ask(on: date) -> QuerySet[Offer]:
    """Return the records that are due within two weeks and were not asked about yet."""
    asked = RequestedCheck.objects.filter(offer=OuterRef("pk"), answered_at__isnull=True)
    rung = CheckCall.objects.filter(offer=OuterRef("pk"), closed_at__isnull=True)
    # Its owner answered: it is an editor's turn.
    proposed = Proposal.objects.filter(offer=OuterRef("pk"), decided_at__isnull=True)
    return (
        kept_here()
        .filter(due(on + ASK_BEFORE), ~Exists(asked), ~Exists(rung), ~Exists(proposed))
        .select_related("organisation", "location")
        .order_by("organisation__folded_name", "organisation", "-changed_at")
    )


def next_check(kind: str, *, after: date) -> date | None:
    """Return when a record of a kind that was looked at on a day must be looked at again."""
    rhythm = CheckRhythm.objects.filter(kind=kind).first()
    if rhythm is None or rhythm.months is None:
        return None
    return after + relativedelta(months=rhythm.months)


def requests_to_remind(now: datetime) -> QuerySet[CheckRequest]:
    """Return what was asked ten days ago and has no answer for some record."""
    return unanswered().filter(
        asked_at__lte=now - WAIT, reminded_at__isnull=True, passed_on_at__isnull=True
    )


def requests_to_pass_on(now: datetime) -> QuerySet[CheckRequest]:
    """Return what was asked twice in vain: somebody rings."""
    return unanswered().filter(reminded_at__lte=now - WAIT, passed_on_at__isnull=True)


def unanswered() -> QuerySet[CheckRequest]:
    waiting = RequestedCheck.objects.filter(request=OuterRef("pk"), answered_at__isnull=True)
    return (
        CheckRequest.objects.filter(Exists(waiting))
        .select_related("keeper__user", "user")
        .order_by("asked_at", "pk")
    )


def contact_of(request: CheckRequest | SeasonRequest) -> Contact:
    """Return whom a question was put to."""
    return Contact(request.keeper, request.user)


def request_of_link(secret: str, *, now: datetime, used_too: bool = False) -> CheckRequest:
    """Return the question that a link in a mail opens, or raise `LinkNotGood`.

    It does not use the link up: a keeper answers for one record after the other.
    """
    token = valid_token(secret, purpose=CHECK, now=now, used_too=used_too)
    known = CheckRequest.objects.select_related("keeper__user", "user")
    found = known.filter(key=token.about).first() if token.about else None
    if found is None or is_over(found, on=timezone.localdate(now)):
        raise LinkNotGood
    return found


def is_over(request: CheckRequest, *, on: date) -> bool:
    """Say whether who was asked keeps nothing any more."""
    keeper = request.keeper
    return keeper is not None and keeper.until is not None and keeper.until <= on


def open_offers(request: CheckRequest) -> QuerySet[Offer]:
    """Return the records of a question that have no answer yet, by organisation, newest first."""
    waiting = RequestedCheck.objects.filter(request=request, answered_at__isnull=True)
    found = Offer.objects.filter(pk__in=waiting.values("offer"))
    return with_all_that_counts(with_schedule(found)).order_by(
        "organisation__folded_name", "organisation", "-changed_at", "pk"
    )


def grouped(offers: Iterable[Offer]) -> list[tuple[str, list[Offer]]]:
    """Return records in groups by organisation, in the order in which they come."""
    groups: dict[str, list[Offer]] = {}
    for offer in offers:
        groups.setdefault(offer.organisation.name, []).append(offer)
    return list(groups.items())
