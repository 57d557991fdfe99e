"""Events that a web page tells programs about: read, shown, and taken in whole."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from omzien.base.catalogue.importers.rows import ChangeRow, LineRow, OfferRow
from omzien.base.catalogue.models import Offer
from omzien.base.catalogue.queries.offers import with_public_terms
from omzien.base.catalogue.queries.schedules import rows_of, with_schedule
from omzien.base.catalogue.queries.structured_data import structured_data
from omzien.base.exchange.actions.pages import hand_in_page, take_in_page, try_page
from omzien.base.exchange.forms import PAGE_PROBLEMS, WHY
from omzien.base.exchange.importers.errors import Empty, NothingOfUse, TooLarge, WrongLetters
from omzien.base.exchange.importers.events import read_events
from omzien.base.exchange.importers.pages import MOST_EVENTS, Found, NoEvents, events_in
from omzien.base.exchange.models import PageDraft
from omzien.base.exchange.queries.pages import page_draft_of
from omzien.base.journal.models import Actor
from omzien.base.network.actions import add_organisation
from omzien.base.network.models import Organisation
from tests.base.exchange.town import fill
from tests.cast import browser_of

if TYPE_CHECKING:
    from omzien.base.accounts.models import User

# A Tuesday morning.
NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
BY = Actor.system("tests")
CHOIR: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "MusicEvent",
    "name": "Koor &amp; koffie",
    "description": "<p>Zing mee. Iedereen mag.</p>",
    "url": "https://zangers.example/koor",
    "startDate": "2026-11-10T19:30:00+01:00",
    "endDate": "2026-11-10T21:00:00+01:00",
    "organizer": {"@type": "Organization", "name": "Zangers"},
    "location": {
        "@type": "Place",
        "name": "De Plas",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Voorbeeldlaan 1",
            "postalCode": "2717 aa",
            "addressLocality": "Zoetermeer",
        },
    },
    "offers": [{"price": "7.50", "priceCurrency": "EUR"}, {"price": 2.5}],
    "audience": {"@type": "PeopleAudience", "audienceType": "Mensen die van zingen houden"},
    "typicalAgeRange": "18-",
}
WEEKLY = {
    "@type": "Schedule",
    "startDate": "2026-11-10",
    "startTime": "19:30",
    "endTime": "21:00",
    "repeatFrequency": "P1W",
    "byDay": "https://schema.org/Tuesday",
}


def page(*parts: object) -> bytes:
    """Return a page as sites make them, with these parts for programs."""
    scripts = (f'<script type="application/ld+json">{json.dumps(part)}</script>' for part in parts)
    head = "".join(scripts)
    return f"<!DOCTYPE html><head><script>var x = '<'</script>{head}</head><p>Hoi".encode()


def one(**said: Any) -> OfferRow:  # noqa: ANN401 - fields of any shape
    batch = read_events(Found(({**CHOIR, **said},)), organisation="", source_name="", now=NOW)
    assert batch.skipped == ()
    return batch.offers[0]


def why(**said: Any) -> list[str]:  # noqa: ANN401 - fields of any shape
    """Return why an event is left out."""
    found = Found(({**CHOIR, **said},))
    batch = read_events(found, organisation="", source_name="", now=NOW)
    assert batch.offers == ()
    return [row.why for row in batch.skipped]


# --- Finding events -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [
        CHOIR,
        [CHOIR],
        {"@graph": [{"@type": "WebSite", "name": "x"}, CHOIR]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": CHOIR}]},
        CHOIR | {"@type": ["Thing", "https://schema.org/EventSeries"]},
    ],
)
def test_events_are_found_wherever_a_page_puts_them(part: object) -> None:
    assert [event["name"] for event in events_in(page(part)).events] == ["Koor &amp; koffie"]


def test_the_parts_of_an_event_are_no_other_events() -> None:
    found = events_in(page(CHOIR | {"subEvent": [CHOIR], "superEvent": CHOIR}))
    assert len(found.events) == 1


def test_what_lies_deeper_than_anything_that_is_read_is_left_out() -> None:
    deep: object = "x"
    for _level in range(500):
        deep = [deep]
    (event,) = events_in(page(CHOIR | {"about": deep})).events
    assert json.dumps(event["about"]) == "[" * 12 + "]" * 12
    assert event["offers"] == CHOIR["offers"]


def test_a_broken_part_spoils_nothing_and_is_told() -> None:
    broken = b'<script type="application/ld+json">{"@type": "Event",</script>'
    endless = b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>"
    number = b'<script type="application/ld+json">' + b"1" * 5_000 + b"</script>"
    found = events_in(page(CHOIR) + broken + endless + number)
    assert (len(found.events), found.broken) == (1, 3)
    batch = read_events(found, organisation="", source_name="", now=NOW)
    assert [row.why for row in batch.skipped] == ["broken"] * 3


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b" ", Empty),
        (b"<p>Hallo", NoEvents),
        (page({"@type": "Organization", "name": "x"}), NoEvents),
        (page(CHOIR) + b"\xe9", WrongLetters),
        (page(CHOIR).decode().encode("utf-16"), WrongLetters),
        (page(CHOIR) + b"x" * 10_000_000, TooLarge),
        (page([{"@type": "Event"}] * (MOST_EVENTS + 1)), TooLarge),
        (page([[]] * 300_000), TooLarge),
    ],
)
def test_a_page_that_cannot_be_used_is_refused_with_a_sentence(
    data: bytes, problem: type[Exception]
) -> None:
    with pytest.raises(problem):
        events_in(data)
    assert PAGE_PROBLEMS[problem]


# --- Reading events -----------------------------------------------------------------------------


def test_an_event_is_read_as_what_it_says_and_no_more() -> None:
    row = one()
    assert (row.name, row.organisation, row.kind) == ("Koor & koffie", "Zangers", "event")
    assert (row.summary, row.description) == ("Zing mee.", "Zing mee. Iedereen mag.")
    assert (row.website, row.source_url) == ("https://zangers.example/koor", "")
    assert (row.price_cents, row.for_whom) == (250, "Mensen die van zingen houden")
    assert (row.min_age, row.max_age) == (18, None)
    assert row.schedule == (LineRow(date(2026, 11, 10), time(19, 30), 90, "once"),)
    assert (row.email, row.phone, row.languages) == ("", "", ())


def test_a_place_is_read_in_the_ways_sites_write_it() -> None:
    def place(location: object) -> tuple[str, ...]:
        found = Found((CHOIR | {"location": location},))
        batch = read_events(found, organisation="", source_name="", now=NOW)
        return tuple(
            text
            for row in batch.locations
            for text in (row.name, row.kind, row.street, row.postcode, row.town)
        )

    full = ("De Plas", "physical", "Voorbeeldlaan 1", "2717AA", "Zoetermeer")
    assert place(CHOIR["location"]) == full
    assert place([{"@type": "VirtualLocation", "url": "x"}, CHOIR["location"]]) == full
    assert place("De Plas, Voorbeeldlaan 1, 2717 AA Zoetermeer") == full
    address = "Voorbeeldlaan 1, 2717AA Zoetermeer"
    assert place({"@type": "Place", "name": "De Plas", "address": address}) == full
    assert place({"@type": "VirtualLocation", "url": "https://x"})[:2] == ("Online", "online")
    assert place(None) == place({"@type": "Place"}) == ()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, LineRow(date(2026, 11, 10), time(19, 30), 90, "weekly", 1, (1,))),
        (
            {"repeatFrequency": "Weekly", "byDay": ["Monday", "Thursday"], "endTime": None},
            LineRow(date(2026, 11, 10), time(19, 30), 60, "weekly", 1, (0, 3)),
        ),
        (
            {"repeatFrequency": "P2W", "byDay": "MO,WE", "duration": "PT1H30M"},
            LineRow(date(2026, 11, 10), time(19, 30), 90, "weekly", 2, (0, 2)),
        ),
        (
            {"repeatFrequency": "P1M", "byDay": ["1TU", "-1TU"], "endDate": "2027-06-01"},
            LineRow(
                *(date(2026, 11, 10), time(19, 30), 90, "monthly", 1, (1,), (1, -1)),
                until=date(2027, 6, 1),
            ),
        ),
        (
            {"repeatFrequency": "P1D", "byDay": None, "repeatCount": "5"},
            LineRow(date(2026, 11, 10), time(19, 30), 90, "daily", count=5),
        ),
        (
            {"repeatFrequency": "P1Y", "byDay": None, "startTime": "22:00", "endTime": "01:00"},
            LineRow(date(2026, 11, 10), time(22), 180, "yearly"),
        ),
    ],
)
def test_a_schedule_is_read_as_a_line(said: dict[str, Any], expected: LineRow) -> None:
    assert one(eventSchedule=WEEKLY | said).schedule == (expected,)


def test_days_without_are_cancelled_meetings() -> None:
    row = one(eventSchedule=[WEEKLY | {"exceptDate": ["2026-11-17", "2026-11-17T19:30"]}])
    assert row.changes == (ChangeRow(date(2026, 11, 17), time(19, 30)),)


def test_events_of_one_name_and_the_parts_of_one_are_its_dates() -> None:
    dates = ["2026-11-10T19:30", "2026-11-17T19:30", "2026-11-10T19:30"]
    events = tuple(
        CHOIR | {"startDate": start, "endDate": None, "duration": "PT90M"} for start in dates
    )
    (row,) = read_events(Found(events), organisation="", source_name="", now=NOW).offers
    assert [(change.day, change.new_day) for change in row.changes] == [
        (None, date(2026, 11, 10)),
        (None, date(2026, 11, 17)),
    ]
    cancelled = events[1] | {"eventStatus": "https://schema.org/EventCancelled"}
    series = one(**{"@type": "EventSeries", "subEvent": [events[0], cancelled]})
    assert series.schedule == (LineRow(date(2026, 11, 10), time(19, 30), 90, "once"),)


def test_a_day_without_a_time_is_a_whole_day() -> None:
    row = one(startDate="2026-11-10", endDate="2026-11-11")
    assert (row.schedule[0].starts_at, row.schedule[0].minutes) == (time(0), 2 * 24 * 60)


def test_a_moment_elsewhere_is_one_by_the_clock_here() -> None:
    row = one(startDate="2026-11-10T18:30:00Z", endDate="2026-11-10T20:00:00Z")
    assert (row.schedule[0].starts_at, row.schedule[0].minutes) == (time(19, 30), 90)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"name": " "}, "no-name"),
        ({"organizer": None}, "no-organisation"),
        ({"eventStatus": "https://schema.org/EventCancelled"}, "cancelled"),
        ({"subEvent": [CHOIR | {"eventStatus": "EventPostponed"}]}, "cancelled"),
        ({"startDate": "2026-10-01T10:00", "endDate": None}, "over"),
        ({"startDate": "dinsdag"}, "times"),
        ({"startDate": None}, "times"),
        ({"endDate": "2026-12-24T10:00:00+01:00"}, "long"),
        ({"endDate": "2026-11-01T10:00:00+01:00"}, "times"),
        ({"eventSchedule": WEEKLY | {"scheduleTimezone": "Asia/Tokyo"}}, "zone"),
        ({"eventSchedule": WEEKLY | {"repeatFrequency": "PT1S"}}, "times"),
        ({"eventSchedule": WEEKLY | {"repeatFrequency": "P0W"}}, "times"),
        ({"eventSchedule": WEEKLY | {"byDay": ["2MO", "TU"]}}, "times"),
        ({"eventSchedule": WEEKLY | {"byDay": "Caturday"}}, "times"),
        ({"eventSchedule": WEEKLY | {"byMonth": [1]}}, "times"),
        ({"eventSchedule": WEEKLY | {"startTime": None}, "startDate": "2026-11-10"}, "times"),
        ({"eventSchedule": WEEKLY | {"startTime": "half acht"}}, "times"),
        ({"eventSchedule": WEEKLY | {"repeatCount": "veel"}}, "times"),
        ({"eventSchedule": WEEKLY | {"repeatCount": 10**9}}, "times"),
        (
            {"eventSchedule": WEEKLY | {"repeatFrequency": "P1Y", "byMonthDay": [40]}},
            "times",
        ),
    ],
)
def test_an_event_that_cannot_be_used_is_told(said: dict[str, Any], expected: str) -> None:
    assert why(**said) == [expected]
    assert expected in WHY


@pytest.mark.parametrize(
    ("said", "cents"),
    [
        ({"isAccessibleForFree": True}, 0),
        ({"offers": {"price": "0"}}, 0),
        ({"offers": {"lowPrice": "3,50"}}, 350),
        ({"offers": {"price": "5", "priceCurrency": "USD"}}, None),
        ({"offers": None}, None),
        ({"offers": "gratis"}, None),
    ],
)
def test_a_price_is_read_and_else_unknown(said: dict[str, Any], cents: int | None) -> None:
    assert one(**said).price_cents == cents


def test_half_a_letter_is_left_out() -> None:
    assert one(name="Koor\ud800").name == "Koor"


# --- Taking in ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_hand_in_page_try_page_and_take_in_page_do_it_once() -> None:
    add_organisation("Zangers", sector="culture", by=BY, now=NOW)
    draft = hand_in_page(page(CHOIR), organisation="", source_name="", by=BY, now=NOW)
    tried = try_page(draft, by=BY, now=NOW)
    assert (tried.created, Offer.objects.count()) == (1, 0)
    assert take_in_page(draft, by=BY, now=NOW).created == 1
    offer = Offer.objects.get()
    assert (offer.organisation.name, offer.status, offer.kept_elsewhere) == (
        "Zangers",
        "active",
        False,
    )
    assert (Organisation.objects.count(), PageDraft.objects.count()) == (1, 0)
    again = hand_in_page(page(CHOIR), organisation="", source_name="", by=BY, now=NOW)
    assert take_in_page(again, by=BY, now=NOW).unchanged == 1


@pytest.mark.django_db
def test_what_stays_theirs_follows_the_next_page() -> None:
    for times in (WEEKLY, WEEKLY | {"startTime": "20:00"}):
        data = page(CHOIR | {"eventSchedule": times})
        draft = hand_in_page(data, organisation="Koor", source_name="Uit", by=BY, now=NOW)
        take_in_page(draft, by=BY, now=NOW)
    offer = Offer.objects.get()
    assert (offer.source_name, offer.organisation.name) == ("Uit", "Koor")
    assert offer.source_url == CHOIR["url"]
    assert rows_of(offer)[0][0].starts_at == time(20)


@pytest.mark.django_db
def test_a_page_of_which_nothing_can_be_used_changes_nothing() -> None:
    draft = hand_in_page(
        page(CHOIR | {"name": "Koor\x07"}), organisation="", source_name="", by=BY, now=NOW
    )
    with pytest.raises(NothingOfUse):
        take_in_page(draft, by=BY, now=NOW)
    assert (Offer.objects.count(), Organisation.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_our_own_pages_are_read_back_as_the_same_times() -> None:
    fill()
    offers = with_public_terms(with_schedule(Offer.objects.all())).order_by("pk")
    for offer in offers:
        data = structured_data(offer)
        if data["@type"] != "Event":
            continue
        (row,) = read_events(
            events_in(page(data)), organisation="", source_name="", now=NOW
        ).offers
        lines, _changes = rows_of(offer)
        assert (row.name, row.organisation) == (offer.name, offer.organisation.name)
        assert row.price_cents == offer.price_cents
        assert row.schedule == lines


@pytest.mark.django_db
def test_a_script_in_an_event_comes_out_as_text() -> None:
    script = "<img src=x onerror=alert(1)>"
    draft = hand_in_page(
        page(CHOIR | {"name": f"Koor {script}", "description": script}),
        organisation="",
        source_name="",
        by=BY,
        now=NOW,
    )
    take_in_page(draft, by=BY, now=NOW)
    shown = Client().get(reverse("site:offer", args=[Offer.objects.get().slug])).content.decode()
    assert "&lt;img src=x" in shown
    assert "<img src=x" not in shown


# --- Pages --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_editor_hands_in_a_page_looks_and_takes_it_in(noor: User) -> None:
    add_organisation("Zangers", sector="culture", by=BY, now=NOW)
    browser = browser_of(noor)
    over = CHOIR | {"name": "Oud", "startDate": "2020-01-01T10:00", "endDate": None}
    file = SimpleUploadedFile("agenda.html", page(CHOIR, over))
    with time_machine.travel(NOW, tick=False):
        answer = browser.post(
            reverse("exchange:hand_in_page"), {"file": file, "organisation": "zangers"}
        )
        shown = browser.get(answer["Location"]).content.decode()
        assert "Oud" in shown
        assert str(WHY["over"]) in shown
        assert Offer.objects.count() == 0
        draft = PageDraft.objects.get()
        assert page_draft_of(noor, draft.key) == draft
        browser.get(reverse("exchange:page_take", args=[draft.key]))
        assert Offer.objects.count() == 0
        browser.post(reverse("exchange:page_take", args=[draft.key]))
    assert Offer.objects.get().organisation.name == "Zangers"


@pytest.mark.django_db
def test_a_page_can_be_copied_and_what_is_wrong_is_said(noor: User) -> None:
    browser, address = browser_of(noor), reverse("exchange:hand_in_page")
    assert "Kies een bestand" in browser.post(address, {"text": ""}).content.decode()
    said = browser.post(address, {"text": "<p>Hallo"}).content.decode()
    assert str(PAGE_PROBLEMS[NoEvents]) in said
    with time_machine.travel(NOW, tick=False):
        broken = page(CHOIR | {"name": "Koor\x07"}).decode()
        answer = browser.post(address, {"text": broken})
        shown = browser.get(answer["Location"], follow=True).content.decode()
        assert str(PAGE_PROBLEMS[NothingOfUse]) in shown
        take = reverse("exchange:page_take", args=[PageDraft.objects.get().key])
        assert str(PAGE_PROBLEMS[NothingOfUse]) in browser.post(take, follow=True).content.decode()
    assert not Offer.objects.exists()
