"""The page on which somebody says when it is: looked at first, kept afterwards."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db.backends.postgresql.psycopg_any import DateRange

from omzien.base.catalogue.actions.schedules import close_days
from omzien.base.catalogue.models import ClosedCalendar, ClosedDays, Closing
from omzien.base.catalogue.queries.schedules import rows_of
from omzien.base.freshness.actions.asking import ask_keepers
from omzien.base.freshness.actions.changing import (
    approve_proposal,
    propose_changes,
    set_days_off,
)
from omzien.base.freshness.models import Proposal
from omzien.base.freshness.queries.changes import Changes, calendars_of, changes_in, days_off_of
from omzien.base.freshness.queries.differences import proposed
from omzien.base.network.actions import name_delegate
from omzien.methods.recurrence import DayRange
from tests.base.freshness.conftest import NOW, TODAY, fresh, link_in, mails

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor
    from tests.cast import LogIn

TIMES = {
    "times-how_often": "weekly",
    "times-weekdays": ["4"],
    "times-first_day": "2026-11-06",
    "times-begins_1": "14:00",
    "times-ends_1": "15:00",
}


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def browser(noor: User, log_in: LogIn) -> Client:
    """Return the browser of Noor, editor."""
    return log_in(noor)


@pytest.fixture
def path(due_club: Offer) -> str:
    return f"/bijhouden/aanbod/{due_club.key}/wanneer/"


def page(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()


def draft_in(text: str) -> str:
    found = re.search(r'name="draft" value="([^"]+)"', text)
    assert found
    return found.group(1)


def press(browser: Client, path: str, text: str, do: str, **sent: object) -> str:
    """Press a button on the page of a schedule, and return the page that comes."""
    answer = browser.post(path, {"draft": draft_in(text), "do": do, **sent})
    return answer.content.decode() if answer.status_code == 200 else ""


def test_times_are_added_looked_at_and_only_then_kept(
    due_club: Offer, browser: Client, path: str
) -> None:
    text = press(browser, path, page(browser, path), "add", **TIMES)
    assert "Elke vrijdag, 14.00 tot 15.00 uur" in text
    assert "Vrijdag 6 november, 14.00 tot 15.00 uur" in text
    assert len(rows_of(due_club)[0]) == 1
    text = press(browser, path, text, "drop-line:0")
    assert "Elke dinsdag" not in text
    press(browser, path, text, "keep")
    assert [line.weekdays for line in rows_of(fresh(due_club))[0]] == [(4,)]
    assert fresh(due_club).assured_on == TODAY


def test_one_time_is_cancelled_and_taken_back(due_club: Offer, browser: Client, path: str) -> None:
    off = {"once-what": "cancelled", "once-day": "2026-11-10", "once-note": "feest"}
    text = press(browser, path, page(browser, path), "once", **off)
    assert "Niet op dinsdag 10 november 2026 (feest)" in text
    assert "Dinsdag 10 november, 10.00" not in text
    text = press(browser, path, text, "once", **{**off, "once-note": "storm"})
    assert "feest" not in text
    assert "Niet op" not in press(browser, path, text, "drop-change:0")
    press(browser, path, text, "keep")
    assert rows_of(fresh(due_club))[1][0].day == date(2026, 11, 10)


def test_what_was_different_in_the_past_is_cleared_away(
    due_club: Offer, browser: Client, path: str
) -> None:
    due_club.changes.create(day=TODAY - timedelta(days=7))
    press(browser, path, page(browser, path), "keep")
    assert rows_of(fresh(due_club))[1] == ()


def test_days_off_are_ticked_once_for_the_whole_organisation(
    due_club: Offer, browser: Client, path: str
) -> None:
    calendar = ClosedCalendar.objects.create(slug="herfst", name="Herfst", source="test")
    days = DateRange(date(2026, 11, 2), date(2026, 11, 8), "[]")
    ClosedDays.objects.create(calendar=calendar, name="Herfst", period=days)
    text = page(browser, path)
    assert "Vandaag, dinsdag 3 november" in text
    text = press(browser, path, text, "look", calendars=["herfst", "unknown"])
    assert "Vandaag, dinsdag 3 november" not in text
    press(browser, path, text, "keep", calendars=["herfst"])
    assert calendars_of(due_club) == ("herfst",)


def test_a_mistake_in_the_times_keeps_what_was_typed_elsewhere(browser: Client, path: str) -> None:
    sent = {**TIMES, "times-weekdays": [], "once-note": "storm"}
    text = press(browser, path, page(browser, path), "add", **sent)
    assert "Vink minstens één dag aan." in text
    assert 'value="storm"' in text
    assert 'value="14:00"' in text


@pytest.mark.parametrize("do", ["drop-line:9", "drop-change:9", "drop-line:x", "nonsense", "add"])
def test_a_button_that_cannot_be_changes_nothing(browser: Client, path: str, do: str) -> None:
    assert "Elke dinsdag" in press(browser, path, page(browser, path), do)


def test_a_page_that_was_open_too_long_begins_again(browser: Client, path: str) -> None:
    answer = browser.post(path, {"draft": "x", "do": "keep"}, follow=True)
    assert "langer dan een dag" in answer.content.decode()


def test_a_proposed_schedule_is_there_the_next_time(
    due_club: Offer, mo: User, by: Actor, log_in: LogIn
) -> None:
    name_delegate(due_club.organisation, user=mo, by=by, now=NOW)
    browser, path = log_in(mo), f"/mijn-aanbod/{due_club.key}/wanneer/"
    text = press(browser, path, page(browser, path), "add", **TIMES)
    press(browser, path, text, "keep")
    assert "Elke vrijdag" in page(browser, path)
    assert len(rows_of(fresh(due_club))[0]) == 1
    waiting = changes_in(Proposal.objects.get()).schedule
    assert waiting is not None
    assert len(waiting[0]) == 2


@pytest.mark.usefixtures("sietske")
def test_the_link_of_a_mail_opens_the_schedule_as_well(
    due_club: Offer, by: Actor, sam: Client
) -> None:
    ask_keepers(on=TODAY, by=by, now=NOW)
    text = page(sam, f"{link_in(mails()[0])}{due_club.key}/wanneer/")
    assert "Elke dinsdag" in text


def test_days_off_of_its_own_are_typed_looked_at_and_only_then_kept(
    due_club: Offer, browser: Client, path: str
) -> None:
    typed = {"off-first": "2026-11-10", "off-last": "2026-11-17"}
    text = press(browser, path, page(browser, path), "close", **typed)
    assert "Dinsdag 10 november 2026 tot en met dinsdag 17 november 2026" in text
    assert "Dinsdag 10 november, 10.00" not in text
    assert not Closing.objects.exists()
    days = ["2026-11-10/2026-11-17", "nonsense/2026", "2026-11-17/2026-11-10"]
    press(browser, path, text, "keep", days_off=days)
    assert days_off_of(due_club, on=TODAY) == (DayRange(date(2026, 11, 10), date(2026, 11, 17)),)
    text = page(browser, path)
    assert 'value="2026-11-10/2026-11-17"' in text
    text = press(browser, path, text, "drop-days:0", days_off=days[:1])
    assert "Dinsdag 10 november, 10.00" in text
    press(browser, path, text, "keep")
    assert not Closing.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"off-first": "2026-11-10", "off-last": "2026-11-09"}, "vóór de eerste"),
        ({"off-first": "2026-11-10", "off-last": "2036-11-10"}, "langer dan vijf jaar"),
    ],
)
def test_days_off_that_cannot_be_are_refused(
    browser: Client, path: str, typed: dict[str, str], said: str
) -> None:
    assert said in press(browser, path, page(browser, path), "close", **typed)


def test_days_off_that_are_over_stay_as_they_were(due_club: Offer, by: Actor) -> None:
    organisation = due_club.organisation
    close_days(organisation, first=date(2026, 10, 1), last=date(2026, 11, 2), by=by, now=NOW)
    again = DayRange(date(2026, 12, 1), date(2026, 12, 1))
    set_days_off(organisation, [again], on=TODAY, by=by, now=NOW)
    assert Closing.objects.count() == 2
    assert days_off_of(due_club, on=TODAY) == (again,)
    set_days_off(organisation, [], on=TODAY, by=by, now=NOW)
    assert Closing.objects.count() == 1


def test_days_off_are_proposed_where_an_editor_looks_first(
    due_club: Offer, mo: User, log_in: LogIn, by: Actor
) -> None:
    name_delegate(due_club.organisation, user=mo, by=by, now=NOW)
    own = f"/mijn-aanbod/{due_club.key}/wanneer/"
    mos = log_in(mo)
    press(mos, own, page(mos, own), "keep", days_off=["2026-12-24/2026-12-24"])
    proposal = Proposal.objects.get()
    (told,) = proposed(proposal)
    assert (told.label, told.before, told.after) == (
        "Eigen gesloten dagen",
        "–",
        "donderdag 24 december 2026",
    )
    assert 'value="2026-12-24/2026-12-24"' in page(mos, own)
    propose_changes(due_club, Changes({"name": "Pianomiddag"}), by=by, now=NOW)
    approve_proposal(proposal, on=TODAY, by=by, now=NOW)
    assert Closing.objects.get().organisation == due_club.organisation
