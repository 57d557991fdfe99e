"""Invented rules and plans of every kind."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from hypothesis import reject
from hypothesis import strategies as st

from omzien.methods.recurrence.errors import NeverTakesPlace
from omzien.methods.recurrence.plans import Change, DayRange, Plan, Slot
from omzien.methods.recurrence.rules import Frequency, Rule

if TYPE_CHECKING:
    from collections.abc import Collection

LAST = -1
recent_days = st.dates(date(2024, 1, 1), date(2027, 12, 31))
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
lengths = st.integers(1, 36 * 60)
weekday_sets = st.sets(st.integers(0, 6), max_size=3).map(tuple)
BY_MONTH = {Frequency.MONTHLY, Frequency.YEARLY}


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    frequency = draw(st.sampled_from(Frequency))
    weekdays: Collection[int] = ()
    weeks: Collection[int] = ()
    month_days: Collection[int] = ()
    if frequency is Frequency.WEEKLY or (frequency in BY_MONTH and draw(st.booleans())):
        weekdays = draw(weekday_sets)
    if frequency in BY_MONTH and weekdays:
        weeks = draw(st.sets(st.sampled_from([1, 2, 3, 4, 5, LAST]), max_size=3))
    elif frequency in BY_MONTH:
        month_days = draw(st.sets(st.sampled_from([*range(1, 32), LAST]), max_size=3))
    first = draw(recent_days)
    once = frequency is Frequency.ONCE
    end = "endless" if once else draw(st.sampled_from(["endless", "until", "count"]))
    try:
        return Rule(
            first,
            draw(times),
            draw(lengths),
            frequency,
            1 if once else draw(st.integers(1, 5)),
            tuple(weekdays),
            tuple(weeks),
            tuple(month_days),
            first + timedelta(draw(st.integers(0, 900))) if end == "until" else None,
            draw(st.integers(1, 60)) if end == "count" else None,
        )
    except NeverTakesPlace:
        reject()


slots = st.builds(Slot, recent_days, times, lengths)
ranges = st.builds(
    lambda first, length: DayRange(first, first + timedelta(length)),
    recent_days,
    st.integers(0, 60),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Return a plan of which no two rules begin at the same time of the day."""
    chosen = draw(st.lists(rules(), max_size=3, unique_by=lambda rule: rule.starts_at))
    at = st.sampled_from([None, *(rule.starts_at for rule in chosen)])
    changes = draw(
        st.lists(
            st.builds(Change, recent_days, at, st.none() | slots),
            max_size=6,
            unique_by=lambda change: (change.day, change.starts_at),
        )
    )
    return Plan(
        tuple(chosen),
        tuple(changes),
        tuple(draw(st.lists(slots, max_size=3))),
        tuple(draw(st.lists(ranges, max_size=2))),
    )
