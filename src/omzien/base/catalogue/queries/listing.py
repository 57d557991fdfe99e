"""The list of everything there is, narrowed by what somebody wishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone

from omzien.base.catalogue.models import Meeting
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS
from omzien.base.catalogue.queries.coming import by_next_meeting
from omzien.base.catalogue.queries.offers import visible_offers
from omzien.base.places.models import Area

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet

    from omzien.base.catalogue.models import Offer

PER_PAGE = 20
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wishes; what is empty or false asks nothing. `words` are taxonomy and slug."""

    when: str = ""
    area_code: str = ""
    free: bool = False
    fetched: bool = False
    together: bool = False
    step_free: bool = False
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of offers, and how many there are in all."""

    offers: tuple[Offer, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def days_of(when: str, *, today: date) -> tuple[date, date] | None:
    """Return the first and last day of "today", "tomorrow", "weekend" or "week", else None."""
    saturday = today + timedelta(days=max(SATURDAY - today.weekday(), 0))
    sunday = today + timedelta(days=6 - today.weekday())
    days = {
        "today": (today, today),
        "tomorrow": (today + timedelta(days=1), today + timedelta(days=1)),
        "weekend": (min(saturday, sunday), sunday),
        "week": (today, today + timedelta(days=6)),
    }
    return days.get(when)


def list_offers(wish: Wish, *, now: datetime, page: int = 1) -> Listed:
    """Return a page of what fits, what takes place first in front; stale records come last."""
    today = timezone.localtime(now).date()
    found = fitting(wish, now=now)
    total = found.count()
    last = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), last)
    first = (page - 1) * PER_PAGE
    sinks = Case(When(check_by__lt=today, then=1), default=0)
    soonest = F("next_start").asc(nulls_last=True)
    ordered = by_next_meeting(found, now=now).order_by(sinks, soonest, "name", "pk")
    return Listed(tuple(ordered[first : first + PER_PAGE]), total, page)


def fitting(wish: Wish, *, now: datetime) -> QuerySet[Offer]:
    """Return what fits every part of a wish."""
    found = visible_offers()
    if days := days_of(wish.when, today=timezone.localtime(now).date()):
        found = found.filter(meets_between(*days, now=now))
    if wish.area_code:
        found = found.filter(location__area__in=areas_within(wish.area_code))
    for taxonomy, slug in wish.words:
        if taxonomy not in FOR_PROFESSIONALS:
            found = found.filter(terms__taxonomy=taxonomy, terms__slug=slug)
    return found.filter(**yes_of(wish))


def yes_of(wish: Wish) -> Mapping[str, object]:
    """Return the columns that must say yes, or cost nothing."""
    asked = {
        "price_cents": (wish.free, 0),
        "transport_offered": (wish.fetched, True),
        "first_time_together": (wish.together, True),
        "location__step_free": (wish.step_free, True),
    }
    return {column: value for column, (wanted, value) in asked.items() if wanted}


def meets_between(first: date, last: date, *, now: datetime) -> Exists:
    """Return whether there is a meeting on these days that is not over."""
    begin, end = (
        timezone.make_aware(datetime.combine(day, time()))
        for day in (first, last + timedelta(days=1))
    )
    return Exists(
        Meeting.objects.filter(
            offer=OuterRef("pk"), starts_at__gte=begin, starts_at__lt=end, ends_at__gt=now
        )
    )


def areas_within(code: str) -> QuerySet[Area]:
    """Return an area and what lies within it, in every division in which the code is used."""
    return Area.objects.filter(Q(code=code) | Q(parent__code=code) | Q(parent__parent__code=code))


def without_one_wish(wish: Wish, *, now: datetime) -> list[tuple[str, int]]:
    """Return, where nothing fits, which part of the wish to drop and how much there is then."""
    found = []
    for name in Wish.__dataclass_fields__:
        if getattr(wish, name):
            parts = {key: getattr(wish, key) for key in Wish.__dataclass_fields__ if key != name}
            found.append((name, fitting(Wish(**parts), now=now).count()))
    return sorted((one for one in found if one[1]), key=lambda one: -one[1])
