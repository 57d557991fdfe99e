"""What takes place soon: offers with their next meeting, by area, word, organisation or place."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils.timezone import localtime

from omzien.base.catalogue.models import Kind, Meeting, Status, Taxonomy
from omzien.base.catalogue.queries.offers import visible_offers
from omzien.base.catalogue.queries.schedules import with_schedule
from omzien.base.places.models import Area

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from omzien.base.catalogue.models import Offer, Term

# Where people go to meet; support and help lines are open at hours, they do not take place.
TO_JOIN = (Kind.ACTIVITY, Kind.MEETING_ACTIVITY, Kind.COURSE, Kind.EVENT, Kind.CAMPAIGN)
A_WEEK = timedelta(days=7)
# Enough for a week in a town; in a whole country the first hours are what is soon.
LOOKED_THROUGH = 1_000
A_DAY_AT_MOST = 2
# So many meetings are looked through for each offer that is wanted; some take place every day.
MEETINGS_EACH = 20
# By these words one offer is like another, at most so far away, in metres.
ALIKE = (Taxonomy.THEME, Taxonomy.INTEREST)
NEAR = 3_000


def by_next_meeting(
    offers: QuerySet[Offer], *, now: datetime, only: Q | None = None
) -> QuerySet[Offer]:
    """Put what takes place first in front; each offer has its `next_start` and `next_end`.

    `only` says which meetings count, where somebody asked for a day.
    """
    meetings = Meeting.objects.filter(only or Q(), offer=OuterRef("pk"), ends_at__gt=now)
    ahead = meetings.order_by("starts_at")
    return (
        with_schedule(offers)
        .annotate(
            next_start=Subquery(ahead.values("starts_at")[:1]),
            next_end=Subquery(ahead.values("ends_at")[:1]),
        )
        .order_by(F("next_start").asc(nulls_last=True), "name", "pk")
    )


def soonest(offers: QuerySet[Offer], *, now: datetime, how_many: int) -> list[Offer]:
    """Return the first of many by next meeting, without computing that for all of them.

    It walks through all meetings in their order: for few offers `by_next_meeting` is quicker.
    """
    ahead = Meeting.objects.filter(offer__in=offers, ends_at__gt=now).order_by(
        "starts_at", "offer"
    )
    rows = ahead.values_list("offer", flat=True)[: how_many * MEETINGS_EACH]
    first = list(dict.fromkeys(rows))[:how_many]
    chosen = offers.filter(pk__in=first) if len(first) == how_many else offers
    return list(by_next_meeting(chosen, now=now)[:how_many])


def coming_in(areas: Iterable[int], *, now: datetime, how_many: int) -> list[Offer]:
    """Return what takes place first in these areas, or in the areas that lie within them."""
    numbers = list(areas)
    within = Area.objects.filter(
        Q(pk__in=numbers) | Q(parent__in=numbers) | Q(parent__parent__in=numbers)
    )
    meets = Exists(Meeting.objects.filter(offer=OuterRef("pk"), ends_at__gt=now))
    offers = visible_offers().filter(meets, location__area__in=within, kind__in=TO_JOIN)
    return list(by_next_meeting(offers, now=now)[:how_many])


def coming_in_town(*, now: datetime, how_many: int) -> list[Offer]:
    """Return what takes place this week: spread over days, and over organisations."""
    soon = Meeting.objects.filter(
        starts_at__gte=now,
        starts_at__lt=now + A_WEEK,
        offer__status=Status.ACTIVE,
        offer__organisation__ended_on__isnull=True,
        offer__kind__in=TO_JOIN,
    ).order_by("starts_at", "offer")
    rows = soon.values_list("starts_at", "offer", "offer__organisation")[:LOOKED_THROUGH]
    days = [(localtime(start).date(), offer, whose) for start, offer, whose in rows]
    chosen = spread(days, how_many=how_many)
    return list(by_next_meeting(visible_offers().filter(pk__in=chosen), now=now))


def spread(rows: Sequence[tuple[date, int, int]], *, how_many: int) -> list[int]:
    """Choose offers: each organisation once and two a day, unless there is nothing else."""
    chosen: dict[int, int] = {}
    on_day: Counter[date] = Counter()
    for a_day, each in ((A_DAY_AT_MOST, 1), (how_many, 1), (how_many, how_many)):
        for day, offer, organisation in rows:
            times = list(chosen.values()).count(organisation)
            if offer in chosen or len(chosen) == how_many or times >= each or on_day[day] >= a_day:
                continue
            chosen[offer] = organisation
            on_day[day] += 1
    return list(chosen)


def offers_with(term: Term, *, now: datetime, how_many: int) -> list[Offer]:
    """Return what has this word, what takes place first in front."""
    return soonest(visible_offers().filter(terms=term), now=now, how_many=how_many)


def offers_of(organisation_number: int, *, now: datetime, how_many: int) -> list[Offer]:
    """Return what an organisation offers, what takes place first in front."""
    found = visible_offers().filter(organisation=organisation_number)
    return list(by_next_meeting(found, now=now)[:how_many])


def offers_at(location_number: int, *, now: datetime, how_many: int) -> list[Offer]:
    """Return what there is at a location, what takes place first in front."""
    found = visible_offers().filter(location=location_number)
    return list(by_next_meeting(found, now=now)[:how_many])


def similar_offers(offer: Offer, *, now: datetime, how_many: int) -> list[Offer]:
    """Return what shares the most words with an offer, in its neighbourhood of the town."""
    words = list(offer.terms.filter(taxonomy__in=ALIKE).values_list("pk", flat=True))
    found = visible_offers().filter(near(offer), terms__in=words).exclude(pk=offer.pk)
    alike = found.annotate(shared=Count("terms")).order_by("-shared", "name", "pk")
    chosen = list(alike.values_list("pk", flat=True)[:how_many])
    return list(by_next_meeting(visible_offers().filter(pk__in=chosen), now=now))


def near(offer: Offer) -> Q:
    """Return what keeps a search near the location of an offer, if it has one on the map."""
    if offer.location is None or offer.location.x is None or offer.location.y is None:
        return Q()
    x, y = offer.location.x, offer.location.y
    return Q(
        location__x__range=(x - NEAR, x + NEAR),
        location__y__range=(y - NEAR, y + NEAR),
    )
