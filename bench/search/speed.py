"""How fast search is with 100,000 offers beside the areas of a whole country.

Milliseconds are those of all statements of one search together, as they come back over a local
socket, with everything in memory.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import caches
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.calibration import calibration
from bench.search.judged import queries
from omzien.base.catalogue.models import Offer
from omzien.base.catalogue.queries.search import DAYS, HALVES, Wish, find_offers
from omzien.base.catalogue.queries.search.finding import PER_PAGE, prepared
from omzien.base.catalogue.queries.search.statements import statement_for
from omzien.base.journal.models import Actor
from omzien.base.places.actions import Scope, load_facts, load_invented_country
from omzien.base.places.models import Area, AreaKind
from omzien.site.actions import fill_demo_catalogue
from omzien.site.queries.offers_list import offers_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

BY = Actor.system("bench")
SEED, ROUNDS, PLACES = 1, 3, 40
# From somebody's own neighbourhood, by bicycle.
NEAR = 3_000
PAGES: tuple[dict[str, str], ...] = (
    {},
    {"bladzijde": "2"},
    {"wanneer": "vandaag"},
    {"wanneer": "donderdag", "dagdeel": "middag", "gratis": "ja"},
)


def figures() -> dict[str, object]:
    """Measure what is asked of a whole country."""
    now = timezone.now()
    homes = homes_of(PLACES)
    sets = {
        "words": [Wish(words=query.words) for query in queries()],
        "words near home": [
            Wish(words=query.words, place=homes[number % PLACES], within=NEAR)
            for number, query in enumerate(queries())
        ],
        "near home": [
            Wish(place=home, within=within) for home in homes for within in (None, NEAR)
        ],
        "moments": moments(),
    }
    return {
        "offers": Offer.objects.count(),
        "sets": [row(name, wishes, now) for name, wishes in sets.items()],
        "list_page_queries": [page_queries(given, now) for given in PAGES],
        "nearest_plan": plan_of(Wish(place=homes[0]), now),
        "within_plan": plan_of(Wish(place=homes[0], within=NEAR), now),
    }


def fill() -> None:
    """Fill the database as `--scale national` does."""
    now = timezone.now()
    load_facts(scope=Scope(settings.MUNICIPALITY_CODE, settings.MUNICIPALITY_NAME), by=BY, now=now)
    load_invented_country(rng=Random(SEED), by=BY, now=now)  # noqa: S311 - invented figures
    fill_demo_catalogue(SEED, now=now, scale="national")
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def homes_of(how_many: int) -> list[str]:
    """Return neighbourhoods all over the country."""
    codes = Area.objects.filter(kind=AreaKind.NEIGHBOURHOOD).order_by("code")
    listed = list(codes.values_list("code", flat=True))
    return Random(SEED).sample(listed, how_many)  # noqa: S311 - which ones does not matter


def moments() -> list[Wish]:
    spans = [Wish(when=when) for when in ("", "today", "tomorrow", "week", "weekend", *DAYS)]
    return [replace(wish, half=half) for wish in spans for half in ("", *HALVES)]


def row(name: str, wishes: Sequence[Wish], now: datetime) -> dict[str, object]:
    """Return the median and the 95th percentile of a set, each search the median of rounds.

    The ratio holds every search against a calibration loop beside it.
    """
    loops, took = [], []
    for wish in wishes:
        loops.append(calibration())
        took.append((milliseconds_of(wish, now), wish.words))
    times = [each for each, _ in took]
    ratios = [each / loop for each, loop in zip(times, loops, strict=True)]
    return {
        "name": name,
        "searches": len(times),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1], 1),
        "calibration_ms": round(statistics.median(loops), 1),
        "p95_of_calibration": round(statistics.quantiles(ratios, n=20)[-1], 3),
        "slowest": [words for _, words in sorted(took)[-3:] if words],
    }


def milliseconds_of(wish: Wish, now: datetime) -> float:
    find_offers(wish, now=now)
    return statistics.median(database_ms(wish, now) for _ in range(ROUNDS))


def database_ms(wish: Wish, now: datetime) -> float:
    """Return how long the database took for all statements of one search."""
    took: list[float] = []

    def timed(
        execute: Callable[..., object],
        statement: str,
        parameters: object,
        many: bool,  # noqa: FBT001 - as Django calls it
        context: dict[str, object],
    ) -> object:
        began = time.perf_counter()
        try:
            return execute(statement, parameters, many, context)
        finally:
            took.append((time.perf_counter() - began) * 1000)

    with connection.execute_wrapper(timed):
        find_offers(wish, now=now)
    return sum(took)


def page_queries(given: dict[str, str], now: datetime) -> int:
    """Return how many statements the page with this address takes once the town was drawn."""
    offers_page(given, now=now)
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as counted:
        offers_page(given, now=now)
    return len(counted)


def plan_of(wish: Wish, now: datetime) -> list[str]:
    search, _ = prepared(wish, now=now)
    statement = statement_for(search, limit=PER_PAGE, offset=0)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS OFF) {statement.text}", statement.params)
        return [line for (line,) in cursor.fetchall()]
