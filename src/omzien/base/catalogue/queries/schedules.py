"""Reads of schedules: the plan of an offer, and its meetings ahead."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields as fields_of
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
from omzien.base.catalogue.models import ClosedDays, Closing, Meeting, Offer
from omzien.methods.recurrence import Change, DayRange, Frequency, Plan, Rule, Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from django.db.backends.postgresql.psycopg_any import DateRange
    from django.db.models import QuerySet

    from omzien.base.catalogue.models import ScheduleChange, ScheduleLine

ONE_DAY = timedelta(days=1)
LINE_FIELDS = tuple(field.name for field in fields_of(LineRow))
CHANGE_FIELDS = tuple(field.name for field in fields_of(ChangeRow))
Row = TypeVar("Row", LineRow, ChangeRow)


def with_schedule(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Read the lines and changes along, so that `plan_of` asks nothing more."""
    return offers.prefetch_related("schedule", "changes")


def plan_of(offer: Offer, *, closed: Sequence[DayRange] = ()) -> Plan:
    """Return when an offer takes place, as the one engine for meetings takes it."""
    return plan_from(list(offer.schedule.all()), list(offer.changes.all()), closed=closed)


def plan_from(
    lines: Sequence[ScheduleLine],
    changes: Sequence[ScheduleChange],
    *,
    closed: Sequence[DayRange] = (),
) -> Plan:
    """Return the plan of lines and changes, also of some that are not stored (yet)."""
    return Plan(
        rules=tuple(rule_of(line) for line in sorted(lines, key=lambda line: line.position)),
        changes=tuple(change_of(change) for change in changes if change.day),
        extra=tuple(slot for change in changes if not change.day for slot in slots_of(change)),
        closed=tuple(closed),
    )


def rule_of(line: ScheduleLine) -> Rule:
    return Rule(
        first_day=line.first_day,
        starts_at=line.starts_at,
        minutes=line.minutes,
        frequency=Frequency(line.frequency),
        interval=line.interval,
        weekdays=tuple(line.weekdays),
        weeks_of_month=tuple(line.weeks_of_month),
        month_days=tuple(line.month_days),
        until=line.until,
        count=line.count,
    )


def change_of(change: ScheduleChange) -> Change:
    assert change.day is not None  # noqa: S101 - asked only of changes to a meeting
    slots = slots_of(change)
    return Change(day=change.day, starts_at=change.starts_at, to=slots[0] if slots else None)


def slots_of(change: ScheduleChange) -> tuple[Slot, ...]:
    """Return the new moment of a change: none where a meeting is cancelled."""
    if change.new_day is None or change.new_starts_at is None or change.new_minutes is None:
        return ()
    return (Slot(change.new_day, change.new_starts_at, change.new_minutes),)


def rows_of(offer: Offer) -> tuple[tuple[LineRow, ...], tuple[ChangeRow, ...]]:
    """Return the schedule of an offer as plain rows: to compare, to export, for history."""
    lines = sorted(offer.schedule.all(), key=lambda line: line.position)
    changes = sorted(offer.changes.all(), key=lambda change: change.pk)
    return (
        tuple(
            row_from(LineRow, {name: getattr(line, name) for name in LINE_FIELDS})
            for line in lines
        ),
        tuple(
            row_from(ChangeRow, {name: getattr(change, name) for name in CHANGE_FIELDS})
            for change in changes
        ),
    )


def row_from(kind: type[Row], values: Mapping[str, Any]) -> Row:
    """Return a row from plain values, also as JSON keeps them: days and times as text."""
    return kind(**{name: revived(name, value) for name, value in values.items()})


def revived(name: str, value: Any) -> Any:  # noqa: ANN401 - a field of any type
    """Return a value of a row again as what it is: a list as a tuple, a text as a day or time."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str) and name.endswith("starts_at"):
        return time.fromisoformat(value)
    if isinstance(value, str) and name.endswith(("day", "until")):
        return date.fromisoformat(value)
    return value


def closed_days_of(organisations: Iterable[int]) -> dict[int, list[DayRange]]:
    """Return the days on which these organisations are closed, by number, in two queries."""
    closings = list(Closing.objects.filter(organisation__in=set(organisations)))
    calendars = {closing.calendar_id for closing in closings if closing.calendar_id}
    shared: dict[int, list[DayRange]] = defaultdict(list)
    for days in ClosedDays.objects.filter(calendar__in=calendars):
        shared[days.calendar_id].append(range_of(days.period))
    found: dict[int, list[DayRange]] = defaultdict(list)
    for closing in closings:
        own = [range_of(closing.period)] if closing.period else []
        found[closing.organisation_id] += own or shared[closing.calendar_id or 0]
    return dict(found)


def range_of(period: DateRange) -> DayRange:
    """Return the days of a range; the database keeps the day after the last."""
    return DayRange(period.lower, period.upper - ONE_DAY)


def meetings_ahead(offer: Offer, *, now: datetime, how_many: int = 6) -> list[Meeting]:
    """Return the next meetings, one that is going on now included."""
    found = Meeting.objects.filter(offer=offer, ends_at__gt=now).order_by("starts_at")
    return list(found[:how_many])
