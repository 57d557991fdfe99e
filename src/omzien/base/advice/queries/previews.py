"""What other weights would change, with the names of offers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.base.catalogue.queries.offers import visible_offers
from omzien.methods.advice.preview import preview

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from omzien.methods.advice.catalogue import Catalogue
    from omzien.methods.advice.person import Person
    from omzien.methods.advice.preview import Shift
    from omzien.methods.advice.weights import Weights

MOST_SHIFTS = 10
PERCENT = 100


@dataclass(frozen=True, slots=True)
class NamedShift:
    """An offer, and how often it is shown before and after."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """What would change, in whole percents and names."""

    people: int
    other_first: int
    other_list: int
    seen_before: int
    seen_after: int
    gainers: tuple[NamedShift, ...]
    losers: tuple[NamedShift, ...]


def preview_of(
    before: Weights, after: Weights, people: Sequence[Person], catalogue: Catalogue
) -> ShownPreview:
    """Ask the same invented people twice, and say what differs."""
    seen = preview(before, after, people, catalogue)
    gainers, losers = seen.gainers[:MOST_SHIFTS], seen.losers[:MOST_SHIFTS]
    slugs = [shift.offer for shift in (*gainers, *losers)]
    names = dict(visible_offers().filter(slug__in=slugs).values_list("slug", "name"))
    return ShownPreview(
        people=seen.people,
        other_first=round(seen.other_first * PERCENT),
        other_list=round(seen.other_list * PERCENT),
        seen_before=round(seen.coverage[0] * PERCENT),
        seen_after=round(seen.coverage[1] * PERCENT),
        gainers=named(gainers, names),
        losers=named(losers, names),
    )


def named(shifts: Iterable[Shift], names: dict[str, str]) -> tuple[NamedShift, ...]:
    return tuple(
        NamedShift(names.get(shift.offer, shift.offer), shift.before, shift.after)
        for shift in shifts
    )
