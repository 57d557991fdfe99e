"""What is written in a calendar, and how, so that no program misreads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from icalendar import Calendar, Event

from omzien.methods.recurrence.calendars.writing import to_calendar
from omzien.methods.recurrence.plans import Change, DayRange, Plan, Slot
from omzien.methods.recurrence.rules import Frequency, Rule
from tests.methods.recurrence.schedules import TRICKY, entry

TUE = 1
EVENING = time(19, 30)
COFFEE = Rule(date(2026, 11, 3), EVENING, 120, weekdays=(TUE,))
ONCE = Rule(date(2026, 11, 3), EVENING, 120, Frequency.ONCE)
LATER = Slot(date(2026, 11, 12), time(10), 60)


def lines(plan: Plan) -> list[str]:
    return to_calendar("Proef", [entry(plan)]).decode().replace("\r\n ", "").split("\r\n")


def events(plan: Plan) -> list[Event]:
    calendar = Calendar.from_ical(to_calendar("Proef", [entry(plan)]))
    return [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]


def test_a_calendar_has_all_that_the_standard_requires() -> None:
    for plan in TRICKY.values():
        calendar = Calendar.from_ical(to_calendar("Proef", [entry(plan)]))
        for part in (calendar, *calendar.walk("VEVENT"), *calendar.walk("VTIMEZONE")):
            assert set(part.required) <= set(part)


def test_the_same_entries_give_the_same_bytes() -> None:
    plan = TRICKY["meetings on holidays are moved"]
    assert to_calendar("Proef", [entry(plan)]) == to_calendar("Proef", [entry(plan)])


def test_what_an_entry_says_is_in_its_event() -> None:
    said = replace(
        entry(Plan((COFFEE,))),
        description="Koffie, thee; en taart",
        location="Buurthuis, Zoetermeer",
        url="https://example.org/koffie",
        sequence=3,
        cancelled=True,
    )
    calendar = Calendar.from_ical(to_calendar("Wat er is in Meerzicht", [said]))
    event = calendar.walk("VEVENT")[0]
    assert str(calendar["X-WR-CALNAME"]) == "Wat er is in Meerzicht"
    assert str(event["UID"]) == "koffie@example.org"
    assert [str(event[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "URL")] == [
        *("Koffie", "Koffie, thee; en taart", "Buurthuis, Zoetermeer"),
        "https://example.org/koffie",
    ]
    assert (event["SEQUENCE"], str(event["STATUS"])) == (3, "CANCELLED")
    assert event["DTSTAMP"].to_ical() == event["LAST-MODIFIED"].to_ical() == b"20260115T090000Z"


def test_a_weekly_meeting_is_one_event_with_a_rule() -> None:
    found = lines(Plan((COFFEE,)))
    assert "DTSTART;TZID=Europe/Amsterdam:20261103T193000" in found
    assert "DTEND;TZID=Europe/Amsterdam:20261103T213000" in found
    assert "RRULE:FREQ=WEEKLY;BYDAY=TU" in found
    assert found.count("BEGIN:VEVENT") == found.count("BEGIN:VTIMEZONE") == 1


def test_an_event_begins_at_its_first_meeting() -> None:
    assert "DTSTART;TZID=Europe/Amsterdam:20261110T193000" in lines(
        Plan((replace(COFFEE, first_day=date(2026, 11, 4)),))
    )


def test_closed_days_and_cancelled_meetings_are_exceptions() -> None:
    plan = Plan(
        (COFFEE,),
        changes=(Change(date(2026, 11, 10), EVENING), Change(date(2026, 11, 11))),
        closed=(DayRange(date(2026, 12, 19), date(2027, 1, 3)),),
    )
    assert (
        "EXDATE;TZID=Europe/Amsterdam:20261110T193000,20261222T193000,20261229T193000"
    ) in lines(plan)


def test_a_moved_meeting_names_the_one_it_stands_for() -> None:
    plan = Plan((COFFEE,), changes=(Change(date(2026, 11, 10), None, LATER),))
    main, moved = events(plan)
    assert str(moved["UID"]) == str(main["UID"])
    assert "EXDATE" not in main
    found = lines(plan)
    assert "RECURRENCE-ID;TZID=Europe/Amsterdam:20261110T193000" in found
    assert "DTSTART;TZID=Europe/Amsterdam:20261112T100000" in found


def test_two_times_a_day_are_two_events() -> None:
    main, second = events(Plan((COFFEE, replace(COFFEE, starts_at=time(10)))))
    assert str(second["UID"]) == "koffie-2@example.org"
    assert str(main["UID"]) == "koffie@example.org"


def test_an_extra_meeting_as_long_as_the_others_is_a_date() -> None:
    longer = Slot(date(2026, 11, 20), EVENING, 180)
    as_long = Slot(date(2026, 11, 19), time(14), 120)
    found = lines(Plan((COFFEE,), extra=(longer, as_long)))
    assert "RDATE;TZID=Europe/Amsterdam:20261119T140000" in found
    assert "UID:koffie-20261120T193000@example.org" in found


def test_a_date_never_stands_without_a_rule() -> None:
    for rules in ((), (ONCE,)):
        found = lines(Plan(rules, extra=(LATER, Slot(date(2026, 11, 19), EVENING, 120))))
        assert not [line for line in found if line.startswith("RDATE")]
        assert "UID:koffie@example.org" in found
        assert found.count("BEGIN:VEVENT") == len(rules) + 2


def test_an_extra_meeting_in_place_of_a_cancelled_one_is_no_exception_to_it() -> None:
    tenth = date(2026, 11, 10)
    main, extra = events(
        Plan((COFFEE,), changes=(Change(tenth),), extra=(Slot(tenth, EVENING, 120),))
    )
    assert "EXDATE" in main
    assert "RDATE" not in main
    assert str(extra["UID"]) == "koffie-20261110T193000@example.org"


def test_what_takes_place_once_is_plain() -> None:
    moved = Plan((ONCE,), changes=(Change(ONCE.first_day, EVENING, LATER),))
    assert [line for line in lines(moved) if line.startswith(("DTSTART;", "RECUR", "EXDATE"))] == [
        "DTSTART;TZID=Europe/Amsterdam:20261112T100000"
    ]
    assert events(Plan((ONCE,), changes=(Change(ONCE.first_day),))) == []


def test_what_falls_together_is_written_once() -> None:
    tenth = Slot(date(2026, 11, 10), EVENING, 30)
    plan = Plan(
        (COFFEE,),
        changes=(
            Change(date(2026, 11, 17), EVENING, tenth),
            Change(date(2026, 11, 24), EVENING, LATER),
        ),
        extra=(tenth, LATER, LATER),
    )
    main, moved = events(plan)
    assert main["EXDATE"].to_ical() == b"20261117T193000"
    assert moved["RECURRENCE-ID"].to_ical() == b"20261124T193000"


def test_a_meeting_of_two_rules_that_moved_goes_along_with_the_first() -> None:
    both = (COFFEE, replace(COFFEE, frequency=Frequency.MONTHLY, weeks_of_month=(2,)))
    first, moved, second = events(
        Plan(both, changes=(Change(date(2026, 11, 10), EVENING, LATER),))
    )
    assert "EXDATE" not in first
    assert str(moved["UID"]) == str(first["UID"])
    assert second["EXDATE"].to_ical() == b"20261110T193000"


def test_a_night_of_a_clock_change_is_written_in_utc_for_ten_years() -> None:
    night = Rule(date(2026, 1, 3), time(22), 480, weekdays=(5,))
    found = lines(Plan((night,)))
    assert found.count("BEGIN:VEVENT") == 1 + 20
    assert found.index("DTSTART:20261024T200000Z") == found.index("DTEND:20261025T050000Z") - 1
    assert "RECURRENCE-ID;TZID=Europe/Amsterdam:20261024T220000" in found


def test_a_night_that_is_closed_is_not_written() -> None:
    # Its last night, of Saturday on Sunday the 25th.
    night = Rule(date(2026, 10, 17), time(22), 480, weekdays=(5,), count=2)
    closed = DayRange(date(2026, 10, 24), date(2026, 10, 24))
    assert len(events(Plan((night,)))) == 2
    assert len(events(Plan((night,), closed=(closed,)))) == 1


def test_a_first_night_with_a_clock_change_does_not_make_the_others_longer() -> None:
    night = Rule(date(2026, 10, 24), time(22), 480, weekdays=(5,), count=2)
    main, first = events(Plan((night,)))
    assert "DTEND" not in main
    assert main["DURATION"].to_ical() == b"PT8H"
    assert first["DTEND"].to_ical() == b"20261025T050000Z"


def test_a_plan_in_utc_needs_no_clock() -> None:
    found = lines(Plan((COFFEE,), zone="UTC"))
    assert "DTSTART:20261103T193000Z" in found
    assert "BEGIN:VTIMEZONE" not in found


def test_an_empty_plan_is_an_empty_calendar() -> None:
    assert events(Plan()) == []
