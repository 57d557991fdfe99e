"""A whole schedule, and what cannot be one."""

from __future__ import annotations

from datetime import date, time

import pytest

from omzien.methods.recurrence.errors import (
    ChangedTwice,
    ClosedTooLong,
    EndsBeforeItBegins,
    UnknownZone,
    WrongDay,
    WrongLength,
)
from omzien.methods.recurrence.plans import Change, DayRange, Plan, Slot

CHRISTMAS = date(2026, 12, 25)


def test_a_slot_is_a_time_that_can_be() -> None:
    with pytest.raises(WrongLength):
        Slot(CHRISTMAS, time(12), 0)
    with pytest.raises(WrongDay):
        Slot(date(1, 1, 1), time(12), 60)


def test_a_meeting_is_changed_only_once() -> None:
    with pytest.raises(ChangedTwice):
        Plan(changes=(Change(CHRISTMAS, time(12)), Change(CHRISTMAS, time(12), None)))
    named_and_all = Plan(changes=(Change(CHRISTMAS, time(12)), Change(CHRISTMAS)))
    assert len(named_and_all.changes) == 2


def test_closed_days_are_in_order_and_not_for_ever() -> None:
    with pytest.raises(EndsBeforeItBegins):
        DayRange(CHRISTMAS, date(2026, 12, 24))
    with pytest.raises(ClosedTooLong):
        DayRange(CHRISTMAS, date(2032, 1, 1))
    assert DayRange(CHRISTMAS, CHRISTMAS).last == CHRISTMAS


def test_the_clock_hangs_in_a_zone_that_exists() -> None:
    with pytest.raises(UnknownZone):
        Plan(zone="Europe/Zoetermeer")
