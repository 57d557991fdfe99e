"""One line of a schedule: a time of day, and the days on which it comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

from dateutil import rrule

from omzien.methods.recurrence.errors import (
    DaysDoNotFit,
    EndsBeforeItBegins,
    EndsTwice,
    NeverTakesPlace,
    WrongCount,
    WrongDay,
    WrongInterval,
    WrongLength,
    WrongTime,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
LONGEST = 7 * 24 * 60
MOST_INTERVAL, MOST_COUNT = 366, 5_000
DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WEEK, YEAR = 7, 12
LAST = -1


class Frequency(StrEnum):
    """How often a line comes back."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"


CODES: dict[Frequency, Literal[0, 1, 2, 3]] = {
    Frequency.DAILY: rrule.DAILY,
    Frequency.WEEKLY: rrule.WEEKLY,
    Frequency.MONTHLY: rrule.MONTHLY,
    Frequency.YEARLY: rrule.YEARLY,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A time of day and the days on which it comes back; all by the clock on the wall.

    Parameters
    ----------
    first_day
        The day from which it counts: the first meeting is the first fitting day on or after it.
    starts_at, minutes
        When a meeting begins, and how long it lasts on the clock on the wall (1 to 10,080).
    frequency, interval
        Every `interval` days, weeks (from Monday), months or years, the first being that of
        `first_day`. Yearly rules keep to the month of `first_day`.
    weekdays
        0 is Monday. Empty in a weekly rule: the weekday of `first_day`.
    weeks_of_month
        With weekdays in a monthly or yearly rule: which of them, 1 to 5, or -1 for the last.
        Empty: all of them.
    month_days
        Days of a monthly or yearly rule, 1 to 31, or -1 for the last day. A month without that
        day is passed over. Empty, and no weekdays: the day of `first_day`.
    until, count
        The last day on which it can take place, or how often it does, cancelled ones included.

    Raises
    ------
    ScheduleRefused
        One of its kinds, for what cannot be: see `omzien.methods.recurrence.errors`.

    Notes
    -----
    The rule parts are those of RFC 5545, section 3.3.10; what a person cannot choose on one screen
    is left out. Order and repetition within the tuples have no meaning, and are put straight.
    """

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

    def __post_init__(self) -> None:
        object.__setattr__(self, "frequency", Frequency(self.frequency))
        for name in ("weekdays", "weeks_of_month", "month_days"):
            object.__setattr__(self, name, _in_order(getattr(self, name)))
        check_time(self.starts_at, self.minutes)
        check_day(self.first_day)
        _check_end(self)
        _check_days(self)
        if (self.weekdays or self.month_days) and not _takes_place(self):
            raise NeverTakesPlace


def check_time(starts_at: time, minutes: int) -> None:
    """Refuse what cannot be a time on the wall, or a length.

    Parameters
    ----------
    starts_at
        Without zone and without parts of a second.
    minutes
        1 to 10,080, which is seven days.

    Raises
    ------
    WrongTime, WrongLength
    """
    if starts_at.tzinfo or starts_at.microsecond or starts_at.fold:
        raise WrongTime
    if not 1 <= minutes <= LONGEST:
        raise WrongLength(str(minutes))


def check_day(day: date) -> None:
    """Refuse a day outside the years 1900 to 2199.

    Parameters
    ----------
    day
        Any day.

    Raises
    ------
    WrongDay
    """
    if not EARLIEST <= day <= LATEST:
        raise WrongDay(day.isoformat())


def last_day(rule: Rule) -> date:
    """Return the day after which a rule has no more meetings.

    Parameters
    ----------
    rule
        Any rule.

    Returns
    -------
    date
        The day of the last one where it is counted, else the last on which one may be; for a rule
        without end the last day of 2199.
    """
    if rule.frequency is Frequency.ONCE:
        return rule.first_day
    if rule.count is not None:
        return _day_of_the_last(rule)
    return rule.until or LATEST


def days(rule: Rule, *, since: date, until: date) -> Iterator[date]:
    """Yield the days on which a rule has a meeting, in order.

    Parameters
    ----------
    rule
        Any rule.
    since, until
        The first and the last day to look at, both included. However long ago the rule began, the
        work depends on these days only.

    Yields
    ------
    date
        Each day once.

    Notes
    -----
    The arithmetic is that of dateutil's `rrule`, which is put to work at the beginning of the
    period (day, week, month or year) in which `since` lies. Worked number: every second week on
    Monday from 21 December 2026 gives 4 and 18 January 2027, for 2026 has 53 weeks.
    """
    end = min(until, last_day(rule))
    begin = max(since, rule.first_day)
    if end < begin:
        return
    if rule.frequency is Frequency.ONCE:
        yield rule.first_day
        return
    for moment in _dateutil(rule, start=_period(rule, begin), until=end):
        if (day := moment.date()) >= begin:
            yield day


def says(rule: Rule, day: date) -> bool:
    """Say whether a rule has a meeting on a day.

    Parameters
    ----------
    rule, day
        Any.

    Returns
    -------
    bool
        Changes and closed days are no matter of the rule.
    """
    return next(days(rule, since=day, until=day), None) is not None


def first_meeting_day(rule: Rule) -> date:
    """Return the day of the first meeting, which every rule has.

    Parameters
    ----------
    rule
        Any rule.

    Returns
    -------
    date
        On or after its `first_day`.
    """
    return next(days(rule, since=rule.first_day, until=LATEST))


# --- What can be --------------------------------------------------------------------------------


def _in_order(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers), key=lambda number: (number < 0, number)))


def _check_end(rule: Rule) -> None:
    if not 1 <= rule.interval <= MOST_INTERVAL:
        raise WrongInterval(str(rule.interval))
    if rule.count is not None and not 1 <= rule.count <= MOST_COUNT:
        raise WrongCount(str(rule.count))
    if rule.until is not None:
        check_day(rule.until)
        if rule.count is not None:
            raise EndsTwice
        if rule.until < rule.first_day:
            raise EndsBeforeItBegins(rule.until.isoformat())


def _check_days(rule: Rule) -> None:
    by_month = rule.frequency in {Frequency.MONTHLY, Frequency.YEARLY}
    fits = (
        set(rule.weekdays) <= set(range(WEEK))
        and set(rule.weeks_of_month) <= {1, 2, 3, 4, 5, LAST}
        and set(rule.month_days) <= {*range(1, 32), LAST}
        and (by_month or not (rule.weeks_of_month or rule.month_days))
        and (by_month or rule.frequency is Frequency.WEEKLY or not rule.weekdays)
        and not (rule.weeks_of_month and not rule.weekdays)
        and not (rule.weekdays and rule.month_days)
        and (rule.frequency is not Frequency.ONCE or _is_plain(rule))
    )
    if not fits:
        raise DaysDoNotFit


def _is_plain(rule: Rule) -> bool:
    return rule.interval == 1 and rule.until is None and rule.count is None


def _takes_place(rule: Rule) -> bool:
    """Say whether there is any meeting. What can be seen at once is not left to searching."""
    one_month = rule.frequency is Frequency.YEARLY or rule.interval % YEAR == 0
    longest = DAYS_IN_MONTH[rule.first_day.month - 1]
    if one_month and rule.month_days and all(day > longest for day in rule.month_days):
        return False
    return next(days(rule, since=rule.first_day, until=LATEST), None) is not None


# --- Arithmetic ---------------------------------------------------------------------------------


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _dateutil(
    rule: Rule, *, start: date, until: date, count: int | None = None
) -> Iterator[datetime]:
    """Put dateutil to work, with everything said that it would take from its start."""
    by_month = rule.frequency in {Frequency.MONTHLY, Frequency.YEARLY}
    on_date = by_month and not rule.weekdays
    found = rrule.rrule(
        CODES[rule.frequency],
        dtstart=_midnight(start),
        interval=rule.interval,
        wkst=rrule.MO,
        until=None if count else _midnight(until),
        count=count,
        bymonth=rule.first_day.month if rule.frequency is Frequency.YEARLY else None,
        bymonthday=(rule.month_days or (rule.first_day.day,)) if on_date else None,
        byweekday=_weekdays(rule),
    )
    return iter(found)


def _weekdays(rule: Rule) -> list[rrule.weekday] | None:
    if rule.frequency is Frequency.WEEKLY:
        return [rrule.weekday(day) for day in rule.weekdays or (rule.first_day.weekday(),)]
    weeks = rule.weeks_of_month or (None,)
    return [rrule.weekday(day, week) for day in rule.weekdays for week in weeks] or None


def _period(rule: Rule, day: date) -> date:
    """Return the first day of the period that `day` lies in, or of the one before that counts."""
    first = rule.first_day
    if rule.frequency is Frequency.DAILY:
        return first + timedelta((day - first).days // rule.interval * rule.interval)
    if rule.frequency is Frequency.WEEKLY:
        monday = first - timedelta(first.weekday())
        step = WEEK * rule.interval
        start = monday + timedelta((day - monday).days // step * step)
    else:
        step = rule.interval * (YEAR if rule.frequency is Frequency.YEARLY else 1)
        months = (day.year - first.year) * YEAR + day.month - first.month
        year, month = divmod(first.year * YEAR + first.month - 1 + months // step * step, YEAR)
        start = date(year, month + 1, 1)
    return max(first, start)


@lru_cache(maxsize=4_096)
def _day_of_the_last(rule: Rule) -> date:
    """Count to the last meeting of a rule; one that would be after 2199 does not count."""
    first, count = rule.first_day, rule.count
    last = _midnight(LATEST)
    moments = takewhile(
        lambda moment: moment <= last,
        _dateutil(rule, start=first, until=LATEST, count=count),
    )
    return max((moment.date() for moment in moments), default=LATEST)
