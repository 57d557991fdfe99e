"""How good our search is on the judged set, beside plainer ones.

All engines read the same fields of every offer, with the same weights.
"""

from __future__ import annotations

import statistics
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from bench.search.judged import FIRST_DAY, HELD_OUT, TUNING, batch, queries
from bench.search.measures import ndcg, weighted_kappa
from omzien.base.catalogue.actions.search import learn_words, load_synonyms
from omzien.base.catalogue.actions.taking_in import take_in
from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.catalogue.models import Offer
from omzien.base.catalogue.queries.search import Wish, find_offers
from omzien.base.journal.models import Actor
from omzien.base.places.actions import Scope, load_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.search.judged import Query

    Engine = Callable[[str], Sequence[str]]

SHOWN = 5
NOON = datetime.combine(FIRST_DAY, time(12), timezone.get_default_timezone())
BY = Actor.system("bench")
OURS, DUTCH = "ours", "PostgreSQL dutch"
TEXTS = """
SELECT offer.source_id FROM bench_dutch AS text
JOIN catalogue_offer AS offer ON offer.id = text.offer_id,
    {asked} AS asked
WHERE text.words @@ asked ORDER BY ts_rank(text.words, asked) DESC, offer.id LIMIT 5
"""
PLAIN = {
    # As PostgreSQL does it by itself: every word must be there.
    DUTCH: TEXTS.format(asked="plainto_tsquery('dutch', %(words)s)"),
    "PostgreSQL dutch, any word": TEXTS.format(
        asked="CAST(replace(plainto_tsquery('dutch', %(words)s)::text, '&', '|') AS tsquery)"
    ),
    "PostgreSQL trigrams": """
        SELECT source_id FROM catalogue_offer AS offer,
            concat_ws(' ', name, summary, for_whom, description) AS text
        ORDER BY word_similarity(%(words)s, text) DESC, id LIMIT 5
    """,
}
# What writes our own search texts, written over for the configuration `dutch`.
WRITTEN_OVER = (
    ("'omzien'", "'dutch'"),
    ("catalogue_offertext", "bench_dutch"),
    ("catalogue_write_texts", "bench_write_dutch"),
)


def fill() -> None:
    """Fill the database with the judged set."""
    town = Scope(settings.MUNICIPALITY_CODE, settings.MUNICIPALITY_NAME)
    load_facts(scope=town, by=BY, now=NOON)
    load_terms(by=BY, now=NOON)
    take_in(batch(), by=BY, now=NOON)
    load_synonyms(by=BY, now=NOON)
    learn_words(by=BY, now=NOON)
    write_dutch_texts()


def figures() -> dict[str, object]:
    """Let every engine answer every query."""
    asked = queries()
    engines = {OURS: ours} | {name: plain(statement) for name, statement in PLAIN.items()}
    return {
        "offers": Offer.objects.count(),
        "queries": len(asked),
        "kappa": kappa(asked),
        "engines": [row(name, engine, asked) for name, engine in engines.items()],
    }


def write_dutch_texts() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('catalogue_write_texts'::regproc)")
        (written,) = cursor.fetchone()
        for ours, theirs in WRITTEN_OVER:
            written = written.replace(ours, theirs)
        cursor.execute("CREATE TABLE bench_dutch (LIKE catalogue_offertext INCLUDING ALL)")
        # A statement without parameters is sent as it is, percent signs and all.
        cursor.execute(written)
        cursor.execute("SELECT bench_write_dutch(ARRAY(SELECT id FROM catalogue_offer))")
        cursor.execute("GRANT SELECT ON bench_dutch TO omzien_app")


def ours(words: str) -> list[str]:
    found = find_offers(Wish(words=words), now=NOON).offers[:SHOWN]
    return [line.offer.source_id for line in found]


def plain(statement: str) -> Engine:
    def ask(words: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(statement, {"words": words})
            return [source_id for (source_id,) in cursor.fetchall()]

    return ask


def row(name: str, engine: Engine, asked: Sequence[Query]) -> dict[str, object]:
    """Return what one engine does: for all queries, and for both parts of them."""
    shown = {query.words: engine(query.words) for query in asked}
    fits = {query.words: fit(query, shown[query.words]) for query in asked}
    useless = [query.words for query in asked if not any(map(query.is_useful, shown[query.words]))]
    parts = {
        part: statistics.mean(fits[query.words] for query in asked if query.part == part)
        for part in (TUNING, HELD_OUT)
    }
    return {
        "name": name,
        "ndcg": round(statistics.mean(fits.values()), 4),
        **{f"ndcg, {part}": round(value, 4) for part, value in parts.items()},
        "nothing": sum(not found for found in shown.values()),
        "useless": len(useless),
        "useless_words": useless if name == OURS else [],
    }


def fit(query: Query, shown: Sequence[str]) -> float:
    return ndcg([query.grade(one) for one in shown], [query.grade(one) for one in query.judged])


def kappa(asked: Sequence[Query]) -> dict[str, float]:
    """Return the agreement of both passes: over all pairs, and over those of any grade."""
    offers = Offer.objects.values_list("source_id", flat=True)
    pairs = [query.grades(offer) for query in asked for offer in offers]
    graded = [pair for pair in pairs if any(pair)]
    return {
        "all pairs": round(weighted_kappa(pairs), 3),
        "pairs with a grade": round(weighted_kappa(graded), 3),
    }
