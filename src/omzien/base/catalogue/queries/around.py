"""What takes place in a neighbourhood and near it in the weeks ahead, and a choice for paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, Min, Prefetch, Q, When
from django.utils import timezone

from omzien.base.catalogue.models import Meeting
from omzien.base.catalogue.queries.coming import TO_JOIN, spread
from omzien.base.catalogue.queries.offers import visible_offers
from omzien.base.places.models import Area

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from omzien.base.catalogue.models import Offer

# Four weeks: every weekday comes as often, and it is a month to whoever reads it.
DAYS_AHEAD = 28
# In metres from the middle of a neighbourhood: some twenty minutes on foot.
NEARBY = 1_500
NEXT_DOOR = NEARBY / 2
# A neighbourhood has dozens; this keeps a wrong import from filling the memory.
LOOKED_THROUGH = 2_000
NOT_ALONE = Q(transport_offered=True) | Q(first_time_together=True)


@dataclass(frozen=True, slots=True)
class Around:
    """What to tell first, in the order of choice, and how much there is in all.

    Each offer has its `meetings_ahead`, in their order.
    """

    offers: tuple[Offer, ...]
    total: int
    first_day: date
    last_day: date


def around(
    same_ground: Iterable[int],
    middle: tuple[float, float] | None,
    *,
    today: date,
    how_many: int,
) -> Around:
    """Choose what takes place in these areas, and then near their middle.

    It is spread over days and over organisations. Where one need not come alone is told first;
    what nobody checked in time comes last.
    """
    numbers = list(same_ground)
    within = Area.objects.filter(
        Q(pk__in=numbers) | Q(parent__in=numbers) | Q(parent__parent__in=numbers)
    )
    here = Q(location__area__in=within)
    soon = meetings_from(today)
    first_to_last = (
        Case(When(check_by__lt=today, then=1), default=0),
        Case(When(here, then=0), When(near(middle, NEXT_DOOR), then=1), default=2),
        Case(When(NOT_ALONE, then=0), default=1),
    )
    found = (
        visible_offers()
        .filter(here | near(middle, NEARBY), kind__in=TO_JOIN, meetings__in=soon)
        .annotate(next_start=Min("meetings__starts_at", filter=Q(meetings__in=soon)))
        .order_by(*first_to_last, "next_start", "pk")
    )
    rows = list(found.values_list("next_start", "pk", "organisation")[:LOOKED_THROUGH])
    days = [(same_weekday(start, today), offer, whose) for start, offer, whose in rows]
    chosen = spread(days, how_many=how_many)
    return Around(
        offers=with_meetings(chosen, soon),
        total=len(rows),
        first_day=today,
        last_day=today + timedelta(days=DAYS_AHEAD - 1),
    )


def same_weekday(start: datetime, today: date) -> date:
    """Return the day of the coming week that is the same weekday: most things come every week."""
    return today + timedelta(days=(timezone.localtime(start).date() - today).days % 7)


def near(middle: tuple[float, float] | None, metres: float) -> Q:
    """Return what lies in the square round a middle, or nothing."""
    if middle is None:
        return Q(pk__in=[])
    x, y = middle
    return Q(
        location__x__range=(x - metres, x + metres), location__y__range=(y - metres, y + metres)
    )


def meetings_from(today: date) -> QuerySet[Meeting]:
    """Return the meetings from the beginning of a day until the end of the weeks ahead."""
    begin, end = (
        timezone.make_aware(datetime.combine(day, time()))
        for day in (today, today + timedelta(days=DAYS_AHEAD))
    )
    return Meeting.objects.filter(starts_at__gte=begin, starts_at__lt=end)


def with_meetings(chosen: list[int], soon: QuerySet[Meeting]) -> tuple[Offer, ...]:
    """Read the chosen offers in the order of choice, with their meetings."""
    ahead = Prefetch("meetings", soon.order_by("starts_at"), to_attr="meetings_ahead")
    by_number = visible_offers().prefetch_related(ahead).in_bulk(chosen)
    return tuple(by_number[number] for number in chosen)
