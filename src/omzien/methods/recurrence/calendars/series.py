"""The events of a calendar that share a UID, as the parts of a plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING

from omzien.methods.recurrence.calendars.entries import Trouble
from omzien.methods.recurrence.calendars.spelling_out import (
    MOST,
    dates_of,
    repeats,
    spelled_out,
)
from omzien.methods.recurrence.calendars.times import (
    WHOLE_DAY,
    Dated,
    Period,
    Wall,
    dates,
    is_broken,
    length_of,
    local,
    slot,
    start_of,
    strange_zone,
    texts,
    values,
    wall,
    zone_of,
)
from omzien.methods.recurrence.errors import CannotSay, ScheduleRefused
from omzien.methods.recurrence.plans import Change, Plan, Slot
from omzien.methods.recurrence.rrule import from_rrule
from omzien.methods.recurrence.rules import LONGEST, Frequency, Rule, days
from omzien.methods.recurrence.zones import end_of, known_zone, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from icalendar import Event

Key = tuple[date, time]


class Refused(Exception):
    """This entry cannot be read."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        self.trouble, self.detail = trouble, detail
        super().__init__(f"{trouble} {detail}".strip())


@dataclass(frozen=True, slots=True)
class Setting:
    """What a calendar is read with.

    The zone for days and for times, whether the calendar says so itself, whether all of it is
    cancelled, now, and whether there is still time for repetitions to be spelled out.
    """

    home: str
    base: str
    said: bool
    cancelled: bool
    now: datetime
    patient: bool = True


@dataclass
class Series:
    """The parts of a plan as they are gathered, and what was odd about them."""

    zone: str
    rules: list[Rule] = field(default_factory=list)
    changes: dict[tuple[date, time | None], Slot | None] = field(default_factory=dict)
    extra: dict[Key, Slot] = field(default_factory=dict)
    troubles: dict[Trouble, str] = field(default_factory=dict)

    def plan(self) -> Plan:
        """Return the plan."""
        return Plan(
            tuple(self.rules),
            tuple(Change(day, at, to) for (day, at), to in self.changes.items()),
            tuple(sorted(self.extra.values(), key=lambda slot: (slot.day, slot.starts_at))),
            zone=self.zone,
        )

    def add(self, slot: Slot) -> None:
        self.extra[slot.day, slot.starts_at] = slot


def read_series(events: Sequence[Event], setting: Setting) -> Series:
    """Read events that share a UID.

    Parameters
    ----------
    events
        One with the times, perhaps more with changed ones; of equals the newest counts.
    setting
        What they are read with.

    Returns
    -------
    Series

    Raises
    ------
    Refused
        They cannot be read, or not well enough.
    """
    for event in events:
        if words := is_broken(event):
            raise Refused(Trouble.BROKEN, words)
    try:
        return _at_home(_Reader(events, setting).read(), setting)
    except LookupError as error:
        raise Refused(Trouble.NO_START) from error
    except CannotSay as error:
        raise Refused(Trouble.TOO_RICH, error.detail) from error
    except (ScheduleRefused, OverflowError) as error:
        raise Refused(Trouble.NONSENSE, str(error)) from error


def _at_home(series: Series, setting: Setting) -> Series:
    """Put what hangs on another wall on that at home, date by date."""
    if series.zone == setting.home:
        return series
    plan, troubles = series.plan(), series.troubles
    if repeats(plan):
        if not setting.patient:
            raise Refused(Trouble.TOO_RICH, series.zone)
        troubles = troubles | {Trouble.OTHER_ZONE: series.zone}
    return _of_dates(dates_of(plan, zone=setting.home, now=setting.now), setting.home, troubles)


def _of_dates(slots: Sequence[Slot], zone: str, troubles: dict[Trouble, str]) -> Series:
    if len(slots) > MOST:
        raise Refused(Trouble.TOO_MANY)
    series = Series(zone, troubles=troubles)
    for each in slots:
        series.add(each)
    return series


