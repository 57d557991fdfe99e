"""Invented people for a look ahead at other weights: real answers are not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from omzien.base.advice.queries.asking import REACHES, half_days, position_of
from omzien.base.advice.queries.needs import BEHIND_NEEDS, NEEDS, interests_of, layers_of
from omzien.base.catalogue.models import Taxonomy
from omzien.base.catalogue.queries.languages import languages_in_use
from omzien.base.catalogue.queries.terms import terms_of
from omzien.base.places.models import Area
from omzien.base.places.queries import areas_of
from omzien.methods.advice.person import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omzien.base.places.models import AreaKind

SEED = 1
# Assumptions on how people answer, not figures: who says to be hindered, or to speak what.
HINDERED, WHEELCHAIR, HEARING, ALONE, OTHER_LANGUAGE, BUSY = 0.3, 0.05, 0.15, 0.3, 0.1, 0.5
YOUNGEST, OLDEST = 55, 95


def invented_people(count: int, *, municipality: str, kind: AreaKind) -> list[Person]:
    """Invent people all over town, from a seed: the same each time for the same social map."""
    rng = np.random.default_rng(SEED)
    numbers = [area.pk for area in areas_of(municipality, kind)]
    areas: list[Area | None] = [*Area.objects.filter(pk__in=numbers).order_by("code")]
    interests = [
        term.slug for term in terms_of(Taxonomy.INTEREST) if term.slug not in BEHIND_NEEDS
    ]
    languages = [code for code in languages_in_use() if code != "nl"]
    return [invented_person(rng, areas or [None], interests, languages) for _ in range(count)]


def invented_person(
    rng: np.random.Generator,
    areas: Sequence[Area | None],
    interests: Sequence[str],
    languages: Sequence[str],
) -> Person:
    area = areas[int(rng.integers(len(areas)))]
    hindered, days = chance(rng, HINDERED), some(rng, [str(day) for day in range(7)], 3)
    needs = some(rng, [each.slug for each in NEEDS], 2)
    return Person(
        needs=layers_of(needs),
        interests=interests_of(needs) | set(some(rng, interests, 3)),
        position=position_of(area),
        reach=REACHES[list(REACHES)[int(rng.integers(len(REACHES)))]],
        area=area.code if area else None,
        steps_ok=not hindered,
        wheelchair=hindered and chance(rng, WHEELCHAIR / HINDERED),
        hearing=chance(rng, HEARING),
        languages=frozenset(
            some(rng, languages, 1) if languages and chance(rng, OTHER_LANGUAGE) else ["nl"]
        ),
        free=half_days(days, []) if chance(rng, BUSY) else frozenset(),
        wants_company_first_time=chance(rng, ALONE),
        age=int(rng.integers(YOUNGEST, OLDEST)),
    )


def chance(rng: np.random.Generator, share: float) -> bool:
    return bool(rng.random() < share)


def some(rng: np.random.Generator, slugs: Sequence[str], most: int) -> list[str]:
    """Draw one to `most` of them; none where there are none."""
    if not slugs:
        return []
    count = min(int(rng.integers(1, most + 1)), len(slugs))
    return [slugs[int(i)] for i in rng.choice(len(slugs), count, replace=False)]
