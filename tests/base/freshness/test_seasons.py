"""Six weeks before a long holiday every organisation is asked whether it is open."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from omzien.base.catalogue.actions.offers import add_offer, publish_offer
from omzien.base.catalogue.actions.schedules import close_days, follow_calendar, set_schedule
from omzien.base.catalogue.models import ClosedCalendar, Closing, Meeting
from omzien.base.desk.actions.duty import NotOnDuty, begin_duty
from omzien.base.desk.actions.work import EndsWithAnAnswer, close_work
from omzien.base.freshness.actions.calendars import load_calendars
from omzien.base.freshness.actions.seasons import (
    DaysNeeded,
    answer_season,
    ask_about_season,
    end_call,
    look_up_season_call,
    mail_about_season,
    open_questions,
    ring_about_seasons,
)
from omzien.base.freshness.jobs import ask_who_is_open
from omzien.base.freshness.models import (
    Season,
    SeasonAnswer,
    SeasonCall,
    SeasonQuestion,
    SeasonRequest,
)
from omzien.base.freshness.queries.keepers import Contact
from omzien.base.freshness.queries.seasons import (
    Period,
    answers_version,
    going_on,
    not_answered_by,
    period_ahead,
    period_to_ask_about,
    questions_of,
    without_answer,
)
from omzien.base.journal.models import Entry
from omzien.base.letters.models import Mail
from omzien.base.letters.queries import rendered
from omzien.base.network.actions import add_organisation
from omzien.methods.recurrence import DayRange
from tests.base.freshness.conftest import NOW, TUESDAYS, another, mails, queries_of

if TYPE_CHECKING:
    from django.test import Client

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.freshness.models import Keeper
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation
    from tests.cast import LogIn

# The Christmas holidays of 2026 begin on 19 December; six weeks before is 7 November.
CHRISTMAS = Period(Season.CHRISTMAS, DayRange(date(2026, 12, 19), date(2027, 1, 3)))
ASKED = datetime(2026, 11, 7, 7, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
ASKED_ON = ASKED.date()
TWO_WEEKS = timedelta(days=14)


@pytest.fixture(autouse=True)
def calendars(db: None, by: Actor) -> None:
    del db
    load_calendars(by=by, now=NOW)


def question() -> SeasonQuestion:
    return SeasonQuestion.objects.select_related("organisation").get()


def asked_of(organisation: Organisation) -> SeasonQuestion:
    return open_questions({organisation.pk}, CHRISTMAS, now=ASKED)[organisation.pk]


def season_link(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/open-dan/\S+/)", text)
    assert found
    return found.group(1)


def days_of_meetings() -> set[date]:
    return {start.date() for start in Meeting.objects.values_list("starts_at", flat=True)}


# --- When, and who ------------------------------------------------------------------------------


def test_the_next_long_holiday_is_taken_from_the_calendar_of_the_region() -> None:
    assert period_ahead(today=ASKED_ON) == CHRISTMAS
    assert period_ahead(today=date(2027, 1, 3)) == CHRISTMAS
    summer = period_ahead(today=date(2027, 1, 4))
    assert summer == Period(Season.SUMMER, DayRange(date(2027, 7, 17), date(2027, 8, 29)))
    assert period_ahead(today=ASKED_ON, season=Season.SUMMER) == summer
    assert period_ahead(today=date(2099, 1, 1)) is None


def test_it_is_asked_about_from_six_weeks_before_until_it_begins() -> None:
    assert period_to_ask_about(date(2026, 11, 6)) is None
    assert period_to_ask_about(date(2026, 11, 7)) == CHRISTMAS
    assert period_to_ask_about(date(2026, 12, 18)) == CHRISTMAS
    assert period_to_ask_about(date(2026, 12, 19)) is None


def test_a_keeper_gets_one_mail_about_all_of_theirs_and_never_a_second(
    piano_club: Offer, sietske: Keeper, by: Actor
) -> None:
    another(piano_club.organisation, "Zonder tijden", by=by)
    assert ask_about_season(CHRISTMAS, on=ASKED_ON, by=by, now=ASKED) == 1
    assert ask_about_season(CHRISTMAS, on=ASKED_ON, by=by, now=ASKED) == 0
    (text,) = mails()
    assert "Piano voor Buren" in text
    assert "19 december 2026" in text
    assert sietske.name not in text
    mail = Mail.objects.get()
    mail.language = "en"
    assert "Christmas" in rendered(mail)["subject"]


def test_who_said_already_that_it_is_closed_is_not_asked(
    piano_club: Offer, sietske: Keeper, by: Actor
) -> None:
    del sietske
    holidays = ClosedCalendar.objects.get(slug="schoolvakanties-midden")
    follow_calendar(piano_club.organisation, calendar=holidays, by=by, now=NOW)
    assert ask_about_season(CHRISTMAS, on=ASKED_ON, by=by, now=ASKED) == 0
    assert not SeasonQuestion.objects.exists()


@pytest.mark.usefixtures("sietske")
def test_own_days_off_over_all_of_it_are_an_answer_too_and_a_feast_is_not(
    piano_club: Offer, by: Actor
) -> None:
    feasts = ClosedCalendar.objects.get(slug="feestdagen")
    follow_calendar(piano_club.organisation, calendar=feasts, by=by, now=NOW)
    closing = close_days(
        piano_club.organisation,
        first=date(2026, 12, 1),
        last=date(2027, 1, 31),
        by=by,
        now=NOW,
    )
    assert ask_about_season(CHRISTMAS, on=ASKED_ON, by=by, now=ASKED) == 0
    closing.delete()
    assert ask_about_season(CHRISTMAS, on=ASKED_ON, by=by, now=ASKED) == 1


# --- The answer ---------------------------------------------------------------------------------


def test_we_are_closed_takes_the_meetings_away_and_another_answer_brings_them_back(
    piano_club: Offer, by: Actor
) -> None:
    asked = asked_of(piano_club.organisation)
    answer_season(asked, answer="closed", by=by, now=ASKED)
    assert date(2026, 12, 15) in days_of_meetings()
    assert date(2026, 12, 22) not in days_of_meetings()
    answer_season(asked, answer="open", by=by, now=ASKED)
    assert date(2026, 12, 22) in days_of_meetings()
    assert not Closing.objects.exists()
    last = Entry.objects.filter(verb="freshness.answer_season").latest("pk")
    assert (last.subject_key, last.reason) == (asked.key, "answer:open")


def test_some_days_close_only_those(piano_club: Offer, by: Actor) -> None:
    asked = asked_of(piano_club.organisation)
    days = DayRange(date(2026, 12, 24), date(2027, 1, 1))
    answer_season(asked, answer="partly", days=days, by=by, now=ASKED)
    assert date(2026, 12, 22) in days_of_meetings()
    assert date(2026, 12, 29) not in days_of_meetings()
    assert question().closing_last == date(2027, 1, 1)


@pytest.mark.parametrize(
    "days",
    [None, DayRange(date(2026, 12, 18), date(2026, 12, 20)), DayRange(*[date(2027, 1, 4)] * 2)],
)
def test_some_days_must_lie_within_the_holiday(
    piano_club: Offer, days: DayRange | None, by: Actor
) -> None:
    with pytest.raises(DaysNeeded):
        answer_season(
            asked_of(piano_club.organisation), answer="partly", days=days, by=by, now=ASKED
        )


@pytest.mark.usefixtures("piano_club")
def test_other_days_off_stay_whatever_is_answered(foundation: Organisation, by: Actor) -> None:
    own = close_days(foundation, first=date(2026, 12, 22), last=date(2026, 12, 22), by=by, now=NOW)
    asked = asked_of(foundation)
    for answer in SeasonAnswer.CLOSED, SeasonAnswer.OPEN:
        answer_season(asked, answer=answer, by=by, now=ASKED)
    assert list(Closing.objects.all()) == [own]


# --- The page behind the link -------------------------------------------------------------------


@pytest.mark.usefixtures("piano_club", "sietske")
def test_one_press_on_the_page_of_the_mail_is_enough(sam: Client, by: Actor) -> None:
    ask_about_season(CHRISTMAS, on=ASKED_ON, by=by, now=ASKED)
    link = season_link(mails()[0])
    with time_machine.travel(ASKED, tick=False):
        page = sam.get(link).content.decode()
        assert not question().answer
        assert "Piano voor Buren" in page
        sam.post(link, {"do": f"closed:{question().key}"})
        assert question().answer == "closed"
        assert "3 januari 2027" in sam.get(link).content.decode()
        sam.post(link, {"do": f"open:{question().key}"})
    assert question().answer == "open"


@pytest.mark.usefixtures("piano_club", "sietske")
def test_days_of_its_own_are_typed_on_the_same_page(sam: Client, by: Actor) -> None:
    ask_about_season(CHRISTMAS, on=ASKED_ON, by=by, now=ASKED)
    link, key = season_link(mails()[0]), str(question().key)
    wrong = {"do": f"partly:{key}", f"{key}-first": "2026-12-24", f"{key}-last": "2026-12-23"}
    late = {**wrong, f"{key}-last": "2027-02-01"}
    with time_machine.travel(ASKED, tick=False):
        assert "vóór de eerste" in sam.post(link, wrong).content.decode()
        assert "binnen de vakantie" in sam.post(link, late).content.decode()
        sam.post(link, {"do": "nonsense"})
        assert not question().answer
        sam.post(link, {**wrong, f"{key}-last": ""})
    assert question().closing_last == date(2026, 12, 24)


@pytest.mark.usefixtures("piano_club", "sietske")
def test_the_link_ends_when_the_holiday_begins_and_asks_of_no_other(
    sam: Client, by: Actor
) -> None:
    ask_about_season(CHRISTMAS, on=ASKED_ON, by=by, now=ASKED)
    choir = asked_of(add_organisation("Koor", sector="culture", by=by, now=NOW))
    link = season_link(mails()[0])
    with time_machine.travel(ASKED, tick=False):
        sam.post(link, {"do": f"open:{choir.key}"})
    choir.refresh_from_db()
    assert not choir.answer
    with time_machine.travel(ASKED + timedelta(weeks=6), tick=False):
        assert sam.get(link).status_code == 410
    SeasonRequest.objects.all().delete()
    with time_machine.travel(ASKED, tick=False):
        assert sam.get(link).status_code == 410


# --- The phone list -----------------------------------------------------------------------------


@pytest.fixture
def jan_here(jan: User, by: Actor) -> User:
    begin_duty(jan, by=by, now=NOW)
    return jan


@pytest.mark.usefixtures("piano_club", "bram")
def test_who_has_no_mail_is_rung_and_the_answer_ends_the_call(
    jan_here: User, log_in: LogIn, by: Actor
) -> None:
    assert ask_about_season(CHRISTMAS, on=ASKED_ON, by=by, now=ASKED) == 0
    assert ring_about_seasons(on=ASKED_ON, by=by, now=ASKED) == 1
    assert ring_about_seasons(on=ASKED_ON, by=by, now=ASKED) == 0
    call, browser = SeasonCall.objects.get(), log_in(jan_here)
    assert look_up_season_call(call.key, by=by, now=ASKED) == call
    assert Entry.objects.filter(verb="freshness.look_up_season_call").count() == 1
    with time_machine.travel(ASKED, tick=False):
        assert call.get_absolute_url() in browser.get("/bijhouden/bellen/").content.decode()
        page = browser.get(call.get_absolute_url()).content.decode()
        assert "079-341 00 00" in page
        browser.post(call.get_absolute_url(), {"do": "not-reached"})
        call.refresh_from_db()
        assert call.due_on == ASKED_ON + timedelta(days=2)
        browser.post(call.get_absolute_url(), {"do": f"open:{question().key}"})
        assert browser.get(call.get_absolute_url()).status_code == 404
    call.refresh_from_db()
    assert (call.owner, call.closed_by, question().answer) == (None, jan_here.key, "open")


@pytest.mark.usefixtures("piano_club", "sietske", "jan_here")
def test_who_does_not_answer_the_mail_in_two_weeks_is_rung(by: Actor) -> None:
    ask_about_season(CHRISTMAS, on=ASKED_ON, by=by, now=ASKED)
    almost = ASKED + TWO_WEEKS - timedelta(seconds=1)
    assert ring_about_seasons(on=almost.date(), by=by, now=almost) == 0
    later = ASKED + TWO_WEEKS
    assert ring_about_seasons(on=later.date(), by=by, now=later) == 1
    call = SeasonCall.objects.get()
    assert (call.title, call.whom) == ("Bel: open in de vakantie?", "Piano voor Buren")
    with pytest.raises(EndsWithAnAnswer):
        close_work(call, by=by, now=later)
    end_call(call.question, by=by, now=later)
    call.refresh_from_db()
    assert call.closed_at == later


@pytest.mark.usefixtures("jan_here")
def test_the_phone_list_takes_the_same_queries_for_one_and_for_three_holidays(
    jan_here: User, log_in: LogIn, by: Actor
) -> None:
    browser = log_in(jan_here)

    def ring(name: str) -> int:
        asked_of(add_organisation(name, sector="culture", by=by, now=NOW))
        ring_about_seasons(on=ASKED_ON, by=by, now=ASKED)
        return queries_of(browser, "/bijhouden/bellen/")

    one = ring("A")
    ring("B")
    assert ring("C") == one


@pytest.mark.usefixtures("piano_club", "bram")
def test_the_night_asks_and_loses_nothing_when_nobody_is_on_duty(jan: User, by: Actor) -> None:
    with time_machine.travel(NOW, tick=False):
        ask_who_is_open()
    assert not SeasonQuestion.objects.exists()
    with time_machine.travel(ASKED, tick=False):
        ask_who_is_open()
        with pytest.raises(NotOnDuty):
            ring_about_seasons(on=ASKED_ON, by=by, now=ASKED)
        begin_duty(jan, by=by, now=NOW)
        ask_who_is_open()
    assert SeasonCall.objects.count() == 1


# --- What everybody may know --------------------------------------------------------------------


def test_only_what_surely_goes_on_is_told(piano_club: Offer, by: Actor) -> None:
    asked = asked_of(piano_club.organisation)
    assert going_on(CHRISTMAS, now=ASKED) == []
    assert list(without_answer(CHRISTMAS)) == [asked]
    assert not_answered_by(piano_club.organisation_id, today=ASKED_ON) == asked
    version = answers_version()
    answer_season(asked, answer="open", by=by, now=ASKED)
    assert answers_version() != version
    (one,) = going_on(CHRISTMAS, now=ASKED)
    assert (one.offer, one.first.start.date(), one.times) == (piano_club, date(2026, 12, 22), 2)
    assert not_answered_by(piano_club.organisation_id, today=ASKED_ON) is None
    answer_season(asked, answer="closed", by=by, now=ASKED)
    assert going_on(CHRISTMAS, now=ASKED) == []


def test_what_goes_on_takes_the_same_queries_for_one_and_for_three(
    piano_club: Offer, by: Actor, client: Client
) -> None:
    answer_season(asked_of(piano_club.organisation), answer="open", by=by, now=ASKED)

    def queries() -> int:
        with time_machine.travel(ASKED, tick=False):
            return queries_of(client, "/open-met-kerst/?x=1")

    queries()
    one = queries()
    for name in ("Koor", "Dans"):
        offer = add_offer(
            piano_club.organisation, name=name, summary=name, kind="activity", by=by, now=NOW
        )
        set_schedule(publish_offer(offer, by=by, now=NOW), lines=[TUESDAYS], by=by, now=NOW)
    assert len(going_on(CHRISTMAS, now=ASKED)) == 3
    assert queries() == one


# --- What never can be --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "open"},
        {"answered_at": NOW},
        {"answer": "maybe", "answered_at": NOW},
        {"season": "easter"},
        {"last_day": date(2026, 12, 18)},
    ],
)
def test_the_database_refuses_half_an_answer_or_a_holiday_that_cannot_be(
    foundation: Organisation, wrong: dict[str, object]
) -> None:
    asked_of(foundation)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeasonQuestion.objects.update(**wrong)


def test_the_database_refuses_a_second_question_and_a_mail_to_nobody(
    foundation: Organisation, sietske: Keeper, by: Actor
) -> None:
    asked = asked_of(foundation)
    with pytest.raises(IntegrityError), transaction.atomic():
        asked_of(foundation)
    request = mail_about_season(Contact(sietske, None), [asked], by=by, now=ASKED)
    assert list(questions_of(request, on=ASKED_ON)) == [asked]
    with pytest.raises(IntegrityError), transaction.atomic():
        SeasonRequest.objects.create(asked_at=ASKED)
