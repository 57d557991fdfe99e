"""From the answers of a form to what the engine asks for; nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.base.advice.queries.needs import interests_of, layers_of
from omzien.base.places.models import Area
from omzien.methods.advice.person import Mode, Person, Reach
from omzien.methods.advice.week import DAYS, HalfDay, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

# How far somebody gets: the word of the form, the way of moving, and metres along the road.
REACHES = {
    "stroll": Reach(Mode.WALKING, 800),
    "walk": Reach(Mode.WALKING, 2_000),
    "cycle": Reach(Mode.CYCLING, 4_000),
    "transport": Reach(Mode.TRANSPORT, 10_000),
    "fetched": Reach(Mode.FETCHED, 0),
}
PARTS = {"morning": Part.MORNING, "afternoon": Part.AFTERNOON, "evening": Part.EVENING}


@dataclass(frozen=True, slots=True, repr=False)
class Asking:
    """What was asked: for the engine, with what was ticked, for the words of the reasons."""

    person: Person
    needs: tuple[str, ...]
    liked: frozenset[str]
    area: Area | None

    def __repr__(self) -> str:
        """Keep answers out of logs and error reports."""
        return "<Asking: answers are not shown>"


def asking_of(answers: Mapping[str, Any]) -> Asking:
    """Read the clean answers of an `AdviceForm`; what was left out asks nothing."""
    area = area_of(answers["area"])
    ease = set(answers["ease"])
    group, liked = answers["group"], frozenset[str](answers["interests"])
    person = Person(
        wishes=answers["wishes"],
        needs=layers_of(answers["needs"]),
        interests=liked | interests_of(answers["needs"]),
        position=position_of(area),
        reach=REACHES.get(answers["reach"]),
        area=area.code if area else None,
        steps_ok="no-steps" not in ease,
        wheelchair="wheelchair" in ease,
        hearing="hearing" in ease,
        languages=frozenset(answers["languages"]),
        free=half_days(answers["days"], answers["parts"]),
        budget=int(answers["budget"]) if answers["budget"] else None,
        wants_company_first_time="company" in ease,
        age=answers["age"],
        groups=groups_of(group, area),
    )
    return Asking(person, tuple(answers["needs"]), liked, area)


def area_of(number: str) -> Area | None:
    areas = Area.objects.select_related("parent")
    return areas.filter(pk=number).first() if number else None


def position_of(area: Area | None) -> tuple[float, float] | None:
    """Return the middle of a neighbourhood: nearer to a home we never come."""
    if area is None or area.x is None or area.y is None:
        return None
    return (area.x, area.y)


def half_days(days: Iterable[str], parts: Iterable[str]) -> frozenset[HalfDay]:
    """Return the half-days of these days and parts; one of both left out is any of them."""
    weekdays, named = [int(day) for day in days], [PARTS[part] for part in parts]
    if not weekdays and not named:
        return frozenset()
    return frozenset(HalfDay(d, p) for d in weekdays or range(DAYS) for p in named or Part)


def groups_of(group: str, area: Area | None) -> frozenset[str]:
    """Return for whose own meetings somebody is welcome, in the words of `audience_of`."""
    codes = [area.code, *([area.parent.code] if area.parent else [])] if area else []
    own = {group} - {""}
    return frozenset([*own, *codes, *(f"{name}/{code}" for name in own for code in codes)])
