"""Keepers are asked once about all of theirs that is due, and once more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from omzien.base.catalogue.models import Offer
from omzien.base.freshness.actions.asking import (
    ask_by_mail,
    ask_keepers,
    mail_about,
    remind_keeper,
    remind_keepers,
)
from omzien.base.freshness.actions.keepers import Person, name_keeper, set_rhythm
from omzien.base.freshness.jobs import ask_what_is_due
from omzien.base.freshness.models import CheckRequest, CheckRhythm, Keeper, RequestedCheck
from omzien.base.freshness.queries.keepers import Contact
from omzien.base.letters.models import Kind, Mail
from omzien.base.letters.queries import rendered
from tests.base.freshness.conftest import (
    LATER,
    NOW,
    TODAY,
    another,
    link_in,
    looked_at,
    mails,
)

if TYPE_CHECKING:
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation


def test_a_keeper_gets_one_mail_about_everything_that_is_due(
    due_club: Offer, sietske: Keeper, by: Actor
) -> None:
    del sietske
    another(due_club.organisation, "Koor", by=by)
    asked = ask_keepers(on=TODAY, by=by, now=NOW)
    (text,) = mails()
    assert (asked.mails, asked.to_ring) == (1, ())
    assert "Koor" in text
    assert "Pianoclub" in text
    assert "2 pagina’s" in text
    assert link_in(text)
    assert Mail.objects.get().kind == Kind.SERVICE


def test_a_second_night_asks_nothing_again(due_club: Offer, sietske: Keeper, by: Actor) -> None:
    del due_club, sietske
    ask_keepers(on=TODAY, by=by, now=NOW)
    assert ask_keepers(on=TODAY, by=by, now=NOW).mails == 0
    assert len(mails()) == 1


def test_nobody_gets_an_empty_mail(piano_club: Offer, sietske: Keeper, by: Actor) -> None:
    del sietske
    looked_at(piano_club, check_by=TODAY + timedelta(days=15), by=by)
    assert ask_keepers(on=TODAY, by=by, now=NOW).mails == 0


def test_what_is_not_due_or_kept_elsewhere_or_stopped_is_not_asked(
    due_club: Offer, sietske: Keeper, by: Actor
) -> None:
    del sietske
    looked_at(due_club, check_by=TODAY + timedelta(days=15), by=by)
    event = another(due_club.organisation, "Feest", kind="event", by=by)
    elsewhere = another(due_club.organisation, "Elders", by=by)
    stopped = another(due_club.organisation, "Voorbij", by=by)
    Offer.objects.filter(pk=elsewhere.pk).update(source_name="Wijzer", source_id="1")
    Offer.objects.filter(pk=stopped.pk).update(status="ended")
    assert ask_keepers(on=TODAY, by=by, now=NOW).mails == 0
    set_rhythm("event", months=1, by=by, now=NOW)
    ask_keepers(on=TODAY, by=by, now=NOW)
    assert [item.offer for item in RequestedCheck.objects.all()] == [event]


def test_one_address_gets_one_mail_also_for_records_of_two_kinds_of_keeping(
    due_club: Offer, sietske: Keeper, by: Actor
) -> None:
    del sietske
    same = Person("Sietske", email="Sietske@Example.nl")
    name_keeper(due_club, part="owner", who=same, on=TODAY, by=by, now=NOW)
    another(due_club.organisation, "Koor", by=by)
    assert ask_keepers(on=TODAY, by=by, now=NOW).mails == 1
    assert RequestedCheck.objects.count() == 2


def test_who_has_no_mail_or_is_not_known_is_rung(due_club: Offer, bram: Keeper, by: Actor) -> None:
    del bram
    orphan = another(due_club.organisation, "Koor", by=by)
    asked = ask_keepers(on=TODAY, by=by, now=NOW)
    assert (asked.mails, set(asked.to_ring)) == (0, {due_club, orphan})


def test_records_are_in_groups_by_organisation_and_the_newest_comes_first(
    due_club: Offer, sietske: Keeper, by: Actor
) -> None:
    newer = another(due_club.organisation, "Koor", by=by)
    Offer.objects.filter(pk=newer.pk).update(changed_at=NOW + timedelta(hours=1))
    ask_keepers(on=TODAY, by=by, now=NOW)
    (text,) = mails()
    assert text.index("Piano voor Buren") < text.index("Koor") < text.index("Pianoclub")
    assert sietske.name not in text


def test_a_long_list_is_cut_in_the_mail_and_whole_on_the_page(
    foundation: Organisation, sietske: Keeper, by: Actor
) -> None:
    offers = [another(foundation, f"Club {number}", by=by) for number in range(32)]
    request = ask_by_mail(Contact(sietske, None), offers=[*offers, *offers], by=by, now=NOW)
    (text,) = mails()
    assert text.count("- Club") == 30
    assert "nog 2" in text
    assert request.items.count() == 32


def test_after_ten_days_without_an_answer_there_is_one_reminder(
    due_club: Offer, sietske: Keeper, by: Actor
) -> None:
    del due_club, sietske
    ask_keepers(on=TODAY, by=by, now=NOW)
    assert remind_keepers(by=by, now=LATER - timedelta(seconds=1)) == 0
    assert remind_keepers(by=by, now=LATER) == 1
    assert remind_keepers(by=by, now=LATER) == 0
    first, second = mails()
    assert link_in(first) != link_in(second)
    assert "Pianoclub" in second


def test_who_answered_gets_no_reminder(due_club: Offer, sietske: Keeper, by: Actor) -> None:
    del due_club, sietske
    ask_keepers(on=TODAY, by=by, now=NOW)
    request = CheckRequest.objects.get()
    RequestedCheck.objects.update(answer="same", answered_at=NOW)
    assert remind_keepers(by=by, now=LATER) == 0
    remind_keeper(request, by=by, now=LATER)
    assert len(mails()) == 1


def test_asking_takes_the_same_queries_for_one_and_for_three_records(
    due_club: Offer, sietske: Keeper, by: Actor
) -> None:
    del sietske

    def queries() -> int:
        CheckRequest.objects.all().delete()
        with CaptureQueriesContext(connection) as counted:
            ask_keepers(on=TODAY, by=by, now=NOW)
            remind_keepers(by=by, now=LATER)
        return len(counted)

    one = queries()
    for name in ("B", "C"):
        another(due_club.organisation, name, by=by)
    assert queries() == one


def test_both_mails_can_be_read_in_two_languages(
    due_club: Offer, sietske: Keeper, by: Actor
) -> None:
    request = ask_by_mail(Contact(sietske, None), offers=[due_club], by=by, now=NOW)
    mail_about(request, "freshness_reminder", offers=[due_club], by=by, now=NOW)
    for mail in Mail.objects.all():
        assert "Pianoclub" in rendered(mail)["html"]
        mail.language = "en"
        assert "still true" in rendered(mail)["subject"]


@pytest.mark.usefixtures("piano_club", "sietske")
def test_the_night_loads_the_rhythms_and_asks() -> None:
    ask_what_is_due()
    assert CheckRhythm.objects.count() == 7
    assert len(mails()) == 1


def test_the_database_refuses_a_question_to_nobody(db: None) -> None:
    del db
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckRequest.objects.create(asked_at=NOW)


def test_the_database_refuses_an_answer_without_a_moment(
    due_club: Offer, sietske: Keeper, by: Actor
) -> None:
    ask_by_mail(Contact(sietske, None), offers=[due_club], by=by, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        RequestedCheck.objects.update(answer="same")
    with pytest.raises(IntegrityError), transaction.atomic():
        RequestedCheck.objects.update(answer="perhaps", answered_at=NOW)
