"""Hosts tell how many people came: a number for a meeting, never a name."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from omzien.base.catalogue.actions.schedules import refresh_meetings, set_schedule
from omzien.base.catalogue.models import Meeting
from omzien.base.freshness.actions.demo import count_demo_turnout, year_back
from omzien.base.freshness.actions.keepers import Person, end_keeper, name_keeper
from omzien.base.freshness.actions.turnout import (
    MoreNewThanCame,
    NotACountWeek,
    NotOverYet,
    ask_hosts,
    look_up_hosts,
    mail_host,
    report_turnout,
    when,
)
from omzien.base.freshness.jobs import ask_how_many_came
from omzien.base.freshness.models import Turnout
from omzien.base.freshness.queries.keepers import Contact
from omzien.base.freshness.queries.turnout import (
    is_count_week,
    strip_of,
    turnout_of,
    turnouts_to_tell,
)
from omzien.base.journal.models import Entry
from omzien.base.letters.models import Mail
from omzien.base.letters.queries import rendered
from tests.base.freshness.conftest import NOW, TODAY, TUESDAYS, another, mails, queries_of

if TYPE_CHECKING:
    from django.test import Client

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.freshness.models import Keeper
    from omzien.base.journal.models import Actor
    from tests.cast import LogIn

HOME = ZoneInfo("Europe/Amsterdam")
# The club of Tuesday 3 November is over at noon; that of 6 October was in a count week.
EVENING = datetime(2026, 11, 3, 22, 0, tzinfo=HOME)
COUNTED = datetime(2026, 10, 6, 10, 0, tzinfo=HOME)
TWO_HOURS = timedelta(hours=2)


@pytest.fixture
def rita(piano_club: Offer, by: Actor) -> Keeper:
    """Return the host of the piano club, who reads mail."""
    who = Person("Rita Bos", email="rita@example.nl")
    return name_keeper(piano_club, part="host", who=who, on=TODAY, by=by, now=NOW)


def held(offer: Offer, start: datetime = COUNTED, **told: object) -> Turnout:
    end = start + TWO_HOURS
    if told:
        told = {"how": "strip", "reported_at": end, **told}
    return Turnout.objects.create(offer=offer, starts_at=start, ends_at=end, asked_at=end, **told)


def turnout_link(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/opkomst/\S+/)", text)
    assert found
    return found.group(1)


# --- Asking -------------------------------------------------------------------------------------


def test_a_host_gets_one_mail_when_it_is_over_and_never_a_second(
    piano_club: Offer, rita: Keeper, by: Actor
) -> None:
    during = datetime(2026, 11, 3, 11, 59, tzinfo=HOME)
    assert ask_hosts(by=by, now=during) == 0
    assert ask_hosts(by=by, now=EVENING) == 1
    assert ask_hosts(by=by, now=EVENING + timedelta(days=1)) == 0
    one = Turnout.objects.get()
    assert (one.offer, one.starts_at) == (piano_club, datetime(2026, 11, 3, 10, tzinfo=HOME))
    (text,) = mails()
    assert when(one, now=EVENING) in text
    assert "Pianoclub: vandaag, dinsdag 3 november" in text
    assert rita.name not in text
    mail = Mail.objects.get()
    mail.language = "en"
    assert "How many people" in rendered(mail)["subject"]


@pytest.mark.usefixtures("piano_club", "sietske")
def test_without_a_host_nothing_is_asked(by: Actor) -> None:
    assert ask_hosts(by=by, now=EVENING) == 0
    assert not Turnout.objects.exists()


def test_a_host_without_mail_waits_at_the_desk_and_who_stopped_is_not_asked(
    piano_club: Offer, rita: Keeper, by: Actor
) -> None:
    end_keeper(rita, on=TODAY, by=by, now=NOW)
    who = Person("Henk", phone="079-341 00 01", reach="phone")
    name_keeper(piano_club.organisation, part="host", who=who, on=TODAY, by=by, now=NOW)
    assert ask_hosts(by=by, now=EVENING) == 0
    assert [one.offer for one in turnouts_to_tell(EVENING)] == [piano_club]
    (host,) = look_up_hosts(piano_club, by=by, now=EVENING)
    assert host.name == "Henk"
    assert Entry.objects.filter(verb="freshness.look_up_hosts").count() == 1


@pytest.mark.usefixtures("piano_club", "rita")
def test_asking_takes_one_mail_a_host_and_the_evening_does_it() -> None:
    with time_machine.travel(EVENING, tick=False):
        ask_how_many_came()
        ask_how_many_came()
    assert len(mails()) == 1


def test_meetings_that_are_computed_anew_lose_no_count(
    piano_club: Offer, rita: Keeper, by: Actor
) -> None:
    del rita
    ask_hosts(by=by, now=EVENING)
    report_turnout(Turnout.objects.get(), people=12, how="link", by=by, now=EVENING)
    set_schedule(piano_club, lines=[], by=by, now=EVENING)
    refresh_meetings([piano_club], now=EVENING)
    assert not Meeting.objects.exists()
    assert Turnout.objects.get().people == 12


# --- Telling ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("piano_club", "rita")
def test_one_tap_tells_it_and_another_mends_it(sam: Client, by: Actor) -> None:
    ask_hosts(by=by, now=EVENING)
    link, one = turnout_link(mails()[0]), Turnout.objects.get()
    with time_machine.travel(EVENING, tick=False):
        page = sam.get(link).content.decode()
        assert f'name="{one.key}-people" value="12"' in page
        one.refresh_from_db()
        assert one.people is None
        sam.post(link, {"do": str(one.key), f"{one.key}-people": "12"})
        assert "Je gaf door: 12 mensen" in sam.get(link).content.decode()
        sam.post(link, {"do": str(one.key), f"{one.key}-people": "31"})
    told = Turnout.objects.get()
    assert (told.people, told.new_people, told.how) == (31, None, "link")
    last = Entry.objects.filter(verb="freshness.report_turnout").latest("pk")
    assert (last.subject_key, last.reason) == (one.key, "how:link")


def test_in_a_count_week_it_is_also_asked_who_is_new(
    piano_club: Offer, rita: Keeper, sam: Client, by: Actor
) -> None:
    one, evening = held(piano_club), COUNTED + timedelta(hours=10)
    mail_host(Contact(rita, None), [one], by=by, now=evening)
    name_keeper(
        piano_club.organisation,
        part="host",
        who=Person("Wim", email="wim@example.nl"),
        on=COUNTED.date(),
        by=by,
        now=NOW,
    )
    type(rita).objects.update(since=COUNTED.date())
    link, key = turnout_link(mails()[0]), str(one.key)
    with time_machine.travel(evening, tick=False):
        assert "was je hier dit jaar al eerder?" in sam.get(link).content.decode()
        many = {"do": key, f"{key}-people": "3", f"{key}-new_people": "4"}
        assert "meer dan er kwamen" in sam.post(link, many).content.decode()
        sam.post(link, {"do": "nonsense", f"{key}-people": "9"})
        one.refresh_from_db()
        assert one.people is None
        sam.post(link, {**many, f"{key}-people": "10"})
    told = Turnout.objects.get()
    assert (told.people, told.new_people) == (10, 4)


@pytest.mark.usefixtures("piano_club")
def test_the_link_ends_after_two_weeks_or_when_the_host_stops(
    rita: Keeper, sam: Client, by: Actor
) -> None:
    ask_hosts(by=by, now=EVENING)
    link = turnout_link(mails()[0])
    with time_machine.travel(EVENING + timedelta(days=14), tick=False):
        assert sam.get(link).status_code == 410
    end_keeper(rita, on=TODAY, by=by, now=NOW)
    with time_machine.travel(EVENING, tick=False):
        assert sam.get(link).status_code == 410


def test_a_colleague_types_in_a_strip_at_once(
    piano_club: Offer, rita: Keeper, jan: User, log_in: LogIn
) -> None:
    first, second, third = (held(piano_club, COUNTED + timedelta(weeks=n)) for n in range(3))
    path, browser = f"/bijhouden/opkomst/{piano_club.key}/", log_in(jan)
    sent = {
        "how": "strip",
        f"{first.key}-people": "8",
        f"{first.key}-new_people": "2",
        f"{second.key}-people": "",
        f"{third.key}-people": "9",
    }
    with time_machine.travel(EVENING, tick=False):
        assert rita.name in browser.get(path).content.decode()
        assert path in browser.get("/bijhouden/opkomst/").content.decode()
        browser.post(path, {**sent, f"{third.key}-people": "-1"})
        assert not Turnout.objects.filter(people__isnull=False).exists()
        browser.post(path, sent)
        browser.post(path, {**sent, "how": "phone"})
    told = Turnout.objects.order_by("starts_at").values_list("people", "new_people", "how")
    assert list(told) == [(8, 2, "strip"), (None, None, ""), (9, None, "strip")]


def test_a_strip_has_the_next_meetings_and_says_when_to_ask_who_is_new(
    piano_club: Offer, jan: User, log_in: LogIn
) -> None:
    before = datetime(2026, 9, 28, 9, 0, tzinfo=HOME)
    refresh_meetings([piano_club], now=before)
    lines = strip_of(piano_club, now=before)
    assert [line.asks_new for line in lines[:3]] == [False, True, False]
    with time_machine.travel(before, tick=False):
        page = log_in(jan).get(f"/bijhouden/opkomst/{piano_club.key}/strook/").content.decode()
    assert "dinsdag 6 oktober" in page.casefold()


def test_the_list_takes_the_same_queries_for_one_and_for_three(
    piano_club: Offer, jan: User, log_in: LogIn, by: Actor
) -> None:
    browser = log_in(jan)
    with time_machine.travel(EVENING, tick=False):
        held(piano_club)
        one = queries_of(browser, "/bijhouden/opkomst/")
        for name in ("Koor", "Dans"):
            held(another(piano_club.organisation, name, by=by))
        assert queries_of(browser, "/bijhouden/opkomst/") == one


# --- What cannot be -----------------------------------------------------------------------------


def test_a_meeting_that_is_not_over_or_numbers_that_cannot_be_are_refused(
    piano_club: Offer, by: Actor
) -> None:
    one, later = held(piano_club), held(piano_club, COUNTED + timedelta(weeks=1))
    with pytest.raises(NotOverYet):
        report_turnout(one, people=1, how="phone", by=by, now=COUNTED)
    with pytest.raises(MoreNewThanCame):
        report_turnout(one, people=1, new_people=2, how="phone", by=by, now=EVENING)
    with pytest.raises(NotACountWeek):
        report_turnout(later, people=2, new_people=1, how="phone", by=by, now=EVENING)


@pytest.mark.parametrize(
    "wrong",
    [
        {"people": -1},
        {"people": 5_001},
        {"people": 3, "new_people": 4},
        {"people": 3, "new_people": -1},
        {"people": 3, "how": ""},
        {"people": 3, "how": "guess"},
        {"people": 3, "reported_at": COUNTED},
        {"people": None, "new_people": 1},
        {"asked_at": COUNTED},
        {"ends_at": COUNTED},
    ],
)
def test_the_database_refuses_counts_that_never_can_be(
    piano_club: Offer, wrong: dict[str, object]
) -> None:
    held(piano_club, people=5, new_people=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Turnout.objects.update(**wrong)


def test_the_database_refuses_a_meeting_twice(piano_club: Offer) -> None:
    held(piano_club)
    with pytest.raises(IntegrityError), transaction.atomic():
        held(piano_club)


# --- Figures ------------------------------------------------------------------------------------


def test_count_weeks_are_in_march_and_october() -> None:
    assert is_count_week(datetime(2026, 3, 9, tzinfo=HOME).date())
    assert is_count_week(COUNTED.date())
    assert not is_count_week(TODAY)


def test_visits_and_people_are_told_apart_with_the_share_that_told(
    piano_club: Offer, by: Actor
) -> None:
    empty = turnout_of(2026)
    assert (empty.percent, empty.people) == (0, None)
    # The worked number of the method: 100 people in the first count week, of whom 10 are new;
    # 50 meetings from then on, with 1,000 visits after that week.
    names = ("A", "B", "C", "D", "E")
    numbers = [(10, 1), (20, 3), (10, 1), (20, 2), (40, 3)]
    for name, (came, new) in zip(names, numbers, strict=True):
        held(another(piano_club.organisation, name, by=by), people=came, new_people=new)
    for hours in range(45):
        later = COUNTED + timedelta(days=6, hours=hours)
        held(piano_club, later, people=22 if hours < 40 else 24)
    for hours in range(50):
        held(piano_club, COUNTED - timedelta(days=200, hours=hours))
    held(piano_club, COUNTED - timedelta(days=365), people=500)
    found = turnout_of(2026)
    assert (found.visits, found.told, found.meetings, found.percent) == (1_100, 50, 100, 50)
    assert found.people is not None
    assert found.people.about == pytest.approx(200)
    assert found.people.low == pytest.approx(200 - 2.776 * 15, abs=0.1)


def test_who_comes_twice_in_the_first_count_week_is_one_person(piano_club: Offer) -> None:
    for day in range(5):
        held(piano_club, COUNTED + timedelta(days=day), people=8, new_people=0)
    people = turnout_of(2026).people
    assert people is not None
    assert (people.low, people.about, people.high) == (8, 8, 8)


def test_the_figures_page_says_both(piano_club: Offer, noor: User, log_in: LogIn) -> None:
    browser = log_in(noor)
    with time_machine.travel(EVENING, tick=False):
        assert "Nog niemand gaf door" in browser.get("/bijhouden/cijfers/").content.decode()
        held(piano_club, people=8, new_people=3)
        page = browser.get("/bijhouden/cijfers/").content.decode()
        assert "minder dan vijf bijeenkomsten" in page
        for day in (1, 2, 3, 4):
            held(piano_club, COUNTED + timedelta(days=day), people=8, new_people=2)
        page = browser.get("/bijhouden/cijfers/").content.decode()
    assert "Opkomst in 2026" in page
    assert "ongeveer 8, tussen 8 en 8" in page
    assert "5 van de 5" in page


def test_the_demo_counts_once_and_at_the_same_hour_all_year(piano_club: Offer, by: Actor) -> None:
    type(piano_club).objects.update(kind="meeting-activity")
    set_schedule(piano_club, lines=[TUESDAYS], by=by, now=NOW)
    made = count_demo_turnout(79, on=TODAY, by=by, now=NOW)
    assert made == Turnout.objects.count() > 40
    assert count_demo_turnout(79, on=TODAY, by=by, now=NOW) == 0
    assert {one.starts_at.astimezone(HOME).hour for one in Turnout.objects.all()} == {10}
    assert Turnout.objects.filter(new_people__isnull=False).exists()
    assert year_back.__doc__
