"""From the clock on the wall to a moment, and when the clock is put forward or back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from omzien.methods.recurrence.errors import UnknownZone

DAY = timedelta(days=1)


@lru_cache(maxsize=256)
def known_zone(name: str) -> ZoneInfo:
    """Return a time zone by its name in the tz database.

    Parameters
    ----------
    name
        Such as Europe/Amsterdam.

    Returns
    -------
    ZoneInfo

    Raises
    ------
    UnknownZone
        There is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(name[:60]) from error


def moment(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment at which the clock on the wall shows a time.

    Parameters
    ----------
    local
        Without zone.
    zone
        Where the clock hangs.

    Returns
    -------
    datetime
        In that zone. A time that is skipped when the clock is put forward is as much later (02:30
        becomes 03:30); of a time that comes twice when it is put back, it is the first.

    Notes
    -----
    RFC 5545, section 3.3.5, form 3: the offset before the gap, and the first of two. In Amsterdam
    the clock goes forward on 29 March 2026 from 02:00 to 03:00: 02:30 is 01:30 UTC.
    """
    return datetime.combine(local, local.time(), zone).astimezone(UTC).astimezone(zone)


def end_of(start: datetime, minutes: int) -> datetime:
    """Return the moment at which the clock on the wall has gone on by some minutes.

    Parameters
    ----------
    start
        A moment as `moment` returns it.
    minutes
        By the clock on the wall: 22:00 and eight hours is 06:00, also in the night of a change.

    Returns
    -------
    datetime
        In the same zone, always after `start`.
    """
    # Python adds by the clock on the wall; by way of UTC a time that is skipped comes right.
    return (start + timedelta(minutes=minutes)).astimezone(UTC).astimezone(start.tzinfo)


def is_plain(local: datetime, minutes: int, zone: ZoneInfo) -> bool:
    """Say whether everybody reads a time on the wall in one way.

    Parameters
    ----------
    local
        When it begins, without zone.
    minutes
        How long it lasts.
    zone
        Where the clock hangs.

    Returns
    -------
    bool
        False when it begins or ends at a time that does not exist or comes twice, or lasts longer
        or shorter than the clock says: programs for calendars differ there.
    """
    start = moment(local, zone)
    end = end_of(start, minutes)
    length = timedelta(minutes=minutes)
    return (
        start.replace(tzinfo=None) == local
        and end.replace(tzinfo=None) == local + length
        and end.astimezone(UTC) - start.astimezone(UTC) == length
        and start.utcoffset() == start.replace(fold=1).utcoffset()
        and end.utcoffset() == end.replace(fold=1).utcoffset()
    )


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The clock is put forward or back: when by the clock before it, and from what to what."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


@lru_cache(maxsize=4_096)
def clock_changes(zone: ZoneInfo, year: int) -> tuple[ClockChange, ...]:
    """Return when the clock of a zone is changed in a year.

    Parameters
    ----------
    zone
        Where the clock hangs.
    year
        1900 to 2200.

    Returns
    -------
    tuple of ClockChange
        In order; empty where the clock stays as it is.

    Notes
    -----
    Amsterdam 2026: 29 March 02:00 (+1 to +2 hours), 25 October 03:00 (+2 to +1 hours). Two changes
    within one day (UTC) that undo each other are not seen.
    """
    start = datetime(year, 1, 1, tzinfo=UTC)
    days = [start + number * DAY for number in range(367)]
    found = (
        _change(one, other, zone) for one, other in pairwise(days) if _differ(one, other, zone)
    )
    return tuple(change for change in found if change.local.year == year)


def days_of_change(zone: ZoneInfo, *, since: date, until: date) -> list[date]:
    """Return the days on which the clock is changed.

    Parameters
    ----------
    zone
        Where the clock hangs.
    since, until
        The first and the last day to look at, both included.

    Returns
    -------
    list of date
        In order.
    """
    years = range(since.year, until.year + 1)
    found = [change.local.date() for year in years for change in clock_changes(zone, year)]
    return [day for day in found if since <= day <= until]


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _differ(one: datetime, other: datetime, zone: ZoneInfo) -> bool:
    return _offset(one, zone) != _offset(other, zone)


def _change(low: datetime, high: datetime, zone: ZoneInfo) -> ClockChange:
    """Halve the stretch in which the clock changes until it is a second."""
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (low, middle) if _differ(low, middle, zone) else (middle, high)
    before, after = _offset(low, zone), high.astimezone(zone)
    local = (high + before).replace(tzinfo=None)
    summer = bool(after.dst())
    return ClockChange(local, before, _offset(high, zone), after.tzname() or "", summer)
