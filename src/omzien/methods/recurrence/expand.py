"""The meetings of a plan between two moments."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge
from itertools import accumulate, islice
from operator import attrgetter
from typing import TYPE_CHECKING

from omzien.methods.recurrence.plans import Change, Meeting, Plan, Slot
from omzien.methods.recurrence.rules import EARLIEST, LATEST, Rule, days, says
from omzien.methods.recurrence.zones import end_of, known_zone, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = timedelta(days=1)
BEGINNING = datetime(EARLIEST.year - 1, 12, 31, tzinfo=UTC)
END_OF_TIME = datetime(LATEST.year + 1, 1, 2, tzinfo=UTC)


def meetings(
    plan: Plan, *, after: datetime, before: datetime, limit: int | None = None
) -> tuple[Meeting, ...]:
    """Return the meetings of a plan that begin in a stretch of time.

    Parameters
    ----------
    plan
        The schedule.
    after, before
        Moments with a zone: from the first, up to but without the second.
    limit
        At most so many, the first ones.

    Returns
    -------
    tuple of Meeting
        In order of their beginning; of two that begin at the same moment one is left: that of the
        first rule, then a moved one, then an extra one.

    Raises
    ------
    ValueError
        A moment has no zone, or `limit` is below zero.

    Notes
    -----
    Worked number: Tuesdays 19:30 from 24 March 2026 begin at 18:30 UTC on the 24th, and at 17:30
    UTC on the 31st, because the clock is put forward on the 29th.
    """
    if after.tzinfo is None or before.tzinfo is None:
        raise ValueError("`after` and `before` need a zone")
    window = _Window(after.astimezone(UTC), before.astimezone(UTC))
    return tuple(islice(_in_order(plan, window), limit))


def next_meeting(plan: Plan, *, after: datetime) -> Meeting | None:
    """Return the first meeting that begins at or after a moment.

    Parameters
    ----------
    plan
        The schedule.
    after
        With a zone.

    Returns
    -------
    Meeting or None
        None when there is none any more.
    """
    return next(iter(meetings(plan, after=after, before=END_OF_TIME, limit=1)), None)


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of time in UTC, without its end."""

    after: datetime
    before: datetime

    def holds(self, start: datetime) -> bool:
        return self.after <= start < self.before

    def days(self) -> tuple[date, date]:
        """Return the first and last day that can hold it in any zone of the world."""
        first = max(self.after.date(), EARLIEST) - DAY
        last = min(self.before.date(), LATEST) + DAY
        return first, last


@dataclass(frozen=True, slots=True)
class _Gaps:
    """Which meetings of rules do not take place as the rule says."""

    changed: frozenset[tuple[date, time | None]]
    firsts: list[date]
    lasts: list[date]

    @classmethod
    def of(cls, plan: Plan, since: date, until: date) -> _Gaps:
        changed = frozenset((change.day, change.starts_at) for change in plan.changes)
        near = sorted(
            (each.first, each.last)
            for each in plan.closed
            if each.last >= since and each.first <= until
        )
        # Each range reaches as far as those before it, so that looking at one is enough.
        lasts = list(accumulate((last for _, last in near), max))
        return cls(changed, [first for first, _ in near], lasts)

    def hold(self, day: date, starts_at: time) -> bool:
        at = bisect_right(self.firsts, day) - 1
        return (
            (at >= 0 and day <= self.lasts[at])
            or (day, starts_at) in self.changed
            or (day, None) in self.changed
        )


def _in_order(plan: Plan, window: _Window) -> Iterator[Meeting]:
    gaps = _Gaps.of(plan, *window.days())
    streams = [
        *(_regular(plan, rule, window, gaps) for rule in plan.rules),
        iter(_moved(plan, window)),
        iter(_extra(plan, window)),
    ]
    latest: datetime | None = None
    # Among equals `merge` keeps the order of the streams.
    for meeting in merge(*streams, key=attrgetter("start")):
        if meeting.start != latest:
            latest = meeting.start
            yield meeting


def _regular(plan: Plan, rule: Rule, window: _Window, gaps: _Gaps) -> Iterator[Meeting]:
    zone = known_zone(plan.zone)
    since, until = window.days()
    for day in days(rule, since=since, until=until):
        if gaps.hold(day, rule.starts_at):
            continue
        # `moment` in two steps: comparing in UTC is three times as fast as across zones.
        begins = datetime.combine(day, rule.starts_at, zone).astimezone(UTC)
        if begins >= window.before:
            return
        if begins >= window.after:
            start = begins.astimezone(zone)
            yield Meeting(start, end_of(start, rule.minutes))


def _moved(plan: Plan, window: _Window) -> list[Meeting]:
    found = [
        meeting
        for change in plan.changes
        if change.to
        and window.holds((meeting := _meeting(change.to, plan)).start)
        and times_changed(plan, change)
    ]
    return sorted(found, key=attrgetter("start"))


def times_changed(plan: Plan, change: Change) -> list[time]:
    """Return when on its day the meetings of rules should begin that a change is about.

    Parameters
    ----------
    plan
        The schedule.
    change
        One of its changes.

    Returns
    -------
    list of time
        In order, on the clock on the wall; empty when no rule has a meeting then.
    """
    if change.starts_at is None:
        named = {each.starts_at for each in plan.changes if each.day == change.day}
        asked = {rule.starts_at for rule in plan.rules} - named
    else:
        asked = {change.starts_at}
    times = {rule.starts_at for rule in plan.rules if rule.starts_at in asked}
    return sorted(
        at
        for at in times
        if any(rule.starts_at == at and says(rule, change.day) for rule in plan.rules)
    )


def _extra(plan: Plan, window: _Window) -> list[Meeting]:
    found = (_meeting(slot, plan) for slot in plan.extra)
    return sorted(
        (meeting for meeting in found if window.holds(meeting.start)), key=attrgetter("start")
    )


def _meeting(slot: Slot, plan: Plan) -> Meeting:
    start = moment(datetime.combine(slot.day, slot.starts_at), known_zone(plan.zone))
    return Meeting(start, end_of(start, slot.minutes))
