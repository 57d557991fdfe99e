"""What people looked for in town and did not find, counted; never shown one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.base.advice.models import Gap
from omzien.base.catalogue.models import Taxonomy
from omzien.base.catalogue.queries.terms import terms_of
from omzien.methods.advice.week import HalfDay, Part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

# Below this a neighbourhood or half-day is not named beside what was missed.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Missed:
    """Something that was missed: how often, and where and when most, where that may be said."""

    what: str
    times: int
    where: tuple[tuple[str, int], ...]
    when: tuple[tuple[str, int], ...]
    because: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GapList:
    """What was missed since a month, the most first; and how many askings found nothing at all."""

    since: date
    missed: tuple[Missed, ...]
    nothing: int
    total: int


def gap_list(*, since: date) -> GapList:
    """Count what was missed from the month of `since` on."""
    names = {
        (kind.value, term.slug): term.shown_name
        for kind in (Taxonomy.INTEREST, Taxonomy.LAYER)
        for term in terms_of(kind)
    }
    gaps = list(Gap.objects.filter(month__gte=since.replace(day=1)).select_related("area"))
    by_what: dict[str, list[Gap]] = {}
    for gap in gaps:
        for key in sorted(words_of(gap)):
            by_what.setdefault(names.get(key, key[1]), []).append(gap)
    missed = [missed_of(what, found) for what, found in by_what.items()]
    missed.sort(key=lambda one: (-one.times, one.what))
    nothing = sum(gap.nothing for gap in gaps)
    return GapList(since.replace(day=1), tuple(missed), nothing, len(gaps))


def words_of(gap: Gap) -> set[tuple[str, str]]:
    interests = {(Taxonomy.INTEREST.value, slug) for slug in gap.interests}
    return interests | {(Taxonomy.LAYER.value, slug) for slug in gap.layers}


def missed_of(what: str, gaps: list[Gap]) -> Missed:
    return Missed(
        what=what,
        times=len(gaps),
        where=counted(gap.area.name for gap in gaps if gap.area),
        when=counted(half_day for gap in gaps for half_day in gap.half_days),
        because=counted(gap.because for gap in gaps if gap.because),
    )


def counted(found: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Count, the most first, and leave out what so few asked that it might point to somebody."""
    counts = Counter(found).most_common()
    return tuple((word, times) for word, times in counts if times >= FEWEST)


def written(half_day: HalfDay) -> str:
    """Write a half-day in short: 0-1 is Monday afternoon."""
    return f"{half_day.weekday}-{half_day.part.value}"


def as_half_day(text: str) -> HalfDay:
    weekday, part = text.split("-")
    return HalfDay(int(weekday), Part(int(part)))
