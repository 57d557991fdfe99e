"""Saying when an offer takes place, and computing its meetings ahead."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from omzien.base.catalogue.actions.copying import copy_rows
from omzien.base.catalogue.models import (
    Closing,
    Meeting,
    Offer,
    ScheduleChange,
    ScheduleLine,
    Status,
)
from omzien.base.catalogue.queries.schedules import closed_days_of, plan_of, rows_of, with_schedule
from omzien.base.history.actions import keep_revision
from omzien.base.journal.actions import record
from omzien.methods.recurrence import DayRange, meetings, next_meeting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from omzien.base.catalogue.importers.rows import ChangeRow, LineRow, OfferRow
    from omzien.base.catalogue.models import ClosedCalendar
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation

# So far ahead are meetings in the database, for search and lists; every night a day is added.
AHEAD = timedelta(days=60)
AT_ONCE = 2_000


@transaction.atomic
def set_schedule(
    offer: Offer,
    *,
    lines: Sequence[LineRow],
    changes: Sequence[ChangeRow] = (),
    by: Actor,
    now: datetime,
) -> bool:
    """Say when an offer takes place from now on; False where that is what it was."""
    locked = Offer.objects.select_for_update().get(pk=offer.pk)
    before, after = rows_of(locked), (tuple(lines), tuple(changes))
    if before == after:
        return False
    locked.schedule.all().delete()
    locked.changes.all().delete()
    ScheduleLine.objects.bulk_create(lines_for(locked, lines))
    ScheduleChange.objects.bulk_create(changes_for(locked, changes))
    locked.changed_at = now
    locked.save(update_fields=["changed_at"])
    refresh_meetings([locked], now=now)
    keep_revision(locked, before=told(*before), after=told(*after), by=by, now=now)
    record("catalogue.set_schedule", subject=locked, by=by, now=now)
    return True


def told(lines: Sequence[LineRow], changes: Sequence[ChangeRow]) -> dict[str, object]:
    """Return a schedule as history keeps it."""
    return {
        "schedule": [asdict(line) for line in lines],
        "changes": [asdict(change) for change in changes],
    }


def store_schedules(pairs: Sequence[tuple[Offer, OfferRow]], *, now: datetime) -> None:
    """Write the schedules of new offers in bulk, and their meetings."""
    ScheduleLine.objects.bulk_create(
        [line for offer, row in pairs for line in lines_for(offer, row.schedule)],
        batch_size=AT_ONCE,
    )
    ScheduleChange.objects.bulk_create(
        [change for offer, row in pairs for change in changes_for(offer, row.changes)],
        batch_size=AT_ONCE,
    )
    refresh_meetings([offer for offer, row in pairs if row.schedule or row.changes], now=now)


def lines_for(offer: Offer, rows: Sequence[LineRow]) -> list[ScheduleLine]:
    """Return the lines of rows, not stored yet, in their order."""
    return [
        ScheduleLine(offer=offer, position=number, **lists_in(asdict(row)))
        for number, row in enumerate(rows)
    ]


def changes_for(offer: Offer, rows: Sequence[ChangeRow]) -> list[ScheduleChange]:
    """Return the changes of rows, not stored yet."""
    return [ScheduleChange(offer=offer, **asdict(row)) for row in rows]


def lists_in(values: dict[str, object]) -> dict[str, object]:
    """Return the values with lists where rows have tuples, as the database gives them back."""
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in values.items()
    }


@transaction.atomic
def refresh_meetings(offers: Iterable[Offer], *, now: datetime) -> int:
    """Compute the meetings ahead of these offers anew; returns how many there are."""
    made, remaining = 0, iter(offers)
    while some := list(islice(remaining, AT_ONCE)):
        numbers = [offer.pk for offer in some]
        closed = closed_days_of(offer.organisation_id for offer in some)
        Meeting.objects.filter(offer__in=numbers).delete()
        # All is read before the first row is written: the connection does one thing at a time.
        rows = [
            row
            for offer in with_schedule(Offer.objects.filter(pk__in=numbers))
            for row in meetings_for(offer, closed.get(offer.organisation_id, []), now)
        ]
        made += copy_rows(Meeting, ("offer_id", "starts_at", "ends_at"), rows)
    return made


def meetings_for(
    offer: Offer, closed: Sequence[DayRange], now: datetime
) -> Iterator[tuple[int, datetime, datetime]]:
    """Yield the meetings from this day on; of what is far off at least the next one.

    A schedule that cannot be is refused, also of what has ended: it may begin again.
    """
    plan = plan_of(offer, closed=closed)
    if offer.status == Status.ENDED:
        return
    begin = now.replace(hour=0, minute=0, second=0, microsecond=0)
    found = meetings(plan, after=begin, before=begin + AHEAD)
    later = None if found else next_meeting(plan, after=begin + AHEAD)
    for one in found or ((later,) if later else ()):
        yield offer.pk, one.start, one.end


def refresh_all_meetings(*, by: Actor, now: datetime) -> int:
    """Compute every night the meetings of all offers with a schedule."""
    offers = Offer.objects.exclude(status=Status.ENDED).order_by("pk").iterator(AT_ONCE)
    made = refresh_meetings(offers, now=now)
    record("catalogue.refresh_meetings", subject=None, by=by, now=now)
    return made


@transaction.atomic
def follow_calendar(
    organisation: Organisation, *, calendar: ClosedCalendar, by: Actor, now: datetime
) -> Closing:
    """Let an organisation be closed on the days of a shared calendar; twice changes nothing."""
    closing, made = Closing.objects.get_or_create(organisation=organisation, calendar=calendar)
    if made:
        record("catalogue.follow_calendar", subject=organisation, by=by, now=now)
        refresh_of(organisation, now=now)
    return closing


@transaction.atomic
def close_days(
    organisation: Organisation, *, first: date, last: date, by: Actor, now: datetime
) -> Closing:
    """Let an organisation be closed on days of its own."""
    closed = DayRange(first, last)
    period = DateRange(closed.first, closed.last, "[]")
    closing, made = Closing.objects.get_or_create(organisation=organisation, period=period)
    if made:
        record("catalogue.close_days", subject=organisation, by=by, now=now)
        refresh_of(organisation, now=now)
    return closing


@transaction.atomic
def stop_closing(closing: Closing, *, by: Actor, now: datetime) -> None:
    """Let an organisation be open again on these days."""
    organisation = closing.organisation
    closing.delete()
    record("catalogue.stop_closing", subject=organisation, by=by, now=now)
    refresh_of(organisation, now=now)


def refresh_of(organisation: Organisation, *, now: datetime) -> int:
    """Compute the meetings of everything of one organisation."""
    return refresh_meetings(Offer.objects.filter(organisation=organisation), now=now)
