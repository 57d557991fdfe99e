"""The pages of the desk: one screen from the ringing phone to a promise kept."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from openpyxl import load_workbook

from omzien.base.desk.actions.calls import promise_call_back
from omzien.base.desk.actions.duty import plan_absence, start_absence
from omzien.base.desk.forms import SENTENCES, next_working_day
from omzien.base.desk.importers.work_sheet import LIST
from omzien.base.desk.models import Absence, Call, CallBack, OnDuty, WorkList
from omzien.base.journal.models import Entry
from omzien.base.people.models import Consent, Representation
from omzien.base.people.queries.participants import find_by_name, unseal
from tests.base.desk.conftest import NOW, on_duty
from tests.cast import browser_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from omzien.base.accounts.models import User
    from omzien.base.journal.models import Actor
    from omzien.base.people.models import Participant

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def browser(jan: User) -> Client:
    """Return the browser of Jan, logged in with a second factor."""
    browser = browser_of(jan)
    browser.cookies["omzien_language"] = "en"
    return browser


def text_of(browser: Client, url: str, **data: object) -> str:
    """Return the page that a person ends up on after posting `data`, or after looking."""
    response = browser.post(url, data, follow=True) if data else browser.get(url, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def call_of(browser: Client, participant: Participant, **who: str) -> str:
    """Open the record as the page does; returns the address of the call."""
    said = {"caller_kind": "self", "reason": "desk.caller", **who}
    response = browser.post(reverse("desk:open", args=[participant.key]), said)
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


# --- From ringing to a promise ------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", [{"surname": "vries, de", "street": "meerzichtlaan"}, {"code": "code"}]
)
def test_mrs_de_vries_rings_and_is_found(
    browser: Client, mevrouw_de_vries: Participant, typed: dict[str, str]
) -> None:
    if "code" in typed:
        typed = {"code": mevrouw_de_vries.identity.letter_code.lower()}
    page = text_of(browser, reverse("desk:find"), **typed)
    assert "mevrouw Truus De Vries, Meerzichtlaan 12" in page
    assert reverse("desk:open", args=[mevrouw_de_vries.key]) in page
    assert "341 12 34" not in page


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"surname": "De Vries"}, "the surname and the street together"),
        ({"code": "CDFHJKMC"}, "is not right"),
        ({"surname": "Nobody", "street": "Nowhere"}, "Nobody found"),
    ],
)
def test_a_search_that_finds_nothing_says_what_to_do_and_keeps_what_was_typed(
    browser: Client, typed: dict[str, str], error: str
) -> None:
    page = text_of(browser, reverse("desk:find"), **typed)
    assert error in page
    assert all(f'value="{value}"' in page for value in typed.values())


def test_before_the_record_opens_nothing_is_shown(
    browser: Client, mevrouw_de_vries: Participant
) -> None:
    page = text_of(browser, reverse("desk:open", args=[mevrouw_de_vries.key]))
    assert "De Vries" not in page
    assert not Entry.objects.filter(verb="desk.open_participant").exists()


def test_the_record_shows_how_to_reach_her_and_looking_is_written_down(
    browser: Client, mevrouw_de_vries: Participant, jan: User
) -> None:
    page = text_of(browser, call_of(browser, mevrouw_de_vries))
    assert "079-341 12 34" in page
    look = Entry.objects.get(verb="desk.open_participant")
    assert (look.subject_key, look.actor_key) == (mevrouw_de_vries.key, jan.key)


@pytest.mark.usefixtures("daughter")
def test_her_daughter_hears_it_with_her_authority_and_its_end(
    browser: Client, mevrouw_de_vries: Participant
) -> None:
    url = call_of(browser, mevrouw_de_vries, caller_kind="carer", caller_name="Anneke de Vries")
    page = text_of(browser, url)
    assert "You speak with Anneke de Vries" in page
    assert "079-341 12 34" in page
    assert "2027" in page


def test_a_neighbour_hears_nothing_and_a_message_can_be_left(
    browser: Client, mevrouw_de_vries: Participant
) -> None:
    page = text_of(browser, call_of(browser, mevrouw_de_vries, caller_kind="other"))
    assert "Tell nothing" in page
    for secret in ("Vries", "Meerzicht", "341 12 34"):
        assert secret not in page
    assert "Note this call-back" in page


def test_who_calls_for_another_gives_a_name(
    browser: Client, mevrouw_de_vries: Participant
) -> None:
    url = reverse("desk:open", args=[mevrouw_de_vries.key])
    page = text_of(browser, url, caller_kind="carer", reason="desk.caller")
    assert "Ask for the name of the caller" in page
    assert not Call.objects.exists()


def test_a_neighbour_changes_nothing(browser: Client, mevrouw_de_vries: Participant) -> None:
    url = call_of(browser, mevrouw_de_vries, caller_kind="other")
    for part in ("contact/", "consent/", "representation/"):
        assert browser.get(url + part).status_code == 302
        assert browser.post(url + part, {"purpose": "share"}).status_code == 302
    assert not Consent.objects.exists()


def test_a_call_back_is_one_press_of_a_key(
    browser: Client, mevrouw_de_vries: Participant, jan: User
) -> None:
    url = call_of(browser, mevrouw_de_vries)
    page = text_of(browser, f"{url}call-back/", due_on="2026-10-06", note="Over de koffie.")
    assert "The call-back was noted." in page
    promise = CallBack.objects.get()
    assert promise.owner is not None
    assert promise.owner.user == jan
    assert unseal(mevrouw_de_vries, promise.sealed_note) == "Over de koffie."


def test_the_call_back_form_is_filled_in_with_the_next_working_day() -> None:
    assert next_working_day(date(2026, 10, 5)) == date(2026, 10, 6)
    assert next_working_day(date(2026, 10, 9)) == date(2026, 10, 12)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"note": "bsn 111222333", "due_on": "2026-10-06"}, "citizen service number"),
        ({"note": "Koffie", "due_on": "2026-10-01"}, "Choose today or a later day."),
    ],
)
def test_a_mistake_in_a_call_back_is_said_and_nothing_typed_is_lost(
    browser: Client, mevrouw_de_vries: Participant, said: dict[str, str], error: str
) -> None:
    page = text_of(browser, f"{call_of(browser, mevrouw_de_vries)}call-back/", **said)
    assert error in page
    assert said["note"] in page
    assert not CallBack.objects.exists()


def test_when_nobody_is_here_a_call_back_says_so(
    browser: Client, mevrouw_de_vries: Participant
) -> None:
    OnDuty.objects.all().delete()
    page = text_of(browser, f"{call_of(browser, mevrouw_de_vries)}call-back/", due_on="2026-10-06")
    assert "Nobody can own work who is away" in page


def test_a_call_of_a_colleague_or_of_an_hour_ago_sends_one_back(
    browser: Client, mevrouw_de_vries: Participant, fatima: User
) -> None:
    url = call_of(browser_of(fatima), mevrouw_de_vries)
    for part in ("", "contact/"):
        assert "too long ago" in text_of(browser, url + part)
    assert browser.post(f"{url}call-back/", {"due_on": "2026-10-06"}).status_code == 302
    assert not CallBack.objects.exists()


def test_an_unknown_person_is_not_found(browser: Client) -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    for name in ("desk:open", "desk:call_back"):
        assert browser.get(reverse(name, args=[unknown])).status_code == 404
    assert browser.post(reverse("desk:back", args=[unknown])).status_code == 404


# --- On her behalf ------------------------------------------------------------------------------


def test_a_consent_is_written_down_and_taken_back(
    browser: Client, mevrouw_de_vries: Participant
) -> None:
    url = call_of(browser, mevrouw_de_vries)
    yes = {"purpose": "share", "receiver": "inzet", "wording": "1", "given_how": "oral"}
    assert "Write down a consent" in text_of(browser, f"{url}consent/")
    page = text_of(browser, f"{url}consent/", **yes)
    assert "for inzet" in page
    assert "already agreed" in text_of(browser, f"{url}consent/", **yes)
    consent = Consent.objects.get()
    page = text_of(browser, f"{url}consent/{consent.key}/", sure="1")
    assert "Nothing yet. Without consent nothing is shared." in page


def test_a_neighbour_takes_back_nothing(browser: Client, mevrouw_de_vries: Participant) -> None:
    own = call_of(browser, mevrouw_de_vries)
    yes = {"purpose": "share", "receiver": "inzet", "wording": "1", "given_how": "oral"}
    browser.post(f"{own}consent/", yes)
    other = call_of(browser, mevrouw_de_vries, caller_kind="other")
    browser.post(f"{other}consent/{Consent.objects.get().key}/")
    assert Consent.objects.get().withdrawn_at is None


def test_her_new_address_is_kept_and_she_is_found_there(
    browser: Client, mevrouw_de_vries: Participant
) -> None:
    url = f"{call_of(browser, mevrouw_de_vries)}contact/"
    assert 'value="Meerzichtlaan"' in text_of(browser, url)
    moved = {"surname": "De Vries", "street": "Dorpsstraat", "house_number": "3"}
    text_of(browser, url, **moved)
    assert find_by_name("De Vries", "Dorpsstraat") == [mevrouw_de_vries]


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("phone", "12", "ten digits"),
        ("town", "111222333", "citizen service number"),
        ("birth_year", "1844", "A year of birth has four digits"),
        ("surname", "", "errorlist"),
    ],
)
def test_a_mistake_in_an_address_is_said_beside_it(
    browser: Client, mevrouw_de_vries: Participant, field: str, value: str, error: str
) -> None:
    url = f"{call_of(browser, mevrouw_de_vries)}contact/"
    typed = {"surname": "De Vries", "street": "Dorpsstraat", "house_number": "3", field: value}
    page = text_of(browser, url, **typed)
    assert error in page
    assert 'value="Dorpsstraat"' in page
    assert find_by_name("De Vries", "Dorpsstraat") == []


def test_who_may_speak_for_her_is_written_down_or_refused_with_the_reason(
    browser: Client, mevrouw_de_vries: Participant
) -> None:
    url = f"{call_of(browser, mevrouw_de_vries)}representation/"
    said = {"kind": "carer", "name": "Anneke", "authority": "said_so", "valid_from": "2026-10-05"}
    assert "another proof, or a day on which it ends" in text_of(browser, url, **said)
    text_of(browser, url, **said, valid_until="2027-04-01")
    assert Representation.objects.get().kind == "carer"


def test_somebody_unknown_gets_a_call_back_too(browser: Client) -> None:
    url = reverse("desk:stranger")
    assert "Call somebody back" in text_of(browser, url)
    page = text_of(browser, url, whom="Bakker, 079-341 00 00", due_on="2026-10-06")
    assert "Bakker, 079-341 00 00" in page
    assert "errorlist" in text_of(browser, url, whom="", due_on="2026-10-06")


# --- Open work ----------------------------------------------------------------------------------


@pytest.fixture
def promise(mevrouw_de_vries: Participant, jan: User, by: Actor) -> CallBack:
    return promise_call_back(
        mevrouw_de_vries, note="Over de koffie.", due_on=TODAY, owner=jan, by=by, now=NOW
    )


def test_my_work_and_the_work_of_us_all(
    browser: Client, promise: CallBack, fatima: User, by: Actor
) -> None:
    promise_call_back(None, whom="Bakker", due_on=TODAY, owner=fatima, by=by, now=NOW)
    mine = text_of(browser, reverse("desk:work"))
    everything = text_of(browser, reverse("desk:work") + "?whose=all")
    assert promise.get_absolute_url() in mine
    assert "Bakker" not in mine
    assert "Bakker" in everything


def test_an_empty_list_says_what_to_do(browser: Client) -> None:
    assert "Nothing waits for you" in text_of(browser, reverse("desk:work"))
    assert "Nothing waits." in text_of(browser, reverse("desk:work") + "?whose=all")


def test_the_list_takes_as_many_queries_with_one_line_as_with_more(
    browser: Client,
    promise: CallBack,
    jan: User,
    by: Actor,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    assert promise.pk
    with django_assert_max_num_queries(40) as one:
        browser.get(reverse("desk:work"))
    for name in ("Bakker", "Visser", "Smit"):
        promise_call_back(None, whom=name, due_on=TODAY, owner=jan, by=by, now=NOW)
    with django_assert_max_num_queries(40) as four:
        browser.get(reverse("desk:work"))
    assert len(one.captured_queries) == len(four.captured_queries)


def test_a_call_back_shows_the_number_and_the_note_and_is_done(
    browser: Client, promise: CallBack
) -> None:
    page = text_of(browser, promise.get_absolute_url())
    assert "079-341 12 34" in page
    assert "Over de koffie." in page
    text_of(browser, promise.get_absolute_url(), do="done")
    promise.refresh_from_db()
    assert promise.closed_at is not None
    assert browser.get(promise.get_absolute_url()).status_code == 404


def test_a_call_back_is_moved_to_another_day_and_colleague(
    browser: Client, promise: CallBack, fatima: User
) -> None:
    url = promise.get_absolute_url()
    assert "Choose another day or a colleague." in text_of(browser, url, do="move")
    text_of(browser, url, do="move", due_on="2026-10-08", owner=str(fatima.pk))
    promise.refresh_from_db()
    assert promise.owner is not None
    assert (promise.due_on, promise.owner.user) == (date(2026, 10, 8), fatima)


def test_the_list_goes_out_and_comes_back(browser: Client, promise: CallBack) -> None:
    sheet = browser.post(reverse("desk:take"), {"reason": "desk.meeting", "mine": "on"})
    assert sheet["Content-Type"].endswith("sheet")
    assert sheet["Content-Disposition"] == 'attachment; filename="werklijst-2026-10-05.xlsx"'
    book = load_workbook(BytesIO(sheet.content))
    book[LIST]["F2"] = date(2026, 10, 20)
    file = BytesIO()
    book.save(file)
    shown = browser.post(
        reverse("desk:bring"), {"file": SimpleUploadedFile("l.xlsx", file.getvalue())}
    )
    assert "2026-10-20" in shown.content.decode()
    promise.refresh_from_db()
    assert promise.due_on == TODAY
    page = text_of(
        browser, reverse("desk:approve"), signed=shown.context["signed"], row=str(promise.key)
    )
    assert "Rows taken over: 1." in page
    promise.refresh_from_db()
    assert promise.due_on == date(2026, 10, 20)


@pytest.mark.usefixtures("promise")
def test_what_is_not_ticked_is_not_taken_over(browser: Client) -> None:
    page = text_of(browser, reverse("desk:approve"), signed="nonsense")
    assert "is not a work list" in page


@pytest.mark.parametrize("file", [None, SimpleUploadedFile("x.xlsx", b"no")])
def test_a_file_that_is_none_of_ours_gets_a_clear_sentence(
    browser: Client, file: SimpleUploadedFile | None
) -> None:
    data = {"file": file} if file else {"nothing": "1"}
    page = text_of(browser, reverse("desk:bring"), **data)
    assert "Choose the file" in page or "is not a work list" in page


def test_a_list_is_not_taken_without_a_reason(browser: Client) -> None:
    assert "Choose what you need the list for." in text_of(browser, reverse("desk:take"), mine="1")
    assert not Entry.objects.filter(verb="desk.take_work_list").exists()


# --- Who is here --------------------------------------------------------------------------------


def test_an_absence_that_begins_today_moves_the_work_at_once(
    browser: Client, promise: CallBack, jan: User, fatima: User
) -> None:
    away = {
        "user": str(jan.pk),
        "deputy": str(fatima.pk),
        "first_day": "2026-10-05",
        "last_day": "2026-10-09",
    }
    page = text_of(browser, reverse("desk:absence"), **away)
    assert "Fatima takes over." in page
    promise.refresh_from_db()
    assert promise.owner == OnDuty.objects.get(user=fatima)
    back = reverse("desk:back", args=[Absence.objects.get().key])
    assert "It was noted." in text_of(browser, back, sure="1")
    assert "The absence is over already." in text_of(browser, back, sure="1")


def test_a_later_absence_moves_nothing_yet(
    browser: Client, promise: CallBack, jan: User, fatima: User
) -> None:
    away = {"user": str(jan.pk), "deputy": str(fatima.pk), "first_day": "2026-10-12"}
    text_of(browser, reverse("desk:absence"), **away, last_day="2026-10-16")
    promise.refresh_from_db()
    assert promise.owner == OnDuty.objects.get(user=jan)


def test_an_absence_that_cannot_be_is_explained_and_kept_as_typed(
    browser: Client, jan: User, fatima: User
) -> None:
    away = {"user": str(jan.pk), "deputy": str(fatima.pk), "first_day": "2026-10-12"}
    page = text_of(browser, reverse("desk:absence"), **away, last_day="2026-10-01")
    assert "Choose a last day that is not before the first" in page
    assert 'value="2026-10-12"' in page
    assert "errorlist" in text_of(browser, reverse("desk:absence"), **away)


def test_everything_is_handed_over_by_one_button(
    browser: Client, promise: CallBack, jan: User, fatima: User
) -> None:
    text_of(browser, reverse("desk:hand_over"), user=str(jan.pk), to=str(fatima.pk))
    promise.refresh_from_db()
    assert promise.owner == OnDuty.objects.get(user=fatima)


def test_a_list_gets_an_owner_and_a_deputy_who_is_somebody_else(
    browser: Client, jan: User, fatima: User
) -> None:
    url = reverse("desk:list_owner")
    said = {"kind": "desk.callback", "owner": str(jan.pk)}
    assert "Choose somebody else" in text_of(browser, url, **said, deputy=str(jan.pk))
    page = text_of(browser, url, **said, deputy=str(fatima.pk))
    assert "Deputy: Fatima." in page
    assert WorkList.objects.get().owner.user == jan


def test_who_comes_on_duty_can_own_work_and_who_is_away_cannot(
    browser: Client, jan: User, fatima: User, by: Actor
) -> None:
    assert "You are on duty." in text_of(browser, reverse("desk:come"), sure="1")
    absence = plan_absence(jan, deputy=fatima, first_day=TODAY, last_day=TODAY, by=by, now=NOW)
    start_absence(absence, by=by, now=NOW)
    assert "End the absence first." in text_of(browser, reverse("desk:come"), sure="1")
    assert "Come on duty" in text_of(browser, reverse("desk:duty"))


def test_every_refusal_has_the_words_of_its_own_sentence() -> None:
    with override("en"):
        different = {
            error.__name__: str(sentence)
            for error, sentence in SENTENCES.items()
            if " ".join((error.__doc__ or "").split()) != str(sentence)
        }
    assert different == {}


def test_a_third_colleague_is_offered_as_deputy(browser: Client) -> None:
    on_duty("Els")
    assert ">Els</option>" in text_of(browser, reverse("desk:duty"))
