"""A whole schedule: its lines, what was changed, what was added, and when nothing takes place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from omzien.methods.recurrence.errors import ChangedTwice, ClosedTooLong, EndsBeforeItBegins
from omzien.methods.recurrence.rules import Rule, check_day, check_time
from omzien.methods.recurrence.zones import known_zone

HOME = "Europe/Amsterdam"
LONGEST_CLOSED = timedelta(days=5 * 366)


@dataclass(frozen=True, slots=True)
class Slot:
    """One time: a day, when it begins on the clock on the wall, and how many minutes it lasts."""

    day: date
    starts_at: time
    minutes: int

    def __post_init__(self) -> None:
        check_day(self.day)
        check_time(self.starts_at, self.minutes)


@dataclass(frozen=True, slots=True)
class Change:
    """A meeting of a rule that is cancelled, or moved.

    Parameters
    ----------
    day, starts_at
        Which meeting of a rule; without a time all of that day that are not changed by name.
    to
        Where it moved to; all of a day become one. None: cancelled.
    """

    day: date
    starts_at: time | None = None
    to: Slot | None = None


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days that follow each other, the first and the last included; at most five years."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise EndsBeforeItBegins(self.last.isoformat())
        if self.last - self.first > LONGEST_CLOSED:
            raise ClosedTooLong


@dataclass(frozen=True, slots=True)
class Plan:
    """When something takes place.

    Parameters
    ----------
    rules
        Lines that come back; several make "twice a day".
    changes
        Meetings of the rules that were cancelled or moved. A change of a meeting that no rule has
        does nothing.
    extra
        Meetings beside the rules. They stand whatever is changed or closed: what does not go on
        is taken out.
    closed
        Days on which the rules have no meetings. A meeting that was moved from or to such a day
        takes place.
    zone
        Where the clock hangs.

    Raises
    ------
    ChangedTwice
        Two changes are of the same meeting.
    UnknownZone
    """

    rules: tuple[Rule, ...] = ()
    changes: tuple[Change, ...] = ()
    extra: tuple[Slot, ...] = ()
    closed: tuple[DayRange, ...] = ()
    zone: str = HOME

    def __post_init__(self) -> None:
        known_zone(self.zone)
        if len({(change.day, change.starts_at) for change in self.changes}) < len(self.changes):
            raise ChangedTwice


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting, in the zone of its plan.

    Compare moments with those of another zone after `.astimezone(UTC)`: Python calls no time
    that the clock shows twice equal to one of another zone (PEP 495).
    """

    start: datetime
    end: datetime