def newest(events: Sequence[Event]) -> Event:
    """Return the event of the highest sequence, then the latest change; of equals the last."""
    return max(reversed(events), key=version_of)


def version_of(event: Event) -> tuple[int, str]:
    """Return the sequence of an event, and the time of its last change as it is written."""
    sequence = next(iter(values(event, "SEQUENCE")), 0)
    changed = texts(event, "LAST-MODIFIED") or texts(event, "DTSTAMP") or [""]
    return sequence if isinstance(sequence, int) else 0, changed[0]


def is_cancelled(event: Event) -> bool:
    """Say whether an event is marked as cancelled."""
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _bare(at: Dated) -> Dated:
    return at.replace(tzinfo=None) if isinstance(at, datetime) else at


class _Reader:
    """Reads the events with one UID, of which it may be sure that their times can be read."""

    def __init__(self, events: Sequence[Event], setting: Setting) -> None:
        self.events, self.setting = events, setting
        mains = [event for event in events if not values(event, "RECURRENCE-ID")]
        self.main = newest(mains or events)
        self.alone = not mains
        self.twice = len(mains) > 1
        self.start = start = start_of(self.main)
        repeats = bool(values(self.main, "RRULE") or values(self.main, "RDATE"))
        self.repeats = repeats and not self.alone
        shifts = self.repeats and not setting.said
        self.zone = zone_of(start, home=setting.home, base=setting.base, repeats=shifts)
        self.length = length_of(self.main, start, self.zone)
        self.usual = local(wall(start, self.zone)).time()
        self.series = Series(self.zone)

    def read(self) -> Series:
        self._notice()
        ranged = any(
            getattr(each, "params", {}).get("RANGE")
            for event in self.events
            for each in values(event, "RECURRENCE-ID")
        )
        if ranged and not self.alone:
            return self._spelled_out("RANGE=THISANDFUTURE")
        try:
            self._read_main()
            self._read_exceptions()
        except CannotSay as error:
            return self._spelled_out(error.detail)
        return self.series

    def _notice(self) -> None:
        if any(values(event, "EXRULE") for event in self.events):
            raise Refused(Trouble.TOO_RICH, "EXRULE")
        if strange := strange_zone(self.main):
            self.series.troubles[Trouble.UNKNOWN_ZONE] = strange
        if self.twice:
            self.series.troubles[Trouble.TWICE] = ""
        if not self.length.said:
            self.series.troubles[Trouble.NO_END] = ""

    # --- What repeats ---------------------------------------------------------------------------

    def _read_main(self) -> None:
        if self.alone:
            return
        if self.length.minutes > LONGEST:
            self._read_long()
            return
        begin = datetime.combine(local(wall(self.start, self.zone)).date(), self.usual)
        self.series.rules = [
            from_rrule(text, start=begin, minutes=self.length.minutes, zone=self.zone)
            for text in texts(self.main, "RRULE") or [""]
        ]
        beside = [at for at in dates(self.main, "RDATE") if not isinstance(at, timedelta)]
        for at in beside:
            self.series.add(self._slot_at(at))
        key = (begin.date(), begin.time())
        if key not in self._said([key]):
            self.series.add(Slot(*key, self.length.minutes))

    def _slot_at(self, at: Dated | Period) -> Slot:
        """Read an RDATE; one without a time begins when the others do."""
        if not isinstance(at, datetime | tuple) and isinstance(self.start, datetime):
            at = datetime.combine(at, self.usual)
        return slot(at, self.zone, self.length.minutes)

    def _read_long(self) -> None:
        """Read what is a week or longer and of whole days as something of every day."""
        if self.repeats or not self.length.days_only:
            raise Refused(Trouble.TOO_LONG)
        first = local(wall(self.start, self.zone)).date()
        last = first + timedelta(days=self.length.minutes // WHOLE_DAY - 1)
        self.series.rules = [Rule(first, time(), WHOLE_DAY, Frequency.DAILY, until=last)]
        self.series.troubles[Trouble.EVERY_DAY] = ""

    def _said(self, keys: Iterable[tuple[date, time | None]]) -> set[Key]:
        """Return which meetings the rules have on some days."""
        asked = {day for day, _ in keys}
        if not asked:
            return set()
        since, until = min(asked), max(asked)
        return {
            (day, rule.starts_at)
            for rule in self.series.rules
            for day in days(rule, since=since, until=until)
            if day in asked
        }

    # --- What was changed -----------------------------------------------------------------------

    def _read_exceptions(self) -> None:
        gone = [at for at in dates(self.main, "EXDATE") if isinstance(at, date)]
        ids = [
            (at, event)
            for event in self.events
            for at in dates(event, "RECURRENCE-ID")
            if isinstance(at, date)
        ]
        asked = [*gone, *(at for at, _ in ids)]
        said = self._said([wall(way, self.zone) for at in asked for way in (at, _bare(at))])
        for at in gone:
            self._cancel(self._meant(at, said), said)
        changed: dict[Key, Event] = {}
        for at, event in ids:
            day, time_of_day = self._meant(at, said)
            key = (day, self.usual if time_of_day is None else time_of_day)
            changed[key] = newest([changed.get(key, event), event])
        for key, event in sorted(changed.items(), key=itemgetter(0)):
            # A meeting that was taken out is not changed as well.
            if key not in self.series.changes and (key[0], None) not in self.series.changes:
                self._change(key, event, said)

    def _meant(self, at: Dated, said: set[Key]) -> Wall:
        """Return which meeting is meant: some programs write another zone than they mean."""
        there, as_written = wall(at, self.zone), wall(_bare(at), self.zone)
        known = said | set(self.series.extra)
        return as_written if as_written in known and there not in known else there

    def _cancel(self, at: Wall, said: set[Key]) -> None:
        """Take out a meeting, or all of a day."""
        day, time_of_day = at
        extra = [
            key for key in self.series.extra if key[0] == day and time_of_day in {None, key[1]}
        ]
        for key in extra:
            del self.series.extra[key]
        if any(day == each and time_of_day in {None, when} for each, when in said):
            self.series.changes[at] = None

    def _change(self, key: Key, event: Event, said: set[Key]) -> None:
        if is_cancelled(event):
            self._cancel(key, said)
            return
        to = self._slot_of(event)
        if key in said:
            if not self._is_usual(key, to):
                self.series.changes[key] = to
        else:
            if self.series.extra.pop(key, None) is None and not self.alone:
                self.series.troubles[Trouble.ALONE] = key[0].isoformat()
            self.series.add(to)
        self._compare_texts(event)

    def _slot_of(self, event: Event) -> Slot:
        start = start_of(event)
        length = length_of(event, start, self.zone)
        minutes = length.minutes if length.said else self.length.minutes
        return slot(start, self.zone, minutes)

    def _is_usual(self, key: Key, to: Slot) -> bool:
        """Say whether a changed meeting begins and ends as it would have done."""
        zone = known_zone(self.zone)
        usual = moment(datetime.combine(*key), zone)
        then = moment(datetime.combine(to.day, to.starts_at), zone)
        return then == usual and end_of(then, to.minutes) == end_of(usual, self.length.minutes)

    def _compare_texts(self, event: Event) -> None:
        for name in ("SUMMARY", "LOCATION"):
            text = str(event.get(name, ""))
            if text and text != str(self.main.get(name, "")):
                self.series.troubles[Trouble.OTHER_TEXT] = text[:60]

    # --- What cannot be said --------------------------------------------------------------------

    def _spelled_out(self, why: str) -> Series:
        if not self.setting.patient:
            raise Refused(Trouble.TOO_RICH, why)
        for event in self.events:
            if length_of(event, start_of(event), self.zone).minutes > LONGEST:
                raise Refused(Trouble.TOO_LONG)
        slots = spelled_out(
            self.events, zone=self.zone, minutes=self.length.minutes, now=self.setting.now
        )
        return _of_dates(slots, self.zone, self.series.troubles | {Trouble.SPELLED_OUT: why})
