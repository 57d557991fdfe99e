"""A foreign calendar as entries with plans, and what was wrong with it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from omzien.methods.recurrence.calendars.cleaning import clean, zone_named
from omzien.methods.recurrence.calendars.entries import Entry, Problem, Trouble
from omzien.methods.recurrence.calendars.series import (
    Refused,
    Setting,
    is_cancelled,
    newest,
    read_series,
    version_of,
)
from omzien.methods.recurrence.calendars.times import (
    UTC_NAMES,
    dates,
    drop_broken,
    is_broken,
    texts,
    values,
)
from omzien.methods.recurrence.errors import BrokenCalendar
from omzien.methods.recurrence.expand import BEGINNING, next_meeting
from omzien.methods.recurrence.plans import HOME

if TYPE_CHECKING:
    from icalendar.cal import Component

OPEN = {"", "PUBLIC"}
# Each costs up to a quarter of a second.
SPELLED = {Trouble.SPELLED_OUT, Trouble.OTHER_ZONE, Trouble.TOO_MANY}
MOST_SPELLED = 300
WEB = ("https://", "http://")


def from_calendar(
    data: bytes, *, now: datetime, zone: str = HOME
) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Read a calendar, of whatever program.

    Parameters
    ----------
    data
        One or more calendars in one file, at most 5 MB and 20,000 events.
    now
        The moment from which repetitions are written out that a schedule cannot say.
    zone
        The zone meant by times without one, unless the calendar names another for all of it.

    Returns
    -------
    entries : tuple of Entry
        In order of their UID, their plans on the clock of `zone`.
    problems : tuple of Problem
        What was left out, and what a person should look at.

    Raises
    ------
    CalendarRefused
        One of its kinds: nothing of it can be read.

    Notes
    -----
    Of a person nothing is read: no organiser, no guests, no reminders; and an entry that is marked
    as private or confidential not at all.
    """
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    spelled = 0
    for calendar in _parsed(clean(data, home=zone)):
        setting = _setting(calendar, now, zone)
        for uid, events in sorted(_by_uid(calendar).items()):
            patient = replace(setting, patient=spelled < MOST_SPELLED)
            entry, found = _read(uid, events, patient)
            spelled += any(problem.trouble in SPELLED for problem in found)
            problems += found
            if entry and uid in entries:
                problems.append(Problem(uid, entry.summary, Trouble.TWICE))
                entry = max(entries[uid], entry, key=attrgetter("sequence", "last_changed"))
            if entry:
                entries[uid] = entry
    return tuple(entries[uid] for uid in sorted(entries)), tuple(problems)


def _read(uid: str, events: list[Event], setting: Setting) -> tuple[Entry | None, list[Problem]]:
    try:
        return _entry(uid, events, setting)
    except Refused as refused:
        title = "" if refused.trouble is Trouble.PRIVATE else _title(events)
        return None, [Problem(uid, title, refused.trouble, refused.detail)]


def _parsed(text: str) -> list[Component]:
    try:
        found = Calendar.from_ical(text, multiple=True)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise BrokenCalendar(str(error)[:120]) from error
    return list(found)


def _setting(calendar: Component, now: datetime, zone: str) -> Setting:
    """Return what to read a calendar with; it may name one zone for all of it."""
    named = str(calendar.get("X-WR-TIMEZONE", ""))
    base = zone_named(named, home=zone) if named else None
    # That all of it would be in UTC says nothing of the wall it hangs on.
    said = base is not None and base not in UTC_NAMES
    cancelled = str(calendar.get("METHOD", "")).upper() == "CANCEL"
    base = base if base and said else zone
    return Setting(zone, base, said, cancelled, now.astimezone(UTC))


def _by_uid(calendar: Component) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]:
        drop_broken(event)
        found[_text(event, "UID") or _made_up(event)].append(event)
    return found


def _made_up(event: Event) -> str:
    """Make a name of title and time, which is the same when the calendar is read again."""
    start = "" if is_broken(event) else "".join(texts(event, "DTSTART"))
    return hashlib.sha256(f"{start} {_text(event, 'SUMMARY')}".encode()).hexdigest()[:32]


def _entry(uid: str, events: list[Event], setting: Setting) -> tuple[Entry, list[Problem]]:
    if any(str(event.get("CLASS", "")).upper() not in OPEN for event in events):
        raise Refused(Trouble.PRIVATE)
    series = read_series(events, setting)
    if not any(values(event, "UID") for event in events):
        series.troubles[Trouble.NO_NAME] = ""
    plan = series.plan()
    if next_meeting(plan, after=BEGINNING) is None:
        raise Refused(Trouble.NEVER)
    main = _main(events)
    entry = Entry(
        uid,
        _text(main, "SUMMARY"),
        plan,
        max(_changed(event, setting.now) for event in events),
        _text(main, "DESCRIPTION"),
        _text(main, "LOCATION"),
        _address(main),
        max(0, *(version_of(event)[0] for event in events)),
        setting.cancelled or is_cancelled(main),
    )
    problems = [
        Problem(uid, entry.summary, trouble, detail) for trouble, detail in series.troubles.items()
    ]
    return entry, problems


def _main(events: list[Event]) -> Event:
    """Return the event that speaks for the entry."""
    mains = [event for event in events if not values(event, "RECURRENCE-ID")]
    return newest(mains or events)


def _title(events: list[Event]) -> str:
    return next((_text(event, "SUMMARY") for event in events), "")


def _text(event: Event, name: str) -> str:
    return next((str(value).strip() for value in values(event, name)), "")


def _address(event: Event) -> str:
    url = _text(event, "URL")
    return url if url.lower().startswith(WEB) else ""


def _changed(event: Event, now: datetime) -> datetime:
    said = [*dates(event, "LAST-MODIFIED"), *dates(event, "DTSTAMP")]
    moments = [at.replace(tzinfo=at.tzinfo or UTC) for at in said if isinstance(at, datetime)]
    return moments[0].astimezone(UTC) if moments else now
