"""What somebody told in a short conversation. Everything is optional; there is no name in it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from omzien.methods.advice.week import HalfDay

OLDEST = 130


class Mode(StrEnum):
    """How somebody gets around."""

    WALKING = "walking"
    CYCLING = "cycling"
    TRANSPORT = "transport"
    FETCHED = "fetched"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far somebody gets without help, in metres along the road.

    With `FETCHED`, farther is possible too where an offer fetches people from home; 0 metres then
    means: only when fetched, or at home.
    """

    mode: Mode
    metres: int

    def __post_init__(self) -> None:
        if self.metres < 0:
            raise ValueError("a reach is not below 0 metres")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Person:
    """One person's answers. What is left out was not asked, and does not count.

    Parameters
    ----------
    wishes : str
        Own words, for likeness with the words of an offer.
    needs : mapping of layer to 0..1
        How much each layer of the layer model matters now.
    interests : frozenset of slugs
        Themes, dimensions and tags.
    position : (x, y), optional
        RD New, metres.
    reach : Reach, optional
        Filters only when `position` is known too (but see `Mode.FETCHED`).
    area : str, optional
        Neighbourhood or four digits of a postcode, never more: it is what a gap names.
    steps_ok, wheelchair, hearing : bool
        Can take steps; comes in a wheelchair (then steps are never all right); needs a hearing
        loop.
    languages : frozenset of language codes
        Those in which a conversation goes well; empty is not asked.
    free : frozenset of HalfDay
        When there is time; empty is not asked.
    budget : int, optional
        Cents per time.
    wants_company_first_time : bool
        Somebody should go along the first time.
    age : int, optional
        Years.
    groups : frozenset of slugs
        Groups whose own meetings this person would go to, such as `women`.
    own_group_only : bool
        Goes only to meetings of `groups`.

    Raises
    ------
    ValueError
        A need outside 0..1, a negative budget, an age that nobody has, a position that is no
        number, or `own_group_only` without `groups`.
    """

    wishes: str = ""
    needs: Mapping[str, float] = field(default_factory=dict)
    interests: frozenset[str] = frozenset()
    position: tuple[float, float] | None = None
    reach: Reach | None = None
    area: str | None = None
    steps_ok: bool = True
    wheelchair: bool = False
    hearing: bool = False
    languages: frozenset[str] = frozenset()
    free: frozenset[HalfDay] = frozenset()
    budget: int | None = None
    wants_company_first_time: bool = False
    age: int | None = None
    groups: frozenset[str] = frozenset()
    own_group_only: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "needs", MappingProxyType(dict(self.needs)))
        if not all(0 <= need <= 1 for need in self.needs.values()):
            raise ValueError("a need lies between 0 and 1")
        if self.position and not all(map(math.isfinite, self.position)):
            raise ValueError("a position is two finite numbers of metres")
        if self.budget is not None and self.budget < 0:
            raise ValueError("a budget is not below 0 cents")
        if self.age is not None and not 0 <= self.age <= OLDEST:
            raise ValueError(f"an age lies between 0 and {OLDEST} years")
        if self.own_group_only and not self.groups:
            raise ValueError("only meetings of the own group: say which group")

    def __repr__(self) -> str:
        """Keep answers out of logs and error reports."""
        return "<Person: answers are not shown>"

    @property
    def avoids_steps(self) -> bool:
        return self.wheelchair or not self.steps_ok

    @property
    def wanted_layers(self) -> frozenset[str]:
        return frozenset(layer for layer, need in self.needs.items() if need > 0)
