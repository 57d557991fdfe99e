"""Offers: added, changed, shown, stopped, and put back as they were."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from omzien.base.catalogue.actions.offers import (
    KeptElsewhere,
    NothingToShow,
    NotOfThisOffer,
    UnknownOfferField,
    add_offer,
    assure_offer,
    change_offer,
    end_offer,
    pause_offer,
    publish_offer,
    refuse_unknown_field,
    restore_offer,
    restore_schedule,
    set_links,
    slug_of,
    value_of_old,
)
from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.catalogue.models import Meeting, Offer, Status, Term
from omzien.base.catalogue.permissions import goes_live_at_once, may_change
from omzien.base.catalogue.queries.offers import (
    offer_by_key,
    offer_by_slug,
    visible_offers,
)
from omzien.base.catalogue.queries.schedules import rows_of
from omzien.base.history.queries import differences, revisions_of
from omzien.base.journal.models import Entry
from omzien.base.network.actions import change_organisation, end_organisation, name_delegate
from tests.base.catalogue.conftest import NOW, TUESDAYS

if TYPE_CHECKING:
    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Location
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation


def test_an_offer_is_seen_only_after_it_is_published(foundation: Organisation, by: Actor) -> None:
    offer = add_offer(foundation, name="Koor", summary="Zingen.", kind="activity", by=by, now=NOW)
    assert offer_by_slug(offer.slug) is None
    publish_offer(offer, by=by, now=NOW)
    assert offer_by_slug(offer.slug) == offer
    assert offer_by_key(offer.key) == offer


def test_an_offer_without_a_sentence_cannot_be_shown(foundation: Organisation, by: Actor) -> None:
    offer = add_offer(foundation, name="Koor", summary=" ", kind="activity", by=by, now=NOW)
    with pytest.raises(NothingToShow):
        publish_offer(offer, by=by, now=NOW)


def test_offers_of_an_organisation_that_stopped_are_not_shown(
    piano_club: Offer, by: Actor
) -> None:
    end_organisation(piano_club.organisation, on=NOW.date(), by=by, now=NOW)
    assert list(visible_offers()) == []


def test_a_change_is_kept_in_history_and_in_the_journal(piano_club: Offer, by: Actor) -> None:
    before = piano_club.slug
    changed = change_offer(piano_club, name="Pianomiddag", price_cents=0, by=by, now=NOW)
    revision = revisions_of(changed)[0]
    assert [(d.field, d.before, d.after) for d in differences(revision)] == [
        ("name", "Pianoclub", "Pianomiddag"),
        ("price_cents", 250, 0),
    ]
    assert changed.slug == before
    assert Entry.objects.filter(verb="catalogue.change_offer").count() == 2


def test_a_change_that_changes_nothing_leaves_no_trace(piano_club: Offer, by: Actor) -> None:
    before = revisions_of(piano_club).count()
    change_offer(piano_club, name=piano_club.name, by=by, now=NOW)
    assert revisions_of(piano_club).count() == before


def test_a_field_that_nobody_may_set_is_refused(piano_club: Offer, by: Actor) -> None:
    with pytest.raises(UnknownOfferField):
        change_offer(piano_club, slug="other", by=by, now=NOW)
    with pytest.raises(UnknownOfferField):
        refuse_unknown_field(["invented"])


def test_a_change_can_be_taken_back_with_its_location_and_words(
    piano_club: Offer, centre: Location, by: Actor
) -> None:
    load_terms(by=by, now=NOW)
    word = Term.objects.get(taxonomy="interest", slug="muziek")
    changed = change_offer(
        piano_club,
        name="X",
        location=None,
        languages=["nl", "tr"],
        links={"terms": [word.pk]},
        by=by,
        now=NOW,
    )
    assert list(changed.terms.all()) == [word]
    restored = restore_offer(changed, revision=revisions_of(changed)[0], by=by, now=NOW)
    assert (restored.name, restored.location, restored.languages) == ("Pianoclub", centre, [])
    assert not restored.terms.exists()
    assert value_of_old("location", centre.pk) == centre


def test_a_change_of_another_record_cannot_be_taken_back_here(
    piano_club: Offer, foundation: Organisation, by: Actor
) -> None:
    other = add_offer(foundation, name="B", summary="B", kind="course", by=by, now=NOW)
    change_offer(other, name="C", by=by, now=NOW)
    with pytest.raises(NotOfThisOffer):
        restore_offer(piano_club, revision=revisions_of(other)[0], by=by, now=NOW)


def test_a_schedule_can_be_taken_back(piano_club: Offer, by: Actor) -> None:
    set_schedule(piano_club, lines=[], by=by, now=NOW)
    assert not Meeting.objects.exists()
    restore_offer(piano_club, revision=revisions_of(piano_club)[0], by=by, now=NOW)
    assert rows_of(piano_club) == ((TUESDAYS,), ())
    assert Meeting.objects.count() == 9
    restore_schedule(piano_club, {"changes": [{"day": "2026-11-10"}]}, by=by, now=NOW)
    assert rows_of(piano_club)[1][0].day == date(2026, 11, 10)
    assert rows_of(piano_club)[0][0].starts_at == time(10)


def test_an_offer_that_is_paused_says_why_and_is_not_shown(piano_club: Offer, by: Actor) -> None:
    pause_offer(piano_club, alert="De piano wordt gestemd.", by=by, now=NOW)
    assert list(visible_offers()) == []
    assert Offer.objects.get().alert == "De piano wordt gestemd."


def test_an_offer_that_stopped_has_no_meetings_ahead(piano_club: Offer, by: Actor) -> None:
    assert Meeting.objects.exists()
    end_offer(piano_club, by=by, now=NOW)
    assert not Meeting.objects.exists()
    assert Offer.objects.get().status == Status.ENDED


def test_what_comes_from_elsewhere_is_changed_there(piano_club: Offer, by: Actor) -> None:
    Offer.objects.filter(pk=piano_club.pk).update(source_name="Zoetermeerwijzer", source_id="7")
    with pytest.raises(KeptElsewhere):
        change_offer(piano_club, name="X", by=by, now=NOW)
    assert change_offer(piano_club, name="X", from_its_source=True, by=by, now=NOW).name == "X"


def test_looking_at_an_offer_says_when_to_look_again(piano_club: Offer, by: Actor) -> None:
    assured = assure_offer(
        piano_club, on=date(2026, 11, 3), check_by=date(2027, 5, 3), by=by, now=NOW
    )
    assert (assured.assured_on, assured.check_by) == (date(2026, 11, 3), date(2027, 5, 3))


def test_the_address_of_an_offer_is_its_own() -> None:
    assert slug_of("Samen eten!", "0123456789") == "samen-eten-01234567"
    assert slug_of("?", "0123456789") == "aanbod-01234567"


def test_links_that_are_not_named_stay(piano_club: Offer, by: Actor) -> None:
    load_terms(by=by, now=NOW)
    number = Term.objects.values_list("pk", flat=True)[0]
    set_links(piano_club, {"terms": [number]})
    set_links(piano_club, {"areas": []})
    assert piano_club.terms.count() == 1


def test_a_delegate_or_an_editor_may_change_it_and_nobody_else(
    piano_club: Offer, mo: User, noor: User, els: User, by: Actor
) -> None:
    assert not may_change(piano_club, user=mo)
    name_delegate(piano_club.organisation, user=mo, by=by, now=NOW)
    assert [may_change(piano_club, user=user) for user in (mo, noor, els)] == [True, True, False]


def test_changes_go_live_at_once_where_the_organisation_may(
    piano_club: Offer, mo: User, noor: User, by: Actor
) -> None:
    assert not goes_live_at_once(piano_club, user=mo)
    assert goes_live_at_once(piano_club, user=noor)
    change_organisation(piano_club.organisation, changes_go_live=True, by=by, now=NOW)
    assert goes_live_at_once(Offer.objects.get(), user=mo)


@pytest.mark.parametrize(
    "nonsense",
    [
        {"kind": "party"},
        {"min_age": 80, "max_age": 20},
        {"capacity": 5, "capacity_left": 6},
        {"recognition": "well-founded"},
        {"check_by": date(2026, 1, 1)},
        {"source_id": "7"},
    ],
)
def test_the_database_refuses_what_cannot_be(
    piano_club: Offer, nonsense: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=piano_club.pk).update(**nonsense)
