"""What the engine must know of an offer. `None` means: not known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omzien.methods.advice.week import HalfDay

# The language of an offer that names none.
USUAL_LANGUAGE = "nl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One offer, as far as advice needs it.

    Parameters
    ----------
    id, organisation : str
        Any unique texts; equal scores are settled in the order of `id`.
    position : (x, y), optional
        RD New, metres. None only for what needs no way to it: online, by phone, at home. An
        offer whose address could not be placed gets the middle of its neighbourhood.
    transport_offered, step_free, hearing_loop, company_first_time : bool, optional
        Fetches people from home; can be entered without steps; has a hearing loop; somebody goes
        along the first time.
    languages : frozenset of language codes
        Empty is taken as Dutch.
    meets : frozenset of HalfDay
        Empty is any time.
    price : int, optional
        Cents per time.
    min_age, max_age : int, optional
        Years, both included.
    audience : frozenset of slugs
        For these groups only; any of them will do. Empty is for everybody.
    places_free : int, optional
        0 is full.
    layers, interests : frozenset of slugs
        The layers it works on; its themes, dimensions and tags.
    words : str
        Title and description.
    fresh : bool
        Assured not too long ago.
    exposure : int
        How often advice showed it lately, to anybody.

    Raises
    ------
    ValueError
        A negative number, ages the wrong way round, or a position that is no number.
    """

    id: str
    organisation: str
    position: tuple[float, float] | None = None
    transport_offered: bool | None = None
    step_free: bool | None = None
    hearing_loop: bool | None = None
    company_first_time: bool | None = None
    languages: frozenset[str] = frozenset()
    meets: frozenset[HalfDay] = frozenset()
    price: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    audience: frozenset[str] = frozenset()
    places_free: int | None = None
    layers: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    words: str = ""
    fresh: bool = True
    exposure: int = 0

    def __post_init__(self) -> None:
        numbers = (self.price, self.min_age, self.max_age, self.places_free, self.exposure)
        if any(number is not None and number < 0 for number in numbers):
            raise ValueError("prices, ages, places and counts are not below 0")
        if None not in (self.min_age, self.max_age) and (self.min_age or 0) > (self.max_age or 0):
            raise ValueError("the lowest age is above the highest")
        if self.position and not all(map(math.isfinite, self.position)):
            raise ValueError("a position is two finite numbers of metres")

    @property
    def spoken(self) -> frozenset[str]:
        return self.languages or frozenset({USUAL_LANGUAGE})
