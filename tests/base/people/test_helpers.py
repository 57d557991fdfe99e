"""Helpers go only when everything was checked, it suits them, and they are not away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from omzien.base.people.actions.helpers import (
    OverlappingLeave,
    UnlikelyDates,
    add_helper,
    cancel_leave,
    leave_helpers,
    note_certificate,
    note_secrecy,
    note_training,
    plan_leave,
    set_preferences,
)
from omzien.base.people.models import Availability, HalfDay, Helper, Leave, Travel, Weekday
from omzien.base.people.permissions import may_visit
from omzien.base.people.queries.helpers import available_helpers, helpers_with_expiring_vog

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.journal.models import Actor

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 10, 12)


@pytest.fixture
def ready(fatima: Helper, jan: Actor, now: datetime) -> Helper:
    """Return Fatima with everything checked; she can on Monday afternoons."""
    day = now.date()
    note_certificate(fatima, seen_on=day, by=jan, now=now)
    note_training(fatima, trained_on=day, by=jan, now=now)
    note_secrecy(fatima, signed_on=day, by=jan, now=now)
    return set_preferences(
        fatima,
        half_days=[(Weekday.MONDAY, HalfDay.AFTERNOON)] * 2,
        most_per_week=3,
        travel=Travel.WALKING,
        languages=["nl", "ar"],
        by=jan,
        now=now,
    )


def test_fatima_can_go_on_a_monday_afternoon(ready: Helper) -> None:
    assert list(available_helpers(MONDAY)) == [ready]
    assert list(available_helpers(MONDAY, half_day="afternoon")) == [ready]
    assert list(available_helpers(MONDAY, half_day="morning")) == []
    assert list(available_helpers(MONDAY + timedelta(days=1))) == []
    assert may_visit(ready, on=MONDAY)


def test_somebody_new_goes_nowhere_before_everything_was_checked(fatima: Helper) -> None:
    assert not may_visit(fatima, on=MONDAY)
    assert list(available_helpers(MONDAY)) == []


@pytest.mark.parametrize("missing", ["vog_check_on", "trained_on", "secrecy_signed_on"])
def test_one_missing_check_is_enough_to_stay_at_home(ready: Helper, missing: str) -> None:
    nothing = {"vog_seen_on": None} if missing == "vog_check_on" else {}
    Helper.objects.filter(pk=ready.pk).update(**nothing, **{missing: None})
    ready.refresh_from_db()
    assert not may_visit(ready, on=MONDAY)
    assert list(available_helpers(MONDAY)) == []


def test_after_three_years_a_new_certificate_is_asked_for(ready: Helper) -> None:
    assert ready.vog_check_on == date(2029, 10, 5)
    assert list(helpers_with_expiring_vog(date(2029, 10, 5))) == []
    assert list(helpers_with_expiring_vog(date(2029, 10, 6))) == [ready]
    assert not may_visit(ready, on=date(2029, 10, 8))


def test_who_never_showed_a_certificate_stands_on_top(
    ready: Helper, jan: Actor, now: datetime
) -> None:
    new = add_helper("Bram", joined_on=now.date(), by=jan, now=now)
    assert list(helpers_with_expiring_vog(date(2030, 1, 1))) == [new, ready]


def test_a_certificate_seen_on_a_leap_day_is_checked_again_on_the_28th(
    fatima: Helper, jan: Actor, now: datetime
) -> None:
    note_certificate(fatima, seen_on=date(2028, 2, 29), by=jan, now=now)
    assert fatima.vog_check_on == date(2031, 2, 28)


def test_on_leave_she_is_not_asked_and_the_last_day_counts(
    ready: Helper, jan: Actor, now: datetime
) -> None:
    leave = plan_leave(
        ready, first_day=MONDAY - timedelta(days=7), last_day=MONDAY, by=jan, now=now
    )
    assert list(available_helpers(MONDAY)) == []
    assert list(available_helpers(MONDAY + timedelta(days=7))) == [ready]
    cancel_leave(leave, by=jan, now=now)
    assert list(available_helpers(MONDAY)) == [ready]


def test_leave_twice_on_the_same_day_is_refused(ready: Helper, jan: Actor, now: datetime) -> None:
    plan_leave(ready, first_day=MONDAY, last_day=MONDAY, by=jan, now=now)
    with pytest.raises(OverlappingLeave):
        plan_leave(ready, first_day=MONDAY, last_day=MONDAY + timedelta(days=3), by=jan, now=now)
    assert Leave.objects.count() == 1


def test_leave_that_ends_before_it_begins_is_refused(
    ready: Helper, jan: Actor, now: datetime
) -> None:
    with pytest.raises(UnlikelyDates):
        plan_leave(ready, first_day=MONDAY, last_day=date(2026, 1, 1), by=jan, now=now)


@pytest.mark.parametrize(
    "period", [DateRange(None, MONDAY), DateRange(MONDAY, None), DateRange(empty=True)]
)
def test_the_database_refuses_leave_without_a_first_or_last_day(
    ready: Helper, period: DateRange
) -> None:
    with pytest.raises(IntegrityError, match="first_and_a_last_day"), transaction.atomic():
        Leave.objects.create(helper=ready, period=period)


def test_who_left_is_not_asked_and_nobody_goes_together_with_them(
    ready: Helper, jan: Actor, now: datetime
) -> None:
    other = add_helper("Bram", joined_on=now.date(), by=jan, now=now)
    set_preferences(
        other,
        half_days=[],
        most_per_week=1,
        travel="car",
        languages=["nl"],
        pairs_with=ready,
        by=jan,
        now=now,
    )
    leave_helpers(ready, left_on=MONDAY, by=jan, now=now)
    other.refresh_from_db()
    assert other.pairs_with is None
    assert list(available_helpers(MONDAY)) == []
    assert not may_visit(ready, on=MONDAY)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"vog_seen_on": MONDAY}, "next_check"),
        ({"vog_seen_on": MONDAY, "vog_check_on": MONDAY}, "next_check"),
        ({"left_on": date(2020, 1, 1)}, "leaves_after_joining"),
        ({"most_per_week": 0}, "sensible_number"),
        ({"most_per_week": 21}, "sensible_number"),
        ({"travel": "rocket"}, "travel_is_known"),
    ],
)
def test_the_database_refuses_impossible_helpers(
    fatima: Helper, values: dict[str, object], rule: str
) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Helper.objects.filter(pk=fatima.pk).update(**values)


def test_the_database_refuses_pairing_with_oneself(fatima: Helper) -> None:
    with pytest.raises(IntegrityError, match="pair_with_themselves"), transaction.atomic():
        Helper.objects.filter(pk=fatima.pk).update(pairs_with=fatima)


def test_the_database_refuses_an_eighth_day(fatima: Helper) -> None:
    with pytest.raises(IntegrityError, match="half_day_of_the_week"), transaction.atomic():
        Availability.objects.create(helper=fatima, weekday=7, half_day="morning")


def test_a_name_with_a_bsn_in_it_is_refused(jan: Actor, now: datetime) -> None:
    with pytest.raises(ValidationError, match="BSN"):
        add_helper("Bram 111222333", joined_on=now.date(), by=jan, now=now)


def test_records_of_helpers_show_no_name(ready: Helper, jan: Actor, now: datetime) -> None:
    leave = plan_leave(ready, first_day=MONDAY, last_day=MONDAY, by=jan, now=now)
    shown = " ".join(map(str, [ready, leave, *Availability.objects.all()]))
    assert "Fatima" not in shown
    assert "0 afternoon" in shown
