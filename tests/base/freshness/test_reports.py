"""This is wrong: any visitor says it, somebody here solves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError, transaction

from omzien.base.desk.actions.duty import NotOnDuty, begin_duty, set_work_list
from omzien.base.desk.actions.work import close_work
from omzien.base.desk.queries.lists import open_items
from omzien.base.freshness.actions.confirming import confirm_offer
from omzien.base.freshness.actions.keepers import Person, name_keeper
from omzien.base.freshness.actions.reports import (
    owner_for,
    report_wrong,
    resolve_report,
    say_again,
    tell_owners,
)
from omzien.base.freshness.forms.reports import WrongForm
from omzien.base.freshness.models import WrongReport
from omzien.base.freshness.queries.reports import open_reports
from omzien.base.journal.models import Entry
from tests.base.freshness.conftest import NOW, TODAY, another, link_in, mails, queries_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor
    from tests.cast import LogIn

SAID = "Het is nu om twee uur."


@pytest.fixture(autouse=True)
def no_earlier_tries() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture
def jan_here(jan: User, by: Actor) -> User:
    """Return Jan, on duty, whose list it is."""
    begin_duty(jan, by=by, now=NOW)
    set_work_list("freshness.wrongreport", owner=jan, deputy=None, by=by, now=NOW)
    return jan


def reported(offer: Offer, by: Actor, *, what: str = "time") -> WrongReport:
    return report_wrong(offer, what=what, said=SAID, by=by, now=NOW)


def test_a_report_is_work_for_the_owner_of_the_list(
    piano_club: Offer, jan_here: User, by: Actor
) -> None:
    reported(piano_club, by)
    (item,) = open_items(owner=jan_here)
    assert (item.who, item.title) == ("Pianoclub", "Iemand zegt dat het niet klopt")
    assert item.url.startswith("/bijhouden/melding/")
    assert (item.due_on - TODAY).days == 7


def test_a_checker_who_is_here_gets_it_first(
    piano_club: Offer, jan_here: User, noor: User, by: Actor
) -> None:
    name_keeper(piano_club, part="checker", who=noor, on=TODAY, by=by, now=NOW)
    assert owner_for(piano_club, on=TODAY).user == jan_here
    begin_duty(noor, by=by, now=NOW)
    assert owner_for(piano_club, on=TODAY).user == noor
    huib = Person("Huib", email="huib@example.nl")
    name_keeper(piano_club, part="checker", who=huib, on=TODAY, by=by, now=NOW)
    assert owner_for(piano_club, on=TODAY).user == noor


@pytest.mark.usefixtures("jan_here", "sietske")
def test_the_owner_gets_one_mail_however_much_is_wrong(piano_club: Offer, by: Actor) -> None:
    reported(piano_club, by)
    reported(piano_club, by, what="price")
    (text,) = mails()
    assert "Pianoclub" in text
    assert SAID not in text
    tell_owners(piano_club, on=TODAY, by=by, now=NOW)
    assert len(mails()) == 2


@pytest.mark.usefixtures("jan_here", "sietske")
def test_the_same_said_again_is_counted_and_sends_no_mail(piano_club: Offer, by: Actor) -> None:
    reported(piano_club, by)
    again = report_wrong(piano_club, what="time", said="Nee, drie uur.", by=by, now=NOW)
    assert (again.times, again.said) == (2, f"{SAID}\nNee, drie uur.")
    assert say_again(again, said=SAID, by=by, now=NOW).said.count(SAID) == 1
    assert len(mails()) == 1
    assert open_reports([piano_club]).count() == 1


def test_nobody_on_duty_means_it_is_not_lost_in_silence(piano_club: Offer, by: Actor) -> None:
    with pytest.raises(NotOnDuty):
        reported(piano_club, by)
    assert not WrongReport.objects.exists()


@pytest.mark.usefixtures("jan_here")
def test_a_report_is_closed_with_what_became_of_it(piano_club: Offer, by: Actor) -> None:
    solved = resolve_report(reported(piano_club, by), outcome="mended", by=by, now=NOW)
    assert (solved.outcome, solved.owner, solved.closed_at) == ("mended", None, NOW)
    assert Entry.objects.get(verb="freshness.resolve_report").reason == "as:mended"


@pytest.mark.usefixtures("jan_here", "rhythms")
def test_an_owner_who_says_it_is_true_closes_the_report(piano_club: Offer, by: Actor) -> None:
    report = reported(piano_club, by)
    confirm_offer(piano_club, on=TODAY, by=by, now=NOW)
    report.refresh_from_db()
    assert report.outcome == "right"


@pytest.mark.usefixtures("jan_here")
def test_the_work_list_takes_the_same_queries_for_one_and_for_three(
    piano_club: Offer, by: Actor, jan_here: User, log_in: LogIn
) -> None:
    browser = log_in(jan_here)
    reported(piano_club, by)
    one = queries_of(browser, "/desk/work/")
    for name in ("B", "C"):
        reported(another(piano_club.organisation, name, by=by), by)
    assert queries_of(browser, "/desk/work/") == one


@pytest.mark.usefixtures("jan_here")
def test_the_database_refuses_an_outcome_of_open_work(piano_club: Offer, by: Actor) -> None:
    reported(piano_club, by)
    with pytest.raises(IntegrityError), transaction.atomic():
        WrongReport.objects.update(outcome="mended")
    with pytest.raises(IntegrityError), transaction.atomic():
        WrongReport.objects.update(what="all")


@pytest.mark.usefixtures("jan_here")
def test_what_was_said_is_encrypted_and_holds_no_citizen_service_number(
    piano_club: Offer, by: Actor
) -> None:
    reported(piano_club, by)
    assert not WrongForm({"what": "time", "said": "bsn 111222333"}).is_valid()
    column = WrongReport.objects.extra(select={"raw": "said::text"}).values_list("raw", flat=True)
    assert SAID not in column[0]


# --- The pages ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("jan_here")
def test_a_visitor_says_it_without_an_account(piano_club: Offer, sam: Client) -> None:
    path = f"/klopt-niet/{piano_club.key}/"
    assert "Pianoclub" in sam.get(path).content.decode()
    answer = sam.post(path, {"what": "time", "said": SAID})
    assert "Dank je wel" in answer.content.decode()
    report = WrongReport.objects.get()
    assert (report.what, report.said) == ("time", SAID)


@pytest.mark.usefixtures("jan_here")
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"said": SAID}, "verplicht"),
        ({"what": "time", "said": "zie https://spam.example"}, "webadressen"),
    ],
)
def test_a_mistake_is_said_and_what_was_typed_is_still_there(
    piano_club: Offer, sam: Client, given: dict[str, str], sentence: str
) -> None:
    text = sam.post(f"/klopt-niet/{piano_club.key}/", given).content.decode()
    assert sentence in text
    assert given["said"] in text
    assert not WrongReport.objects.exists()


@pytest.mark.usefixtures("jan_here")
def test_a_program_that_fills_in_everything_is_thanked_and_ignored(
    piano_club: Offer, sam: Client
) -> None:
    given = {"what": "time", "said": "x", "nickname": "bot"}
    answer = sam.post(f"/klopt-niet/{piano_club.key}/", given)
    assert "Dank je wel" in answer.content.decode()
    assert not WrongReport.objects.exists()


@pytest.mark.usefixtures("jan_here")
def test_who_sends_too_many_waits(piano_club: Offer, sam: Client) -> None:
    path = f"/klopt-niet/{piano_club.key}/"
    codes = [sam.post(path, {"what": "time"}).status_code for _ in range(6)]
    assert codes == [200] * 5 + [429]


def test_a_visitor_is_told_to_ring_when_nobody_is_there(piano_club: Offer, sam: Client) -> None:
    text = sam.post(f"/klopt-niet/{piano_club.key}/", {"what": "time"}).content.decode()
    assert "Bel ons" in text


def test_what_is_not_visible_cannot_be_wrong(piano_club: Offer, sam: Client) -> None:
    piano_club.status = "draft"
    piano_club.save()
    assert sam.get(f"/klopt-niet/{piano_club.key}/").status_code == 404


def test_a_colleague_solves_it_on_one_page(
    piano_club: Offer, jan_here: User, by: Actor, log_in: LogIn
) -> None:
    report = reported(piano_club, by)
    browser, path = log_in(jan_here), report.get_absolute_url()
    text = browser.get(path).content.decode()
    assert SAID in text
    assert "Elke dinsdag" in text
    assert "verplicht" in browser.post(path, {"outcome": ""}).content.decode()
    assert browser.post(path, {"outcome": "mended"}).status_code == 302
    line = Entry.objects.get(verb="freshness.resolve_report")
    assert (line.actor_key, line.actor_role) == (jan_here.key, "coordinator")
    assert browser.get(path).status_code == 404


@pytest.mark.usefixtures("jan_here", "sietske", "rhythms")
def test_the_owner_reads_what_was_said_behind_the_link(
    piano_club: Offer, by: Actor, sam: Client
) -> None:
    reported(piano_club, by)
    close_work(reported(piano_club, by, what="price"), by=by, now=NOW)
    with time_machine.travel(NOW, tick=False):
        text = sam.get(link_in(mails()[0])).content.decode()
    assert SAID in text
    assert "de prijs" not in text
