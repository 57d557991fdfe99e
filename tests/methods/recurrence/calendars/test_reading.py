"""Foreign calendars, as programs write them and as they break."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from omzien.methods.recurrence.calendars import reading
from omzien.methods.recurrence.calendars.entries import Entry, Problem, Trouble
from omzien.methods.recurrence.calendars.reading import from_calendar
from omzien.methods.recurrence.errors import BrokenCalendar
from omzien.methods.recurrence.expand import meetings
from omzien.methods.recurrence.plans import Change, Plan, Slot
from omzien.methods.recurrence.rules import Frequency, Rule

NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)
EVENING = time(19, 30)
ZONE = ";TZID=Europe/Amsterdam"
TUESDAY = (f"DTSTART{ZONE}:20261103T193000", f"DTEND{ZONE}:20261103T213000")
WEEKLY = (*TUESDAY, "RRULE:FREQ=WEEKLY;BYDAY=TU")
COFFEE = Rule(date(2026, 11, 3), EVENING, 120, weekdays=(1,))
ONCE = Rule(date(2026, 11, 3), EVENING, 120, Frequency.ONCE)


def event(*lines: str, uid: str = "a") -> str:
    named = (f"UID:{uid}", "SUMMARY:Koffie", "DTSTAMP:20251201T120000Z")
    return "\r\n".join(("BEGIN:VEVENT", *named, *lines, "END:VEVENT"))


def calendar(*events: str, lines: tuple[str, ...] = ()) -> bytes:
    return "\r\n".join(("BEGIN:VCALENDAR", *lines, *events, "END:VCALENDAR")).encode()


def read(*events: str, lines: tuple[str, ...] = ()) -> tuple[Entry, list[Trouble]]:
    entries, problems = from_calendar(calendar(*events, lines=lines), now=NOW)
    assert len(entries) == 1
    return entries[0], [problem.trouble for problem in problems]


def refused(*events: str) -> Problem:
    entries, problems = from_calendar(calendar(*events), now=NOW)
    assert entries == ()
    assert problems[0].refused
    return problems[0]


def starts(plan: Plan, before: int = 2028) -> list[str]:
    found = meetings(plan, after=NOW, before=datetime(before, 1, 1, tzinfo=UTC))
    return [f"{each.start.astimezone(UTC):%d-%m-%Y %H:%M}" for each in found]


# --- What an entry says -------------------------------------------------------------------------


def test_an_event_is_an_entry_with_a_plan() -> None:
    found, troubles = read(
        event(
            *WEEKLY,
            "DESCRIPTION:Koffie\\, thee\\; en taart",
            "LOCATION:Buurthuis",
            "URL:https://example.org/koffie",
            "SEQUENCE:4",
            "LAST-MODIFIED:20260102T100000Z",
        )
    )
    assert found == Entry(
        "a",
        "Koffie",
        Plan((COFFEE,)),
        datetime(2026, 1, 2, 10, tzinfo=UTC),
        "Koffie, thee; en taart",
        "Buurthuis",
        "https://example.org/koffie",
        4,
    )
    assert troubles == []


def test_without_a_date_of_change_that_of_the_stamp_counts_and_else_now() -> None:
    assert read(event(*WEEKLY))[0].last_changed == datetime(2025, 12, 1, 12, tzinfo=UTC)
    for stamp in ("DTSTAMP:yesterday", "DTSTAMP;VALUE=DATE:20251201"):
        bare = calendar("BEGIN:VEVENT", "UID:a", *WEEKLY, stamp, "END:VEVENT")
        assert from_calendar(bare, now=NOW)[0][0].last_changed == NOW


def test_words_that_cannot_be_read_are_left_out() -> None:
    found, troubles = read(event(*WEEKLY, "SEQUENCE:often"))
    assert (found.sequence, found.plan, troubles) == (0, Plan((COFFEE,)), [])


def test_only_addresses_of_the_web_are_addresses() -> None:
    assert read(event(*WEEKLY, "URL:javascript:alert(1)"))[0].url == ""


def test_an_event_that_is_cancelled_says_so() -> None:
    assert read(event(*WEEKLY, "STATUS:CANCELLED"))[0].cancelled
    assert read(event(*WEEKLY), lines=("METHOD:CANCEL",))[0].cancelled
    assert not read(event(*WEEKLY, "STATUS:CONFIRMED"), lines=("METHOD:PUBLISH",))[0].cancelled


def test_what_is_private_is_not_read_and_not_told() -> None:
    for kind in ("PRIVATE", "CONFIDENTIAL", "SECRET-OF-JAN"):
        problem = refused(event(*WEEKLY, f"CLASS:{kind}"))
        assert (problem.trouble, problem.summary) == (Trouble.PRIVATE, "")
    assert read(event(*WEEKLY, "CLASS:PUBLIC"))


def test_an_event_without_a_name_gets_the_same_one_every_time() -> None:
    bare = "\n".join(("BEGIN:VEVENT", "SUMMARY:Koffie", *WEEKLY, "END:VEVENT"))
    found, troubles = read(bare)
    assert troubles == [Trouble.NO_NAME]
    assert (len(found.uid), found.uid) == (32, read(bare)[0].uid)
    assert found.uid != read(bare.replace("Koffie", "Thee"))[0].uid


def test_of_the_same_event_the_newest_is_read() -> None:
    older = event(*WEEKLY, "SEQUENCE:1", "LOCATION:Oud")
    newer = event(*TUESDAY, "SEQUENCE:2", "LOCATION:Nieuw")
    for both in ((older, newer), (newer, older)):
        found, troubles = read(*both)
        assert (found.location, found.plan, found.sequence) == ("Nieuw", Plan((ONCE,)), 2)
        assert troubles == [Trouble.TWICE]


def test_several_calendars_in_one_file_are_read() -> None:
    three = b"\r\n".join(
        (
            calendar(event(*WEEKLY, uid="b"), event(*WEEKLY, "SEQUENCE:2")),
            calendar(event(*TUESDAY, "SEQUENCE:1")),
            calendar(event(*TUESDAY, uid="c")),
        )
    )
    entries, problems = from_calendar(three, now=NOW)
    assert [(entry.uid, entry.sequence) for entry in entries] == [("a", 2), ("b", 0), ("c", 0)]
    assert [problem.trouble for problem in problems] == [Trouble.TWICE]


def test_an_event_outside_a_calendar_is_read() -> None:
    assert len(from_calendar(event(*WEEKLY).encode(), now=NOW)[0]) == 1


def test_an_empty_calendar_is_empty() -> None:
    assert from_calendar(calendar(), now=NOW) == ((), ())


def test_what_the_parser_chokes_on_is_refused() -> None:
    with pytest.raises(BrokenCalendar):
        from_calendar(calendar(lines=("METHOD;X",)), now=NOW)


# --- When it begins, and how long it lasts ------------------------------------------------------


@pytest.mark.parametrize(
    "start",
    [
        "DTSTART;TZID=Europe/Amsterdam:20261103T193000",
        "DTSTART;TZID=W. Europe Standard Time:20261103T193000",
        "DTSTART:20261103T193000",
        "DTSTART:20261103T183000Z",
    ],
)
def test_the_same_moment_in_any_way(start: str) -> None:
    found, troubles = read(event(start, "DURATION:PT2H"))
    assert found.plan == Plan((ONCE,))
    assert troubles == []


def test_an_end_in_another_zone_is_an_end() -> None:
    end = "DTEND;TZID=Europe/London:20261103T203000"
    assert read(event(TUESDAY[0], end))[0].plan == Plan((ONCE,))


def test_what_comes_back_by_a_clock_elsewhere_is_read_date_by_date() -> None:
    found, troubles = read(event("DTSTART:20260303T180000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"))
    assert troubles == [Trouble.OTHER_ZONE]
    assert found.plan.zone == "Europe/Amsterdam"
    assert {start[-5:] for start in starts(found.plan)} == {"18:00"}
    # The first in winter, and the last Tuesday within 400 days of it.
    assert found.plan.extra[0] == Slot(date(2026, 3, 3), time(19), 60)
    assert found.plan.extra[-1] == Slot(date(2027, 4, 6), time(20), 60)


def test_a_single_day_elsewhere_is_a_single_day_here() -> None:
    found, troubles = read(event("DTSTART;TZID=America/New_York:20260303T200000", "DURATION:PT1H"))
    assert found.plan == Plan(extra=(Slot(date(2026, 3, 4), time(2), 60),))
    assert troubles == []


def test_what_came_back_elsewhere_and_is_over_has_no_meeting() -> None:
    over = event("DTSTART:20200303T180000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=9")
    assert refused(over).trouble is Trouble.NEVER


def test_unless_the_calendar_says_on_which_wall_it_hangs() -> None:
    utc = event("DTSTART:20260303T180000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY")
    found, _ = read(utc, lines=("X-WR-TIMEZONE:Europe/Amsterdam",))
    assert found.plan.rules == (Rule(date(2026, 3, 3), time(19), 60),)
    floating = event("DTSTART:20260303T180000", "DURATION:PT1H")
    in_london = read(floating, lines=("X-WR-TIMEZONE:Europe/London",))[0]
    assert starts(in_london.plan) == ["03-03-2026 18:00"]
    for nothing in ("X-WR-TIMEZONE:Etc/GMT", "X-WR-TIMEZONE:Mars"):
        assert starts(read(floating, lines=(nothing,))[0].plan) == ["03-03-2026 17:00"]


def test_an_unknown_zone_is_told() -> None:
    found, troubles = read(event("DTSTART;TZID=Mars:20261103T193000", "DURATION:PT2H"))
    assert found.plan == Plan((ONCE,))
    assert troubles == [Trouble.UNKNOWN_ZONE]


def test_whole_days_are_days_of_here() -> None:
    whole = event("DTSTART;VALUE=DATE:20261103", "DTEND;VALUE=DATE:20261105")
    found, troubles = read(whole, lines=("X-WR-TIMEZONE:America/New_York",))
    assert found.plan == Plan((Rule(date(2026, 11, 3), time(), 2_880, Frequency.ONCE),))
    assert troubles == []
    assert read(event("DTSTART;VALUE=DATE:20261103"))[0].plan.rules[0].minutes == 1_440


def test_what_lasts_until_the_last_second_lasts_until_midnight() -> None:
    found, _ = read(event("DTSTART:20261103T000000", "DTEND:20261103T235959"))
    assert found.plan.rules[0].minutes == 1_440


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("DTEND:20261103T193000",),
        ("DTEND:20261103T180000",),
        ("DURATION:PT0S",),
    ],
)
def test_without_an_end_it_lasts_an_hour(lines: tuple[str, ...]) -> None:
    found, troubles = read(event("DTSTART:20261103T193000", *lines))
    assert found.plan.rules[0].minutes == 60
    assert troubles == [Trouble.NO_END]


def test_an_exhibition_of_a_month_is_one_of_every_day() -> None:
    found, troubles = read(event("DTSTART;VALUE=DATE:20261101", "DTEND;VALUE=DATE:20261201"))
    month = Rule(date(2026, 11, 1), time(), 1_440, Frequency.DAILY, until=date(2026, 11, 30))
    assert found.plan == Plan((month,))
    assert troubles == [Trouble.EVERY_DAY]


# --- What is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "trouble"),
    [
        ((), Trouble.NO_START),
        (("DTSTART:tomorrow",), Trouble.BROKEN),
        (("DTSTART:193000",), Trouble.BROKEN),
        ((*TUESDAY, "RRULE:FREQ=SOMETIMES"), Trouble.BROKEN),
        ((*TUESDAY, "RRULE;X"), Trouble.BROKEN),
        ((*TUESDAY, "EXDATE:never"), Trouble.BROKEN),
        ((*TUESDAY, "RRULE:FREQ=SECONDLY"), Trouble.NONSENSE),
        ((*TUESDAY, "RRULE:FREQ=WEEKLY;INTERVAL=0"), Trouble.NONSENSE),
        ((*TUESDAY, "RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=31"), Trouble.NONSENSE),
        ((*TUESDAY, "RRULE:FREQ=WEEKLY;UNTIL=20250101T000000Z"), Trouble.NONSENSE),
        (("DTSTART:00010101T000000Z", "DURATION:PT1H"), Trouble.NONSENSE),
        (("DTSTART:99991231T235959Z", "DURATION:PT1H"), Trouble.NONSENSE),
        ((*TUESDAY, "RRULE:FREQ=YEARLY;BYWEEKNO=20"), Trouble.TOO_RICH),
        ((*WEEKLY, "EXRULE:FREQ=MONTHLY;BYDAY=1TU"), Trouble.TOO_RICH),
        ((*TUESDAY, "RRULE:FREQ=DAILY;BYHOUR=9,12,15;BYMINUTE=0"), Trouble.TOO_MANY),
        ((TUESDAY[0], "DURATION:P8D", "RRULE:FREQ=YEARLY"), Trouble.TOO_LONG),
        ((TUESDAY[0], "DURATION:P8D"), Trouble.TOO_LONG),
        ((*TUESDAY, "RRULE:FREQ=DAILY;COUNT=1", "EXDATE:20261103T193000"), Trouble.NEVER),
        (
            ("DTSTART:20200107T100000", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1;COUNT=3"),
            Trouble.NEVER,
        ),
    ],
)
def test_what_cannot_be_read_is_told(lines: tuple[str, ...], trouble: Trouble) -> None:
    problem = refused(event(*lines))
    assert (problem.trouble, problem.uid, problem.summary) == (trouble, "a", "Koffie")
    assert str(problem).startswith(f"Koffie: {trouble}")


def test_one_broken_event_does_not_spoil_the_others() -> None:
    data = calendar(event("DTSTART:tomorrow"), event(*WEEKLY, uid="b"))
    entries, problems = from_calendar(data, now=NOW)
    assert [entry.uid for entry in entries] == ["b"]
    assert [problem.uid for problem in problems] == ["a"]


# --- Exceptions ---------------------------------------------------------------------------------


def test_a_date_taken_out_is_a_cancelled_meeting() -> None:
    found, _ = read(
        event(*WEEKLY, f"EXDATE{ZONE}:20261110T193000,20261111T193000", "EXDATE:20261117T183000Z")
    )
    assert found.plan.changes == (
        Change(date(2026, 11, 10), EVENING),
        Change(date(2026, 11, 17), EVENING),
    )


def test_a_whole_day_taken_out_is_all_of_that_day() -> None:
    found, _ = read(
        event(*WEEKLY, f"RDATE{ZONE}:20261110T100000", "EXDATE;VALUE=DATE:20261110,20261111")
    )
    assert found.plan == Plan((COFFEE,), (Change(date(2026, 11, 10)),))


def test_who_writes_utc_and_means_the_wall_is_understood() -> None:
    found, _ = read(event(*WEEKLY, "EXDATE:20261110T193000Z"))
    assert found.plan.changes == (Change(date(2026, 11, 10), EVENING),)


def test_a_changed_day_of_whole_days_is_found_in_any_zone() -> None:
    whole = event("DTSTART;VALUE=DATE:20261103", "RRULE:FREQ=WEEKLY;BYDAY=TU")
    moved = event(
        "RECURRENCE-ID;TZID=GMT Standard Time:20261110T000000", "DTSTART;VALUE=DATE:20261111"
    )
    found, troubles = read(whole, moved)
    assert found.plan.changes == (
        Change(date(2026, 11, 10), time(), Slot(date(2026, 11, 11), time(), 1_440)),
    )
    assert troubles == []


def test_dates_beside_the_rule_are_extra_meetings() -> None:
    found, _ = read(
        event(
            *WEEKLY,
            f"RDATE{ZONE}:20261112T100000",
            "RDATE;VALUE=DATE:20261113",
            f"RDATE;VALUE=PERIOD{ZONE}:20261114T100000/PT30M,20261115T100000/20261115T110000",
        )
    )
    assert found.plan.extra == (
        Slot(date(2026, 11, 12), time(10), 120),
        Slot(date(2026, 11, 13), EVENING, 120),
        Slot(date(2026, 11, 14), time(10), 30),
        Slot(date(2026, 11, 15), time(10), 60),
    )


def test_dates_without_a_rule_stand_beside_the_first() -> None:
    found, _ = read(event(*TUESDAY, f"RDATE{ZONE}:20261112T100000"))
    assert found.plan == Plan((ONCE,), extra=(Slot(date(2026, 11, 12), time(10), 120),))


def test_a_start_that_does_not_fit_the_rule_is_an_extra_meeting() -> None:
    found, _ = read(event(*TUESDAY, "RRULE:FREQ=WEEKLY;BYDAY=FR"))
    assert found.plan.extra == (Slot(date(2026, 11, 3), EVENING, 120),)
    assert starts(found.plan)[:2] == ["03-11-2026 18:30", "06-11-2026 18:30"]


def test_two_rules_are_two_lines() -> None:
    found, _ = read(event(*WEEKLY, "RRULE:FREQ=MONTHLY;BYDAY=1SU"))
    assert [rule.frequency for rule in found.plan.rules] == ["weekly", "monthly"]


def test_a_moved_meeting_is_a_change() -> None:
    moved = event(
        f"RECURRENCE-ID{ZONE}:20261110T193000",
        f"DTSTART{ZONE}:20261112T100000",
        "DURATION:PT30M",
        "LOCATION:Elders",
    )
    found, troubles = read(event(*WEEKLY), moved)
    assert found.plan.changes == (
        Change(date(2026, 11, 10), EVENING, Slot(date(2026, 11, 12), time(10), 30)),
    )
    assert troubles == [Trouble.OTHER_TEXT]


def test_a_changed_meeting_without_an_end_lasts_as_long_as_the_others() -> None:
    moved = event(f"RECURRENCE-ID{ZONE}:20261110T193000", f"DTSTART{ZONE}:20261112T100000")
    change = read(event(*WEEKLY), moved)[0].plan.changes[0]
    assert change.to == Slot(date(2026, 11, 12), time(10), 120)


def test_a_meeting_of_which_only_words_changed_is_not_moved() -> None:
    same = event(f"RECURRENCE-ID{ZONE}:20261110T193000", "DTSTART:20261110T183000Z")
    assert read(event(*WEEKLY), same)[0].plan == Plan((COFFEE,))


def test_a_changed_meeting_may_be_cancelled() -> None:
    gone = event(f"RECURRENCE-ID{ZONE}:20261110T193000", *TUESDAY, "STATUS:CANCELLED")
    assert read(event(*WEEKLY), gone)[0].plan.changes == (Change(date(2026, 11, 10), EVENING),)


def test_of_two_changes_of_a_meeting_the_newest_counts() -> None:
    ids = f"RECURRENCE-ID{ZONE}:20261110T193000"
    first = event(ids, f"DTSTART{ZONE}:20261112T100000", "SEQUENCE:2")
    second = event(ids, f"DTSTART{ZONE}:20261113T100000", "SEQUENCE:1")
    change = read(event(*WEEKLY), first, second)[0].plan.changes[0]
    assert change.to
    assert change.to.day == date(2026, 11, 12)


def test_a_meeting_that_was_taken_out_is_not_changed_as_well() -> None:
    moved = event(f"RECURRENCE-ID{ZONE}:20261110T193000", f"DTSTART{ZONE}:20261112T100000")
    for gone in (f"EXDATE{ZONE}:20261110T193000", "EXDATE;VALUE=DATE:20261110"):
        assert read(event(*WEEKLY, gone), moved)[0].plan.changes[0].to is None


def test_an_extra_meeting_can_be_moved() -> None:
    moved = event(f"RECURRENCE-ID{ZONE}:20261112T100000", f"DTSTART{ZONE}:20261113T110000")
    found, troubles = read(event(*WEEKLY, f"RDATE{ZONE}:20261112T100000"), moved)
    assert found.plan == Plan((COFFEE,), extra=(Slot(date(2026, 11, 13), time(11), 120),))
    assert troubles == []


def test_a_change_of_a_meeting_that_is_not_there_is_an_extra_one() -> None:
    stray = event(f"RECURRENCE-ID{ZONE}:20261111T193000", f"DTSTART{ZONE}:20261112T100000")
    found, troubles = read(event(*WEEKLY), stray)
    assert found.plan.extra == (Slot(date(2026, 11, 12), time(10), 120),)
    assert troubles == [Trouble.ALONE]


def test_a_change_of_which_the_rest_is_elsewhere_is_read_by_itself() -> None:
    found, troubles = read(event("RECURRENCE-ID;RANGE=THISANDFUTURE:20261103T183000Z", *TUESDAY))
    assert found.plan == Plan(extra=(Slot(date(2026, 11, 3), EVENING, 120),))
    assert troubles == []


def test_a_day_that_is_the_id_means_the_meeting_of_that_day() -> None:
    moved = event("RECURRENCE-ID;VALUE=DATE:20261110", f"DTSTART{ZONE}:20261112T100000")
    assert read(event(*WEEKLY), moved)[0].plan.changes[0].starts_at == EVENING


# --- What a schedule has no words for -----------------------------------------------------------


def test_the_last_working_day_of_the_month_is_spelled_out() -> None:
    data = event(*TUESDAY, "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1")
    found, troubles = read(data)
    assert troubles == [Trouble.SPELLED_OUT]
    assert found.plan.rules == ()
    # It begins on a Tuesday that is none; 400 days from then.
    assert starts(found.plan)[:4] == [
        *("03-11-2026 18:30", "30-11-2026 18:30", "31-12-2026 18:30", "29-01-2027 18:30")
    ]
    assert starts(found.plan, 2030)[-1] == "30-11-2027 18:30"


def test_what_began_long_ago_is_spelled_out_from_now() -> None:
    found, _ = read(
        event(
            "DTSTART:20100105T193000", "DURATION:PT2H", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1"
        )
    )
    assert found.plan.extra[0].day == date(2026, 2, 2)
    assert found.plan.extra[-1].day < (NOW + timedelta(400)).date()


def test_exceptions_are_kept_when_it_is_spelled_out() -> None:
    moved = event(f"RECURRENCE-ID{ZONE}:20261231T193000", f"DTSTART{ZONE}:20261230T100000")
    found, _ = read(
        event(
            *TUESDAY,
            "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "EXDATE:20261130T183000Z",
        ),
        moved,
    )
    assert starts(found.plan)[:3] == ["03-11-2026 18:30", "30-12-2026 09:00", "29-01-2027 18:30"]


def test_what_changed_from_then_on_is_spelled_out() -> None:
    later = event(
        f"RECURRENCE-ID;RANGE=THISANDFUTURE{ZONE}:20261117T193000",
        f"DTSTART{ZONE}:20261117T203000",
        f"DTEND{ZONE}:20261117T213000",
    )
    found, troubles = read(event(*WEEKLY), later)
    assert troubles == [Trouble.SPELLED_OUT]
    assert starts(found.plan)[:4] == [
        *("03-11-2026 18:30", "10-11-2026 18:30", "17-11-2026 19:30", "24-11-2026 19:30")
    ]


def test_an_event_so_long_that_it_is_everywhere_is_not_spelled_out() -> None:
    ids = f"RECURRENCE-ID;RANGE=THISANDFUTURE{ZONE}:20261117T193000"
    later = event(ids, f"DTSTART{ZONE}:20261117T193000", "DURATION:P999D")
    assert refused(event(*WEEKLY), later).trouble is Trouble.TOO_LONG


def test_no_more_than_so_many_are_spelled_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_SPELLED", 1)
    rule = "RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1"
    data = calendar(*(event(*TUESDAY, rule, uid=uid) for uid in "abc"))
    entries, problems = from_calendar(data, now=NOW)
    assert [entry.uid for entry in entries] == ["a"]
    assert [problem.trouble for problem in problems] == [
        *(Trouble.SPELLED_OUT, Trouble.TOO_RICH, Trouble.TOO_RICH)
    ]
