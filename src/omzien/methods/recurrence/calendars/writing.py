"""Plans as a calendar that every program shows alike (iCalendar, RFC 5545)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from icalendar import Calendar, Event, vRecur

from omzien.methods.recurrence.calendars.time_zones import time_zone
from omzien.methods.recurrence.expand import meetings, times_changed
from omzien.methods.recurrence.plans import Plan, Slot
from omzien.methods.recurrence.rrule import to_rrule
from omzien.methods.recurrence.rules import (
    EARLIEST,
    Frequency,
    Rule,
    days,
    first_meeting_day,
    last_day,
    says,
)
from omzien.methods.recurrence.zones import days_of_change, end_of, is_plain, known_zone, moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from omzien.methods.recurrence.calendars.entries import Entry

MAKER = "-//Omzien//NONSGML Omzien//NL"
DAY = timedelta(days=1)
INSTANT = timedelta(seconds=1)
# How far ahead a meeting in the night of a clock change is written by itself.
AHEAD = timedelta(days=3653)


def to_calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """Write entries as a calendar.

    Parameters
    ----------
    name
        What a program shows above it.
    entries
        With plans of any kind.

    Returns
    -------
    bytes
        UTF-8. The same entries give the same bytes.

    Notes
    -----
    Every program is to show the same moments, so nothing is written that programs read in
    different ways:

    * an entry is one event for each rule, because many programs know only one rule an event;
    * closed and cancelled meetings are EXDATE, moved ones RECURRENCE-ID;
    * an extra meeting is RDATE where it lasts as long as those of the first rule and that repeats,
      else an event of its own (Outlook drops an event with RDATE and without RRULE);
    * a meeting that begins or ends in the hour of a clock change, or goes on through it, is
      written by itself, in UTC, for the ten years after the last change of the entry: of 02:30 in
      that night, recurring-ical-events and ical.js make two different moments;
    * the clock of the zone is written by a rule that begins in 1970.

    Two rules that have a meeting at the same moment appear twice: only `meetings` takes one out.
    """
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    since: dict[str, int] = {}
    events: list[Event] = []
    for entry in entries:
        zone, year = entry.plan.zone, _first_year(entry.plan)
        since[zone] = min(since.get(zone, year), year)
        events += _events(entry)
    for zone, year in sorted(since.items()):
        if zone != "UTC":
            calendar.add_component(time_zone(zone, since=year))
    for event in events:
        calendar.add_component(event)
    written: bytes = calendar.to_ical(sorted=False)
    return written


def _first_year(plan: Plan) -> int:
    slots = [*plan.extra, *(change.to for change in plan.changes if change.to)]
    firsts = [*(rule.first_day for rule in plan.rules), *(slot.day for slot in slots)]
    return min(firsts, default=EARLIEST).year


def _events(entry: Entry) -> Iterator[Event]:
    writer = _Writer(entry)
    for number, rule in enumerate(entry.plan.rules, 1):
        yield from writer.of_rule(rule, "" if number == 1 else str(number))
    yield from writer.of_extra()


class _Writer:
    """Writes the events of one entry."""

    def __init__(self, entry: Entry) -> None:
        self.entry, self.plan = entry, entry.plan
        self.zone = known_zone(entry.plan.zone)
        cancelled = tuple(replace(change, to=None) for change in self.plan.changes)
        self.regular = replace(self.plan, extra=(), changes=cancelled)
        self.taken: set[datetime] = set()
        # Where meetings went, by when they should have begun.
        self.moved = {
            (change.day, times[0]): change.to
            for change in self.plan.changes
            if change.to and (times := times_changed(self.plan, change)) and self.takes(change.to)
        }
        in_order = sorted(self.plan.extra, key=attrgetter("day", "starts_at"))
        self.extra = [slot for slot in in_order if self.takes(slot)]

    def takes(self, slot: Slot) -> bool:
        """Say whether nothing else begins together with a slot, and keep the moment for it."""
        at = moment(datetime.combine(slot.day, slot.starts_at), self.zone).astimezone(UTC)
        if at in self.taken or meetings(self.regular, after=at, before=at + INSTANT):
            return False
        self.taken.add(at)
        return True

    # --- The events of a rule -------------------------------------------------------------------

    def of_rule(self, rule: Rule, part: str) -> Iterator[Event]:
        gone = self.gone(rule)
        # Of two rules with a meeting then, the first takes it along.
        keys = [(day, rule.starts_at) for day in gone]
        moved = {key[0]: self.moved.pop(key) for key in keys if key in self.moved}
        if rule.frequency is Frequency.ONCE:
            if not gone or moved:
                slot = moved.get(rule.first_day, rule)
                yield self.single(_local(slot), slot.minutes, part)
            return
        yield self.series(rule, part, [day for day in gone if day not in moved])
        for day, slot in moved.items():
            yield self.instead(rule, part, day, slot)
        for day in self.uneven(rule):
            if day not in gone:
                yield self.instead(rule, part, day, Slot(day, rule.starts_at, rule.minutes))

    def gone(self, rule: Rule) -> list[date]:
        """Return the days on which a rule does not have the meeting that it says."""
        changed = {
            change.day
            for change in self.plan.changes
            if change.starts_at in {None, rule.starts_at}
        }
        found: set[date] = set()
        if changed:
            found |= changed & set(days(rule, since=min(changed), until=max(changed)))
        for each in self.plan.closed:
            found |= set(days(rule, since=each.first, until=each.last))
        return sorted(found)

    def series(self, rule: Rule, part: str, without: list[date]) -> Event:
        event = self.event(part)
        start = datetime.combine(first_meeting_day(rule), rule.starts_at)
        event.add("dtstart", start.replace(tzinfo=self.zone))
        length = timedelta(minutes=rule.minutes)
        if is_plain(start, rule.minutes, self.zone):
            event.add("dtend", (start + length).replace(tzinfo=self.zone))
        else:
            # The distance to an end on the other side of a clock change would count for all.
            event.add("duration", length)
        event.add("rrule", vRecur.from_ical(to_rrule(rule, zone=self.plan.zone)))
        if without:
            event.add("exdate", [self.at(day, rule.starts_at) for day in without])
        if not part and (beside := self.beside(rule)):
            event.add("rdate", [self.at(slot.day, slot.starts_at) for slot in beside])
        return event

    def beside(self, rule: Rule) -> list[Slot]:
        """Take the extra meetings that can be dates of a rule as well."""
        found = [
            slot
            for slot in self.extra
            if slot.minutes == rule.minutes
            and is_plain(_local(slot), slot.minutes, self.zone)
            and not (slot.starts_at == rule.starts_at and says(rule, slot.day))
        ]
        self.extra = [slot for slot in self.extra if slot not in found]
        return found

    def instead(self, rule: Rule, part: str, day: date, slot: Slot) -> Event:
        event = self.single(_local(slot), slot.minutes, part)
        event.add("recurrence-id", self.at(day, rule.starts_at))
        return event

    def uneven(self, rule: Rule) -> Iterator[date]:
        """Yield the days on which a meeting runs into a clock change."""
        nights = timedelta(minutes=rule.minutes) // DAY + 1
        until = min(last_day(rule), self.entry.last_changed.date() + AHEAD) + nights * DAY
        found = {
            changed - number * DAY
            for changed in days_of_change(self.zone, since=rule.first_day, until=until)
            for number in range(nights + 1)
        }
        for day in sorted(found):
            local = datetime.combine(day, rule.starts_at)
            if not is_plain(local, rule.minutes, self.zone) and says(rule, day):
                yield day

    # --- Events by themselves -------------------------------------------------------------------

    def of_extra(self) -> Iterator[Event]:
        for slot in self.extra:
            alone = not self.plan.rules and slot is self.extra[0]
            part = "" if alone else f"{_local(slot):%Y%m%dT%H%M%S}"
            yield self.single(_local(slot), slot.minutes, part)

    def single(self, start: datetime, minutes: int, part: str) -> Event:
        event = self.event(part)
        begin = moment(start, self.zone)
        end = end_of(begin, minutes)
        zone = self.zone if is_plain(start, minutes, self.zone) else UTC
        event.add("dtstart", begin.astimezone(zone))
        event.add("dtend", end.astimezone(zone))
        return event

    def event(self, part: str) -> Event:
        event, entry = Event(), self.entry
        event.add("uid", _part_uid(entry.uid, part))
        event.add("dtstamp", entry.last_changed)
        event.add("last-modified", entry.last_changed)
        event.add("sequence", entry.sequence)
        texts = {
            "summary": entry.summary,
            "description": entry.description,
            "location": entry.location,
            "url": entry.url,
            "status": "CANCELLED" if entry.cancelled else "",
        }
        for name, text in texts.items():
            if text:
                event.add(name, text)
        return event

    def at(self, day: date, starts_at: time) -> datetime:
        """Return what the wall shows, as it stands: also where that moment does not exist."""
        return datetime.combine(day, starts_at, self.zone)


def _local(slot: Slot | Rule) -> datetime:
    day = slot.day if isinstance(slot, Slot) else slot.first_day
    return datetime.combine(day, slot.starts_at)


def _part_uid(uid: str, part: str) -> str:
    name, at, host = uid.partition("@")
    return f"{name}-{part}{at}{host}" if part else uid
