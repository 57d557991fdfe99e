"""Calendars of organisations: read again and again, known again, and never half taken in."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, time, timedelta
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from omzien.base.catalogue.actions.offers import keep_here, pause_offer, publish_offer
from omzien.base.catalogue.actions.parties import add_location
from omzien.base.catalogue.models import Location, Offer, Status
from omzien.base.catalogue.queries.schedules import rows_of
from omzien.base.exchange.actions.subscriptions import (
    MOST_REMARKS,
    AlreadySubscribed,
    NoCalendarAddress,
    SubscriptionStopped,
    as_web_address,
    hold,
    note_failure,
    note_success,
    note_unchanged,
    read_soon,
    refresh_subscription,
    show_drafts,
    stop_subscription,
    subscribe,
    take_in_calendar,
)
from omzien.base.exchange.clients import Answer, CannotFetch, NotPublic, fetch_changed
from omzien.base.exchange.forms import CALENDAR_PROBLEMS, TROUBLES
from omzien.base.exchange.importers.calendars import MOST_ENTRIES, place_in, plain, read_calendar
from omzien.base.exchange.jobs import read_calendar as read_calendar_job
from omzien.base.exchange.jobs import read_calendar_with_words, read_due_calendars
from omzien.base.exchange.models import Subscription
from omzien.base.exchange.queries.subscriptions import due_subscriptions, subscriptions
from omzien.base.history.models import Revision
from omzien.base.journal.models import Actor
from omzien.base.network.actions import (
    OrganisationEnded,
    add_organisation,
    change_organisation,
    end_organisation,
)
from omzien.methods.recurrence.calendars.entries import Trouble
from tests.base.exchange.calendar_host import CalendarHost, Host, calendar, event
from tests.cast import browser_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

    from omzien.base.accounts.models import User
    from omzien.base.network.models import Organisation

# A Tuesday morning; everything in the calendars is on the next one.
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
BY = Actor.system("tests")
WEEKLY = "RRULE:FREQ=WEEKLY;BYDAY=TU"
ADDRESS = "https://buurthuis.example/agenda.ics"
pytestmark = pytest.mark.django_db


@pytest.fixture
def party() -> Organisation:
    return add_organisation(
        "Buurthuis De Plas", sector="welfare", description="Voor de buurt.", by=BY, now=NOW
    )


@pytest.fixture
def trusted(party: Organisation) -> Organisation:
    return change_organisation(party, changes_go_live=True, by=BY, now=NOW)


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def address(host: Host, settings: Settings) -> Iterator[str]:
    """Start a server with a calendar on this machine, and give its address."""
    settings.FETCH_PRIVATE = True
    handler = type("Handler", (CalendarHost,), {"host": host})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/agenda.ics"
        server.shutdown()
        thread.join()


def read(
    subscription: Subscription, data: bytes, *, now: datetime = NOW, with_words: bool = False
) -> Subscription:
    """Read a calendar that is at the address now."""

    def fetch(address: str, *, etag: str = "", modified: str = "") -> Answer:
        del address, etag, modified
        return Answer(data)

    refresh_subscription(subscription, fetch=fetch, with_words=with_words, by=BY, now=now)
    subscription.refresh_from_db()
    return subscription


def subscribed(party: Organisation) -> Subscription:
    return subscribe(party, address=ADDRESS, by=BY, now=NOW)


def whys(subscription: Subscription) -> list[str]:
    return [remark.get("trouble") or remark["why"] for remark in subscription.remarks]


def state(offer: Offer) -> tuple[object, ...]:
    offer.refresh_from_db()
    return offer.name, offer.status


def place_of(offer: Offer) -> Location:
    assert offer.location is not None
    return offer.location


# --- Subscribing --------------------------------------------------------------------------------


def test_subscribe_reads_a_calendar_at_once_and_from_then_on(party: Organisation) -> None:
    made = subscribe(party, address="webcal://buurthuis.example/agenda.ics", by=BY, now=NOW)
    assert (made.address, made.source_name) == (ADDRESS, "Agenda van Buurthuis De Plas")
    job = ProcrastinateJob.objects.get(task_name="exchange.jobs.read_calendar")
    assert job.args == {"subscription": str(made.key)}


@pytest.mark.parametrize("text", ["agenda.ics", "ftp://x.example/a.ics", "file:///etc/passwd", ""])
def test_only_addresses_of_the_web_are_subscribed(party: Organisation, text: str) -> None:
    with pytest.raises(NoCalendarAddress):
        subscribe(party, address=text, by=BY, now=NOW)
    with pytest.raises(NoCalendarAddress):
        subscribe(party, address=f"https://x.example/{'a' * 400}", by=BY, now=NOW)


def test_as_web_address_knows_what_calendars_are_called() -> None:
    assert as_web_address(" WEBCAL://x.example/a.ics ") == "https://x.example/a.ics"
    assert as_web_address("http://x.example/a") == "http://x.example/a"


def test_a_calendar_is_subscribed_once_and_of_an_organisation_that_exists(
    party: Organisation,
) -> None:
    made = subscribed(party)
    with pytest.raises(AlreadySubscribed):
        subscribed(party)
    stop_subscription(made, end_offers=True, by=BY, now=NOW)
    assert subscribed(party).pk == made.pk
    end_organisation(party, on=NOW.date(), by=BY, now=NOW)
    assert not due_subscriptions(now=NOW).exists()
    party.refresh_from_db()
    with pytest.raises(OrganisationEnded):
        subscribe(party, address=f"{ADDRESS}?2", by=BY, now=NOW)


def test_the_database_keeps_an_address_to_one_subscription(party: Organisation) -> None:
    subscribed(party)
    other = add_organisation("Zangers", sector="culture", by=BY, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(
            organisation=other, address=ADDRESS, source_name="x", since=NOW, next_at=NOW
        )


def test_two_calendars_never_share_a_source(party: Organisation) -> None:
    subscribed(party)
    second = subscribe(party, address=f"{ADDRESS}?2", by=BY, now=NOW)
    assert second.source_name == "Agenda van Buurthuis De Plas 2"


# --- Taking in ----------------------------------------------------------------------------------


def test_an_entry_becomes_a_draft_with_what_it_says_and_no_more(party: Organisation) -> None:
    data = calendar(
        event(
            "k1",
            "Koffie",
            WEEKLY,
            "EXDATE;TZID=Europe/Amsterdam:20261117T100000",
            "RDATE;TZID=Europe/Amsterdam:20261119T140000",
            r"DESCRIPTION:Kom erbij. Iedereen mag mee.<br>Neem <b>niets</b> mee.",
            r"LOCATION:De Plas\, Voorbeeldlaan 1\, 2717 aa Zoetermeer",
            "URL:https://buurthuis.example/koffie",
        )
    )
    found = read(subscribed(party), data)
    offer = Offer.objects.get()
    assert (found.problem, found.taken, found.left_out, found.remarks) == ("", 1, 0, [])
    assert (offer.organisation, offer.status, offer.kind) == (party, Status.DRAFT, "activity")
    assert (offer.source_name, offer.source_id) == (found.source_name, "k1")
    assert (offer.name, offer.summary) == ("Koffie", "Kom erbij.")
    assert offer.description == "Kom erbij. Iedereen mag mee.\nNeem niets mee."
    assert offer.source_url == "https://buurthuis.example/koffie"
    assert (offer.price_cents, offer.email, offer.phone, offer.languages) == (None, "", "", [])
    assert offer.location is not None
    assert (offer.location.name, offer.location.street) == ("De Plas", "Voorbeeldlaan 1")
    assert (offer.location.postcode, offer.location.town) == ("2717AA", "Zoetermeer")
    (line,), (gone, extra) = rows_of(offer)
    assert (line.first_day, line.starts_at, line.minutes) == (date(2026, 11, 10), time(10), 120)
    assert (line.frequency, line.weekdays) == ("weekly", (1,))
    assert (gone.day, gone.new_day) == (date(2026, 11, 17), None)
    assert (extra.day, extra.new_day, extra.new_starts_at, extra.new_minutes) == (
        None,
        date(2026, 11, 19),
        time(14),
        120,
    )
    # The organisation stays what it is.
    party.refresh_from_db()
    assert (party.sector, party.description) == ("welfare", "Voor de buurt.")


def test_what_happens_once_is_an_event(party: Organisation) -> None:
    read(subscribed(party), calendar(event("f1", "Feest")))
    assert Offer.objects.get().kind == "event"


def test_of_an_organisation_whose_changes_go_live_entries_are_visible(
    trusted: Organisation,
) -> None:
    found = subscribed(trusted)
    read(found, calendar(event("k1", "Koffie", WEEKLY)))
    offer = Offer.objects.get()
    assert offer.status == Status.ACTIVE
    starts = offer.meetings.order_by("starts_at").values_list("starts_at", flat=True)
    assert starts[0] == datetime(2026, 11, 10, 9, tzinfo=UTC)
    read(found, calendar(event("k1", "Koffie en thee", WEEKLY)))
    assert state(offer) == ("Koffie en thee", Status.ACTIVE)


def test_a_second_time_changes_nothing(party: Organisation) -> None:
    found = subscribed(party)
    # The last working day of the month is written out date by date.
    rare = "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    data = calendar(event("k1", "Koffie", WEEKLY, "LOCATION:De Plas"), event("r1", "Borrel", rare))
    read(found, data)
    before = list(Offer.objects.order_by("pk").values())
    read(found, data, now=NOW + timedelta(days=24))
    assert list(Offer.objects.order_by("pk").values()) == before
    assert not Revision.objects.filter(subject_key__in=[row["key"] for row in before]).exists()
    assert (found.taken, whys(found)) == (2, [Trouble.SPELLED_OUT.name])


def test_what_was_looked_at_keeps_its_state(party: Organisation) -> None:
    found = subscribed(party)
    data = calendar(event("k1", "Koffie", WEEKLY), event("k2", "Soep", WEEKLY))
    read(found, data)
    coffee, soup = Offer.objects.order_by("name")
    publish_offer(coffee, by=BY, now=NOW)
    pause_offer(soup, alert="De keuken is dicht.", by=BY, now=NOW)
    read(found, data)
    assert (state(coffee)[1], state(soup)[1]) == (Status.ACTIVE, Status.PAUSED)
    assert soup.alert == "De keuken is dicht."


def test_new_words_of_what_others_see_wait_and_new_times_do_not(party: Organisation) -> None:
    found = subscribed(party)
    read(found, calendar(event("k1", "Koffie", WEEKLY, "LOCATION:De Plas")))
    offer = Offer.objects.get()
    publish_offer(offer, by=BY, now=NOW)
    new = calendar(
        event(
            "k1",
            "Gokken",
            "RRULE:FREQ=WEEKLY;BYDAY=TH",
            "LOCATION:Casino",
            start="20261112T100000",
        )
    )
    read(found, new)
    assert state(offer) == ("Koffie", Status.ACTIVE)
    assert place_of(offer).name == "De Plas"
    assert rows_of(offer)[0][0].weekdays == (3,)
    assert [remark["what"] for remark in found.remarks] == ["Koffie"]
    read(found, new, with_words=True)
    assert state(offer) == ("Gokken", Status.ACTIVE)
    assert (place_of(offer).name, found.remarks) == ("Casino", [])


def test_what_has_gone_over_or_is_cancelled_stops_and_can_come_back(
    trusted: Organisation,
) -> None:
    found = subscribed(trusted)
    read(
        found,
        calendar(
            event("gone", "Weg", WEEKLY),
            event("off", "Afgelast", WEEKLY),
            event("secret", "Besloten", WEEKLY),
            event("once", "Feest"),
            event("stays", "Blijft", WEEKLY),
        ),
    )
    later = calendar(
        event("off", "Afgelast", WEEKLY, "STATUS:CANCELLED"),
        event("secret", "Besloten", WEEKLY, "CLASS:PRIVATE"),
        event("once", "Feest"),
        event("stays", "Blijft", WEEKLY),
    )
    read(found, later, now=NOW + timedelta(days=14))
    assert found.problem == ""
    states = dict(Offer.objects.values_list("source_id", "status"))
    assert states.pop("stays") == Status.ACTIVE
    assert set(states.values()) == {Status.ENDED}
    read(found, calendar(event("gone", "Weg", WEEKLY), event("stays", "Blijft", WEEKLY)))
    assert dict(Offer.objects.values_list("source_id", "status"))["gone"] == Status.ACTIVE
    assert Offer.objects.count() == 5


def test_when_more_than_half_is_gone_nothing_stops(trusted: Organisation) -> None:
    found = subscribed(trusted)
    read(found, calendar(*(event(f"k{n}", f"Koffie {n}", WEEKLY) for n in range(12))))
    read(found, calendar(event("k1", "Nieuw", WEEKLY)))
    assert (found.problem, found.detail) == ("TooManyGone", "11 / 12")
    assert Offer.objects.filter(status=Status.ACTIVE, name__startswith="Koffie").count() == 12


def test_an_entry_that_cannot_be_read_is_told_and_spoils_nothing(trusted: Organisation) -> None:
    found = subscribed(trusted)
    read(found, calendar(event("k1", "Koffie", WEEKLY), event("s1", "Soep", WEEKLY)))
    read(
        found,
        calendar(
            event("k1", "Koffie", "RRULE:FREQ=SECONDLY"),
            event("s1", "Soep", WEEKLY),
            event("n1", "", WEEKLY),
            event("p1", "Verjaardag van Jan", "CLASS:PRIVATE"),
        ),
    )
    assert (found.taken, found.left_out) == (1, 3)
    assert Trouble.NONSENSE.name in whys(found)
    assert Trouble.PRIVATE.name in whys(found)
    assert "Jan" not in str(found.remarks)
    # What was read once stays until it can be read again.
    assert Offer.objects.get(source_id="k1").status == Status.ACTIVE


def test_of_one_uid_there_is_one_offer(trusted: Organisation) -> None:
    found = subscribed(trusted)
    long = "u" * 500
    data = calendar(
        event("k1", "Koffie", WEEKLY), event("k1", "Koffie", WEEKLY), event(long, "Lang", WEEKLY)
    )
    read(found, data)
    read(found, data)
    assert Offer.objects.count() == 2
    assert {len(offer.source_id) for offer in Offer.objects.all()} == {2, 64}


def test_a_script_in_an_entry_comes_out_as_text(trusted: Organisation) -> None:
    script = "<script>alert(1)</script>"
    data = calendar(event("k1", f"Koffie {script}", WEEKLY, f"DESCRIPTION:{script} Kom.<br>Ja."))
    read(subscribed(trusted), data)
    offer = Offer.objects.get()
    assert offer.description == f"{script} Kom.\nJa."
    page = Client().get(reverse("site:offer", args=[offer.slug])).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_a_place_that_is_here_is_used_and_stays_as_it_is(trusted: Organisation) -> None:
    hall = add_location(
        "De Plas", street="Voorbeeldlaan 1", postcode="2717AA", step_free=True, by=BY, now=NOW
    )
    data = calendar(
        event("k1", "Koffie", WEEKLY, "LOCATION:de plas"),
        event("k2", "Soep", WEEKLY, r"LOCATION:De Plas\, Elders 3\, 2718BB Zoetermeer"),
        event("k3", "Praten", WEEKLY, "LOCATION:https://bel.example/j/123?pwd=geheim"),
    )
    found = subscribed(trusted)
    read(found, data)
    places = {offer.source_id: place_of(offer) for offer in Offer.objects.all()}
    hall.refresh_from_db()
    assert places["k1"] == hall
    assert (hall.name, hall.step_free) == ("De Plas", True)
    assert (places["k2"].street, places["k2"].postcode) == ("Elders 3", "2718BB")
    # The door of an online meeting is for who takes part.
    assert (places["k3"].kind, places["k3"].name) == ("online", "bel.example")
    assert "geheim" not in str(Location.objects.values())
    read(found, data)
    assert Location.objects.count() == 3


@pytest.mark.parametrize(
    ("text", "name", "street", "postcode", "town"),
    [
        ("De Plas", "De Plas", "", "", ""),
        (
            "De Plas, Straat 1, 2717 AA Zoetermeer, Nederland",
            "De Plas",
            "Straat 1",
            "2717AA",
            "Zoetermeer",
        ),
        ("Straat 1, 2717aa, Zoetermeer", "Straat 1", "Straat 1", "2717AA", "Zoetermeer"),
        ("Straat 1 2717AA Zoetermeer", "Straat 1", "Straat 1", "2717AA", "Zoetermeer"),
        ("2717 AA", "2717 AA", "", "2717AA", ""),
    ],
)
def test_a_place_is_read_as_people_write_it(
    text: str, name: str, street: str, postcode: str, town: str
) -> None:
    row = place_in(text)
    assert row is not None
    assert (row.name, row.street, row.postcode, row.town) == (name, street, postcode, town)


def test_marks_of_a_page_go_and_other_signs_stay() -> None:
    assert plain("<p>Eén &amp; twee</p><ul><li>a</li><li>b</li></ul>") == "Eén & twee\na\nb"
    assert plain("5 < 6 en 7 > 6, <3") == "5 < 6 en 7 > 6, <3"


# --- What is wrong as a whole -------------------------------------------------------------------

COFFEE = calendar(event("k1", "Koffie", WEEKLY))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "Empty"),
        (b"<!DOCTYPE html><p>Inloggen</p>", "WebPage"),
        (b"Hallo", "NotACalendar"),
        (COFFEE[:-60], "HalfACalendar"),
        (COFFEE.replace(b"Koffie", b"Caf\xe9"), "WrongLetters"),
        (COFFEE.decode().encode("utf-16"), "WrongLetters"),
        (COFFEE.replace(b"Koffie", b"K" * 10_000_000), "CalendarTooLarge"),
        (
            calendar(*([f"BEGIN:VEVENT\nUID:{n}\nEND:VEVENT"] for n in range(100_000))),
            "CalendarTooLarge",
        ),
        (
            calendar(*(event(f"k{n}", "K", WEEKLY) for n in range(MOST_ENTRIES + 1))),
            "TooManyEntries",
        ),
        (COFFEE.replace(b"SUMMARY:Koffie", b"SUMMARY:\x01"), "NothingOfUse"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence_and_changes_nothing(
    trusted: Organisation, data: bytes, problem: str
) -> None:
    found = subscribed(trusted)
    read(found, COFFEE)
    before = list(Offer.objects.values())
    read(found, data)
    assert found.problem == problem
    assert CALENDAR_PROBLEMS[problem]
    assert list(Offer.objects.values()) == before
    assert (found.failures, found.next_at) == (1, NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=MINUTELY;INTERVAL=1",
        "RRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11;BYMINUTE=0,15,30,45",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=WEEKLY;INTERVAL=0",
        "RRULE:FREQ=DAILY;COUNT=99999999999",
    ],
)
def test_an_endless_repetition_is_refused_with_a_sentence(
    trusted: Organisation, rule: str
) -> None:
    found = subscribed(trusted)
    read(found, calendar(event("k1", "Koffie", rule), event("s1", "Soep", WEEKLY)))
    assert [offer.name for offer in Offer.objects.all()] == ["Soep"]
    assert (found.problem, found.taken, found.left_out) == ("", 1, 1)
    assert len(found.remarks) == 1


def test_meetings_that_move_in_a_circle_each_move_once(trusted: Organisation) -> None:
    def moved(day: str, to: str) -> list[str]:
        recurrence = f"RECURRENCE-ID;TZID=Europe/Amsterdam:{day}T100000"
        return event("k1", "Koffie", recurrence, start=f"{to}T140000")

    data = calendar(
        event("k1", "Koffie", WEEKLY), moved("20261110", "20261117"), moved("20261117", "20261110")
    )
    read(subscribed(trusted), data)
    starts = Offer.objects.get().meetings.order_by("starts_at").values_list("starts_at", flat=True)
    assert [at.day for at in starts[:3]] == [10, 17, 24]


def test_every_problem_has_a_sentence() -> None:
    assert set(TROUBLES) == {trouble.name for trouble in Trouble}
    for name in ("CannotFetch", "NotPublic", "NotAWebAddress", "BrokenCalendar"):
        assert name in CALENDAR_PROBLEMS


def test_a_page_never_has_more_remarks_than_it_can_show(trusted: Organisation) -> None:
    found = subscribed(trusted)
    broken = (event(f"b{n}", "Kapot", "RRULE:FREQ=SECONDLY") for n in range(MOST_REMARKS + 7))
    read(found, calendar(event("k1", "Koffie", WEEKLY), *broken))
    assert (len(found.remarks), found.more_remarks) == (MOST_REMARKS, 7)


# --- Fetching again -----------------------------------------------------------------------------


def test_a_calendar_is_asked_for_only_where_it_changed(
    trusted: Organisation, host: Host, address: str
) -> None:
    host.put(event("k1", "Koffie", WEEKLY), etag='"one"')
    host.modified = "Mon, 02 Nov 2026 10:00:00 GMT"
    found = subscribe(trusted, address=address, by=BY, now=NOW)
    with time_machine.travel(NOW, tick=False):
        read_calendar_job(found.key)
        # Not due any more: a job that comes twice asks once.
        read_calendar_job(found.key)
    found.refresh_from_db()
    assert (len(host.asked), found.etag, found.taken) == (1, '"one"', 1)
    assert found.next_at == NOW + timedelta(hours=6)
    with time_machine.travel(found.next_at, tick=False):
        read_due_calendars()
        read_calendar_job(found.key)
    found.refresh_from_db()
    assert host.asked[-1]["If-None-Match"] == '"one"'
    assert host.asked[-1]["If-Modified-Since"] == host.modified
    assert (found.read_at, found.asked_at) == (NOW, NOW + timedelta(hours=6))
    # In another month all of it is read.
    with time_machine.travel(NOW + timedelta(days=28), tick=False):
        read_calendar_job(found.key)
    found.refresh_from_db()
    assert "If-None-Match" not in host.asked[-1]
    assert found.read_at == NOW + timedelta(days=28)


def test_what_is_over_stops_also_where_the_calendar_stays_as_it_was(
    trusted: Organisation,
) -> None:
    found = subscribed(trusted)
    read(found, calendar(event("f1", "Feest")))
    note_unchanged(found, by=BY, now=NOW + timedelta(days=8))
    assert Offer.objects.get().status == Status.ENDED


def test_what_fails_is_asked_half_as_often_every_time_and_recovers(
    trusted: Organisation, host: Host, address: str
) -> None:
    found = subscribe(trusted, address=address, by=BY, now=NOW)
    host.status = 503
    waits, now = [], NOW
    for _again in range(10):
        refresh_subscription(found, fetch=fetch_changed, by=BY, now=now)
        found.refresh_from_db()
        waits.append((found.next_at - now) // timedelta(hours=1))
        now = found.next_at
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 168, 168]
    assert (found.problem, found.detail[:3], found.failures) == ("CannotFetch", "503", 10)
    host.status = 200
    host.put(event("k1", "Koffie", WEEKLY, start="20261201T100000"))
    refresh_subscription(found, fetch=fetch_changed, by=BY, now=now)
    found.refresh_from_db()
    assert (found.problem, found.failures, found.taken) == ("", 0, 1)


def test_note_success_forgets_what_went_wrong(party: Organisation) -> None:
    found = read(subscribed(party), b"Hallo")
    note_success(hold(found), now=NOW)
    found.refresh_from_db()
    assert (found.problem, found.failures) == ("", 0)
    assert found.next_at == NOW + timedelta(hours=6)


def test_note_failure_keeps_what_went_wrong(party: Organisation) -> None:
    noted = note_failure(subscribed(party), problem=CannotFetch("x" * 900), by=BY, now=NOW)
    assert (noted.problem, len(noted.detail)) == ("CannotFetch", 300)


def test_a_calendar_in_a_closed_network_is_not_fetched(
    trusted: Organisation,
    host: Host,
    address: str,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.FETCH_PRIVATE = False
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    found = subscribe(trusted, address=address, by=BY, now=NOW)
    refresh_subscription(found, fetch=fetch_changed, by=BY, now=NOW)
    found.refresh_from_db()
    assert (found.problem, host.asked) == (NotPublic.__name__, [])


def test_a_mark_that_is_too_long_is_not_kept(party: Organisation) -> None:
    answer = Answer(COFFEE, etag="e" * 400, modified="m" * 200)
    taken = take_in_calendar(subscribed(party), answer, with_words=False, by=BY, now=NOW)
    assert (taken.etag, taken.modified) == ("", "")


def test_an_answer_without_a_question_is_a_failure(host: Host, address: str) -> None:
    host.status = 304
    with pytest.raises(CannotFetch, match="304"):
        fetch_changed(address)


# --- Looking, reading now, stopping --------------------------------------------------------------


def test_show_drafts_makes_only_those_visible_that_are_drafts_of_this_calendar(
    party: Organisation,
) -> None:
    found = subscribed(party)
    read(found, calendar(event("k1", "Koffie", WEEKLY), event("k2", "Soep", WEEKLY)))
    coffee, soup = Offer.objects.order_by("name")
    assert show_drafts(found, keys=[coffee.key, found.key], by=BY, now=NOW) == 1
    assert (state(coffee)[1], state(soup)[1]) == (Status.ACTIVE, Status.DRAFT)


def test_read_soon_has_it_read_before_its_time(party: Organisation) -> None:
    found = read(subscribed(party), COFFEE)
    assert not due_subscriptions(now=NOW).exists()
    read_soon(found, by=BY, now=NOW)
    assert due_subscriptions(now=NOW).get() == found
    read_soon(found, with_words=True, by=BY, now=NOW)
    names = ProcrastinateJob.objects.values_list("task_name", flat=True)
    assert "exchange.jobs.read_calendar_with_words" in names


def test_an_editor_has_new_words_taken_over(party: Organisation, host: Host, address: str) -> None:
    found = subscribe(party, address=address, by=BY, now=NOW)
    host.put(event("k1", "Koffie", WEEKLY))
    refresh_subscription(found, fetch=fetch_changed, by=BY, now=NOW)
    publish_offer(Offer.objects.get(), by=BY, now=NOW)
    host.put(event("k1", "Thee", WEEKLY))
    read_soon(found, with_words=True, by=BY, now=NOW)
    with time_machine.travel(NOW, tick=False):
        read_calendar_with_words(found.key)
    assert Offer.objects.get().name == "Thee"


def test_stop_subscription_keeps_here_what_came_and_nothing_becomes_double(
    party: Organisation,
) -> None:
    found = read(subscribed(party), COFFEE)
    stop_subscription(found, end_offers=False, by=BY, now=NOW)
    offer = Offer.objects.get()
    assert (offer.kept_elsewhere, offer.status) == (False, Status.DRAFT)
    with pytest.raises(SubscriptionStopped):
        read_soon(found, by=BY, now=NOW)
    with pytest.raises(SubscriptionStopped):
        stop_subscription(found, end_offers=False, by=BY, now=NOW)
    assert not due_subscriptions(now=NOW + timedelta(days=9)).exists()
    read(subscribed(party), calendar(event("k1", "Anders", WEEKLY)))
    assert Offer.objects.get().name == "Koffie"


def test_stop_subscription_can_take_all_of_it_off_the_map(trusted: Organisation) -> None:
    found = read(subscribed(trusted), COFFEE)
    stop_subscription(found, end_offers=True, by=BY, now=NOW)
    assert Offer.objects.get().status == Status.ENDED
    read(subscribed(trusted), COFFEE)
    assert Offer.objects.get().status == Status.ACTIVE


def test_keep_here_lets_an_offer_be_changed_here(party: Organisation) -> None:
    read(subscribed(party), COFFEE)
    kept = keep_here(Offer.objects.get(), by=BY, now=NOW)
    assert (kept.source_name, kept.source_id, kept.kept_elsewhere) == ("", "", False)


# --- Pages --------------------------------------------------------------------------------------


@pytest.fixture
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.usefixtures("_at_noon")
def test_an_editor_subscribes_a_calendar_looks_and_stops(noor: User, party: Organisation) -> None:
    browser = browser_of(noor)
    page = browser.get(reverse("exchange:calendars")).content.decode()
    assert "We lezen nog geen agenda" in page
    answer = browser.post(
        reverse("exchange:calendars"),
        {"organisation": party.name.lower(), "address": "webcal://buurthuis.example/agenda.ics"},
    )
    found = Subscription.objects.get()
    address = reverse("exchange:subscription", args=[found.key])
    assert (answer.status_code, answer["Location"]) == (302, address)
    broken = event("b1", "Kapot", "RRULE:FREQ=SECONDLY")
    read(found, calendar(event("k1", "Koffie", WEEKLY), broken))
    page = browser.get(address).content.decode()
    assert "dinsdag 3 november 2026, 10.00" in page
    assert "Kapot" in page
    assert "SECONDLY" not in page
    assert str(TROUBLES["NONSENSE"]) in page
    offer = Offer.objects.get()
    browser.post(address, {"do": "show", "offer": [str(offer.key), "geen nummer"]})
    assert state(offer) == ("Koffie", Status.ACTIVE)
    browser.post(address, {"do": "words"})
    browser.post(address, {"do": "stop"})
    found.refresh_from_db()
    assert found.stopped_at == NOW
    page = browser.post(address, {"do": "read"}, follow=True).content.decode()
    assert "niet meer" in page


@pytest.mark.usefixtures("_at_noon")
def test_a_failure_is_shown_with_when_it_is_tried_again(noor: User, party: Organisation) -> None:
    found = read(subscribed(party), b"<html>")
    answer = browser_of(noor).get(reverse("exchange:subscription", args=[found.key]))
    text = answer.content.decode()
    assert str(CALENDAR_PROBLEMS["WebPage"]) in text
    assert "dinsdag 3 november, 11.00" in text
    page = browser_of(noor).get(reverse("exchange:calendars")).content.decode()
    assert "kan niet gelezen worden" in page


@pytest.mark.usefixtures("_at_noon")
def test_the_form_says_what_is_wrong(noor: User, party: Organisation) -> None:
    browser, address = browser_of(noor), reverse("exchange:calendars")
    said = {"organisation": "Buurthuis de Plos", "address": ADDRESS}
    assert party.name in browser.post(address, said).content.decode()
    said["organisation"] = "Xyzzy"
    assert "geen organisatie" in browser.post(address, said).content.decode()
    said = {"organisation": party.name, "address": "agenda.ics"}
    assert "https://" in browser.post(address, said).content.decode()
    assert not Subscription.objects.exists()


@pytest.mark.usefixtures("_at_noon")
def test_the_list_asks_as_much_for_three_calendars_as_for_one(
    noor: User, party: Organisation
) -> None:
    browser, counts = browser_of(noor), []
    for number in (1, 2, 3):
        subscribe(party, address=f"{ADDRESS}?{number}", by=BY, now=NOW)
        with CaptureQueriesContext(connection) as asked:
            browser.get(reverse("exchange:calendars"))
        counts.append(len(asked))
    assert counts[0] == counts[2]
    assert [one.source_name[-1] for one in subscriptions()] == ["s", "2", "3"]


def test_a_reading_is_of_what_goes_on() -> None:
    found = read_calendar(
        calendar(event("k1", "Koffie", WEEKLY), event("f1", "Feest", start="20261101T100000")),
        now=NOW,
    )
    assert ([entry.uid for entry in found.coming], found.over) == (["k1"], frozenset({"f1"}))
    assert found.present == {"k1"}
