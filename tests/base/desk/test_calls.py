"""On the phone: found, opened for a reason, and nothing told to who may not hear it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from omzien.base.desk.actions.calls import (
    CallIsOver,
    NobodyToCallBack,
    begin_call,
    open_call_back,
    open_participant,
    promise_call_back,
    search_people,
)
from omzien.base.desk.actions.work import close_work
from omzien.base.desk.models import Call, CallBack
from omzien.base.desk.permissions import LONGEST_CALL, may_be_told, may_see_call
from omzien.base.desk.queries.calls import (
    DeskAction,
    actions_for,
    earlier_calls,
    open_call_backs,
    representative,
)
from omzien.base.journal.models import Actor, Entry
from omzien.base.people.actions.consents import end_representation
from omzien.base.people.actions.participants import erase_participant
from omzien.base.people.models import Identity
from omzien.base.people.queries.participants import unseal
from tests.base.desk.conftest import NOW

if TYPE_CHECKING:
    from pytest_django import Settings

    from omzien.base.accounts.models import User
    from omzien.base.people.models import Participant, Representation

TODAY = NOW.date()


def call_of(participant: Participant, by: Actor, kind: str = "self", name: str = "") -> Call:
    return begin_call(
        participant, caller_kind=kind, caller_name=name, reason="desk.caller", by=by, now=NOW
    )


def lay_ready(participant: Participant, *, by: Actor) -> list[DeskAction]:
    """Stand in for a line that can do something for a caller."""
    return [DeskAction("Plan a visit", f"for {by.role}", f"/visits/{participant.key}/")]


def test_a_search_finds_her_and_is_counted(mevrouw_de_vries: Participant, by: Actor) -> None:
    code = mevrouw_de_vries.identity.letter_code
    assert search_people("", surname="vries", street="Meerzichtlaan", by=by, now=NOW) == [
        mevrouw_de_vries
    ]
    assert search_people(code, surname="", street="", by=by, now=NOW) == [mevrouw_de_vries]
    assert search_people("XXXX", surname="", street="", by=by, now=NOW) == []
    reasons = Entry.objects.filter(verb="desk.search_people").order_by("pk")
    assert [entry.reason for entry in reasons] == ["found:1", "found:1", "found:0"]


def test_every_look_at_her_is_written_down_with_its_reason(
    mevrouw_de_vries: Participant, by: Actor
) -> None:
    call = call_of(mevrouw_de_vries, by)
    open_participant(call.key, by=by, now=NOW)
    open_participant(call.key, by=by, now=NOW)
    looks = Entry.objects.filter(
        verb="desk.open_participant", subject_key=mevrouw_de_vries.key, actor_key=by.key
    )
    assert [look.reason for look in looks] == ["desk.caller", "desk.caller"]


def test_speaking_with_her_begins_the_term_anew_and_a_neighbour_does_not(
    mevrouw_de_vries: Participant, by: Actor
) -> None:
    later = NOW + timedelta(days=300)
    for kind, day in [("other", TODAY), ("self", later.date())]:
        begin_call(mevrouw_de_vries, caller_kind=kind, reason="desk.caller", by=by, now=later)
        identity = Identity.objects.get(participant=mevrouw_de_vries)
        assert identity.last_contact_on == day


def test_a_call_about_somebody_erased_is_still_written_down(
    mevrouw_de_vries: Participant, by: Actor
) -> None:
    erase_participant(mevrouw_de_vries, reason="asked", by=by, now=NOW)
    assert call_of(mevrouw_de_vries, by).participant == mevrouw_de_vries


def test_a_call_opens_nothing_for_a_colleague_or_after_an_hour(
    mevrouw_de_vries: Participant, by: Actor, fatima: User
) -> None:
    call = call_of(mevrouw_de_vries, by)
    attempts = [
        (call.key, fatima.actor("coordinator"), NOW),
        (call.key, by, NOW + LONGEST_CALL),
        (uuid4(), by, NOW),
    ]
    for key, actor, at in attempts:
        with pytest.raises(CallIsOver):
            open_participant(key, by=actor, now=at)
    assert may_see_call(call, actor=by, now=NOW + LONGEST_CALL - timedelta(seconds=1))
    assert not Entry.objects.filter(verb="desk.open_participant").exists()


def test_she_herself_is_told_everything(mevrouw_de_vries: Participant, by: Actor) -> None:
    assert may_be_told(call_of(mevrouw_de_vries, by), now=NOW)


@pytest.mark.parametrize("name", ["Anneke de Vries", "anneke", "mevrouw A. de Vries", "De Vries"])
def test_her_daughter_is_told_what_her_authority_gives(
    mevrouw_de_vries: Participant, daughter: Representation, by: Actor, name: str
) -> None:
    typed = name.removeprefix("mevrouw A. ")
    call = call_of(mevrouw_de_vries, by, "carer", typed)
    assert call.representation == daughter
    assert may_be_told(call, now=NOW)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("carer", "Piet de Vries"),
        ("carer", ""),
        ("proxy", "Anneke de Vries"),
        ("legal", "Anneke de Vries"),
        ("other", "Anneke de Vries"),
    ],
)
@pytest.mark.usefixtures("daughter")
def test_somebody_else_is_told_nothing(
    mevrouw_de_vries: Participant, by: Actor, kind: str, name: str
) -> None:
    call = call_of(mevrouw_de_vries, by, kind, name)
    assert call.representation is None
    assert not may_be_told(call, now=NOW)


def test_an_expired_authority_gives_nothing_also_during_a_call(
    mevrouw_de_vries: Participant, daughter: Representation, by: Actor
) -> None:
    assert representative(mevrouw_de_vries, "carer", "Anneke", on=TODAY) == daughter
    call = call_of(mevrouw_de_vries, by, "carer", "Anneke")
    end_representation(daughter, by=by, now=NOW)
    assert representative(mevrouw_de_vries, "carer", "Anneke", on=TODAY) is None
    assert not may_be_told(open_participant(call.key, by=by, now=NOW), now=NOW)


def test_the_database_refuses_authority_for_who_speaks_for_themselves(
    mevrouw_de_vries: Participant, daughter: Representation, by: Actor
) -> None:
    call_of(mevrouw_de_vries, by)
    with pytest.raises(IntegrityError, match="belongs_to_a_representative"), transaction.atomic():
        Call.objects.update(representation=daughter)


@pytest.mark.parametrize(
    ("values", "rule"),
    [({"caller_kind": "spy"}, "caller_is_known"), ({"reason": "curious"}, "reason_is_known")],
)
def test_the_database_refuses_unknown_callers_and_reasons(
    mevrouw_de_vries: Participant, by: Actor, values: dict[str, str], rule: str
) -> None:
    call_of(mevrouw_de_vries, by)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Call.objects.update(**values)


# --- Call-backs ---------------------------------------------------------------------------------


def test_a_call_back_has_an_owner_a_day_and_a_note_that_dies_with_her_identity(
    mevrouw_de_vries: Participant, by: Actor, jan: User
) -> None:
    promise = promise_call_back(
        mevrouw_de_vries, note="Over de koffie.", due_on=TODAY, owner=jan, by=by, now=NOW
    )
    assert promise.owner is not None
    assert promise.owner.user == jan
    assert unseal(mevrouw_de_vries, promise.sealed_note) == "Over de koffie."
    assert list(open_call_backs(mevrouw_de_vries)) == [promise]
    erase_participant(mevrouw_de_vries, reason="asked", by=by, now=NOW)
    again = CallBack.objects.get()
    assert unseal(again.participant, again.sealed_note) == ""


def test_somebody_unknown_is_called_back_by_name_and_number(by: Actor) -> None:
    promise = promise_call_back(None, whom="Bakker, 079-3", due_on=TODAY, by=by, now=NOW)
    assert CallBack.objects.get(pk=promise.pk).whom == "Bakker, 079-3"
    assert str(promise) == str(promise.key)
    with pytest.raises(NobodyToCallBack):
        promise_call_back(None, due_on=TODAY, by=by, now=NOW)


def test_the_database_refuses_a_call_back_about_nobody_or_twice_somebody(
    mevrouw_de_vries: Participant, by: Actor
) -> None:
    promise_call_back(None, whom="Bakker", due_on=TODAY, by=by, now=NOW)
    for values in ({"whom": ""}, {"participant": mevrouw_de_vries}):
        with pytest.raises(IntegrityError, match="is_about_somebody"), transaction.atomic():
            CallBack.objects.update(**values)


def test_a_bsn_in_a_note_is_refused(mevrouw_de_vries: Participant, by: Actor) -> None:
    with pytest.raises(ValidationError, match="BSN"):
        promise_call_back(mevrouw_de_vries, note="bsn 111222333", due_on=TODAY, by=by, now=NOW)
    assert not CallBack.objects.exists()


def test_looking_at_a_call_back_is_written_down_and_done_ones_are_gone(
    mevrouw_de_vries: Participant, by: Actor
) -> None:
    promise = promise_call_back(mevrouw_de_vries, due_on=TODAY, by=by, now=NOW)
    assert open_call_back(promise.key, by=by, now=NOW) == promise
    assert Entry.objects.get(verb="desk.open_call_back").subject_key == mevrouw_de_vries.key
    close_work(promise, by=by, now=NOW)
    assert open_call_back(promise.key, by=by, now=NOW) is None


# --- What the lines can do ----------------------------------------------------------------------


def test_a_line_adds_its_actions_by_name(
    mevrouw_de_vries: Participant, by: Actor, settings: Settings
) -> None:
    settings.DESK_ACTIONS = []
    assert actions_for(mevrouw_de_vries, by=by) == []
    settings.DESK_ACTIONS = ["tests.base.desk.test_calls.lay_ready"]
    (action,) = actions_for(mevrouw_de_vries, by=by)
    assert (action.label, action.sentence) == ("Plan a visit", "for coordinator")


def test_earlier_calls_show_when_and_why_latest_first(
    mevrouw_de_vries: Participant, by: Actor
) -> None:
    first, second = call_of(mevrouw_de_vries, by), call_of(mevrouw_de_vries, by)
    assert list(earlier_calls(mevrouw_de_vries)) == [second, first]
    assert str(first) == str(first.key)
