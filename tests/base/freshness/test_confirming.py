"""A keeper opens the link of a mail and says: all of this is still true."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine

from omzien.base.freshness.actions.asking import ask_keepers, remind_keepers
from omzien.base.freshness.actions.confirming import (
    confirm_by_link,
    confirm_offer,
    hand_back,
    settle,
    step_down,
    use_up,
)
from omzien.base.freshness.actions.keepers import end_keeper
from omzien.base.freshness.models import Answer, CheckRequest, Keeper, RequestedCheck
from omzien.base.freshness.queries.checks import CHECK, request_of_link
from omzien.base.freshness.queries.keepers import owners_of
from omzien.base.journal.models import Entry
from omzien.base.letters.models import Token
from omzien.base.letters.queries import LinkNotGood
from omzien.base.network.actions import name_delegate
from omzien.base.network.models import Delegate
from tests.base.freshness.conftest import (
    LATER,
    NOW,
    TODAY,
    another,
    fresh,
    link_in,
    mails,
    queries_of,
    secret_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor


@pytest.fixture
def at_noon() -> Iterator[None]:
    """Let it be the day of these tests for the pages."""
    with time_machine.travel(NOW, tick=False):
        yield


def asked(by: Actor, *, now: datetime = NOW) -> str:
    """Ask, and return the secret of the link in the last mail."""
    ask_keepers(on=TODAY, by=by, now=now)
    return secret_in(mails()[-1])


def test_one_press_makes_a_record_fresh_for_half_a_year(
    due_club: Offer, sietske: Keeper, by: Actor
) -> None:
    secret = asked(by)
    request = request_of_link(secret, now=NOW)
    assert confirm_by_link(request, secret, keys={due_club.key}, on=TODAY, now=NOW) == 1
    offer = fresh(due_club)
    assert (offer.assured_on, offer.check_by) == (TODAY, date(2027, 5, 3))
    line = Entry.objects.get(verb="catalogue.assure_offer", actor_role="keeper")
    assert line.actor_key == sietske.key


def test_the_link_works_for_one_record_after_the_other_and_then_no_more(
    due_club: Offer, sietske: Keeper, by: Actor
) -> None:
    del sietske
    other = another(due_club.organisation, "Koor", by=by)
    secret = asked(by)
    for offer in (due_club, other):
        request = request_of_link(secret, now=NOW)
        confirm_by_link(request, secret, keys={offer.key}, on=TODAY, now=NOW)
    with pytest.raises(LinkNotGood):
        request_of_link(secret, now=NOW)
    assert Token.objects.get(purpose=CHECK).used_at == NOW


def test_pressing_twice_is_pressing_once(due_club: Offer, sietske: Keeper, by: Actor) -> None:
    del sietske
    another(due_club.organisation, "Koor", by=by)
    secret = asked(by)
    request = request_of_link(secret, now=NOW)
    pressed = [
        confirm_by_link(request, secret, keys={due_club.key}, on=TODAY, now=NOW) for _ in "12"
    ]
    assert pressed == [1, 0]


def test_all_can_be_confirmed_at_once(due_club: Offer, sietske: Keeper, by: Actor) -> None:
    del sietske
    another(due_club.organisation, "Koor", by=by)
    secret = asked(by)
    request = request_of_link(secret, now=NOW)
    assert confirm_by_link(request, secret, keys=None, on=TODAY, now=NOW) == 2


def test_a_record_of_somebody_else_is_not_confirmed(
    due_club: Offer, sietske: Keeper, by: Actor
) -> None:
    del sietske
    secret = asked(by)
    other = another(due_club.organisation, "Koor", by=by)
    request = request_of_link(secret, now=NOW)
    assert confirm_by_link(request, secret, keys={other.key}, on=TODAY, now=NOW) == 0
    assert fresh(other).assured_on is None


def test_what_another_confirmed_is_no_longer_asked(
    due_club: Offer, sietske: Keeper, by: Actor
) -> None:
    del sietske
    secret = asked(by)
    confirm_offer(due_club, on=TODAY, by=by, now=NOW)
    assert RequestedCheck.objects.get().answer == "same"
    use_up(request_of_link(secret, now=NOW), secret, by=by, now=NOW)
    assert Token.objects.get(purpose=CHECK).used_at == NOW
    before = Entry.objects.filter(verb="freshness.note_answer").count()
    settle(due_club, answer=Answer.CHANGED, by=by, now=NOW)
    assert Entry.objects.filter(verb="freshness.note_answer").count() == before


def test_a_link_that_is_too_old_or_of_somebody_who_stopped_is_not_good(
    due_club: Offer, sietske: Keeper, by: Actor
) -> None:
    del due_club
    secret = asked(by)
    with pytest.raises(LinkNotGood):
        request_of_link(secret, now=NOW + timedelta(days=46))
    end_keeper(sietske, on=TODAY, by=by, now=NOW)
    with pytest.raises(LinkNotGood):
        request_of_link(secret, now=NOW)


def test_a_link_about_nothing_is_not_good(due_club: Offer, sietske: Keeper, by: Actor) -> None:
    del due_club, sietske
    secret = asked(by)
    Token.objects.filter(purpose=CHECK).update(about=None)
    with pytest.raises(LinkNotGood):
        request_of_link(secret, now=NOW)


def test_who_hands_it_back_is_not_asked_again(due_club: Offer, sietske: Keeper, by: Actor) -> None:
    secret = asked(by)
    hand_back(request_of_link(secret, now=NOW), secret, on=TODAY, now=NOW)
    sietske.refresh_from_db()
    assert sietske.until == TODAY
    assert not RequestedCheck.objects.exists()
    again = ask_keepers(on=TODAY, by=by, now=NOW)
    assert (again.mails, again.to_ring) == (0, (due_club,))


def test_a_delegate_who_hands_it_back_no_longer_acts_for_the_organisation(
    due_club: Offer, mo: User, by: Actor
) -> None:
    name_delegate(due_club.organisation, user=mo, by=by, now=NOW)
    secret = asked(by)
    hand_back(request_of_link(secret, now=NOW), secret, on=TODAY, now=NOW)
    assert Delegate.objects.get().ended_at == NOW
    assert owners_of([due_club], on=TODAY)[due_club.pk] == []
    step_down(mo, CheckRequest.objects.get(), by=by, now=NOW)


# --- The page -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("at_noon")
def test_opening_the_link_changes_nothing(
    due_club: Offer, sietske: Keeper, by: Actor, sam: Client
) -> None:
    asked(by)
    path = link_in(mails()[0])
    text = sam.get(path).content.decode()
    assert "Pianoclub" in text
    assert "elke dinsdag, 10.00 tot 12.00 uur".capitalize() in text
    assert "€ 2,50" in text
    assert sietske.name not in text
    assert fresh(due_club).assured_on == date(2026, 5, 1)


@pytest.mark.usefixtures("at_noon")
def test_the_button_confirms_and_the_page_says_so(
    due_club: Offer, sietske: Keeper, by: Actor, sam: Client
) -> None:
    del sietske
    asked(by)
    path = link_in(mails()[0])
    answer = sam.post(path, {"do": str(due_club.key)}, follow=True)
    assert "Dank je wel" in answer.content.decode()
    assert fresh(due_club).assured_on == TODAY
    assert "Alles is klaar" in sam.get(path).content.decode()
    assert sam.post(path, {"do": "all"}).status_code == 302


@pytest.mark.usefixtures("at_noon")
def test_all_at_once_thanks_for_each(
    due_club: Offer, sietske: Keeper, by: Actor, sam: Client
) -> None:
    del sietske
    another(due_club.organisation, "Koor", by=by)
    asked(by)
    path = link_in(mails()[0])
    assert "Alle 2 kloppen nog" in sam.get(path).content.decode()
    answer = sam.post(path, {"do": "all"}, follow=True)
    assert "2 pagina’s zijn bevestigd" in answer.content.decode()


@pytest.mark.usefixtures("at_noon")
def test_a_button_that_says_nothing_does_nothing(
    due_club: Offer, sietske: Keeper, by: Actor, sam: Client
) -> None:
    del sietske
    asked(by)
    answer = sam.post(link_in(mails()[0]), {"do": "nonsense"}, follow=True)
    assert "Pianoclub" in answer.content.decode()
    assert fresh(due_club).assured_on == date(2026, 5, 1)


@pytest.mark.usefixtures("at_noon", "due_club", "sietske")
def test_handing_back_says_goodbye(by: Actor, sam: Client) -> None:
    asked(by)
    path = link_in(mails()[0])
    assert "genoteerd" in sam.post(path, {"do": "hand-back"}).content.decode()
    assert sam.get(path).status_code == 410


def test_an_unknown_link_says_what_to_do(db: None, sam: Client) -> None:
    del db
    answer = sam.get("/klopt-het/nobodys-secret/")
    assert (answer.status_code, "nieuwere mail" in answer.content.decode()) == (410, True)


@pytest.mark.usefixtures("due_club", "sietske")
def test_the_links_of_mail_and_reminder_open_the_same_page(by: Actor, sam: Client) -> None:
    asked(by)
    remind_keepers(by=by, now=LATER)
    with time_machine.travel(LATER, tick=False):
        pages = [sam.get(link_in(text)).content.decode() for text in mails()]
    assert ["Pianoclub" in page for page in pages] == [True, True]


@pytest.mark.usefixtures("at_noon", "sietske")
def test_the_page_takes_the_same_queries_for_one_and_for_three_records(
    due_club: Offer,
    by: Actor,
    sam: Client,
) -> None:
    counts = []
    for name in ("", "B"):
        if name:
            another(due_club.organisation, "B", by=by)
            another(due_club.organisation, "C", by=by)
            RequestedCheck.objects.all().delete()
        asked(by)
        counts.append(queries_of(sam, link_in(mails()[-1])))
    assert counts[0] == counts[1]
