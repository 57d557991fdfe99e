"""When offers take place: said once, and computed ahead for search and lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from omzien.base.catalogue.actions.closings import set_calendar
from omzien.base.catalogue.actions.copying import copy_rows
from omzien.base.catalogue.actions.offers import add_offer
from omzien.base.catalogue.actions.schedules import (
    changes_for,
    close_days,
    follow_calendar,
    lines_for,
    lists_in,
    meetings_for,
    refresh_all_meetings,
    refresh_meetings,
    refresh_of,
    set_schedule,
    stop_closing,
    store_schedules,
    told,
)
from omzien.base.catalogue.importers.rows import ChangeRow, LineRow, OfferRow
from omzien.base.catalogue.jobs import compute_meetings
from omzien.base.catalogue.models import (
    ClosedCalendar,
    ClosedDays,
    Closing,
    Meeting,
    Offer,
    ScheduleChange,
    ScheduleLine,
    Status,
)
from omzien.base.catalogue.queries.schedules import closed_days_of, meetings_ahead, plan_of
from omzien.base.journal.models import Entry
from omzien.methods.recurrence.errors import ScheduleRefused
from tests.base.catalogue.conftest import NOW, TUESDAYS

if TYPE_CHECKING:
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation

AN_HOUR = timedelta(hours=1)
CHRISTMAS = date(2026, 12, 22), date(2027, 1, 3)


def days() -> list[str]:
    moments = Meeting.objects.order_by("starts_at").values_list("starts_at", flat=True)
    return [f"{moment:%d-%m}" for moment in moments]


def test_meetings_are_computed_sixty_days_ahead(piano_club: Offer) -> None:
    assert days()[0] == "03-11"
    assert days()[-1] == "29-12"
    assert len(days()) == 9
    first = meetings_ahead(piano_club, now=NOW, how_many=1)[0]
    assert (first.starts_at, first.ends_at) == (
        datetime(2026, 11, 3, 9, 0, tzinfo=UTC),
        datetime(2026, 11, 3, 11, 0, tzinfo=UTC),
    )


def test_saying_the_same_again_changes_nothing(piano_club: Offer, by: Actor) -> None:
    before = Entry.objects.filter(verb="catalogue.set_schedule").count()
    assert not set_schedule(piano_club, lines=[TUESDAYS], by=by, now=NOW)
    assert Entry.objects.filter(verb="catalogue.set_schedule").count() == before


def test_a_meeting_can_be_cancelled_moved_and_added(piano_club: Offer, by: Actor) -> None:
    changes = [
        ChangeRow(day=date(2026, 11, 10)),
        ChangeRow(
            day=date(2026, 11, 17),
            new_day=date(2026, 11, 18),
            new_starts_at=time(14),
            new_minutes=60,
        ),
        ChangeRow(new_day=date(2026, 11, 22), new_starts_at=time(15), new_minutes=90),
    ]
    assert set_schedule(piano_club, lines=[TUESDAYS], changes=changes, by=by, now=NOW)
    assert days()[:5] == ["03-11", "18-11", "22-11", "24-11", "01-12"]


def test_of_what_is_far_off_the_next_meeting_is_there(piano_club: Offer, by: Actor) -> None:
    yearly = LineRow(date(2020, 5, 5), time(12), 180, frequency="yearly")
    set_schedule(piano_club, lines=[yearly], by=by, now=NOW)
    assert days() == ["05-05"]


def test_an_organisation_follows_a_calendar_of_closed_days_in_one_action(
    piano_club: Offer, by: Actor
) -> None:
    calendar = ClosedCalendar.objects.create(slug="kerst", name="Kerst", source="test")
    ClosedDays.objects.create(calendar=calendar, name="Kerst", period=DateRange(*CHRISTMAS, "[]"))
    organisation = piano_club.organisation
    closing = follow_calendar(organisation, calendar=calendar, by=by, now=NOW)
    assert follow_calendar(organisation, calendar=calendar, by=by, now=NOW) == closing
    assert days()[-1] == "15-12"
    stop_closing(closing, by=by, now=NOW)
    assert days()[-1] == "29-12"


def test_an_organisation_has_closed_days_of_its_own(piano_club: Offer, by: Actor) -> None:
    organisation = piano_club.organisation
    close_days(organisation, first=date(2026, 11, 3), last=date(2026, 11, 9), by=by, now=NOW)
    assert days()[0] == "10-11"
    found = closed_days_of([organisation.pk])[organisation.pk]
    assert [(one.first, one.last) for one in found] == [(date(2026, 11, 3), date(2026, 11, 9))]
    assert refresh_of(organisation, now=NOW) == 8


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2026, 11, 9), date(2026, 11, 3)), (date(2026, 11, 3), date(2032, 11, 3))],
)
def test_closed_days_that_cannot_be_are_not_kept(
    foundation: Organisation, by: Actor, first: date, last: date
) -> None:
    names = {"name": "Lang", "name_en": "Long", "source": "Verzonnen"}
    with pytest.raises(ScheduleRefused):
        close_days(foundation, first=first, last=last, by=by, now=NOW)
    with pytest.raises(ScheduleRefused):
        set_calendar("lang", days=[("Dicht", first, last)], by=by, now=NOW, **names)
    assert not Closing.objects.exists()
    assert not ClosedDays.objects.filter(name="Dicht").exists()


def test_every_night_a_day_is_added(piano_club: Offer, by: Actor) -> None:
    del piano_club
    assert refresh_all_meetings(by=by, now=NOW + timedelta(days=7)) == 9
    assert (days()[0], days()[-1]) == ("10-11", "05-01")
    compute_meetings()
    assert Entry.objects.filter(verb="catalogue.refresh_meetings").count() == 2


def test_computing_takes_the_same_number_of_queries_for_one_and_for_three(
    piano_club: Offer, foundation: Organisation, by: Actor
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            refresh_meetings(Offer.objects.all(), now=NOW)
        return len(counted)

    one = queries()
    for name in ("B", "C"):
        offer = add_offer(foundation, name=name, summary="x", kind="course", by=by, now=NOW)
        set_schedule(offer, lines=[TUESDAYS], by=by, now=NOW)
    assert queries() == one
    assert Meeting.objects.filter(offer=piano_club).count() == 9


def test_schedules_are_stored_in_bulk(foundation: Organisation, by: Actor) -> None:
    offer = add_offer(foundation, name="B", summary="x", kind="course", by=by, now=NOW)
    row = OfferRow(
        "B",
        foundation.name,
        "x",
        schedule=(TUESDAYS,),
        changes=(ChangeRow(day=date(2026, 11, 3)),),
    )
    store_schedules([(offer, row)], now=NOW)
    assert days()[0] == "10-11"
    assert [line.weekdays for line in lines_for(offer, row.schedule)] == [[1]]
    assert [change.day for change in changes_for(offer, row.changes)] == [date(2026, 11, 3)]
    assert lists_in({"weekdays": (1,), "minutes": 5}) == {"weekdays": [1], "minutes": 5}
    assert told((), ()) == {"schedule": [], "changes": []}


@pytest.mark.parametrize("status", Status.values)
def test_a_schedule_that_cannot_be_is_refused_and_the_old_one_stays(
    piano_club: Offer, by: Actor, status: str
) -> None:
    Offer.objects.update(status=status)
    fifth_of_what = replace(TUESDAYS, frequency="daily", weeks_of_month=(5,))
    with pytest.raises(ScheduleRefused):
        set_schedule(piano_club, lines=[fifth_of_what], by=by, now=NOW)
    assert plan_of(piano_club).rules[0].weekdays == (1,)


def test_many_rows_are_copied_at_once_and_what_must_not_be_is_refused(piano_club: Offer) -> None:
    wednesday = NOW + timedelta(days=1)
    columns = ("offer_id", "starts_at", "ends_at")
    row = (piano_club.pk, wednesday, wednesday + AN_HOUR)
    assert copy_rows(Meeting, columns, [row]) == 1
    assert Meeting.objects.get(starts_at=wednesday).ends_at == wednesday + AN_HOUR
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows(Meeting, columns, [row])
    assert copy_rows(Meeting, columns, []) == 0


def test_what_has_stopped_has_no_meetings(piano_club: Offer) -> None:
    piano_club.status = "ended"
    assert list(meetings_for(piano_club, [], NOW)) == []
    assert plan_of(piano_club).rules[0].weekdays == (1,)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"minutes": 0},
        {"interval": 0},
        {"frequency": "seldom"},
        {"until": date(2020, 1, 1)},
        {"until": date(2027, 1, 1), "count": 3},
    ],
)
def test_the_database_refuses_a_line_that_cannot_be(
    piano_club: Offer, nonsense: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ScheduleLine.objects.filter(offer=piano_club).update(**nonsense)


@pytest.mark.parametrize(
    "nonsense", [{}, {"starts_at": time(10)}, {"day": date(2026, 1, 1), "new_minutes": 5}]
)
def test_the_database_refuses_a_change_that_says_nothing(
    piano_club: Offer, nonsense: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ScheduleChange.objects.create(offer=piano_club, **nonsense)
