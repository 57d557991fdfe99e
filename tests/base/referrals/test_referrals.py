"""A referral: with consent, warm, owned, and followed until the person's own answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from omzien.base.catalogue.actions.offers import add_offer, publish_offer
from omzien.base.desk.actions.duty import NotOnDuty, begin_duty, leave_duty
from omzien.base.desk.actions.exchange import ChangedMeanwhile, approve_wishes
from omzien.base.desk.actions.work import AlreadyDone, EndsWithAnAnswer, close_work
from omzien.base.desk.importers.work_sheet import SheetRow
from omzien.base.desk.queries.exchange import Refusal, Wish, differences
from omzien.base.desk.queries.lists import open_items
from omzien.base.journal.models import Entry
from omzien.base.letters.models import Mail, Token
from omzien.base.letters.queries import LinkNotGood, compose
from omzien.base.network.actions import add_organisation
from omzien.base.people.actions.consents import record_consent, withdraw_consent
from omzien.base.people.actions.helpers import add_helper
from omzien.base.people.models import Consent, Purpose
from omzien.base.people.queries.participants import unseal
from omzien.base.referrals.actions.referrals import (
    AlreadyReferred,
    HelperNotReady,
    NoAnswerYet,
    NoConsent,
    NotYet,
    NotYours,
    answer_by_link,
    answer_for,
    ask_another,
    ask_receiver,
    end_referral,
    hold_referral,
    move,
    note_step,
    open_as_receiver,
    open_person,
    open_referral,
    refer,
    refer_with_consent,
    remind_receivers,
)
from omzien.base.referrals.jobs import remind
from omzien.base.referrals.models import CLOSED, MOVES, Referral, Result, State, Step
from omzien.base.referrals.permissions import may_see_who, may_tell_back
from omzien.base.referrals.queries.referrals import (
    counts,
    desk_actions,
    due_day,
    news_for,
    next_states,
    offers_like,
    open_referrals,
    question_of_link,
    referral_by_key,
    referrals_for,
    referrals_of,
)
from tests.base.referrals.conftest import NOW, SYSTEM, WISH, referred

if TYPE_CHECKING:
    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation
    from omzien.base.people.models import Participant

STEPS = [State.ACCEPTED, State.CONTACT_MADE, State.ARRIVED, State.SIX_WEEKS]
LATER = NOW + timedelta(days=100)


def up_to(referral: Referral, *states: str, by: Actor) -> Referral:
    for state in states:
        referral = move(referral, state, by=by, now=NOW)
    return referral


def secret_of(mail: Mail) -> str:
    body = compose(mail, stop_link="", now=NOW).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).split("/referrals/answer/")[1].split("/")[0]


# --- Referring ----------------------------------------------------------------------------------


def test_without_consent_nobody_is_referred(
    her: Participant, piano_club: Offer, by: Actor
) -> None:
    with pytest.raises(NoConsent):
        refer(
            her,
            receiver=piano_club.organisation,
            offer=piano_club,
            wish=WISH,
            goes_along="nobody",
            referred_from="desk",
            by=by,
            now=NOW,
        )
    assert not Referral.objects.exists()
    assert not Mail.objects.exists()


def test_a_referral_has_an_owner_a_day_and_a_sealed_wish(referral: Referral, jan: User) -> None:
    assert referral.owner is not None
    assert referral.owner.user == jan
    assert referral.due_on == date(2026, 11, 12)
    assert WISH not in referral.sealed_wish
    assert unseal(referral.participant, referral.sealed_wish) == WISH
    assert [step.state for step in referral.steps.all()] == [State.ASKED]
    assert referral.what == "Pianoclub"


def test_nobody_on_duty_means_nobody_falls_through_but_nothing_is_made(
    her: Participant, piano_club: Offer
) -> None:
    with pytest.raises(NotOnDuty):
        referred(her, piano_club, SYSTEM)
    assert not Consent.objects.exists()


def test_the_receiver_gets_a_mail_without_any_name(referral: Referral) -> None:
    mail = Mail.objects.get()
    whole = compose(mail, stop_link="", now=NOW).as_string()
    assert mail.to == "piano@vb.example"
    for word in ("Vries", "Truus", "Meerzicht", "341", "eenzaam", WISH):
        assert word not in whole
    assert referral.key.hex not in whole.replace("-", "")


def test_a_receiver_without_mail_is_called(referral: Referral, by: Actor) -> None:
    referral.receiver.email = ""
    assert not ask_receiver(referral, by=by, now=NOW)


def test_somebody_is_referred_to_the_same_only_once_at_a_time(
    referral: Referral, her: Participant, piano_club: Offer, by: Actor
) -> None:
    with pytest.raises(AlreadyReferred):
        referred(her, piano_club, by)
    end_referral(referral, result=Result.OWN_CHOICE, by=by, now=NOW)
    assert referred(her, piano_club, by) != referral


def test_a_helper_who_was_not_checked_goes_along_with_nobody(
    her: Participant, piano_club: Offer, by: Actor
) -> None:
    helper = add_helper("Fatima", joined_on=NOW.date(), by=SYSTEM, now=NOW)
    record_consent(
        her,
        purpose=Purpose.SHARE,
        receiver=piano_club.organisation.slug,
        wording="1",
        given_how="oral",
        by=by,
        now=NOW,
    )
    with pytest.raises(HelperNotReady):
        refer(
            her,
            receiver=piano_club.organisation,
            offer=piano_club,
            wish="",
            goes_along="helper",
            companion=helper,
            referred_from="desk",
            by=by,
            now=NOW,
        )


# --- Steps --------------------------------------------------------------------------------------


def test_every_state_leads_to_an_end() -> None:
    assert set(MOVES) == set(State)
    for state in State:
        assert (state in CLOSED) == (MOVES[state] == ())
        assert state in CLOSED or State.ENDED in MOVES[state]


def test_each_step_sets_the_day_of_the_next(referral: Referral, by: Actor) -> None:
    days = [move(referral, state, by=by, now=NOW).due_on for state in STEPS]
    assert days == [
        date(2026, 11, 12),
        date(2026, 11, 26),
        date(2026, 12, 17),
        date(2027, 2, 4),
    ]
    assert due_day(State.DECLINED, today=date(2026, 11, 6)) == date(2026, 11, 10)
    assert [step.state for step in Step.objects.order_by("pk")] == [State.ASKED, *STEPS]


@pytest.mark.parametrize("state", [State.ARRIVED, State.SIX_WEEKS, State.THIRTEEN_WEEKS])
def test_no_step_can_be_skipped(referral: Referral, by: Actor, state: str) -> None:
    with pytest.raises(NotYet):
        move(referral, state, by=by, now=NOW)


def test_the_day_of_the_first_time_can_lie_before_today(referral: Referral, by: Actor) -> None:
    up_to(referral, State.ACCEPTED, State.CONTACT_MADE, by=by)
    arrived = move(referral, State.ARRIVED, by=by, now=NOW, arrived_on=date(2026, 11, 2))
    assert (arrived.arrived_on, arrived.due_on) == (date(2026, 11, 2), date(2026, 12, 14))


def test_it_ends_well_only_after_thirteen_weeks(referral: Referral, by: Actor) -> None:
    with pytest.raises(NotYet):
        end_referral(referral, result=Result.STILL_GOING, by=by, now=NOW)
    up_to(referral, *STEPS, by=by)
    ended = end_referral(referral, result=Result.STILL_GOING, by=by, now=LATER)
    assert (ended.state, ended.owner) == (State.THIRTEEN_WEEKS, None)
    assert not open_referrals().exists()
    with pytest.raises(AlreadyDone):
        hold_referral(ended)


@pytest.mark.parametrize("result", ["", "because"])
def test_it_cannot_end_without_an_answer(referral: Referral, by: Actor, result: str) -> None:
    with pytest.raises(NoAnswerYet):
        end_referral(referral, result=result, by=by, now=NOW)


def test_it_cannot_be_ticked_off_in_a_list_or_a_spreadsheet(referral: Referral, by: Actor) -> None:
    with pytest.raises(EndsWithAnAnswer):
        close_work(referral, by=by, now=NOW)
    item = open_items()[0]
    row = SheetRow(
        key=item.key,
        mark=item.mark,
        title=item.title,
        who=item.who,
        since=NOW.date(),
        due_on=item.due_on,
        owner=item.owner_email,
        done=True,
        note=item.note,
    )
    assert [each.refusal for each in differences([row])] == [Refusal.ANSWER]
    with pytest.raises((ChangedMeanwhile, EndsWithAnAnswer)):
        approve_wishes([Wish(key=item.key, mark=item.mark, done=True)], by=by, now=NOW)


def test_after_a_no_another_is_asked_for_which_consent_is_needed_too(
    referral: Referral, by: Actor
) -> None:
    choir = add_organisation("Koor", sector="culture", by=SYSTEM, now=NOW)
    with pytest.raises(NotYet):
        ask_another(referral, receiver=choir, offer=None, by=by, now=NOW)
    move(referral, State.DECLINED, by=by, now=NOW)
    with pytest.raises(NoConsent):
        ask_another(referral, receiver=choir, offer=None, by=by, now=NOW)
    agree(referral, choir, by)
    asked = ask_another(referral, receiver=choir, offer=None, by=by, now=NOW)
    assert (asked.receiver, asked.state, asked.what) == (choir, State.ASKED, "Koor")


def agree(referral: Referral, receiver: Organisation, by: Actor) -> Consent:
    return record_consent(
        referral.participant,
        purpose=Purpose.SHARE,
        receiver=receiver.slug,
        wording="1",
        given_how="oral",
        by=by,
        now=NOW,
    )


def test_open_referrals_move_to_a_colleague_who_stays(
    referral: Referral, jan: User, fatima: User, by: Actor
) -> None:
    begin_duty(fatima, by=by, now=NOW)
    leave_duty(jan, to=fatima, by=by, now=NOW)
    referral.refresh_from_db()
    assert referral.owner is not None
    assert referral.owner.user == fatima


# --- The receiver -------------------------------------------------------------------------------


def test_the_link_asks_without_a_name_and_works_once(referral: Referral) -> None:
    secret = secret_of(Mail.objects.get())
    question = question_of_link(secret, now=NOW)
    assert (question.what, question.organisation) == ("Pianoclub", "Piano voor Buren")
    assert answer_by_link(secret, accepts=True, by=SYSTEM, now=NOW).state == State.ACCEPTED
    for again in (
        lambda: answer_by_link(secret, accepts=False, by=SYSTEM, now=NOW),
        lambda: question_of_link(secret, now=NOW),
    ):
        with pytest.raises(LinkNotGood):
            again()
    referral.refresh_from_db()
    assert referral.state == State.ACCEPTED


def test_a_link_whose_question_was_answered_by_phone_does_nothing(
    referral: Referral, by: Actor
) -> None:
    secret = secret_of(Mail.objects.get())
    move(referral, State.ACCEPTED, by=by, now=NOW)
    with pytest.raises(LinkNotGood):
        question_of_link(secret, now=NOW)
    with pytest.raises(NotYet):
        answer_by_link(secret, accepts=True, by=SYSTEM, now=NOW)


def test_a_link_about_nothing_does_nothing(referral: Referral) -> None:
    secret = secret_of(Mail.objects.get())
    Token.objects.update(about=None)
    with pytest.raises(LinkNotGood):
        question_of_link(secret, now=NOW)
    with pytest.raises(NotYet):
        answer_by_link(secret, accepts=True, by=SYSTEM, now=NOW)
    referral.refresh_from_db()
    assert referral.state == State.ASKED


def opened(referral: Referral, user: User) -> bool:
    by = user.actor("member")
    return open_as_receiver(referral, user=user, by=by, reason="view.follow_up", now=NOW)


def test_the_receiver_sees_who_it_is_only_after_a_yes(
    referral: Referral, mo: User, by: Actor
) -> None:
    assert not opened(referral, mo)
    accepted = move(referral, State.ACCEPTED, by=by, now=NOW)
    assert opened(accepted, mo)
    assert Entry.objects.filter(actor_key=mo.key, reason="view.follow_up").count() == 1


def test_a_consent_that_is_taken_back_closes_the_record_at_once(
    referral: Referral, mo: User, by: Actor
) -> None:
    accepted = move(referral, State.ACCEPTED, by=by, now=NOW)
    assert may_see_who(accepted)
    withdraw_consent(Consent.objects.get(), by=by, now=NOW)
    assert not may_see_who(accepted)
    assert not opened(accepted, mo)


def test_another_organisation_sees_and_answers_nothing(
    referral: Referral, els: User, by: Actor
) -> None:
    with pytest.raises(NotYours):
        open_as_receiver(referral, user=els, by=by, reason="view.follow_up", now=NOW)
    with pytest.raises(NotYours):
        answer_for(referral, user=els, to=State.ACCEPTED, by=by, now=NOW)
    assert not referrals_for(els).exists()


def test_a_delegate_answers_and_reports_the_first_time(referral: Referral, mo: User) -> None:
    by = mo.actor("member")
    assert list(referrals_for(mo)) == [referral]
    for state in (State.ACCEPTED, State.CONTACT_MADE):
        answer_for(referral, user=mo, to=state, by=by, now=NOW)
        referral.refresh_from_db()
    day = date(2026, 11, 4)
    arrived = answer_for(referral, user=mo, to=State.ARRIVED, by=by, now=NOW, on=day)
    assert arrived.arrived_on == day


def test_a_receiver_who_has_not_answered_hears_it_once_more(referral: Referral) -> None:
    day = referral.due_on - timedelta(days=2)
    assert remind_receivers(today=day, by=SYSTEM, now=NOW) == 1
    assert remind_receivers(today=referral.due_on, by=SYSTEM, now=NOW) == 0
    assert Mail.objects.count() == 2
    remind()


# --- Telling back, and counting -----------------------------------------------------------------


def test_who_refers_hears_only_what_was_agreed(
    her: Participant, piano_club: Offer, jan: User, by: Actor
) -> None:
    told = referred(her, piano_club, by, tell_back=True)
    assert may_tell_back(told)
    move(told, State.ACCEPTED, by=by, now=NOW)
    assert [(one.what, one.state) for one in news_for(jan)] == [
        ("Pianoclub", str(State.ACCEPTED.label))
    ]
    withdraw_consent(Consent.objects.get(purpose=Purpose.REPORT_BACK), by=by, now=NOW)
    assert news_for(jan)[0].state != str(State.ACCEPTED.label)


def test_referrals_are_counted_by_how_far_they_came(referral: Referral, by: Actor) -> None:
    up_to(referral, *STEPS, by=by)
    end_referral(referral, result=Result.STILL_GOING, by=by, now=LATER)
    found = counts(first=date(2026, 11, 1), last=date(2026, 11, 30))
    assert (found.made, found.answered, found.contact_made, found.arrived) == (1, 1, 1, 1)
    assert (found.six_weeks, found.thirteen_weeks, found.closed_loop) == (1, 1, 1.0)
    assert counts(first=date(2025, 1, 1), last=date(2025, 1, 2)).closed_loop is None


def test_what_the_desk_offers_leads_to_this_person(her: Participant, by: Actor) -> None:
    assert str(her.key) in desk_actions(her, by=by)[0].url


def test_offers_are_found_by_a_word(piano_club: Offer, foundation_of_choir: Offer) -> None:
    assert offers_like("piano buren") == [piano_club]
    assert offers_like("zingen") == [foundation_of_choir]


@pytest.fixture
def foundation_of_choir(db: None) -> Offer:
    del db
    choir = add_organisation("Koor", sector="culture", by=SYSTEM, now=NOW)
    made = add_offer(
        choir, name="Koor", summary="Samen zingen.", kind="activity", by=SYSTEM, now=NOW
    )
    return publish_offer(made, by=SYSTEM, now=NOW)


def test_what_is_known_of_a_referral_can_be_read(
    referral: Referral, her: Participant, by: Actor
) -> None:
    assert referral_by_key(referral.key) == referral
    assert list(referrals_of(her)) == [referral]
    assert next_states(referral) == [State.ACCEPTED, State.DECLINED]
    assert open_referral(referral, by=by, reason="view.follow_up", now=NOW) == referral
    assert open_person(her, by=by, reason="view.follow_up", now=NOW) == her
    note_step(referral, State.ASKED, by=by, now=NOW)
    assert referral.steps.count() == 2


def test_consent_and_referral_are_written_together_or_not_at_all(
    her: Participant, piano_club: Offer, by: Actor
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        refer_with_consent(
            her,
            offer=piano_club,
            goes_along="a cat",
            given_how="oral",
            wish="",
            tell_back=False,
            referred_from="desk",
            by=by,
            now=NOW,
        )
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    "nonsense",
    [
        {"state": "lost"},
        {"state": State.ENDED},
        {"state": State.ARRIVED},
        {"result": Result.OWN_CHOICE},
        {"sealed_wish": "in the clear"},
        {"owner": None},
    ],
)
def test_the_database_refuses_what_cannot_be(
    referral: Referral, nonsense: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(**nonsense)
