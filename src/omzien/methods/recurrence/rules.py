"""What a schedule says: its lines, the changes to them, and closed days."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime, time


class Frequency(StrEnum):
    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a schedule, in local wall-clock time."""

    first_day: date
    starts_at: time
    minutes: int
    frequency: Frequency = Frequency.WEEKLY
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    weeks_of_month: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    until: date | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A meeting that is cancelled or moved."""

    day: date
    starts_at: time | None = None
    to: tuple[date, time, int] | None = None


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days in a row, the first and the last included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that says when something takes place."""

    rules: tuple[Rule, ...] = ()
    changes: tuple[Change, ...] = ()
    extra: tuple[tuple[date, time, int], ...] = ()
    closed: tuple[DayRange, ...] = ()
    zone: str = "Europe/Amsterdam"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One moment, aware of its zone."""

    start: datetime
    end: datetime
