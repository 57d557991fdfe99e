"""The social map as the engine needs it: prepared once, until something in it changes."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Sum
from django.utils.timezone import localdate, localtime

from omzien.base.advice.models import Showing
from omzien.base.catalogue.models import Meeting, OpenTo, Taxonomy, Term
from omzien.base.catalogue.queries.offers import catalogue_version, visible_offers
from omzien.base.catalogue.queries.terms import terms_of
from omzien.methods.advice.catalogue import Catalogue
from omzien.methods.advice.offer import Offer
from omzien.methods.advice.week import HalfDay, Part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from omzien.base.catalogue.models import Location
    from omzien.base.catalogue.models import Offer as OfferRow

# What somebody can like: themes, interests, dimensions and moments in life.
LIKED = (Taxonomy.THEME, Taxonomy.INTEREST, Taxonomy.DIMENSION, Taxonomy.LIFE_MOMENT)
# How many weeks of showings count as lately, and of meetings as its usual half-days.
LATELY, MEETS_WITHIN = timedelta(weeks=4), timedelta(weeks=5)
NOON, EVENING = 12, 18


def advice_catalogue(*, now: datetime) -> Catalogue:
    """Return all visible offers for advice, with how often each was shown lately."""
    today = localdate(now)
    prepared = prepared_catalogue(catalogue_version(today=today), today)
    return prepared.with_exposure(shown_lately(today=today))


def shown_lately(*, today: date) -> dict[str, int]:
    recent = Showing.objects.filter(week__gt=today - LATELY)
    rows = recent.values_list("offer__slug").annotate(Sum("times")).order_by()
    return dict(rows)


@lru_cache(maxsize=1)
def prepared_catalogue(version: str, today: date) -> Catalogue:
    """Prepare the offers of one state of the social map; `version` names that state."""
    del version
    layers = [term.slug for term in terms_of(Taxonomy.LAYER)]
    usual = usual_half_days(today)
    offers = [offer_of(row, usual.get(row.pk, set()), today) for row in rows_for_advice()]
    return Catalogue.of(offers, layers=layers)


def rows_for_advice() -> Iterable[OfferRow]:
    words = Term.objects.filter(taxonomy__in=[*LIKED, Taxonomy.LAYER])
    return visible_offers().prefetch_related(
        Prefetch("terms", words, to_attr="words_for_advice"), "areas"
    )


def usual_half_days(today: date) -> dict[int, set[HalfDay]]:
    """Return on which half-days each offer meets in the weeks ahead."""
    ahead = Meeting.objects.filter(
        starts_at__date__gte=today, starts_at__date__lte=today + MEETS_WITHIN
    )
    found: dict[int, set[HalfDay]] = {}
    for offer, starts_at in ahead.values_list("offer", "starts_at"):
        start = localtime(starts_at)
        found.setdefault(offer, set()).add(HalfDay(start.weekday(), part_of(start.hour)))
    return found


def part_of(hour: int) -> Part:
    if hour < NOON:
        return Part.MORNING
    return Part.AFTERNOON if hour < EVENING else Part.EVENING


def offer_of(row: OfferRow, meets: Iterable[HalfDay], today: date) -> Offer:
    """Say of an offer what the engine must know; what nobody told stays unknown."""
    words: list[Term] = getattr(row, "words_for_advice", [])
    return Offer(
        id=row.slug,
        organisation=row.organisation.slug,
        position=position_of(row),
        transport_offered=row.transport_offered,
        step_free=row.location.step_free if row.location else None,
        hearing_loop=row.location.hearing_loop if row.location else None,
        company_first_time=row.first_time_together,
        languages=frozenset(row.languages),
        meets=frozenset(meets),
        price=row.price_cents,
        min_age=row.min_age,
        max_age=row.max_age,
        audience=audience_of(row.open_to, [area.code for area in row.areas.all()]),
        places_free=row.capacity_left,
        layers=frozenset(word.slug for word in words if word.taxonomy == Taxonomy.LAYER),
        interests=frozenset(word.slug for word in words if word.taxonomy in LIKED),
        words=f"{row.name} {row.summary} {row.description}",
        fresh=row.check_by is None or row.check_by >= today,
    )


def position_of(row: OfferRow) -> tuple[float, float] | None:
    """Return where it is; what comes to people or goes by phone needs no way to it."""
    place = row.location
    if place is None or row.at_home or row.by_phone:
        return None
    return on_the_map(place)


def on_the_map(place: Location) -> tuple[float, float] | None:
    """Return where a location is; without a spot of its own, the middle of its neighbourhood."""
    if place.x is not None and place.y is not None:
        return (place.x, place.y)
    if place.area and place.area.x is not None and place.area.y is not None:
        return (place.area.x, place.area.y)
    return None


def audience_of(open_to: str, areas: Iterable[str]) -> frozenset[str]:
    """Name for whom alone it is: `women`, a neighbourhood, or both as one word."""
    group = "" if open_to == OpenTo.ALL else open_to
    within = sorted(areas)
    if not within:
        return frozenset({group}) - {""}
    return frozenset(f"{group}/{code}" if group else code for code in within)
