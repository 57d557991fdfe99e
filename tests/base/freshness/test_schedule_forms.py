"""One set of questions, from which the lines of a schedule follow."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
from omzien.base.freshness.forms.schedules import OnceForm, TimesForm, minutes_between
from omzien.base.freshness.queries.schedules import (
    DraftTooOld,
    can_be,
    next_times,
    read_draft,
    sign_draft,
    takes_place,
)
from tests.base.freshness.conftest import NOW, TODAY, TUESDAYS, another

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor

FIRST = {"first_day": "2026-11-03", "begins_1": "10:00", "ends_1": "12:00"}
ONE_DAY = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"how_often": "weekly", "weekdays": ["1", "3"]},
            LineRow(ONE_DAY, time(10), 120, weekdays=(1, 3)),
        ),
        (
            {"how_often": "two-weekly", "weekdays": ["1"]},
            LineRow(ONE_DAY, time(10), 120, interval=2, weekdays=(1,)),
        ),
        (
            {"how_often": "monthly", "weekdays": ["1"], "weeks": ["1", "-1"]},
            LineRow(
                ONE_DAY,
                time(10),
                120,
                frequency="monthly",
                weekdays=(1,),
                weeks_of_month=(1, -1),
            ),
        ),
        ({"how_often": "once"}, LineRow(ONE_DAY, time(10), 120, frequency="once")),
        (
            {"how_often": "weekly", "weekdays": ["1"], "until": "2026-12-29"},
            LineRow(ONE_DAY, time(10), 120, weekdays=(1,), until=date(2026, 12, 29)),
        ),
        # Weeks of the month mean nothing to who comes every week.
        (
            {"how_often": "weekly", "weekdays": ["1"], "weeks": ["2"]},
            LineRow(ONE_DAY, time(10), 120, weekdays=(1,)),
        ),
    ],
)
def test_answers_become_a_line(given: dict[str, Any], expected: LineRow) -> None:
    form = TimesForm({**FIRST, **given})
    assert form.is_valid(), form.errors
    assert form.lines() == (expected,)


def test_several_times_a_day_become_as_many_lines() -> None:
    twice = {"begins_3": "19:30", "ends_3": "00:30"}
    form = TimesForm({**FIRST, **twice, "how_often": "weekly", "weekdays": ["1"]})
    assert form.is_valid(), form.errors
    assert [(line.starts_at, line.minutes) for line in form.lines()] == [
        (time(10), 120),
        (time(19, 30), 300),
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"how_often": "weekly"}, "weekdays"),
        ({"how_often": "monthly", "weekdays": ["1"]}, "weeks"),
        ({"how_often": "once", "until": "2026-11-02"}, "until"),
        ({"how_often": "once", "ends_1": "09:00"}, "ends_1"),
        ({"how_often": "once", "begins_2": "14:00"}, "ends_2"),
        ({"how_often": "once", "ends_2": "14:00"}, "begins_2"),
        ({"how_often": "once", "begins_1": ""}, "begins_1"),
        ({"how_often": "once", "first_day": "31-02-2026"}, "first_day"),
    ],
)
def test_half_an_answer_is_asked_again(given: dict[str, Any], field: str) -> None:
    assert list(TimesForm({**FIRST, **given}).errors) == [field]


def test_what_goes_on_after_midnight_lasts_into_the_night() -> None:
    assert minutes_between(time(22), time(1)) == 180
    assert minutes_between(time(0), time(0)) == 24 * 60


NEW = {"new_day": "2026-11-11", "begins": "14:00", "ends": "15:00"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"what": "cancelled", "day": "2026-11-10", **NEW, "note": "feest"},
            ChangeRow(day=date(2026, 11, 10), note="feest"),
        ),
        (
            {"what": "moved", "day": "2026-11-10", **NEW},
            ChangeRow(date(2026, 11, 10), None, date(2026, 11, 11), time(14), 60),
        ),
        (
            {"what": "extra", "day": "2026-11-10", **NEW},
            ChangeRow(None, None, date(2026, 11, 11), time(14), 60),
        ),
    ],
)
def test_one_time_that_is_different_becomes_a_change(
    given: dict[str, Any], expected: ChangeRow
) -> None:
    form = OnceForm(given)
    assert form.is_valid(), form.errors
    assert form.change() == expected


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"what": "cancelled"}, ["day"]),
        ({"what": "cancelled", "day": "x"}, ["day"]),
        ({"what": "cancelled", "day": "2026-11-11"}, ["day"]),
        ({"what": "moved", "day": "2026-11-10"}, ["new_day", "begins", "ends"]),
        ({"what": "extra", **NEW, "ends": "13:00"}, ["ends"]),
        ({}, ["what"]),
    ],
)
def test_half_a_difference_is_asked_again(given: dict[str, Any], fields: list[str]) -> None:
    form = OnceForm(given, takes_place=lambda day: day == date(2026, 11, 10))
    assert list(form.errors) == fields


def test_the_next_six_times_are_told_in_words() -> None:
    change = ChangeRow(day=date(2026, 11, 10))
    told = next_times(((TUESDAYS,), (change,)), calendars=(), days_off=(), now=NOW)
    assert len(told) == 6
    assert told[:2] == [
        "vandaag, dinsdag 3 november, 10.00 tot 12.00 uur",
        "dinsdag 17 november, 10.00 tot 12.00 uur",
    ]


def test_a_draft_says_on_which_days_it_is() -> None:
    draft = (TUESDAYS,), (ChangeRow(day=TODAY),)
    assert takes_place(draft, TODAY)
    assert not takes_place(draft, date(2026, 11, 4))
    assert can_be(draft)


def test_a_draft_is_carried_signed_and_for_one_offer(piano_club: Offer, by: Actor) -> None:
    draft = (TUESDAYS,), (ChangeRow(day=TODAY, note="x"),)
    signed = sign_draft(piano_club, draft)
    assert read_draft(piano_club, signed) == draft
    other = another(piano_club.organisation, "Koor", by=by)
    for offer, text in ((other, signed), (piano_club, signed + "x"), (piano_club, "")):
        with pytest.raises(DraftTooOld):
            read_draft(offer, text)
