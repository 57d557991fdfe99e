"""Keeping the calendars of closed days that organisations share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from omzien.base.catalogue.actions.schedules import refresh_meetings
from omzien.base.catalogue.models import ClosedCalendar, ClosedDays, Closing, Offer
from omzien.base.catalogue.queries.schedules import range_of
from omzien.base.journal.actions import record
from omzien.methods.recurrence import DayRange

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from omzien.base.journal.models import Actor


@transaction.atomic
def set_calendar(
    slug: str,
    *,
    name: str,
    name_en: str,
    source: str,
    days: Iterable[tuple[str, date, date]],
    by: Actor,
    now: datetime,
) -> bool:
    """Add a calendar, or say anew which days it has; False where that is what they were.

    `days` are names with a first and a last day. The meetings of who follows it are computed anew.
    """
    said = {"name": name, "name_en": name_en, "source": source}
    calendar, made = ClosedCalendar.objects.get_or_create(slug=slug, defaults=said)
    wanted = {(what, DayRange(first, last)) for what, first, last in days}
    before = {(one.name, range_of(one.period)) for one in calendar.days.all()}
    if wanted == before and not made:
        return False
    calendar.days.all().delete()
    ClosedDays.objects.bulk_create(
        ClosedDays(calendar=calendar, name=what, period=DateRange(closed.first, closed.last, "[]"))
        for what, closed in sorted(wanted, key=lambda one: (one[1].first, one[1].last))
    )
    followers = Closing.objects.filter(calendar=calendar).values("organisation")
    refresh_meetings(Offer.objects.filter(organisation__in=followers), now=now)
    record("catalogue.set_calendar", subject=None, by=by, reason=slug[:40], now=now)
    return True
