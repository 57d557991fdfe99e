"""What there is to do soon: in the town this week, and in one neighbourhood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.catalogue.queries.coming import coming_in, coming_in_town
from omzien.site.queries.offer_cards import Card, cards_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

SHOWN = 6


def this_week(*, now: datetime) -> list[Card]:
    return cards_of(coming_in_town(now=now, how_many=SHOWN), now=now)


def coming_near(same_ground: Iterable[int], *, now: datetime) -> list[Card]:
    """Return what takes place first in an area, in whichever division its locations were put."""
    return cards_of(coming_in(same_ground, now=now, how_many=SHOWN), now=now)
