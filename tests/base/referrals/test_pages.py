"""The pages of referrals: the desk refers, the receiver answers, who referred hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from omzien.base.accounts.roles import Assurance
from omzien.base.journal.models import Entry
from omzien.base.letters.models import Mail
from omzien.base.people.actions.consents import withdraw_consent
from omzien.base.people.models import Consent
from omzien.base.referrals.actions.referrals import move
from omzien.base.referrals.models import Referral, Result, State
from tests.base.referrals.conftest import NOW, WISH, referred
from tests.base.referrals.test_referrals import secret_of
from tests.cast import browser_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoAssertNumQueries

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor
    from omzien.base.people.models import Participant

WHO = ("Vries", "341 12 34", WISH)


@pytest.fixture(autouse=True)
def thursday_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def text_of(browser: Client, url: str, **data: object) -> str:
    answer = browser.post(url, data, follow=True) if data else browser.get(url, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def desk(jan: User, by: Actor) -> Client:
    """Return the browser of Jan, who is on duty."""
    del by
    return browser_of(jan)


@pytest.fixture
def receiver(mo: User) -> Client:
    """Return the browser of Mo, logged in with a second factor."""
    return browser_of(mo, Assurance.SECOND_FACTOR)


def test_the_desk_finds_chooses_and_refers(
    desk: Client, her: Participant, piano_club: Offer
) -> None:
    page = reverse("referrals:refer", args=[her.key])
    assert "De Vries" in text_of(desk, page)
    assert "Pianoclub" in text_of(desk, page, do="find", words="piano")
    assert piano_club.summary in text_of(desk, page, do="choose", offer=piano_club.key)
    given = {
        "do": "refer",
        "offer": piano_club.key,
        "wish": WISH,
        "goes_along": "receiver",
        "given_how": "oral",
    }
    refused = text_of(desk, page, **given)
    assert not Referral.objects.exists()
    assert WISH in refused
    shown = text_of(desk, page, **given, agrees="on")
    assert WISH in shown
    assert Referral.objects.get().participant == her
    assert Consent.objects.get().receiver == "piano-voor-buren"


def test_a_few_questions_lead_to_advice_with_reasons(
    desk: Client, her: Participant, piano_club: Offer
) -> None:
    page = reverse("referrals:refer", args=[her.key])
    assert "Waar wil je meer van?" in text_of(desk, page, do="ask")
    advised = text_of(desk, page, do="advise", wishes="samen spelen", budget="0")
    assert piano_club.name in advised
    assert "Bel eerst en vraag: wat het kost." in advised
    assert piano_club.summary in text_of(desk, page, do="choose", offer=piano_club.key)
    wrong = text_of(desk, page, do="advise", age=300)
    assert "Waar wil je meer van?" in wrong


def test_where_town_has_nothing_the_desk_hears_that_it_was_counted(
    desk: Client, her: Participant
) -> None:
    page = reverse("referrals:refer", args=[her.key])
    assert "geteld als iets dat ontbreekt" in text_of(desk, page, do="advise", interests=[])


def test_nothing_found_says_what_to_do(desk: Client, her: Participant) -> None:
    page = reverse("referrals:refer", args=[her.key])
    assert "Niets gevonden" in text_of(desk, page, do="find", words="paardrijden")


@pytest.mark.parametrize("offer", ["", "nonsense", "4d7a2c3e-0000-4000-8000-000000000001"])
def test_an_offer_that_is_not_there_cannot_be_chosen(
    desk: Client, her: Participant, offer: str
) -> None:
    page = reverse("referrals:refer", args=[her.key])
    assert desk.post(page, {"do": "choose", "offer": offer}).status_code == 404


def test_the_same_twice_is_said_on_the_form(
    desk: Client, referral: Referral, her: Participant, piano_club: Offer
) -> None:
    assert referral.pk
    given = {
        "do": "refer",
        "offer": piano_club.key,
        "goes_along": "nobody",
        "given_how": "oral",
        "agrees": "on",
    }
    page = text_of(desk, reverse("referrals:refer", args=[her.key]), **given)
    assert "hier al naar verwezen" in page


def test_the_desk_takes_the_next_step_and_ends_it(desk: Client, referral: Referral) -> None:
    page = referral.get_absolute_url()
    assert "Bel de ontvanger" in text_of(desk, page)
    assert "elkaar gesproken" in text_of(desk, page, do="accepted")
    assert "kan nu niet" in text_of(desk, page, do="six_weeks")
    assert "Kies wat er gebeurd is" in text_of(desk, page, do="end")
    assert "Wilde niet verder" in text_of(desk, page, do="end", result=Result.OWN_CHOICE)
    assert Referral.objects.get().state == State.ENDED


def test_looking_is_written_in_the_journal_of_the_person(
    desk: Client, referral: Referral, her: Participant, jan: User
) -> None:
    before = Entry.objects.filter(subject_key=her.key, actor_key=jan.key).count()
    text_of(desk, referral.get_absolute_url())
    text_of(desk, reverse("referrals:refer", args=[her.key]))
    after = Entry.objects.filter(subject_key=her.key, actor_key=jan.key)
    assert after.count() == before + 2


def test_the_link_shows_no_person_and_changes_nothing_until_the_button(
    referral: Referral,
) -> None:
    link = reverse("referrals:answer", args=[secret_of(Mail.objects.get())])
    sam = Client()
    page = text_of(sam, link)
    assert "Pianoclub" in page
    assert not [word for word in WHO if word in page]
    referral.refresh_from_db()
    assert referral.state == State.ASKED
    assert "welkom" in text_of(sam, link, answer="yes")
    referral.refresh_from_db()
    assert referral.state == State.ACCEPTED
    assert sam.get(link).status_code == 410
    assert sam.post(link, {"answer": "no"}).status_code == 410


def test_a_no_by_link_leads_to_looking_further(referral: Referral) -> None:
    link = reverse("referrals:answer", args=[secret_of(Mail.objects.get())])
    assert "iets anders" in text_of(Client(), link, answer="no")
    referral.refresh_from_db()
    assert (referral.state, referral.due_on.isoformat()) == (State.DECLINED, "2026-11-09")


def test_a_receiver_sees_who_only_after_yes_and_only_while_agreed(
    receiver: Client, referral: Referral, by: Actor
) -> None:
    page = reverse("referrals:received_one", args=[referral.key])
    assert "Pianoclub" in text_of(receiver, reverse("referrals:received"))
    before = text_of(receiver, page)
    assert not [word for word in WHO if word in before]
    text_of(receiver, page, do="accepted")
    after = text_of(receiver, page)
    assert [word for word in WHO if word in after] == list(WHO)
    withdraw_consent(Consent.objects.get(), by=by, now=NOW)
    later = text_of(receiver, page)
    assert not [word for word in WHO if word in later]


def test_a_receiver_reports_the_first_time(
    receiver: Client, referral: Referral, by: Actor
) -> None:
    for state in (State.ACCEPTED, State.CONTACT_MADE):
        move(referral, state, by=by, now=NOW)
    page = reverse("referrals:received_one", args=[referral.key])
    assert "Kies wat er gebeurd is" in text_of(receiver, page, do="nonsense")
    assert "kan nu niet" in text_of(receiver, page, do="six_weeks")
    text_of(receiver, page, do="arrived", arrived_on="2026-11-04")
    referral.refresh_from_db()
    assert str(referral.arrived_on) == "2026-11-04"


def test_who_referred_reads_how_it_went_on_without_a_name(
    desk: Client, her: Participant, piano_club: Offer, by: Actor
) -> None:
    assert "nog niemand" in text_of(desk, reverse("referrals:news"))
    referred(her, piano_club, by, tell_back=True)
    page = text_of(desk, reverse("referrals:news"))
    assert "Pianoclub" in page
    assert not [word for word in WHO if word in page]


def test_a_longer_list_takes_no_more_queries(
    receiver: Client,
    referral: Referral,
    piano_club: Offer,
    by: Actor,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    page = reverse("referrals:received")
    with django_assert_max_num_queries(40) as one:
        receiver.get(page)
    for _ in range(2):
        Referral.objects.filter(pk=referral.pk).update(offer=None)
        referral = referred(referral.participant, piano_club, by)
    with django_assert_max_num_queries(40) as three:
        receiver.get(page)
    assert len(one) == len(three)
