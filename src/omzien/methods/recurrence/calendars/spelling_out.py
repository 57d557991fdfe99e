"""Repetitions for which a schedule at home has no words: written out, date by date."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import recurring_ical_events
from icalendar import Calendar

from omzien.methods.recurrence.calendars.times import in_utc, local, slot, start_of, texts, wall
from omzien.methods.recurrence.errors import CannotSay
from omzien.methods.recurrence.expand import BEGINNING, END_OF_TIME, meetings, next_meeting
from omzien.methods.recurrence.plans import Slot
from omzien.methods.recurrence.rrule import numbers, read_parts
from omzien.methods.recurrence.rules import DAYS_IN_MONTH, MOST_INTERVAL, Frequency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from icalendar import Event

    from omzien.methods.recurrence.plans import Plan

HORIZON = timedelta(days=400)
MOST = 1_000
MOST_TIMES_A_DAY = 12
# A weekday comes at most five times a month.
IN_A_MONTH = 5
PARTS = {
    "DAILY": {"BYDAY", "BYMONTH", "BYMONTHDAY"},
    "WEEKLY": {"BYDAY", "BYMONTH"},
    "MONTHLY": {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"},
}
ALWAYS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYHOUR", "BYMINUTE", "BYSECOND"}


def spelled_out(events: Sequence[Event], *, zone: str, minutes: int, now: datetime) -> list[Slot]:
    """Return the meetings of events that belong together, in the coming 400 days.

    Parameters
    ----------
    events
        An event that repeats, and its changed meetings.
    zone
        The zone on whose wall they are read.
    minutes
        How long a meeting lasts that does not say so.
    now
        The moment from which to count; when they begin later, that.

    Returns
    -------
    list of Slot
        At most one more than a thousand.

    Raises
    ------
    CannotSay
        A rule is one on which a program might search in vain for a long time.
    ScheduleRefused
        A meeting is longer than can be.
    """
    calendar = Calendar()
    # Times in UTC and without zone are put on the wall of the zone before they repeat.
    calendar.add("x-wr-timezone", zone)
    for event in events:
        check_rules(event)
        calendar.add_component(event)
    begin = min(in_utc(start_of(event), zone) for event in events)
    begin = max(begin, now)
    try:
        found = recurring_ical_events.of(calendar).between(begin, begin + HORIZON)
    except (ValueError, TypeError, AttributeError) as error:
        raise CannotSay(str(error)[:60]) from error
    slots = []
    for each in found[: MOST + 1]:
        start, end = local(wall(each.start, zone)), local(wall(each.end, zone))
        said = -(-(end - start) // timedelta(minutes=1))
        slots.append(Slot(start.date(), start.time(), said or minutes))
    return slots


def repeats(plan: Plan) -> bool:
    """Say whether a plan has more than single days."""
    return any(rule.frequency is not Frequency.ONCE for rule in plan.rules)


def dates_of(plan: Plan, *, zone: str, now: datetime) -> list[Slot]:
    """Return the meetings of a plan by the clock of another zone.

    Parameters
    ----------
    plan
        Any plan.
    zone
        The zone on whose wall they are read.
    now
        The moment from which to count 400 days; when they begin later, that. Of a plan that does
        not repeat all are returned.

    Returns
    -------
    list of Slot
        At most one more than a thousand.

    Raises
    ------
    ScheduleRefused
        A meeting is no time there, such as one that ends in an hour which comes twice.
    """
    begin, before = BEGINNING, END_OF_TIME
    if repeats(plan):
        first = next_meeting(plan, after=now)
        begin = first.start if first else now
        before = begin + HORIZON
    found = meetings(plan, after=begin, before=before, limit=MOST + 1)
    return [slot((each.start, each.end), zone, 1) for each in found]


def check_rules(event: Event) -> None:
    """Refuse rules on which a program might search in vain for a long time.

    Parameters
    ----------
    event
        An event.

    Raises
    ------
    CannotSay
        The days of a rule may never come together (such as the first Monday that is a 20th), or
        it has parts that hardly anybody uses.
    NotARule
    """
    for text in texts(event, "RRULE"):
        parts = read_parts(text)
        if not _comes_back(parts):
            raise CannotSay(text[:60])


def _comes_back(parts: dict[str, str]) -> bool:
    """Say whether a rule surely has a next day within some forty years."""
    frequency = parts["FREQ"]
    known = set(parts) <= ALWAYS | PARTS[frequency]
    times = len(numbers(parts.get("BYHOUR", "0"))) * len(numbers(parts.get("BYMINUTE", "0")))
    skips = int(parts.get("INTERVAL", "1"))
    limited = bool({"BYDAY", "BYMONTH", "BYMONTHDAY"} & set(parts))
    return (
        known
        and times <= MOST_TIMES_A_DAY
        and len(numbers(parts.get("BYSECOND", "0"))) == 1
        and skips <= MOST_INTERVAL
        and not (frequency == "DAILY" and skips > 1 and limited)
        and not (frequency == "MONTHLY" and skips > 1 and "BYMONTH" in parts)
        and _days_exist(parts)
    )


def _days_exist(parts: dict[str, str]) -> bool:
    days, months = numbers(parts.get("BYMONTHDAY", "")), numbers(parts.get("BYMONTH", ""))
    weekdays = parts["BYDAY"].split(",") if "BYDAY" in parts else []
    ordinals = any(len(each) > len("MO") for each in weekdays)
    if ordinals and (days or parts["FREQ"] in {"DAILY", "WEEKLY"}):
        return False
    if ordinals and any(abs(int(each[:-2] or 1)) > IN_A_MONTH for each in weekdays):
        return False
    longest = max(DAYS_IN_MONTH[month - 1] for month in months or range(1, 13))
    if days and min(abs(day) for day in days) > longest:
        return False
    if "BYSETPOS" not in parts:
        return True
    # A month has so many to choose from, or more.
    choice = len(days) or (len(weekdays) if ordinals else 4 * len(weekdays)) or 1
    return max(abs(each) for each in numbers(parts["BYSETPOS"])) <= choice
