"""Only what is needed of a foreign calendar comes through, with zones that everybody knows."""

from __future__ import annotations

import pytest

from omzien.methods.recurrence.calendars.cleaning import (
    DEEPEST,
    LARGEST,
    MOST_EVENTS,
    clean,
    zone_like,
    zone_named,
)
from omzien.methods.recurrence.errors import (
    BrokenCalendar,
    CalendarRefused,
    CalendarTooLarge,
    HalfACalendar,
    NotACalendar,
)

HOME = "Europe/Amsterdam"


def cleaned(*lines: str) -> list[str]:
    return clean("\r\n".join(lines).encode(), home=HOME).split("\n")


def event(*lines: str) -> list[str]:
    return cleaned("BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR")[2:-2]


def test_nothing_about_persons_comes_through() -> None:
    assert event(
        "ORGANIZER;CN=Jan:mailto:jan@example.org",
        "ATTENDEE:mailto:fatima@example.org",
        "CONTACT:Jan",
        "SUMMARY:Koffie",
        "BEGIN:VALARM",
        "TRIGGER:-PT15M",
        "SUMMARY:Bel Jan",
        "END:VALARM",
        "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA",
    ) == ["SUMMARY:Koffie"]


def test_other_parts_and_words_between_are_left_out() -> None:
    assert cleaned(
        "BEGIN:VCALENDAR",
        "X",
        "METHOD:PUBLISH",
        "BEGIN:VTODO",
        "SUMMARY:Afwassen",
        "END:VTOOD",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ) == ["BEGIN:VCALENDAR", "METHOD:PUBLISH", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"]


def test_an_event_that_was_not_closed_ends_where_the_next_begins() -> None:
    assert cleaned(
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR", "END:X"
    ) == [
        *("BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT"),
        *("BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"),
    ]


def test_a_calendar_that_ends_ends_what_is_in_it() -> None:
    assert cleaned("BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VALARM", "END:VCALENDAR") == [
        *("BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR")
    ]


def test_of_what_there_is_one_of_the_first_counts() -> None:
    assert event("SUMMARY:A", "summary:B", "EXDATE:20260101", "EXDATE:20260102") == [
        *("SUMMARY:A", "EXDATE:20260101", "EXDATE:20260102")
    ]


def test_folded_lines_are_whole_again_also_within_a_letter() -> None:
    folded = b"BEGIN:VEVENT\r\nSUMMARY:Caf\xc3\r\n \xa9 en\r\n\r\n\t thee\r\nEND:VEVENT"
    assert "SUMMARY:Café en thee" in clean(folded, home=HOME)


def test_letters_of_an_old_computer_are_read() -> None:
    assert "SUMMARY:Café" in clean(
        "BEGIN:VEVENT\nSUMMARY:Café\nEND:VEVENT".encode("cp1252"), home=HOME
    )


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (b"", NotACalendar),
        (b"<html><body>Log in</body></html>", NotACalendar),
        (b"BEGIN:VCARD\nEND:VCARD", NotACalendar),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Kof", HalfACalendar),
        (b"BEGIN:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR", HalfACalendar),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * DEEPEST, BrokenCalendar),
        (b"BEGIN:VCALENDAR\n" + b"x" * LARGEST, CalendarTooLarge),
        (b"BEGIN:VEVENT\nEND:VEVENT\n" * (MOST_EVENTS + 1), CalendarTooLarge),
    ],
)
def test_what_is_no_calendar_is_refused(data: bytes, refused: type[CalendarRefused]) -> None:
    with pytest.raises(refused) as error:
        clean(data, home=HOME)
    assert str(error.value).startswith(refused.__doc__ or "-")


@pytest.mark.parametrize(
    ("tzid", "name"),
    [
        ("Europe/Amsterdam", HOME),
        ("W. Europe Standard Time", HOME),
        ("Romance Standard Time", HOME),
        ("Europe/Berlin", HOME),
        ("/freeassociation.sourceforge.net/Europe/Amsterdam", HOME),
        ("/citadel.org/20210210_1/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ("GMT Standard Time", "Europe/London"),
        ("UTC", "UTC"),
        ("UTC+11", "Etc/GMT-11"),
        ("GMT-03:00", "Etc/GMT+3"),
        ("+00:00", "UTC"),
        ("Customized Time Zone", None),
        ("../../etc/passwd", None),
        ("", None),
    ],
)
def test_zones_by_whatever_name(tzid: str, name: str | None) -> None:
    assert zone_named(tzid, home=HOME) == name


def test_a_zone_with_the_hours_of_home_is_that_of_home() -> None:
    assert zone_like(frozenset({"+0100", "+0200"}), home=HOME) == HOME
    assert zone_like(frozenset({"-0300"}), home=HOME) == "Etc/GMT+3"
    assert zone_like(frozenset({"-0500", "-0400"}), home=HOME) is None
    assert zone_like(frozenset(), home=HOME) is None


def test_the_zone_of_a_date_is_named_as_everybody_does() -> None:
    assert event(
        'DTSTART;VALUE=DATE-TIME;TZID="W. Europe Standard Time":20261103T193000',
        "RDATE;TZID=Europe/London:20261104T193000",
        "DTEND;TZID=Mars:20261103T203000",
        "EXDATE;TZID=Europe/Amsterdam;VALUE=DATE:20261110",
        "SUMMARY;TZID=Mars:Koffie",
    ) == [
        "DTSTART;VALUE=DATE-TIME;TZID=Europe/Amsterdam:20261103T193000",
        "RDATE;TZID=Europe/London:20261104T193000",
        'DTEND;X-OMZIEN-STRANGE-ZONE="Mars":20261103T203000',
        "EXDATE;VALUE=DATE:20261110",
        "SUMMARY;TZID=Mars:Koffie",
    ]


def test_a_clock_in_the_calendar_tells_which_zone_is_meant() -> None:
    clock = [
        *("BEGIN:VTIMEZONE", "TZID:(UTC+01:00) Amsterdam, Berlin", "BEGIN:STANDARD"),
        *("TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD", "BEGIN:DAYLIGHT"),
        *("TZOFFSETTO:+0200", "RRULE:FREQ=SECONDLY", "END:DAYLIGHT", "END:VTIMEZONE"),
    ]
    found = cleaned(
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin":20261103T193000',
        "END:VEVENT",
        *clock,
        "END:VCALENDAR",
    )
    assert found[2] == "DTSTART;TZID=Europe/Amsterdam:20261103T193000"
    assert "VTIMEZONE" not in "".join(found)
