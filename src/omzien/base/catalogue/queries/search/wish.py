"""What somebody is looking for, and how the database gets to hear it."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from omzien.base.places.queries import find_area, neighbourhood_of_postcode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omzien.base.places.models import Area
    from omzien.base.places.queries import ShownPostcode

SPANS = ("today", "tomorrow", "week", "weekend")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# From when until when each half of a day lasts, in whole hours; search texts count the same.
HALVES = {"morning": (0, 12), "afternoon": (12, 17), "evening": (17, 24)}
SATURDAY, A_WEEK = 5, 7
# From this hour on Friday it is weekend.
WEEKEND_BEGINS = time(17)
# What can be done without going anywhere.
WITHOUT_GOING = ("at-home", "by-phone", "online")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody is looking for; what is empty or false asks nothing.

    `when` is one of `SPANS` or of `DAYS`, `half` one of `HALVES`; `area` the code of an area to be
    in; `place` the code of an area, or the four digits of a postcode, to be near to; `within`
    metres from there.
    """

    words: str = ""
    when: str = ""
    half: str = ""
    area: str = ""
    place: str = ""
    within: int | None = None
    free: bool = False
    fetched: bool = False
    together: bool = False
    step_free: bool = False
    at_home: bool = False
    by_phone: bool = False
    online: bool = False
    themes: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    dimension: str = ""
    life_moment: str = ""
    kinds: tuple[str, ...] = ()
    language: str = ""
    open_to: str = ""
    organisation: str = ""
    fresh_only: bool = False

    @property
    def named(self) -> tuple[str, ...]:
        """Return the names of the wishes that are there."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name) != one.default)

    def without(self, *names: str) -> Wish:
        """Return this wish less some of it."""
        return Wish(**{name: getattr(self, name) for name in self.named if name not in names})

    @property
    def in_span(self) -> bool:
        return self.when in SPANS

    @property
    def marks(self) -> Iterator[tuple[str, ...]]:
        """Yield sets of marks: an offer fits when it has at least one mark of every set."""
        flags = ("free", "fetched", "together", "step_free")
        yield from ((name.replace("_", "-"),) for name in flags if getattr(self, name))
        yield tuple(name for name in WITHOUT_GOING if getattr(self, name.replace("-", "_")))
        yield tuple(f"term:theme/{slug}" for slug in self.themes)
        yield tuple(f"term:interest/{slug}" for slug in self.interests)
        yield tuple(f"kind:{kind}" for kind in self.kinds)
        for prefix, said in (
            ("term:dimension/", self.dimension),
            ("term:life-moment/", self.life_moment),
            ("language:", self.language),
            ("open:", self.open_to),
            ("organisation:", self.organisation),
            ("area:", self.area),
            *self.day_marks,
        ):
            yield (prefix + said,) if said else ()

    @property
    def day_marks(self) -> Iterator[tuple[str, str]]:
        """Yield the day or the half of a day; within a span the meetings themselves say it."""
        if self.when in DAYS:
            yield "day:", f"{self.when}-{self.half}" if self.half else self.when
        elif not self.in_span:
            yield "half:", self.half


def span_of(when: str, now: datetime) -> tuple[datetime, datetime]:
    """Return from when until when "today", "tomorrow", "week" or "weekend" lasts.

    What is over by now lies in it as well.
    """
    here = timezone.localtime(now)
    weekday = here.weekday()
    if when == "tomorrow":
        return midnight(here, 1), midnight(here, 2)
    if when == "week":
        return midnight(here, 0), midnight(here, A_WEEK)
    if when == "weekend":
        friday = midnight(here, SATURDAY - 1 - weekday)
        begins = datetime.combine(friday, WEEKEND_BEGINS, here.tzinfo)
        return begins, midnight(here, A_WEEK - weekday)
    return midnight(here, 0), midnight(here, 1)


def parts_of(begin: datetime, end: datetime, half: str) -> Iterator[tuple[datetime, datetime]]:
    """Yield the parts of a span that lie in this half of its days."""
    first, last = HALVES[half]
    for days in range((end - begin).days + 2):
        part = hour_of(begin, days, first), hour_of(begin, days, last)
        if part[0] < end and part[1] > begin:
            yield max(part[0], begin), min(part[1], end)


def next_day(when: str, half: str, now: datetime) -> datetime:
    """Return when this day of the week begins that comes next, or this half of it."""
    here = timezone.localtime(now)
    first, last = HALVES.get(half, (0, 24))
    days = (DAYS.index(when) - here.weekday()) % A_WEEK
    if hour_of(here, days, last) <= here:
        days += A_WEEK
    return hour_of(here, days, first)


def hour_of(here: datetime, days: int, hour: int) -> datetime:
    """Return an hour by the clock of the day that many days on; 24 is the next midnight."""
    day, hour = divmod(hour, 24)
    return midnight(here, days + day).replace(hour=hour)


def midnight(here: datetime, days: int) -> datetime:
    """Return the beginning of the day that many days on; a day may last 23 or 25 hours."""
    return datetime.combine(here.date() + timedelta(days=days), time(), here.tzinfo)


@dataclass(frozen=True, slots=True)
class Place:
    """A point to measure from, and the areas that it lies in; RD New, metres."""

    name: str
    x: float
    y: float
    codes: tuple[str, ...]


def place_of(text: str) -> Place | None:
    """Return the place of an area's code or a postcode; None where it is not known."""
    if re.fullmatch(r"[1-9][0-9]{3} ?([A-Za-z]{2})?", text.strip()):
        # Nobody's letters are looked up: four digits say near enough where to look.
        found = neighbourhood_of_postcode(text.strip()[:4])
        return place_of_postcode(found) if found else None
    area = find_area(text) if text else None
    return place_of_area(area) if area else None


def place_of_area(area: Area) -> Place | None:
    if area.x is None or area.y is None:
        return None
    codes = (area.code, area.parent.code) if area.parent else (area.code,)
    return Place(area.name, area.x, area.y, codes)


def place_of_postcode(found: ShownPostcode) -> Place | None:
    """Return the point of a postcode, in the neighbourhood that it lies in or is nearest to."""
    shown = found.area or next(iter(found.around), None)
    area = find_area(shown.code, shown.division_year) if shown else None
    there = place_of_area(area) if area else None
    if found.x is None or found.y is None:
        return there
    return Place(found.code, found.x, found.y, there.codes if there else ())
