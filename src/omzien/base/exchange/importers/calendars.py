"""A calendar of somebody else as rows of the map: entries with their times, places as written."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from omzien.base.catalogue.importers.rows import ChangeRow, LineRow, LocationRow
from omzien.base.exchange.importers.errors import Refused
from omzien.base.exchange.importers.texts import one_line, text_of
from omzien.methods.recurrence import Frequency, next_meeting
from omzien.methods.recurrence.calendars.entries import Trouble
from omzien.methods.recurrence.calendars.reading import from_calendar

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.methods.recurrence import Change, Plan, Rule, Slot
    from omzien.methods.recurrence.calendars.entries import Entry, Problem

# More than any organisation has to offer: what has more is something else.
MOST_ENTRIES = 2_000
NAME, SENTENCE, NUMBER = 160, 300, 200
STREET, TOWN = 120, 80
FOLD = re.compile(rb"\r?\n[ \t]")
POSTCODE = re.compile(r"\b([1-9][0-9]{3})\s?([A-Za-z]{2})\b")
SENTENCE_END = re.compile(r"(?<=[.!?])\s|\n")
WEB = ("https://", "http://")
# Marks of a page that calendars put in descriptions; any other stays as the text that it is.
BREAK = re.compile(r"<(?:br|/p|/li|/div|/h[1-6])\s*/?>", re.IGNORECASE)
MARKS = "a|b|i|u|p|br|ul|ol|li|div|span|strong|em|h[1-6]"
MARK = re.compile(rf"</?(?:{MARKS})\b[^<>]*>", re.IGNORECASE)


class TooManyEntries(Refused):
    """There are more than 2,000 coming things in it: give a calendar with what you offer only."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a calendar has still to come, what is over in it, and what was wrong, by entry."""

    coming: tuple[Entry, ...]
    # Numbers of what is there and yet does not go on: cancelled, over, or made private.
    over: frozenset[str]
    problems: tuple[Problem, ...]

    @property
    def present(self) -> frozenset[str]:
        """Return the numbers of all that goes on there, also of what could not be read."""
        refused = {number_of(problem.uid) for problem in self.problems if problem.refused}
        return frozenset({number_of(entry.uid) for entry in self.coming} | refused - self.over)


def read_calendar(data: bytes, *, now: datetime) -> Reading:
    """Return what is in a calendar; it is refused whole where its letters or size are wrong.

    What a schedule has no words for is written out from the first of the month, so that it
    changes once a month only.
    """
    # A fold may part a letter; only whole lines can be read as text.
    text_of(FOLD.sub(b"", data))
    since = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    entries, problems = from_calendar(data, now=since)
    coming = tuple(entry for entry in entries if goes_on(entry, now=now))
    if len(coming) > MOST_ENTRIES:
        raise TooManyEntries(str(len(coming)))
    closed = {problem.uid for problem in problems if problem.trouble is Trouble.PRIVATE}
    over = {entry.uid for entry in entries} - {entry.uid for entry in coming} | closed
    return Reading(coming, frozenset(map(number_of, over)), problems)


def goes_on(entry: Entry, *, now: datetime) -> bool:
    return not entry.cancelled and next_meeting(entry.plan, after=now) is not None


def number_of(uid: str) -> str:
    """Return the number by which an entry is known again: its UID, or a mark of a long one."""
    return uid if len(uid) <= NUMBER else hashlib.sha256(uid.encode()).hexdigest()


# --- Words --------------------------------------------------------------------------------------


def words_of(entry: Entry) -> dict[str, str]:
    """Return what an entry says in words, by the fields of an offer."""
    description = plain(entry.description)
    sentence = SENTENCE_END.split(description, maxsplit=1)[0] or entry.summary
    return {
        "name": one_line(entry.summary, NAME),
        "summary": one_line(sentence, SENTENCE),
        "description": description,
        "source_url": entry.url,
    }


def plain(text: str) -> str:
    """Return a description without the marks of a page; a script in it is text like any other."""
    lines = unescape(MARK.sub("", BREAK.sub("\n", text))).replace("\xa0", " ").splitlines()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def place_in(text: str) -> LocationRow | None:
    """Return the place that one line names: a name, perhaps a street, postcode and town."""
    line = one_line(text.replace("\n", ", "), 1_000)
    if line.startswith(WEB):
        # Which meeting room is for who takes part; that it is online is for everybody.
        host = urlsplit(line).hostname or line
        return LocationRow(name=host[:NAME], kind="online", ref=text)
    parts = [part.strip() for part in line.split(",") if part.strip()]
    if not parts:
        return None
    at = next((number for number, part in enumerate(parts) if POSTCODE.search(part)), None)
    if at is None:
        return LocationRow(name=one_line(line, NAME), ref=text)
    found = POSTCODE.search(parts[at])
    assert found is not None  # noqa: S101 - it was found one line above
    before = [*parts[:at], parts[at][: found.start()].strip()]
    named = [part for part in before if part]
    return LocationRow(
        name=one_line(named[0] if named else parts[at], NAME),
        street=one_line(named[-1], STREET) if named else "",
        postcode=f"{found[1]}{found[2].upper()}",
        town=one_line(parts[at][found.end() :].strip() or "".join(parts[at + 1 : at + 2]), TOWN),
        ref=text,
    )


# --- Times --------------------------------------------------------------------------------------


def kind_of(plan: Plan) -> str:
    """Return whether something happens once or comes back."""
    once = all(rule.frequency is Frequency.ONCE for rule in plan.rules)
    return "event" if once and len(plan.rules) + len(plan.extra) == 1 else "activity"


def lines_of(plan: Plan) -> tuple[LineRow, ...]:
    """Return the rules of a plan as lines of a schedule."""
    return tuple(line_of(rule) for rule in plan.rules)


def line_of(rule: Rule) -> LineRow:
    return LineRow(
        first_day=rule.first_day,
        starts_at=rule.starts_at,
        minutes=rule.minutes,
        frequency=rule.frequency.value,
        interval=rule.interval,
        weekdays=rule.weekdays,
        weeks_of_month=rule.weeks_of_month,
        month_days=rule.month_days,
        until=rule.until,
        count=rule.count,
    )


def changes_of(plan: Plan) -> tuple[ChangeRow, ...]:
    """Return what was changed and added as changes of a schedule; what was added has no day."""
    return (
        *(change_of(change) for change in plan.changes),
        *(added(slot) for slot in plan.extra),
    )


def change_of(change: Change) -> ChangeRow:
    moved = added(change.to) if change.to else ChangeRow()
    return replace(moved, day=change.day, starts_at=change.starts_at)


def added(slot: Slot) -> ChangeRow:
    return ChangeRow(new_day=slot.day, new_starts_at=slot.starts_at, new_minutes=slot.minutes)
