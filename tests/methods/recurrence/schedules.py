"""Ten schedules on which programs for calendars trip."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from omzien.methods.recurrence.calendars.entries import Entry
from omzien.methods.recurrence.plans import Change, DayRange, Plan, Slot
from omzien.methods.recurrence.rules import Frequency, Rule

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
LAST = -1
CHANGED = datetime(2026, 1, 15, 9, tzinfo=UTC)

TRICKY = {
    "the clock goes forward": Plan((Rule(date(2026, 3, 10), time(19, 30), 120, weekdays=(TUE,)),)),
    "the clock goes back, and a night goes on through it": Plan(
        (
            Rule(date(2026, 10, 4), time(10), 90, weekdays=(SUN,)),
            Rule(date(2026, 10, 3), time(22), 480, weekdays=(SAT,)),
            Rule(date(2026, 10, 23), time(2, 30), 45, Frequency.DAILY, count=5),
        )
    ),
    "an hour that does not exist": Plan(
        (
            Rule(date(2026, 3, 27), time(2, 30), 60, Frequency.DAILY, count=5),
            Rule(date(2026, 3, 29), time(2, 15), 30, Frequency.YEARLY),
        )
    ),
    "the fifth Friday": Plan(
        (
            Rule(
                date(2026, 1, 1),
                time(16),
                60,
                Frequency.MONTHLY,
                weekdays=(FRI,),
                weeks_of_month=(5,),
            ),
        )
    ),
    "the last weekday of the month, and the last day": Plan(
        (
            Rule(
                date(2026, 1, 5),
                time(20),
                90,
                Frequency.MONTHLY,
                weekdays=(TUE, THU),
                weeks_of_month=(LAST,),
            ),
            Rule(date(2026, 1, 31), time(12), 60, Frequency.MONTHLY, month_days=(LAST,)),
        )
    ),
    "meetings on holidays are moved": Plan(
        (Rule(date(2026, 3, 2), time(14), 120, weekdays=(MON,)),),
        changes=(
            Change(date(2026, 4, 6), time(14), Slot(date(2026, 4, 7), time(15, 30), 90)),
            Change(date(2026, 4, 27), None, Slot(date(2026, 4, 28), time(14), 120)),
            Change(date(2026, 5, 25), time(14), None),
        ),
        extra=(
            Slot(date(2026, 5, 5), time(11), 120),
            Slot(date(2026, 12, 25), time(12), 240),
        ),
        closed=(DayRange(date(2026, 4, 27), date(2026, 5, 8)),),
    ),
    "twice a day, and one day altogether at another time": Plan(
        (
            Rule(date(2026, 2, 2), time(10), 60, weekdays=(MON, WED, FRI)),
            Rule(date(2026, 2, 2), time(15), 60, weekdays=(MON, WED, FRI)),
        ),
        changes=(
            Change(date(2026, 2, 18), None, Slot(date(2026, 2, 18), time(12), 120)),
            Change(date(2026, 2, 20), time(15), None),
            Change(date(2026, 2, 23), time(10), Slot(date(2026, 2, 23), time(15), 60)),
        ),
        closed=(DayRange(date(2026, 7, 11), date(2026, 8, 23)),),
    ),
    "every second week over New Year in a year of 53 weeks": Plan(
        (Rule(date(2026, 11, 26), time(9, 30), 75, interval=2, weekdays=(MON, THU)),)
    ),
    "the 31st, until that very day": Plan(
        (
            Rule(
                date(2026, 1, 31),
                time(23),
                30,
                Frequency.MONTHLY,
                until=date(2026, 12, 31),
            ),
        )
    ),
    "so many times, of which some do not go on": Plan(
        (Rule(date(2026, 3, 17), time(19), 60, interval=1, weekdays=(TUE, THU), count=12),),
        changes=(
            Change(date(2026, 3, 17), time(19), None),
            Change(date(2026, 3, 26), time(19), None),
            Change(date(2026, 4, 23), time(19), Slot(date(2026, 4, 30), time(19, 30), 45)),
        ),
        extra=(Slot(date(2026, 5, 7), time(19), 60),),
    ),
}


def entry(plan: Plan, name: str = "Koffie", uid: str = "koffie@example.org") -> Entry:
    return Entry(uid, name, plan, CHANGED)
