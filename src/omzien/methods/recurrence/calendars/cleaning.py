"""A foreign calendar made fit to be read: only what is needed, and zones that everybody knows."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from omzien.methods.recurrence.errors import (
    BrokenCalendar,
    CalendarTooLarge,
    HalfACalendar,
    NotACalendar,
    UnknownZone,
)
from omzien.methods.recurrence.zones import clock_changes, known_zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

LARGEST, MOST_EVENTS = 5_000_000, 20_000
# Calendar, event, reminder is three.
DEEPEST = 10
READ = {"VCALENDAR", "VEVENT"}
# Nothing else is looked at: no organiser or guests, no reminders, no attachments.
DATES = {"DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE"}
LENGTHS = {"DURATION", "RRULE", "EXRULE"}
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "CLASS"}
VERSIONS = {"UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED"}
OF_CALENDAR = {"METHOD", "X-WR-TIMEZONE"}
REPEATED = {"RRULE", "EXRULE", "RDATE", "EXDATE"}
KEPT = {"VCALENDAR": OF_CALENDAR, "VEVENT": DATES | LENGTHS | TEXTS | VERSIONS}
# What is added to a date whose zone nobody knows by that name.
STRANGE = "X-OMZIEN-STRANGE-ZONE"

NAME = re.compile(r"\s*([A-Za-z0-9-]+)")
BORDER = re.compile(r"\s*(BEGIN|END)\s*:\s*(\S+)", re.IGNORECASE)
CLOCK = re.compile(r"\s*(TZID|TZOFFSETTO)\b[^:]*:\s*(.+)", re.IGNORECASE)
# A colon within quotes does not end the parameters.
PARAMETERS = re.compile(r'\s*[A-Za-z-]+((?:;(?:"[^"]*"|[^":])*)?):')
ZONE = re.compile(r';\s*TZID\s*=\s*(?:"([^"]*)"|([^;:"]*))', re.IGNORECASE)
ONLY_DAY = re.compile(r";VALUE=DATE(?![-\w])", re.IGNORECASE)
AHEAD = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(00)?", re.IGNORECASE)
# Years for which two clocks must go alike to be called the same.
ALIKE = range(2000, 2041)


def clean(data: bytes, *, home: str) -> str:
    """Return what is needed of the text of a calendar.

    Parameters
    ----------
    data
        A calendar as it was fetched, at most 5 MB and 20,000 events, in UTF-8; letters that are
        not are taken as Western European.
    home
        The zone that is meant by a clock which goes like it, whatever its name.

    Returns
    -------
    str
        Calendars and events with the properties in `KEPT`, unfolded. Time zones are those of the
        tz database. Where the name of one is not known, the date has the parameter `STRANGE`.

    Raises
    ------
    CalendarTooLarge, NotACalendar, HalfACalendar, BrokenCalendar

    Notes
    -----
    What is left out can do no harm: a clock (VTIMEZONE) may hold a rule for every second, and a
    program keeps what one calendar said of a zone for the next. What is needed of it are its
    offsets.
    """
    if len(data) > LARGEST:
        raise CalendarTooLarge
    sieve = _Sieve(home)
    for line in _lines(data):
        sieve.take(line)
    if sieve.events > MOST_EVENTS:
        raise CalendarTooLarge
    if not sieve.begun:
        raise NotACalendar
    if sieve.inside:
        raise HalfACalendar
    return "\n".join(sieve.named())


def _lines(data: bytes) -> list[str]:
    """Return whole lines. They are unfolded before they are letters: a fold may part a letter."""
    filled = b"\n".join(line for line in re.split(rb"[\r\n]", data) if line)
    whole = filled.replace(b"\n ", b"").replace(b"\n\t", b"").replace(b"\0", b"")
    try:
        return whole.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        return whole.decode("cp1252", errors="replace").split("\n")


class _Sieve:
    """Keeps the lines that are needed, and what is said of the clocks of zones."""

    def __init__(self, home: str) -> None:
        self.home = home
        self.begun, self.events = False, 0
        self.inside: list[str] = []
        self.seen: set[str] = set()
        self.lines: list[str] = []
        self.clock: list[tuple[str, str]] = []
        self.offsets: dict[str, frozenset[str]] = {}

    def take(self, line: str) -> None:
        border = BORDER.match(line)
        if border:
            self.cross(border[1].upper(), border[2].upper())
        elif self.reads:
            self.keep(line)
        elif said := CLOCK.match(line):
            self.clock.append((said[1].upper(), said[2].strip().strip('"')))

    def keep(self, line: str) -> None:
        """Keep a line that is needed; of what there can be one of, the first."""
        found = NAME.match(line)
        name = found[1].upper() if found else ""
        if self.inside and name in KEPT[self.inside[-1]] and name not in self.seen - REPEATED:
            self.seen.add(name)
            self.lines.append(line.strip())

    @property
    def reads(self) -> bool:
        """Within a part that is not read, nothing is."""
        return set(self.inside) <= READ

    def cross(self, word: str, name: str) -> None:
        """Go into a part or out of it. An event is never within anything but a calendar."""
        if word == "BEGIN":
            while name == "VEVENT" and self.inside and self.inside[-1] != "VCALENDAR":
                self.leave()
            if len(self.inside) == DEEPEST:
                raise BrokenCalendar("parts within parts")
            self.inside.append(name)
            self.seen = set()
            if self.reads:
                self.begun = True
                self.events += name == "VEVENT"
                self.lines.append(f"BEGIN:{name}")
        elif name in self.inside:
            while self.leave() != name:
                pass

    def leave(self) -> str:
        reads, name = self.reads, self.inside.pop()
        if reads:
            self.lines.append(f"END:{name}")
        if name == "VTIMEZONE":
            self.close_clock()
        return name

    def close_clock(self) -> None:
        offsets = frozenset(value for name, value in self.clock if name == "TZOFFSETTO")
        self.offsets |= {value: offsets for name, value in self.clock if name == "TZID"}
        self.clock = []

    def named(self) -> list[str]:
        """Return the lines, with the zones of dates by names that everybody knows."""
        return [
            _with_zone(line, self.offsets, self.home) if ";" in line else line
            for line in self.lines
        ]


def _with_zone(line: str, offsets: dict[str, frozenset[str]], home: str) -> str:
    name, parameters = NAME.match(line), PARAMETERS.match(line)
    zone = ZONE.search(parameters[1]) if parameters else None
    if not (name and name[1].upper() in DATES and parameters and zone):
        return line
    tzid = (zone[1] or zone[2] or "").strip()
    rest = ZONE.sub("", parameters[1])
    if not ONLY_DAY.search(rest):
        said = offsets.get(tzid, frozenset())
        known = zone_named(tzid, home=home)
        found = known or zone_like(said, home=home)
        # A clock like that at home, and one that stands still, leave nothing to doubt.
        sure = known or found == home or (found and len(said) == 1)
        rest += f";TZID={found}" if found else ""
        rest += "" if sure else f';{STRANGE}="{tzid}"'
    return f"{name[1]}{rest}{line[parameters.end() - 1 :]}"


def zone_named(tzid: str, *, home: str) -> str | None:
    """Return the name in the tz database of a zone.

    Parameters
    ----------
    tzid
        As in a calendar: such a name, perhaps behind those of a program, one of Windows, or hours
        ahead of UTC.
    home
        The zone to choose when its clock goes the same.

    Returns
    -------
    str or None
        None when nobody knows it.

    Notes
    -----
    "W. Europe Standard Time" is Europe/Berlin (Unicode CLDR), whose clock goes like that of
    Europe/Amsterdam. Of Etc/GMT-11 the sign is the other way round: it is eleven hours ahead.
    """
    parts = tzid.strip("/ ").split("/")
    names = ["/".join(parts[start:]) for start in range(len(parts))]
    windows = [WINDOWS_TO_OLSON.get(name, "") for name in names]
    for name in [*names, *windows, _standing_still(tzid)]:
        try:
            zone = known_zone(name)
        except UnknownZone:
            continue
        return home if _alike(zone, known_zone(home)) else zone.key
    return None


def zone_like(offsets: frozenset[str], *, home: str) -> str | None:
    """Return a zone whose clock has the same offsets.

    Parameters
    ----------
    offsets
        Such as +0100 and +0200.
    home
        The zone to choose if it has.

    Returns
    -------
    str or None
        That at home, or one whose clock stands still; None when neither.
    """
    if offsets == _offsets(known_zone(home)):
        return home
    return zone_named(next(iter(offsets)), home=home) if len(offsets) == 1 else None


def _standing_still(ahead: str) -> str:
    found = AHEAD.fullmatch(ahead.strip())
    if not found:
        return ""
    sign = "-" if found[1] == "+" else "+"
    return f"Etc/GMT{sign}{int(found[2])}" if int(found[2]) else "UTC"


@lru_cache(maxsize=256)
def _alike(one: ZoneInfo, other: ZoneInfo) -> bool:
    return _offsets(one) == _offsets(other) and all(
        [(each.local, each.before, each.after) for each in clock_changes(one, year)]
        == [(each.local, each.before, each.after) for each in clock_changes(other, year)]
        for year in ALIKE
    )


def _offsets(zone: ZoneInfo) -> frozenset[str]:
    """Return what a zone is ahead of UTC, in winter and in summer."""
    year = ALIKE[-1]
    return frozenset(datetime(year, month, 1, tzinfo=zone).strftime("%z") for month in (1, 7))
