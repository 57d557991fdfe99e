"""A schedule that is being written: carried along, and the next times that follow from it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
from omzien.base.catalogue.models import ClosedCalendar, ScheduleChange, ScheduleLine
from omzien.base.catalogue.queries.dates import moment_words
from omzien.base.catalogue.queries.schedules import plan_from, range_of, row_from
from omzien.methods.recurrence import meetings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from omzien.base.catalogue.models import Offer
    from omzien.base.freshness.queries.changes import Schedule
    from omzien.methods.recurrence import DayRange, Plan

DRAFT, KEPT = "freshness.schedule", timedelta(days=1)
HORIZON = timedelta(days=2 * 365)
ONE_DAY = timedelta(days=1)
SHOWN = 6


class DraftTooOld(Exception):
    """The page was open for longer than a day. Begin again: nothing was changed."""


def shared_calendars() -> QuerySet[ClosedCalendar]:
    """Return the calendars of closed days that an organisation can follow."""
    return ClosedCalendar.objects.prefetch_related("days").order_by("position", "name")


def plan_of_draft(draft: Schedule, *, closed: Sequence[DayRange] = ()) -> Plan:
    """Return the plan of a schedule that is not stored; refused where it cannot be."""
    lines, changes = draft
    return plan_from(
        [ScheduleLine(position=number, **asdict(line)) for number, line in enumerate(lines)],
        [ScheduleChange(**asdict(change)) for change in changes],
        closed=closed,
    )


def can_be(draft: Schedule) -> bool:
    """Say whether a schedule makes sense: that it ever takes place, for one."""
    try:
        plan_of_draft(draft)
    except ValueError:
        return False
    return True


def takes_place(draft: Schedule, day: date) -> bool:
    """Say whether the lines of a draft have a time on a day, whatever is different then."""
    lines, _changes = draft
    begin = timezone.make_aware(datetime.combine(day, time()))
    return bool(meetings(plan_of_draft((lines, ())), after=begin, before=begin + ONE_DAY))


def days_of(calendars: Sequence[str]) -> list[DayRange]:
    """Return the days off of these calendars."""
    return [
        range_of(days.period)
        for calendar in shared_calendars()
        if calendar.slug in calendars
        for days in calendar.days.all()
    ]


def next_times(
    draft: Schedule, *, calendars: Sequence[str], days_off: Sequence[DayRange], now: datetime
) -> list[str]:
    """Return in words the next six times that a draft would have."""
    plan = plan_of_draft(draft, closed=[*days_of(calendars), *days_off])
    found = meetings(plan, after=now, before=now + HORIZON)
    today = timezone.localdate(now)
    return [moment_words(one.start, one.end, today=today) for one in found[:SHOWN]]


def sign_draft(offer: Offer, draft: Schedule) -> str:
    """Return a draft as one signed text, for in a form; good for a day and this offer."""
    lines, changes = draft
    plain = [[asdict(line) for line in lines], [asdict(change) for change in changes]]
    values = json.loads(json.dumps(plain, cls=DjangoJSONEncoder))
    return signing.dumps([str(offer.key), values], salt=DRAFT, compress=True)


def read_draft(offer: Offer, signed: str) -> Schedule:
    """Return the draft again; refuse one that is too old, or of another offer."""
    try:
        key, values = signing.loads(signed, salt=DRAFT, max_age=KEPT)
    except signing.BadSignature as error:
        raise DraftTooOld from error
    if key != str(offer.key):
        raise DraftTooOld
    return rows_from(values)


def rows_from(values: Sequence[Sequence[dict[str, Any]]]) -> Schedule:
    lines, changes = values
    return (
        tuple(row_from(LineRow, line) for line in lines),
        tuple(row_from(ChangeRow, change) for change in changes),
    )
