"""What stands in a calendar, and what was wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.methods.recurrence.plans import Plan


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a calendar, and when it takes place.

    Parameters
    ----------
    uid
        A name that no other entry in the world has, and that stays the same.
    last_changed
        When it was changed last, with a zone.
    sequence
        How often its times were changed; programs only take over a higher one.
    cancelled
        It does not go on at all any more.
    """

    uid: str
    summary: str
    plan: Plan
    last_changed: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False


class Trouble(StrEnum):
    """What can be wrong with one entry of a foreign calendar, as a sentence."""

    # Not read.
    PRIVATE = "It is marked as private, so it was not read."
    NO_START = "It does not say when it begins."
    BROKEN = "A date, a time or a rule in it cannot be read."
    NONSENSE = "Its repetition cannot be."
    TOO_RICH = "Its repetition is of a kind that is not read."
    TOO_MANY = "It takes place more than a thousand times in the coming 400 days."
    TOO_LONG = "It lasts longer than seven days."
    NEVER = "It has no meeting any more."
    # Read, with something that a person should look at.
    NO_NAME = "It has no UID; it was given one made of its title and time."
    TWICE = "It is in the calendar more than once; the newest was read."
    NO_END = "It does not say when it ends; an hour was taken."
    EVERY_DAY = "It lasts longer than seven days; it was read as one of every day."
    UNKNOWN_ZONE = "Its time zone is not known; the time was taken as one of here."
    SPELLED_OUT = "A schedule has no words for its repetition; 400 days were read date by date."
    OTHER_ZONE = "It comes back by a clock elsewhere; 400 days were read date by date."
    ALONE = "A meeting was changed that the repetition does not have; it was read as an extra one."
    OTHER_TEXT = "One of its meetings has a title or place of its own, which was not read."


REFUSING = frozenset(list(Trouble)[: list(Trouble).index(Trouble.NO_NAME)])


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one entry: which, what, and the words in the file it is about."""

    uid: str
    summary: str
    trouble: Trouble
    detail: str = ""

    @property
    def refused(self) -> bool:
        """Say whether the entry was left out because of it."""
        return self.trouble in REFUSING

    def __str__(self) -> str:
        """Return one line for a person."""
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.summary or self.uid}: {self.trouble}{detail}"
