"""Where the offers of a list take place: dots on the neighbourhoods, numbered as the list is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import caches

from omzien.base.places.models import AreaKind
from omzien.base.places.queries import areas_of, shapes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omzien.base.catalogue.queries.search import FoundOffer
    from omzien.base.places.queries import DrawnMap

# The outlines of the town change once a year; drawing them takes longer than all the rest.
MINUTES = 10


@dataclass(frozen=True, slots=True)
class Dot:
    """One spot: the numbers of the list that take place there, and what stands at them."""

    x: float
    y: float
    numbers: tuple[int, ...]
    label: str
    sentence: str


@dataclass(frozen=True, slots=True)
class OffersMap:
    """The neighbourhoods of the town with the dots of a list."""

    drawn: DrawnMap
    dots: tuple[Dot, ...]


def map_of_offers(found: Sequence[FoundOffer], *, first: int) -> OffersMap | None:
    """Draw where offers take place; None where nothing of it lies on the map of the town."""
    spots: dict[tuple[float, float], list[tuple[int, FoundOffer]]] = {}
    for number, line in enumerate(found, start=first):
        location = line.offer.location
        if location and location.x is not None and location.y is not None:
            spots.setdefault((location.x, location.y), []).append((number, line))
    drawn = town_drawn() if spots else None
    if drawn is None:
        return None
    dots = [
        dot_of(spot, lines)
        for (x, y), lines in spots.items()
        if (spot := drawn.place(x, y)) is not None
    ]
    return OffersMap(drawn, tuple(dots)) if dots else None


def dot_of(spot: tuple[float, float], lines: list[tuple[int, FoundOffer]]) -> Dot:
    names = "; ".join(f"{number}. {line.offer.name}" for number, line in lines)
    numbers = tuple(number for number, _ in lines)
    label = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}+"
    # What is seen is also what is heard, in front: who speaks to a screen says what it shows.
    sentence = f"{label}: {lines[0][1].offer.location}: {names}"
    return Dot(round(spot[0], 1), round(spot[1], 1), numbers, label, sentence)


def town_drawn() -> DrawnMap | None:
    """Return the neighbourhoods of the town, drawn at most once in ten minutes."""
    pages = caches["pages"]
    drawn: DrawnMap | None = pages.get("town-drawn")
    if drawn is None:
        drawn = shapes_of(areas_of(settings.MUNICIPALITY_CODE, AreaKind.NEIGHBOURHOOD))
        pages.set("town-drawn", drawn, MINUTES * 60)
    return drawn
