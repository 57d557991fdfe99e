"""The parts of a week in which people meet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

DAYS = 7


class Part(IntEnum):
    """A part of the day, in the order of the day."""

    MORNING = 0
    AFTERNOON = 1
    EVENING = 2


@dataclass(frozen=True, order=True, slots=True)
class HalfDay:
    """A part of a day of the week: weekday 0 is Monday. They sort in the order of the week."""

    weekday: int
    part: Part

    def __post_init__(self) -> None:
        if not 0 <= self.weekday < DAYS:
            raise ValueError("a weekday is 0 (Monday) to 6 (Sunday)")
