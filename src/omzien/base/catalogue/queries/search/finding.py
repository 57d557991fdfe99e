"""Finding offers: a page of what fits, what comes nearest where nothing does, points for a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from omzien.base.catalogue.queries.coming import by_next_meeting
from omzien.base.catalogue.queries.offers import visible_offers
from omzien.base.catalogue.queries.search.fitting import Search
from omzien.base.catalogue.queries.search.statements import MOST_COUNTED, run, statement_for
from omzien.base.catalogue.queries.search.understanding import Understood, understand
from omzien.base.catalogue.queries.search.wish import DAYS, HALVES, Wish, place_of, span_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from omzien.base.catalogue.models import Offer
    from omzien.base.catalogue.queries.search.statements import Row
    from omzien.base.catalogue.queries.search.wish import Place

PER_PAGE = 20
LAST_PAGE = MOST_COUNTED // PER_PAGE
AT_MOST_ON_A_MAP = 500
# What to leave out first where nothing fits; what somebody cannot do without goes last.
LEFT_OUT_FIRST = (
    *("fresh_only", "organisation", "kinds", "dimension", "half", "when", "within", "themes"),
    *("interests", "life_moment", "free", "open_to", "language", "together", "fetched"),
    *("area", "place", "at_home", "by_phone", "online", "step_free", "words"),
)


@dataclass(frozen=True, slots=True)
class FoundOffer:
    """One line of the results: the offer with its next meeting and schedule, and how far it is."""

    offer: Offer
    metres: int | None
    stale: bool


@dataclass(frozen=True, slots=True)
class FoundOffers:
    """A page of results. `more` says that there are more than were counted."""

    offers: tuple[FoundOffer, ...]
    total: int
    more: bool
    page: int
    corrections: tuple[tuple[str, str], ...]
    place: Place | None

    @property
    def first(self) -> int:
        """Return the number of the first line of this page in the whole list."""
        return (self.page - 1) * PER_PAGE + 1

    @property
    def pages(self) -> int:
        return min(max(1, -(-self.total // PER_PAGE)), LAST_PAGE)


@dataclass(frozen=True, slots=True)
class Instead:
    """What comes nearest where nothing fits, and which wishes were left out for it."""

    left_out: tuple[str, ...]
    offers: tuple[FoundOffer, ...]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Where an offer takes place; RD New, metres."""

    slug: str
    name: str
    x: float
    y: float


def find_offers(wish: Wish, *, now: datetime, page: int = 1) -> FoundOffers:
    """Return a page of what fits all of a wish, what fits best in front."""
    search, understood = prepared(wish, now=now)
    page = min(max(page, 1), LAST_PAGE)
    rows = run(statement_for(search, limit=PER_PAGE, offset=(page - 1) * PER_PAGE))
    if not rows and page > 1:
        return find_offers(wish, now=now, page=1)
    total = rows[0].total if rows else 0
    return FoundOffers(
        offers=tuple(lines_of(search, rows)),
        total=min(total, MOST_COUNTED),
        more=bool(rows) and rows[0].more,
        page=page,
        corrections=understood.corrections,
        place=search.place,
    )


def prepared(wish: Wish, *, now: datetime) -> tuple[Search, Understood]:
    understood = understand(wish.words)
    return Search(wish, understood.groups, place_of(wish.place), now), understood


def lines_of(search: Search, rows: list[Row]) -> list[FoundOffer]:
    """Return the lines for these rows, in their order, in two queries."""
    today = timezone.localdate(search.now)
    meeting = meeting_wished(search.wish, now=search.now)
    offers = by_next_meeting(
        visible_offers().filter(pk__in=[row.number for row in rows]),
        now=search.now,
        only=meeting,
    )
    by_number = {offer.pk: offer for offer in offers}
    return [
        FoundOffer(
            offer=by_number[row.number],
            metres=None if row.metres is None else round(row.metres),
            stale=is_stale(by_number[row.number], today=today),
        )
        for row in rows
        if row.number in by_number
    ]


def is_stale(offer: Offer, *, today: date) -> bool:
    return offer.check_by is not None and offer.check_by < today


def meeting_wished(wish: Wish, *, now: datetime) -> Q:
    """Return which meeting to show: the first that is on the day that was wished."""
    found = Q()
    if wish.in_span:
        begin, end = span_of(wish.when, now)
        found &= Q(starts_at__gte=begin, starts_at__lt=end)
    if wish.when in DAYS:
        found &= Q(starts_at__iso_week_day=DAYS.index(wish.when) + 1)
    if wish.half:
        first, last = HALVES[wish.half]
        found &= Q(starts_at__hour__gte=first, starts_at__hour__lt=last)
    return found


def nearest_instead(wish: Wish, *, now: datetime, how_many: int = 3) -> Instead | None:
    """Return what comes nearest where nothing fits: with one wish less, else with more less.

    None where there is nothing at all.
    """
    named = [name for name in LEFT_OUT_FIRST if name in wish.named]
    tries = [(name,) for name in named] + [
        tuple(named[:number]) for number in range(2, len(named) + 1)
    ]
    for left_out in tries:
        search, _ = prepared(wish.without(*left_out), now=now)
        rows = run(statement_for(search, limit=how_many, offset=0))
        if rows:
            return Instead(left_out, tuple(lines_of(search, rows)))
    return None


def map_points(wish: Wish, *, now: datetime) -> tuple[MapPoint, ...]:
    """Return where everything takes place that fits a wish, what fits best in front."""
    search, _ = prepared(wish, now=now)
    rows = run(statement_for(search, limit=AT_MOST_ON_A_MAP, offset=0))
    places = visible_offers().filter(
        pk__in=[row.number for row in rows], location__x__isnull=False
    )
    values = places.values_list("pk", "slug", "name", "location__x", "location__y")
    points = {pk: MapPoint(slug, name, x or 0.0, y or 0.0) for pk, slug, name, x, y in values}
    return tuple(points[row.number] for row in rows if row.number in points)
