"""From a plan to its meetings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from dateutil import rrule

from omzien.methods.recurrence.rules import Frequency, Meeting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omzien.methods.recurrence.rules import Plan, Rule

FREQUENCIES: dict[Frequency, Literal[0, 1, 2, 3]] = {
    Frequency.DAILY: rrule.DAILY,
    Frequency.WEEKLY: rrule.WEEKLY,
    Frequency.MONTHLY: rrule.MONTHLY,
    Frequency.YEARLY: rrule.YEARLY,
}


def meetings(plan: Plan, *, after: datetime, before: datetime) -> tuple[Meeting, ...]:
    """Return the meetings that start in [after, before)."""
    zone = ZoneInfo(plan.zone)
    first, last = (moment.astimezone(zone).replace(tzinfo=None) for moment in (after, before))
    found = {
        start: minutes
        for rule in plan.rules
        for start, minutes in _starts(rule, first, last)
        if not any(days.first <= start.date() <= days.last for days in plan.closed)
    }
    for change in plan.changes:
        for start in list(found):
            if start.date() == change.day and change.starts_at in (None, start.time()):
                del found[start]
    moved = [change.to for change in plan.changes if change.to]
    for day, at, minutes in (*moved, *plan.extra):
        start = datetime.combine(day, at)
        if first <= start < last:
            found[start] = minutes
    return tuple(
        Meeting(
            start.replace(tzinfo=zone), (start + timedelta(minutes=minutes)).replace(tzinfo=zone)
        )
        for start, minutes in sorted(found.items())
    )


def _starts(rule: Rule, first: datetime, last: datetime) -> Iterator[tuple[datetime, int]]:
    begin = datetime.combine(rule.first_day, rule.starts_at)
    if rule.frequency == Frequency.ONCE:
        if first <= begin < last:
            yield begin, rule.minutes
        return
    weeks = rule.weeks_of_month or (None,)
    days = [
        rrule.weekday(day, week) if week else rrule.weekday(day)
        for day in rule.weekdays
        for week in weeks
    ]
    repeated = rrule.rrule(
        FREQUENCIES[rule.frequency],
        dtstart=begin,
        interval=rule.interval,
        byweekday=days or None,
        bymonthday=rule.month_days or None,
        until=datetime.combine(rule.until, rule.starts_at) if rule.until else None,
        count=rule.count,
    )
    for start in repeated.between(first, last, inc=True):
        if start < last:
            yield start, rule.minutes


def next_meeting(plan: Plan, *, after: datetime) -> Meeting | None:
    """Return the first meeting within two years, if there is one."""
    found = meetings(plan, after=after, before=after + timedelta(days=730))
    return found[0] if found else None
