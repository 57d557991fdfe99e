"""The times in an event of a calendar, on the clock on the wall of one zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from icalendar import Event, vBroken, vRecur

from omzien.methods.recurrence.calendars.cleaning import STRANGE
from omzien.methods.recurrence.plans import Slot
from omzien.methods.recurrence.zones import known_zone

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUR, WHOLE_DAY = 60, 24 * 60
MINUTE = timedelta(minutes=1)
# What stands under each name. `datetime` is a `date` as well, a period is a tuple.
TIMES: dict[str, tuple[type, ...]] = {
    "DTSTART": (date,),
    "DTEND": (date,),
    "DURATION": (timedelta,),
    "RRULE": (vRecur,),
    "EXRULE": (vRecur,),
    "RDATE": (date, tuple),
    "EXDATE": (date,),
    "RECURRENCE-ID": (date,),
}
UTC_NAMES = {"UTC", "Etc/UTC", "Zulu", "GMT", "Etc/GMT", "Universal"}
# On the wall; without a time it is a whole day.
Wall = tuple[date, time | None]
Dated = date | datetime
Period = tuple[datetime, datetime | timedelta]


@dataclass(frozen=True, slots=True)
class Length:
    """How long an event lasts, in minutes on the wall, and whether it says so."""

    minutes: int
    said: bool
    days_only: bool


def values(event: Event, name: str) -> list[Any]:
    """Return the properties of an event with a name; none is an empty list."""
    found = event.get(name, [])
    return list(found) if isinstance(found, list) else [found]


def texts(event: Event, name: str) -> list[str]:
    """Return the properties of an event with a name, as they are written."""
    return [value.to_ical().decode() for value in values(event, name)]


def drop_broken(event: Event) -> None:
    """Take out of an event what cannot be read and is no time."""
    for name in [name for name in event if name not in TIMES]:
        if any(isinstance(value, vBroken) for value in values(event, name)):
            del event[name]
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        if not all(_is_well(value, (datetime,)) for value in values(event, name)):
            del event[name]


def is_broken(event: Event) -> str:
    """Return what of the times of an event cannot be read, shortened; empty when all is well."""
    for name, kinds in TIMES.items():
        for value in values(event, name):
            if not _is_well(value, kinds):
                return f"{name}:{value}"[:60]
    lines = (text for name, text in event.errors if name is None)
    return next((text[:60] for text in lines if any(name in text for name in TIMES)), "")


def _is_well(value: Any, kinds: tuple[type, ...]) -> bool:  # noqa: ANN401 - of any kind
    """Say whether a property holds what it should."""
    if isinstance(value, vBroken) or not kinds:
        return False
    try:
        value.to_ical().decode()
    except (AttributeError, TypeError, ValueError):
        return False
    if vRecur in kinds:
        return isinstance(value, vRecur)
    return all(isinstance(getattr(each, "dt", None), kinds) for each in _each(value))


def _each(value: object) -> list[object]:
    return list(getattr(value, "dts", [value]))


def dates(event: Event, name: str) -> Iterator[Dated | Period | timedelta]:
    """Yield the days, times, lengths or periods under a name; all of them can be read."""
    for value in values(event, name):
        for each in getattr(value, "dts", [value]):
            yield each.dt


def start_of(event: Event) -> Dated:
    """Return when an event begins.

    Parameters
    ----------
    event
        An event whose times can be read.

    Returns
    -------
    date or datetime

    Raises
    ------
    LookupError
        It does not say.
    """
    found = next(dates(event, "DTSTART"), None)
    if isinstance(found, date):
        return found
    raise LookupError("DTSTART")


def strange_zone(event: Event) -> str:
    """Return the name of a zone in an event that nobody knows, or nothing."""
    names = (
        str(getattr(value, "params", {}).get(STRANGE, ""))
        for name in TIMES
        for value in values(event, name)
    )
    return next(filter(None, names), "")


def zone_of(start: Dated, *, home: str, base: str, repeats: bool) -> str:
    """Return the zone on whose wall an event is to be read.

    Parameters
    ----------
    start
        When it begins.
    home
        The zone for whole days.
    base
        The zone for a time that has none.
    repeats
        Whether it comes back. What comes back in UTC shifts on every other wall.

    Returns
    -------
    str
        Name of the zone.
    """
    if not isinstance(start, datetime):
        return home
    if start.tzinfo is None:
        return base
    if isinstance(start.tzinfo, ZoneInfo) and not is_utc(start):
        return start.tzinfo.key
    return "UTC" if repeats else base


def is_utc(at: datetime) -> bool:
    """Say whether a time is in UTC, under any of its names."""
    return str(at.tzinfo) in UTC_NAMES


def wall(at: Dated, zone: str) -> Wall:
    """Return what the wall of a zone shows.

    Parameters
    ----------
    at
        A day; a time without zone, which is taken as it stands; or a moment.
    zone
        Name of a zone.

    Returns
    -------
    tuple of date and time or None
    """
    if not isinstance(at, datetime):
        return at, None
    if at.tzinfo is not None:
        at = at.astimezone(known_zone(zone)).replace(tzinfo=None)
    return at.date(), at.time().replace(microsecond=0, fold=0)


def local(at: Wall) -> datetime:
    """Return a time on the wall without zone; of a whole day its beginning."""
    return datetime.combine(at[0], at[1] or time())


def length_of(event: Event, start: Dated, zone: str) -> Length:
    """Return how long an event lasts.

    Parameters
    ----------
    event
        An event.
    start
        When it begins.
    zone
        The zone on whose wall it is read.

    Returns
    -------
    Length
        Where no end is said, or one that is not after the start: a day, or an hour.
    """
    days_only = not isinstance(start, datetime)
    end = next(dates(event, "DTEND"), None) or next(dates(event, "DURATION"), None)
    begin = local(wall(start, zone))
    if isinstance(end, timedelta):
        minutes = _minutes(end)
    elif isinstance(end, date):
        minutes = _minutes(local(wall(end, zone)) - begin)
    else:
        minutes = 0
    if minutes > 0:
        return Length(minutes, said=True, days_only=days_only)
    return Length(WHOLE_DAY if days_only else HOUR, said=days_only, days_only=days_only)


def slot(at: Dated | Period, zone: str, minutes: int) -> Slot:
    """Return a date of an event as a slot.

    Parameters
    ----------
    at
        When it begins, perhaps with its end or length.
    zone
        The zone on whose wall it is read.
    minutes
        How long it lasts if it does not say so.

    Returns
    -------
    Slot

    Raises
    ------
    ScheduleRefused
        It cannot be.
    """
    if isinstance(at, tuple):
        at, end = at
        begin = local(wall(at, zone))
        lasts = end if isinstance(end, timedelta) else local(wall(end, zone)) - begin
        minutes = _minutes(lasts)
    begin = local(wall(at, zone))
    return Slot(begin.date(), begin.time(), minutes)


def in_utc(at: Dated, zone: str) -> datetime:
    """Return a day or time as a moment in UTC; `zone` is for what has none."""
    return local(wall(at, zone)).replace(tzinfo=known_zone(zone)).astimezone(UTC)


def _minutes(lasts: timedelta) -> int:
    """Count minutes; one that has begun counts, so that 23:59:59 is a whole day."""
    return -(-lasts // MINUTE)
