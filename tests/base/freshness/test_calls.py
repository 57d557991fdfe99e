"""Who has no mail, or does not answer it, is rung; and an answer ends the call."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import IntegrityError, transaction

from omzien.base.catalogue.models import Offer
from omzien.base.desk.actions.duty import NotOnDuty, begin_duty, set_work_list
from omzien.base.desk.actions.work import EndsWithAnAnswer, close_work
from omzien.base.desk.queries.lists import open_items
from omzien.base.freshness.actions.asking import ask_keepers, remind_keepers
from omzien.base.freshness.actions.calls import (
    close_call,
    look_up_call,
    not_reached,
    open_call,
    pass_on,
    pass_on_request,
    ring_for,
)
from omzien.base.freshness.actions.changing import submit_changes
from omzien.base.freshness.actions.confirming import confirm_offer
from omzien.base.freshness.jobs import ask_what_is_due
from omzien.base.freshness.models import Answer, CheckCall, CheckRequest, Keeper, Proposal
from omzien.base.freshness.queries.calls import (
    in_the_same_call,
    number_to_ring,
    open_call_of,
    whom_to_ask,
)
from omzien.base.freshness.queries.changes import Changes
from omzien.base.freshness.queries.keepers import Contact
from omzien.base.journal.models import Entry
from omzien.base.network.actions import change_organisation
from tests.base.freshness.conftest import (
    LATER,
    NOW,
    TODAY,
    another,
    fresh,
    link_in,
    mails,
    queries_of,
)

if TYPE_CHECKING:
    from django.test import Client

    from omzien.base.accounts.models import User
    from omzien.base.journal.models import Actor
    from tests.cast import LogIn

EVEN_LATER = LATER + timedelta(days=10)


@pytest.fixture
def jan_here(jan: User, by: Actor) -> User:
    """Return Jan, on duty, whose list it is."""
    begin_duty(jan, by=by, now=NOW)
    set_work_list("freshness.checkcall", owner=jan, deputy=None, by=by, now=NOW)
    return jan


@pytest.fixture
def jans_browser(jan_here: User, log_in: LogIn) -> Client:
    return log_in(jan_here)


def night(by: Actor) -> None:
    """Do what a night does with who has no mail."""
    ring_for(ask_keepers(on=TODAY, by=by, now=NOW).to_ring, on=TODAY, by=by, now=NOW)


def called(offer: Offer, by: Actor, keeper: Keeper | None = None) -> CheckCall:
    contact = Contact(keeper, None) if keeper else None
    return open_call(offer, why="no-mail", contact=contact, on=TODAY, by=by, now=NOW)


def test_who_has_no_mail_stands_on_the_phone_list_with_a_number(
    due_club: Offer, bram: Keeper, jan_here: User, by: Actor
) -> None:
    night(by)
    call = CheckCall.objects.get()
    assert (call.why, call.keeper, call.owner.user if call.owner else None) == (
        "no-mail",
        bram,
        jan_here,
    )
    assert number_to_ring(call) == "079-341 00 00"
    (item,) = open_items(owner=jan_here)
    assert (item.who, item.title, item.due_on) == (
        due_club.name,
        "Bel: klopt het nog?",
        TODAY + timedelta(days=7),
    )


@pytest.mark.usefixtures("jan_here")
def test_where_nobody_is_known_the_organisation_is_rung(due_club: Offer, by: Actor) -> None:
    night(by)
    call = CheckCall.objects.get()
    assert (call.why, whom_to_ask(call), number_to_ring(call)) == ("nobody", None, "")
    change_organisation(due_club.organisation, phone="079-341 22 22", by=by, now=NOW)
    call.refresh_from_db()
    assert number_to_ring(call) == "079-341 22 22"
    Offer.objects.update(phone="079-341 33 33")
    call.refresh_from_db()
    assert number_to_ring(call) == "079-341 33 33"


@pytest.mark.usefixtures("due_club", "bram", "jan_here")
def test_what_is_on_the_list_is_not_put_there_again(by: Actor) -> None:
    night(by)
    assert ask_keepers(on=TODAY, by=by, now=NOW).to_ring == ()
    call = CheckCall.objects.get()
    assert called(call.offer, by) == call


@pytest.mark.usefixtures("due_club", "jan_here")
def test_after_two_mails_without_an_answer_somebody_rings(sietske: Keeper, by: Actor) -> None:
    ask_keepers(on=TODAY, by=by, now=NOW)
    remind_keepers(by=by, now=LATER)
    assert pass_on(on=TODAY, by=by, now=EVEN_LATER - timedelta(seconds=1)) == 0
    assert pass_on(on=TODAY, by=by, now=EVEN_LATER) == 1
    assert pass_on(on=TODAY, by=by, now=EVEN_LATER) == 0
    call = CheckCall.objects.get()
    assert (call.why, call.keeper) == ("no-answer", sietske)
    assert CheckRequest.objects.get().passed_on_at == EVEN_LATER


@pytest.mark.usefixtures("sietske", "jan_here")
def test_an_answer_by_the_link_ends_the_call_after_all(
    due_club: Offer, by: Actor, sam: Client
) -> None:
    ask_keepers(on=TODAY, by=by, now=NOW)
    pass_on_request(CheckRequest.objects.get(), on=TODAY, by=by, now=LATER)
    with time_machine.travel(LATER, tick=False):
        sam.post(link_in(mails()[0]), {"do": "all"})
    call = CheckCall.objects.get()
    assert (call.answer, call.owner) == ("same", None)
    assert open_call_of(due_club) is None


@pytest.mark.usefixtures("due_club", "bram")
def test_with_nobody_on_duty_nothing_is_lost(by: Actor, jan: User) -> None:
    with pytest.raises(NotOnDuty):
        night(by)
    with time_machine.travel(NOW, tick=False):
        ask_what_is_due()
    assert not CheckCall.objects.exists()
    begin_duty(jan, by=by, now=NOW)
    with time_machine.travel(NOW, tick=False):
        ask_what_is_due()
    assert CheckCall.objects.count() == 1


@pytest.mark.usefixtures("jan_here")
def test_who_is_not_reached_is_tried_again_soon_and_later_once_a_week(
    due_club: Offer, by: Actor
) -> None:
    call = called(due_club, by)
    waits = [(not_reached(call, on=TODAY, by=by, now=NOW).due_on - TODAY).days for _ in range(3)]
    assert waits == [2, 2, 7]


@pytest.mark.usefixtures("jan_here")
def test_a_call_cannot_be_ticked_off_without_an_answer(due_club: Offer, by: Actor) -> None:
    call = called(due_club, by)
    with pytest.raises(EndsWithAnAnswer):
        close_work(call, by=by, now=NOW)
    assert close_call(call, answer=Answer.STOPPED, by=by, now=NOW).answer == "stopped"


@pytest.mark.usefixtures("jan_here")
def test_a_change_or_a_yes_ends_the_call(due_club: Offer, by: Actor) -> None:
    called(due_club, by)
    confirm_offer(due_club, on=TODAY, by=by, now=NOW)
    called(due_club, by)
    wanted = Changes({"name": "Pianomiddag"})
    submit_changes(due_club, wanted, at_once=False, on=TODAY, by=by, now=NOW)
    assert [call.answer for call in CheckCall.objects.order_by("pk")] == ["same", "changed"]


@pytest.mark.usefixtures("jan_here")
def test_more_can_be_asked_in_the_same_call(
    due_club: Offer, sietske: Keeper, mo: User, by: Actor
) -> None:
    names = ("B", "C", "D", "E", "F")
    offers = [due_club, *(another(due_club.organisation, name, by=by) for name in names)]
    contacts = [Contact(sietske, None)] * 2 + [Contact(None, mo)] * 2 + [None] * 2
    calls = [
        open_call(offer, why="no-mail", contact=contact, on=TODAY, by=by, now=NOW)
        for offer, contact in zip(offers, contacts, strict=True)
    ]
    for first, second in zip(calls[::2], calls[1::2], strict=True):
        assert list(in_the_same_call(first)) == [second]


@pytest.mark.usefixtures("jan_here")
@pytest.mark.parametrize("nonsense", [{"answer": "same"}, {"why": "so"}])
def test_the_database_refuses_a_call_that_cannot_be(
    due_club: Offer, by: Actor, nonsense: dict[str, str]
) -> None:
    called(due_club, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckCall.objects.update(**nonsense)


# --- The pages ----------------------------------------------------------------------------------


def test_the_page_shows_the_number_and_the_record_and_looking_is_written_down(
    due_club: Offer, bram: Keeper, jans_browser: Client, jan: User, by: Actor
) -> None:
    call = called(due_club, by, bram)
    text = jans_browser.get(call.get_absolute_url()).content.decode()
    for word in ("079-341 00 00", "Bram Kuiper", "Elke dinsdag", "Wat ontbreekt".lower()):
        assert word in text
    line = Entry.objects.get(verb="freshness.look_up_call")
    assert (line.actor_key, line.subject_key) == (jan.key, call.key)
    assert look_up_call(call.key, by=by, now=NOW) == call


@pytest.mark.parametrize(
    ("do", "answer", "status"),
    [("same", "same", "active"), ("stop", "stopped", "ended")],
)
def test_a_button_for_each_answer(
    due_club: Offer, jans_browser: Client, by: Actor, do: str, answer: str, status: str
) -> None:
    change_organisation(due_club.organisation, changes_go_live=True, by=by, now=NOW)
    call = called(due_club, by)
    assert jans_browser.post(call.get_absolute_url(), {"do": do}).status_code == 302
    call.refresh_from_db()
    assert (call.answer, fresh(due_club).status) == (answer, status)
    assert jans_browser.get(call.get_absolute_url()).status_code == 404


def test_not_reached_is_noted_and_nonsense_is_not(
    due_club: Offer, jans_browser: Client, by: Actor
) -> None:
    call = called(due_club, by)
    jans_browser.post(call.get_absolute_url(), {"do": "not-reached"})
    call.refresh_from_db()
    assert call.tries == 1
    assert jans_browser.post(call.get_absolute_url(), {"do": "nonsense"}).status_code == 200


def test_what_cannot_be_done_is_said(due_club: Offer, jans_browser: Client, by: Actor) -> None:
    call = called(due_club, by)
    Offer.objects.update(source_name="Wijzer", source_id="1")
    answer = jans_browser.post(call.get_absolute_url(), {"do": "stop"})
    assert "ander systeem" in answer.content.decode()


def test_what_changed_is_typed_during_the_call(
    due_club: Offer, jans_browser: Client, by: Actor
) -> None:
    call = called(due_club, by)
    path = f"{call.get_absolute_url()}anders/"
    assert "redacteur" in jans_browser.get(path).content.decode()
    jans_browser.post(path, {"do": "pause"})
    assert Proposal.objects.get().made_role == "coordinator"
    call.refresh_from_db()
    assert call.answer == "changed"
    assert jans_browser.get(path).status_code == 404


def test_when_it_is_is_changed_during_the_call_as_well(
    due_club: Offer, jans_browser: Client, by: Actor
) -> None:
    path = f"{called(due_club, by).get_absolute_url()}wanneer/"
    assert "Elke dinsdag" in jans_browser.get(path).content.decode()


def test_the_phone_list_takes_the_same_queries_for_one_and_for_three(
    due_club: Offer, jans_browser: Client, by: Actor
) -> None:
    called(due_club, by)
    pages = ("/bijhouden/bellen/", "/desk/work/")
    one = [queries_of(jans_browser, path) for path in pages]
    for name in ("B", "C"):
        called(another(due_club.organisation, name, by=by), by)
    assert [queries_of(jans_browser, path) for path in pages] == one


def test_an_empty_list_says_so(jans_browser: Client) -> None:
    assert "koffie" in jans_browser.get("/bijhouden/bellen/").content.decode()


def test_a_long_phone_list_has_pages(
    due_club: Offer, jans_browser: Client, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("omzien.base.freshness.views.calls.PAGE_SIZE", 1)
    called(due_club, by)
    called(another(due_club.organisation, "Zangkoor", by=by), by)
    first = jans_browser.get("/bijhouden/bellen/").content.decode()
    assert "Zangkoor" not in first
    assert "Pagina 1 van 2" in first
    assert "Zangkoor" in jans_browser.get("/bijhouden/bellen/?pagina=2").content.decode()
