"""The pages by which delegates, editors and who has a link change a record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from omzien.base.catalogue.actions.offers import change_offer
from omzien.base.catalogue.models import Location, Offer
from omzien.base.freshness.actions.asking import ask_keepers
from omzien.base.freshness.actions.changing import propose_changes
from omzien.base.freshness.actions.keepers import set_rhythm, set_rhythms
from omzien.base.freshness.models import CheckRhythm, Keeper, Proposal
from omzien.base.freshness.queries.changes import Changes
from omzien.base.freshness.queries.overview import State, records_in, with_state
from omzien.base.history.queries import revisions_of
from omzien.base.journal.models import Entry
from omzien.base.network.actions import add_organisation, change_organisation, name_delegate
from tests.base.freshness.conftest import (
    NOW,
    TODAY,
    another,
    fresh,
    link_in,
    looked_at,
    mails,
    queries_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from omzien.base.accounts.models import User
    from omzien.base.journal.models import Actor
    from tests.cast import LogIn


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def mos_browser(due_club: Offer, mo: User, by: Actor, log_in: LogIn) -> Client:
    """Return the browser of Mo, delegate of the foundation."""
    name_delegate(due_club.organisation, user=mo, by=by, now=NOW)
    return log_in(mo)


@pytest.fixture
def noors_browser(noor: User, log_in: LogIn) -> Client:
    """Return the browser of Noor, editor."""
    return log_in(noor)


def filled(browser: Client, path: str, **changes: object) -> dict[str, object]:
    """Return what the form on a page would send as it stands, with these changes."""
    form = browser.get(path).context["form"]
    values = {name: form[name].value() for name in form.fields}
    plain = {name: "" if value is None else value for name, value in values.items()}
    ticked = {name: value for name, value in plain.items() if value is not False}
    return {**ticked, "do": "keep", **changes}


def page(browser: Client, path: str) -> str:
    return browser.get(path).content.decode()


# --- Changing -----------------------------------------------------------------------------------


def test_an_editor_changes_a_record_and_everybody_sees_it(
    due_club: Offer, noors_browser: Client, noor: User
) -> None:
    path = f"/bijhouden/aanbod/{due_club.key}/"
    sent = filled(noors_browser, path, name="Pianomiddag", price="3,50", step_free="false")
    assert noors_browser.post(path, sent).status_code == 302
    offer = fresh(due_club)
    assert (offer.name, offer.price_cents, offer.assured_on) == ("Pianomiddag", 350, TODAY)
    assert Location.objects.get().step_free is False
    assert revisions_of(offer)[0].actor_key == noor.key


def test_a_form_sent_as_it_stood_confirms_the_record(
    due_club: Offer, noors_browser: Client
) -> None:
    Offer.objects.update(languages=["tr", "xx", "nl"])
    path = f"/bijhouden/aanbod/{due_club.key}/"
    before = revisions_of(due_club).count()
    # A browser knows nothing of a language that is not in the list.
    noors_browser.post(path, filled(noors_browser, path, languages=["nl", "tr"]))
    assert fresh(due_club).assured_on == TODAY
    assert revisions_of(due_club).count() == before


def test_a_delegate_proposes_until_the_organisation_is_trusted(
    due_club: Offer, mos_browser: Client, by: Actor
) -> None:
    path = f"/mijn-aanbod/{due_club.key}/"
    assert "redacteur" in page(mos_browser, path)
    answer = mos_browser.post(path, filled(mos_browser, path, name="X"), follow=True)
    assert "Een redacteur kijkt ernaar" in answer.content.decode()
    assert fresh(due_club).name == "Pianoclub"
    assert mos_browser.get(path).context["form"]["name"].value() == "X"
    change_organisation(due_club.organisation, changes_go_live=True, by=by, now=NOW)
    mos_browser.post(path, filled(mos_browser, path, name="Y"))
    assert fresh(due_club).name == "Y"


def test_a_delegate_cannot_reach_the_record_of_another(
    due_club: Offer, mos_browser: Client, by: Actor
) -> None:
    other = add_organisation("Koor", sector="culture", by=by, now=NOW)
    foreign = another(other, "Koor", by=by)
    for page_of in ("", "wanneer/", "vroeger/"):
        assert mos_browser.get(f"/mijn-aanbod/{foreign.key}/{page_of}").status_code == 404
    assert mos_browser.get(f"/mijn-aanbod/nieuw/{other.key}/").status_code == 404
    assert mos_browser.get(f"/mijn-aanbod/{due_club.organisation.key}/").status_code == 404


def test_who_has_the_link_changes_a_record_without_an_account(
    due_club: Offer, sietske: Keeper, by: Actor, sam: Client
) -> None:
    change_organisation(due_club.organisation, changes_go_live=True, by=by, now=NOW)
    ask_keepers(on=TODAY, by=by, now=NOW)
    link = link_in(mails()[0])
    path = f"{link}{due_club.key}/"
    assert path in page(sam, link)
    sam.post(path, filled(sam, path, alert="Deze week in de hal."))
    assert fresh(due_club).alert == "Deze week in de hal."
    assert revisions_of(due_club)[0].actor_key == sietske.key
    assert sam.get(path).status_code == 410
    assert "Alles is klaar" in page(sam, link)


@pytest.mark.usefixtures("sietske")
def test_the_link_opens_no_other_record(due_club: Offer, by: Actor, sam: Client) -> None:
    ask_keepers(on=TODAY, by=by, now=NOW)
    other = another(due_club.organisation, "Koor", by=by)
    link = link_in(mails()[0])
    assert sam.get(f"{link}{other.key}/").status_code == 404
    assert sam.get(f"{link}{other.key}/wanneer/").status_code == 404
    assert sam.get(f"/klopt-het/nobodys/{due_club.key}/wanneer/").status_code == 410


@pytest.mark.parametrize(
    ("do", "status"), [("stop", "ended"), ("pause", "paused"), ("show", "active")]
)
def test_a_button_says_what_becomes_of_it(
    due_club: Offer, noors_browser: Client, do: str, status: str
) -> None:
    noors_browser.post(f"/bijhouden/aanbod/{due_club.key}/", {"do": do})
    assert fresh(due_club).status == status


def test_an_offer_without_a_sentence_is_not_shown_and_the_page_says_why(
    due_club: Offer, noors_browser: Client
) -> None:
    Offer.objects.update(status="draft", summary="")
    path = f"/bijhouden/aanbod/{due_club.key}/"
    answer = noors_browser.post(path, {"do": "show"})
    assert "één zin" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"price": "veel"}, {"email": "x"}, {"website": "ht tp"}]
)
def test_a_mistake_is_said_and_what_was_typed_is_still_there(
    due_club: Offer, noors_browser: Client, wrong: dict[str, str]
) -> None:
    path = f"/bijhouden/aanbod/{due_club.key}/"
    text = noors_browser.post(
        path, filled(noors_browser, path, summary="Nieuwe zin.", **wrong)
    ).content.decode()
    assert "errorlist" in text
    assert "Nieuwe zin." in text


def test_what_follows_another_system_cannot_be_changed_here(
    due_club: Offer, noors_browser: Client
) -> None:
    Offer.objects.update(source_name="Zoetermeerwijzer", source_id="7")
    path = f"/bijhouden/aanbod/{due_club.key}/"
    text = page(noors_browser, path)
    assert "Zoetermeerwijzer" in text
    assert 'value="keep"' not in text
    assert "ander systeem" in noors_browser.post(path, {"do": "stop"}).content.decode()
    assert "Zoetermeerwijzer" in page(noors_browser, f"{path}wanneer/")


def test_a_location_of_others_is_not_described_and_stays_in_the_list(
    due_club: Offer, noors_browser: Client, by: Actor
) -> None:
    other = add_organisation("Koor", sector="culture", by=by, now=NOW)
    foreign = another(other, "Koor", by=by)
    Offer.objects.filter(pk=foreign.pk).update(location=due_club.location)
    form = noors_browser.get(f"/bijhouden/aanbod/{due_club.key}/").context["form"]
    assert "directions" not in form.fields
    assert list(form.fields["location"].queryset) == [due_club.location]


def test_moving_away_does_not_describe_the_old_location(
    due_club: Offer, noors_browser: Client
) -> None:
    path = f"/bijhouden/aanbod/{due_club.key}/"
    noors_browser.post(path, filled(noors_browser, path, location="", directions="Nieuw."))
    assert fresh(due_club).location is None
    assert Location.objects.get().directions == ""


# --- History ------------------------------------------------------------------------------------


def test_a_change_is_shown_in_words_and_taken_back(
    due_club: Offer, mos_browser: Client, noors_browser: Client, by: Actor
) -> None:
    changed = change_offer(due_club, name="Pianomiddag", by=by, now=NOW)
    revision = str(revisions_of(changed)[0].key)
    own, all_of_it = (
        f"/{door}/{due_club.key}/vroeger/" for door in ("mijn-aanbod", "bijhouden/aanbod")
    )
    assert "Pianomiddag" in page(mos_browser, own)
    mos_browser.post(own, {"revision": revision})
    assert (fresh(due_club).name, Proposal.objects.count()) == ("Pianomiddag", 1)
    noors_browser.post(all_of_it, {"revision": revision})
    assert fresh(due_club).name == "Pianoclub"
    assert noors_browser.post(all_of_it, {"revision": "x"}).status_code == 404


def test_what_cannot_be_taken_back_is_said(
    due_club: Offer, noors_browser: Client, by: Actor
) -> None:
    other = another(due_club.organisation, "Koor", by=by)
    change_offer(other, name="X", by=by, now=NOW)
    sent = {"revision": str(revisions_of(other)[0].key)}
    path = f"/bijhouden/aanbod/{due_club.key}/vroeger/"
    answer = noors_browser.post(path, sent, follow=True)
    assert "hoort bij iets anders" in answer.content.decode()


# --- Lists, new records, proposals --------------------------------------------------------------


def test_records_are_told_apart_by_how_fresh_they_are(due_club: Offer, by: Actor) -> None:
    organisation = due_club.organisation
    stale = another(organisation, "Oud", by=by)
    green = looked_at(another(organisation, "Vers", by=by), check_by=date(2027, 5, 1), by=by)
    event = another(organisation, "Feest", kind="event", by=by)
    draft, elsewhere = (another(organisation, name, by=by) for name in ("Nieuw", "Elders"))
    Offer.objects.filter(pk=draft.pk).update(status="draft")
    Offer.objects.filter(pk=elsewhere.pk).update(source_name="Wijzer", source_id="1")
    found = {row.offer: row.state for row in with_state(records_in("", today=TODAY), today=TODAY)}
    assert found == {
        due_club: State.DUE,
        stale: State.STALE,
        green: State.FRESH,
        event: State.OTHER,
        draft: State.DRAFT,
        elsewhere: State.ELSEWHERE,
    }
    for state in (State.STALE, State.DUE, State.FRESH, State.DRAFT, State.ELSEWHERE):
        expected = [offer for offer, its in found.items() if its == state]
        assert list(records_in(state, today=TODAY)) == expected
    Offer.objects.filter(pk=event.pk).update(status="ended")
    (row,) = with_state(Offer.objects.filter(pk=event.pk), today=TODAY)
    assert (row.state, str(row.words)) == (State.OTHER, "hoeft niet nagekeken")


def test_an_editor_finds_records_by_state_and_name(
    due_club: Offer, noors_browser: Client, by: Actor
) -> None:
    another(due_club.organisation, "Koor", by=by)
    assert "Pianoclub" in page(noors_browser, "/bijhouden/?staat=due")
    assert "Koor" not in page(noors_browser, "/bijhouden/?staat=due")
    assert "Koor" in page(noors_browser, "/bijhouden/?staat=&woorden=koor")
    assert "Koor" in page(noors_browser, "/bijhouden/?staat=&woorden=voor%20buren")
    assert "Er is niets" in page(noors_browser, "/bijhouden/?staat=&woorden=zwemmen")


@pytest.mark.parametrize("path", ["/bijhouden/?staat=", "/bijhouden/voorstellen/"])
def test_a_list_takes_the_same_queries_for_one_and_for_three(
    due_club: Offer, noors_browser: Client, by: Actor, path: str
) -> None:
    propose_changes(due_club, Changes({"name": "X"}), by=by, now=NOW)
    one = queries_of(noors_browser, path)
    for name in ("B", "C"):
        offer = another(due_club.organisation, name, by=by)
        propose_changes(offer, Changes({"name": "X"}), by=by, now=NOW)
    assert queries_of(noors_browser, path) == one


def test_the_list_of_a_delegate_takes_the_same_queries_for_one_and_for_three(
    due_club: Offer, mos_browser: Client, by: Actor
) -> None:
    one = queries_of(mos_browser, "/mijn-aanbod/")
    for name in ("B", "C"):
        another(due_club.organisation, name, by=by)
    assert queries_of(mos_browser, "/mijn-aanbod/") == one
    assert "Pianoclub" in page(mos_browser, "/mijn-aanbod/")


def test_a_member_without_an_organisation_is_told_what_to_do(mo: User, log_in: LogIn) -> None:
    assert "hoort nog niet bij" in page(log_in(mo), "/mijn-aanbod/")


def test_an_editor_adds_a_record_and_shows_it(due_club: Offer, noors_browser: Client) -> None:
    path = f"/bijhouden/nieuw/{due_club.organisation.key}/"
    assert path in page(noors_browser, "/bijhouden/nieuw/?woorden=piano")
    assert "Geen organisatie" in page(noors_browser, "/bijhouden/nieuw/?woorden=xyz")
    assert "errorlist" in noors_browser.post(path, {"name": "Koor"}).content.decode()
    sent = {"name": "Koor", "summary": "Zingen.", "kind": "activity"}
    answer = noors_browser.post(path, sent)
    offer = Offer.objects.get(name="Koor")
    assert answer.headers["Location"] == f"/bijhouden/aanbod/{offer.key}/"
    assert offer.status == "draft"
    noors_browser.post(answer.headers["Location"], {"do": "show"})
    assert fresh(offer).status == "active"
    nobody = "/bijhouden/nieuw/00000000-0000-4000-8000-000000000000/"
    assert noors_browser.get(nobody).status_code == 404


def test_a_new_record_of_a_delegate_is_looked_at_first(
    due_club: Offer, mos_browser: Client, noors_browser: Client
) -> None:
    path = f"/mijn-aanbod/nieuw/{due_club.organisation.key}/"
    sent = {"name": "Koor", "summary": "Zingen.", "kind": "activity"}
    there = mos_browser.post(path, sent).headers["Location"]
    mos_browser.post(there, {"do": "show"})
    offer = Offer.objects.get(name="Koor")
    assert offer.status == "draft"
    proposal = Proposal.objects.get()
    noors_browser.post(f"/bijhouden/voorstellen/{proposal.key}/", {"do": "approve"})
    assert fresh(offer).status == "active"


def test_an_editor_reads_who_proposed_what_and_decides(
    due_club: Offer, noors_browser: Client, mo: User
) -> None:
    wanted = Changes({"name": "Pianomiddag"})
    proposal = propose_changes(due_club, wanted, by=mo.actor("member"), now=NOW)
    path = f"/bijhouden/voorstellen/{proposal.key}/"
    assert "Eén voorstel wacht" in page(noors_browser, "/bijhouden/")
    text = page(noors_browser, path)
    assert "Mo Amrani" in text
    assert "Pianomiddag" in text
    answer = noors_browser.post(path, {"do": "decline", "reason": ""})
    assert "errorlist" in answer.content.decode()
    noors_browser.post(path, {"do": "decline", "reason": "De naam is bekend."})
    assert Proposal.objects.get().reason == "De naam is bekend."
    assert noors_browser.get(path).status_code == 404


def test_an_offer_that_cannot_be_shown_is_not_approved_in_silence(
    due_club: Offer, noors_browser: Client, by: Actor
) -> None:
    Offer.objects.update(status="draft", summary="")
    proposal = propose_changes(due_club, Changes({"status": "active"}), by=by, now=NOW)
    path = f"/bijhouden/voorstellen/{proposal.key}/"
    answer = noors_browser.post(path, {"do": "approve"}, follow=True)
    assert "één zin" in answer.content.decode()
    assert Proposal.objects.get().decided_at is None


# --- Keepers and rhythm -------------------------------------------------------------------------

GERDA = {
    "about": "offer",
    "part": "checker",
    "name": "Gerda",
    "email": "gerda@example.nl",
    "reach": "mail",
}


def test_a_keeper_is_named_and_stops(due_club: Offer, noors_browser: Client) -> None:
    path = f"/bijhouden/aanbod/{due_club.key}/houders/"
    noors_browser.post(path, GERDA)
    noors_browser.post(path, {**GERDA, "name": "Huib", "about": "organisation"})
    gerda, huib = Keeper.objects.order_by("pk")
    assert (gerda.offer, huib.organisation) == (due_club, due_club.organisation)
    assert "Gerda" in page(noors_browser, path)
    noors_browser.post(path, {"end": str(gerda.key)})
    assert "Gerda" not in page(noors_browser, path)
    assert Entry.objects.filter(verb="freshness.end_keeper", actor_role="editor").exists()


def test_who_has_an_account_is_kept_by_it(
    due_club: Offer, noors_browser: Client, mo: User
) -> None:
    path = f"/bijhouden/aanbod/{due_club.key}/houders/"
    noors_browser.post(path, {**GERDA, "email": mo.email})
    keeper = Keeper.objects.get()
    assert (keeper.user, keeper.name) == (mo, "")
    answer = noors_browser.post(path, {**GERDA, "email": mo.email})
    assert "houdt het al bij" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": ""},
        {"reach": "phone"},
        {"phone": "12"},
        {"name": "bsn 111222333"},
        {"email": "x"},
    ],
)
def test_a_keeper_must_be_somebody_who_can_be_reached(
    due_club: Offer, noors_browser: Client, wrong: dict[str, str]
) -> None:
    path = f"/bijhouden/aanbod/{due_club.key}/houders/"
    answer = noors_browser.post(path, {**GERDA, **wrong})
    assert "errorlist" in answer.content.decode()
    assert not Keeper.objects.exists()


@pytest.mark.usefixtures("due_club")
def test_an_editor_changes_the_rhythm(noors_browser: Client) -> None:
    sent = {"activity": "3", "meeting-activity": "6", "course": "6", "provision": "12"}
    noors_browser.post("/bijhouden/ritme/", {**sent, "help-line": "", "event": ""})
    months = dict(CheckRhythm.objects.values_list("kind", "months"))
    assert (months["activity"], months["help-line"], months["course"]) == (3, None, 6)
    assert Entry.objects.filter(verb="freshness.set_rhythm").count() == 2
    answer = noors_browser.post("/bijhouden/ritme/", {"event": "99"})
    assert "errorlist" in answer.content.decode()


def test_several_rhythms_are_set_at_once(by: Actor, db: None) -> None:
    del db
    set_rhythms({"activity": 1, "event": None}, by=by, now=NOW)
    assert set_rhythm("activity", months=2, by=by, now=NOW).months == 2
