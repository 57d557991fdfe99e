"""An owner changes a record: at once, or after an editor looked; and takes it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from omzien.base.catalogue.actions.offers import (
    KeptElsewhere,
    NotOfThisOffer,
    add_offer,
    change_offer,
)
from omzien.base.catalogue.actions.parties import add_location
from omzien.base.catalogue.actions.schedules import follow_calendar
from omzien.base.catalogue.importers.rows import ChangeRow
from omzien.base.catalogue.models import ClosedCalendar, ClosedDays, Meeting, Offer
from omzien.base.catalogue.queries.schedules import rows_of
from omzien.base.desk.actions.duty import begin_duty
from omzien.base.freshness.actions.asking import ask_keepers
from omzien.base.freshness.actions.changing import (
    AlreadyDecided,
    ReasonNeeded,
    answer_of,
    apply_changes,
    approve_proposal,
    decide,
    decline_proposal,
    follow_calendars,
    hold_open,
    propose_changes,
    restore_record,
    set_status,
    submit_by_link,
    submit_changes,
    tell_who_proposed,
)
from omzien.base.freshness.actions.confirming import note_answer
from omzien.base.freshness.actions.reports import report_wrong
from omzien.base.freshness.models import Answer, Keeper, Proposal, RequestedCheck
from omzien.base.freshness.queries.changes import (
    Changes,
    as_plain,
    calendars_of,
    changes_in,
    from_plain,
    may_describe,
    really_different,
    together,
)
from omzien.base.freshness.queries.checks import request_of_link
from omzien.base.freshness.queries.keepers import Contact
from omzien.base.freshness.queries.proposals import (
    contact_by_key,
    open_proposal_of,
    proposal_by_key,
)
from omzien.base.history.queries import revisions_of
from omzien.base.journal.models import Actor, Entry
from omzien.base.letters.models import Mail, Token
from omzien.base.letters.queries import rendered
from omzien.base.network.actions import add_organisation
from tests.base.freshness.conftest import NOW, TODAY, TUESDAYS, fresh, mails, secret_in

if TYPE_CHECKING:
    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Location

NAME = Changes(offer={"name": "Pianomiddag"})
FRIDAYS = replace(TUESDAYS, weekdays=(4,))


@pytest.fixture
def owner(sietske: Keeper) -> Actor:
    return Contact(sietske, None).actor


@pytest.fixture
def christmas(db: None) -> ClosedCalendar:
    del db
    calendar = ClosedCalendar.objects.create(slug="kerst", name="Kerst", source="test")
    days = DateRange(date(2026, 12, 22), date(2027, 1, 3), "[]")
    ClosedDays.objects.create(calendar=calendar, name="Kerst", period=days)
    return calendar


def proposed(offer: Offer, by: Actor, changes: Changes = NAME) -> Proposal:
    made = submit_changes(offer, changes, at_once=False, on=TODAY, by=by, now=NOW)
    assert made is not None
    return made


# --- At once ------------------------------------------------------------------------------------


def test_a_change_is_visible_at_once_and_makes_the_record_fresh(
    due_club: Offer, by: Actor
) -> None:
    assert submit_changes(due_club, NAME, at_once=True, on=TODAY, by=by, now=NOW) is None
    offer = fresh(due_club)
    assert (offer.name, offer.assured_on, offer.check_by) == (
        "Pianomiddag",
        TODAY,
        date(2027, 5, 3),
    )


def test_a_change_that_changes_nothing_confirms_the_record(due_club: Offer, by: Actor) -> None:
    same = Changes(
        offer={"name": "Pianoclub", "price_cents": 250, "location": due_club.location_id},
        location={"step_free": True},
        schedule=rows_of(due_club),
        calendars=(),
    )
    assert submit_changes(due_club, same, at_once=False, on=TODAY, by=by, now=NOW) is None
    assert fresh(due_club).assured_on == TODAY
    assert not Proposal.objects.exists()


def test_everything_can_change_in_one_go(
    due_club: Offer, christmas: ClosedCalendar, by: Actor
) -> None:
    wanted = Changes(
        offer={"price_cents": 0, "location": due_club.location_id, "languages": ["nl", "tr"]},
        location={"directions": "De bel naast de deur.", "hearing_loop": True},
        schedule=((FRIDAYS,), (ChangeRow(day=date(2026, 11, 13)),)),
        calendars=(christmas.slug,),
    )
    apply_changes(due_club, wanted, on=TODAY, by=by, now=NOW)
    offer = Offer.objects.select_related("location").get()
    assert (offer.price_cents, offer.languages) == (0, ["nl", "tr"])
    assert offer.location is not None
    assert (offer.location.directions, offer.location.hearing_loop) == (
        "De bel naast de deur.",
        True,
    )
    assert rows_of(offer)[0] == (FRIDAYS,)
    days = [f"{one.starts_at:%d-%m}" for one in Meeting.objects.order_by("starts_at")]
    assert (days[0], days[-1], "13-11" in days) == ("06-11", "18-12", False)
    assert calendars_of(offer) == ("kerst",)


@pytest.mark.usefixtures("sietske")
def test_a_change_closes_what_was_asked_and_said(due_club: Offer, jan: User, by: Actor) -> None:
    begin_duty(jan, by=by, now=NOW)
    report = report_wrong(due_club, what="time", said="", by=by, now=NOW)
    submit_changes(due_club, NAME, at_once=True, on=TODAY, by=by, now=NOW)
    report.refresh_from_db()
    assert report.outcome == "mended"
    assert RequestedCheck.objects.get().answer == "changed"


@pytest.mark.parametrize(
    ("status", "answer"), [("ended", "stopped"), ("paused", "changed"), (None, "changed")]
)
def test_what_stopped_is_answered_so(status: str | None, answer: str) -> None:
    assert answer_of(status) == answer


def test_a_record_stops_pauses_and_comes_back(due_club: Offer, by: Actor) -> None:
    for status in ("paused", "active", "ended"):
        set_status(fresh(due_club), status, by=by, now=NOW)
        assert fresh(due_club).status == status
    assert not Meeting.objects.exists()


def test_what_comes_from_elsewhere_is_not_changed_here(due_club: Offer, by: Actor) -> None:
    due_club.source_name = "Wijzer"
    with pytest.raises(KeptElsewhere):
        submit_changes(due_club, NAME, at_once=True, on=TODAY, by=by, now=NOW)


def test_an_organisation_follows_the_calendars_that_are_ticked_and_no_others(
    due_club: Offer, christmas: ClosedCalendar, by: Actor
) -> None:
    summer = ClosedCalendar.objects.create(slug="zomer", name="Zomer", source="test")
    follow_calendar(due_club.organisation, calendar=christmas, by=by, now=NOW)
    follow_calendars(due_club.organisation, ("zomer",), by=by, now=NOW)
    assert calendars_of(due_club) == (summer.slug,)


def test_only_the_own_location_is_described(due_club: Offer, centre: Location, by: Actor) -> None:
    offer = Offer.objects.select_related("location", "organisation").get(pk=due_club.pk)
    assert may_describe(offer)
    other = add_organisation("Koor", sector="culture", by=by, now=NOW)
    add_offer(other, name="Koor", summary="x", kind="course", location=centre, by=by, now=NOW)
    assert not may_describe(offer)
    apply_changes(offer, Changes(location={"step_free": False}), on=TODAY, by=by, now=NOW)
    centre.refresh_from_db()
    assert centre.step_free
    own = add_location("Eigen zaal", organisation=offer.organisation, by=by, now=NOW)
    assert may_describe(Offer(organisation=offer.organisation, location=own))
    assert not may_describe(Offer(organisation=other, location=own))
    assert not may_describe(Offer(organisation=other))


# --- By the link of a mail ----------------------------------------------------------------------


@pytest.mark.parametrize("live", [True, False])
def test_a_change_by_the_link_is_an_answer_and_uses_the_link_up(
    due_club: Offer, sietske: Keeper, by: Actor, *, live: bool
) -> None:
    due_club.organisation.changes_go_live = live
    ask_keepers(on=TODAY, by=by, now=NOW)
    secret = secret_in(mails()[0])
    request = request_of_link(secret, now=NOW)
    owner = Contact(sietske, None).actor
    made = submit_by_link(request, secret, due_club, NAME, on=TODAY, by=owner, now=NOW)
    assert (made is None, fresh(due_club).name == "Pianomiddag") == (live, live)
    assert RequestedCheck.objects.get().answer == "changed"
    assert Token.objects.get(purpose="freshness.check").used_at == NOW


# --- Proposals ----------------------------------------------------------------------------------


def test_a_proposal_changes_nothing_until_an_editor_takes_it_over(
    due_club: Offer, owner: Actor, by: Actor
) -> None:
    proposal = proposed(due_club, owner)
    assert fresh(due_club).name == "Pianoclub"
    approve_proposal(proposal, on=TODAY, by=by, now=NOW)
    offer = fresh(due_club)
    assert (offer.name, offer.assured_on) == ("Pianomiddag", TODAY)
    (text,) = mails()
    assert "Pianoclub" in text
    assert rendered(Mail.objects.get())["subject"] == "Je wijziging is te zien"


def test_a_proposal_is_declined_for_a_reason_that_who_made_it_reads(
    due_club: Offer, owner: Actor, by: Actor
) -> None:
    proposal = proposed(due_club, owner)
    with pytest.raises(ReasonNeeded):
        decline_proposal(proposal, reason=" ", by=by, now=NOW)
    decline_proposal(proposal, reason="De prijs hoort erbij.", by=by, now=NOW)
    assert fresh(due_club).name == "Pianoclub"
    assert "De prijs hoort erbij." in mails()[0]
    assert open_proposal_of(due_club) is None


def test_somebody_decides_once(due_club: Offer, owner: Actor, by: Actor) -> None:
    proposal = proposed(due_club, owner)
    decline_proposal(proposal, reason="Nee.", by=by, now=NOW)
    for act in (
        lambda: hold_open(proposal),
        lambda: approve_proposal(proposal, on=TODAY, by=by, now=NOW),
        lambda: decline_proposal(proposal, reason="Nee.", by=by, now=NOW),
    ):
        with pytest.raises(AlreadyDecided):
            act()


def test_two_proposals_become_one_and_the_later_word_counts(due_club: Offer, owner: Actor) -> None:
    first = proposed(due_club, owner)
    later = Changes(offer={"name": "Pianoavond", "price_cents": 100})
    again = propose_changes(due_club, later, by=owner, now=NOW + timedelta(hours=1))
    assert again == first == proposal_by_key(first.key)
    assert changes_in(again).offer == {"name": "Pianoavond", "price_cents": 100}


def test_while_a_proposal_waits_its_owner_is_not_asked_again(
    due_club: Offer, owner: Actor, by: Actor
) -> None:
    proposal = proposed(due_club, owner)
    assert ask_keepers(on=TODAY, by=by, now=NOW).mails == 0
    decline_proposal(proposal, reason="Nee.", by=by, now=NOW)
    assert ask_keepers(on=TODAY, by=by, now=NOW).mails == 1


def test_a_proposal_leaves_what_visitors_said_open(
    due_club: Offer, sietske: Keeper, jan: User, by: Actor
) -> None:
    begin_duty(jan, by=by, now=NOW)
    report = report_wrong(due_club, what="time", said="", by=by, now=NOW)
    proposal = proposed(due_club, Contact(sietske, None).actor)
    report.refresh_from_db()
    assert report.closed_at is None
    approve_proposal(proposal, on=TODAY, by=by, now=NOW)
    report.refresh_from_db()
    assert report.outcome == "mended"
    note_answer(due_club, answer=Answer.SAME, by=by, now=NOW)


def test_who_proposed_is_answered_by_mail_where_that_can_be(
    due_club: Offer, bram: Keeper, mo: User, by: Actor
) -> None:
    for maker in (Contact(bram, None).actor, Actor.system("nobody"), mo.actor("member")):
        proposal = proposed(due_club, maker)
        decline_proposal(proposal, reason="Nee.", by=by, now=NOW)
    assert [mail.to for mail in Mail.objects.all()] == ["mo@example.nl"]
    tell_who_proposed(proposal, by=by, now=NOW)
    assert Mail.objects.count() == 2
    assert contact_by_key(Actor.system("nobody").key) is None


def test_a_decision_stands_in_the_journal(due_club: Offer, owner: Actor, by: Actor) -> None:
    proposal = proposed(due_club, owner)
    decide(proposal, approved=False, reason="Nee.", by=by, now=NOW)
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"freshness.propose_changes", "freshness.decline_proposal"} <= verbs


@pytest.mark.parametrize(
    "nonsense",
    [
        {"decided_at": NOW},
        {"decided_at": NOW, "decided_by": Actor.system("x").key, "approved": False},
    ],
)
def test_the_database_refuses_half_a_decision(
    due_club: Offer, owner: Actor, nonsense: dict[str, object]
) -> None:
    proposed(due_club, owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(**nonsense)


# --- As JSON keeps it ---------------------------------------------------------------------------


def test_changes_come_back_from_json_as_they_went() -> None:
    moved = ChangeRow(day=TODAY, new_day=TODAY, new_starts_at=TUESDAYS.starts_at, new_minutes=5)
    wanted = Changes({"name": "X"}, {"step_free": None}, ((TUESDAYS,), (moved,)), ("kerst",))
    assert from_plain(as_plain(wanted)) == wanted
    assert from_plain(as_plain(Changes(schedule=((), ())))) == Changes(schedule=((), ()))
    assert from_plain(as_plain(Changes(calendars=()))) == Changes(calendars=())
    assert as_plain(Changes()) == {}


def test_a_later_change_counts_where_both_speak() -> None:
    one = Changes({"name": "A"}, {"step_free": True}, ((TUESDAYS,), ()), ("a",))
    two = Changes({"name": "B"}, {}, None, None)
    assert together(one, two) == replace(one, offer={"name": "B"})
    three = Changes({}, {}, ((), ()), ())
    assert together(one, three) == Changes({"name": "A"}, {"step_free": True}, ((), ()), ())
    assert not Changes()


def test_an_offer_without_a_location_has_nothing_to_describe(due_club: Offer) -> None:
    due_club.location = None
    assert not really_different(due_club, Changes(location={"step_free": False}), on=TODAY)


# --- Taking back --------------------------------------------------------------------------------


def test_a_change_is_taken_back_at_once_or_as_a_proposal(due_club: Offer, by: Actor) -> None:
    change_offer(due_club, name="X", by=by, now=NOW)
    revision = revisions_of(due_club)[0]
    made = restore_record(fresh(due_club), revision, at_once=False, by=by, now=NOW)
    assert made is not None
    assert changes_in(made).offer == {"name": "Pianoclub"}
    assert restore_record(fresh(due_club), revision, at_once=True, by=by, now=NOW) is None
    assert fresh(due_club).name == "Pianoclub"
    assert restore_record(fresh(due_club), revision, at_once=False, by=by, now=NOW) is None


def test_a_schedule_is_taken_back_as_a_proposal(due_club: Offer, by: Actor) -> None:
    apply_changes(due_club, Changes(schedule=((FRIDAYS,), ())), on=TODAY, by=by, now=NOW)
    revision = revisions_of(due_club)[0]
    made = restore_record(fresh(due_club), revision, at_once=False, by=by, now=NOW)
    assert made is not None
    assert changes_in(made).schedule == ((TUESDAYS,), ())


def test_a_change_of_another_record_is_not_taken_back_here(due_club: Offer, by: Actor) -> None:
    other = add_offer(due_club.organisation, name="B", summary="B", kind="course", by=by, now=NOW)
    change_offer(other, name="C", by=by, now=NOW)
    with pytest.raises(NotOfThisOffer):
        restore_record(due_club, revisions_of(other)[0], at_once=True, by=by, now=NOW)
