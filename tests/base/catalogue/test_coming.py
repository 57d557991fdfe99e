"""What takes place first: by area, word, organisation and location, and what is alike."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from omzien.base.catalogue.actions.offers import (
    add_offer,
    assure_offer,
    change_offer,
    end_offer,
    pause_offer,
    publish_offer,
)
from omzien.base.catalogue.actions.parties import add_location, change_location
from omzien.base.catalogue.actions.schedules import close_days, set_schedule
from omzien.base.catalogue.actions.terms import change_term, load_terms
from omzien.base.catalogue.importers.rows import LineRow
from omzien.base.catalogue.models import Location, Offer, Room, Term
from omzien.base.catalogue.queries.coming import (
    by_next_meeting,
    coming_in,
    coming_in_town,
    offers_at,
    offers_of,
    offers_with,
    similar_offers,
    soonest,
    spread,
)
from omzien.base.catalogue.queries.locations import location_by_key, rooms_at, rooms_of
from omzien.base.catalogue.queries.offers import catalogue_version, shown_by_slug, visible_offers
from omzien.base.network.actions import add_organisation, change_organisation, end_organisation
from omzien.base.places.models import Area, AreaKind
from tests.base.catalogue.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation

MONDAY = date(2026, 11, 2)
TODAY = NOW.date()


@pytest.fixture
def meerzicht(db: None) -> Area:
    del db
    town, district, part = (
        Area.objects.create(
            code=code, division_year=2024, kind=kind, name=code, folded_name=code.lower()
        )
        for code, kind in (
            ("GM0637", AreaKind.MUNICIPALITY),
            ("WK063701", AreaKind.DISTRICT),
            ("BU06370100", AreaKind.NEIGHBOURHOOD),
        )
    )
    for inner, outer in ((district, town), (part, district)):
        inner.parent = outer
        inner.save(update_fields=["parent"])
    return part


def make(
    organisation: Organisation,
    name: str,
    by: Actor,
    *,
    weekday: int | None = None,
    **details: Any,  # noqa: ANN401 - fields of any type
) -> Offer:
    """Return a visible offer, that takes place on a weekday or has no schedule."""
    said: dict[str, Any] = {"name": name, "summary": "Fijn.", "kind": "activity"} | details
    offer = add_offer(organisation, by=by, now=NOW, **said)
    if weekday is not None:
        line = LineRow(MONDAY, time(14), 60, weekdays=(weekday,))
        set_schedule(offer, lines=[line], by=by, now=NOW)
    return publish_offer(offer, by=by, now=NOW)


def names(offers: list[Offer]) -> list[str]:
    return [offer.name for offer in offers]


def test_what_takes_place_first_comes_first_and_what_has_no_day_last(
    piano_club: Offer, by: Actor
) -> None:
    whose = piano_club.organisation
    make(whose, "Bel ons", by)
    make(whose, "Koor", by, weekday=2)
    found = list(by_next_meeting(visible_offers(), now=NOW))
    assert names(found) == ["Pianoclub", "Koor", "Bel ons"]
    assert [getattr(offer, "next_start", None) is None for offer in found] == [False, False, True]


def test_a_meeting_that_goes_on_now_still_counts(piano_club: Offer) -> None:
    # It is ten o'clock here, and the club began at ten.
    [found] = by_next_meeting(visible_offers(), now=NOW + timedelta(hours=1))
    assert found == piano_club
    assert getattr(found, "next_start", None) == NOW


def test_the_soonest_few_are_found_among_many_that_come_again_and_again(
    piano_club: Offer, by: Actor
) -> None:
    whose = piano_club.organisation
    for hour in (7, 8):
        daily = make(whose, f"Elke dag {hour}", by)
        line = LineRow(MONDAY, time(hour), 60, frequency="daily")
        set_schedule(daily, lines=[line], by=by, now=NOW)
    make(whose, "Bel ons", by)
    for how_many in (1, 2, 3, 6):
        everything = list(by_next_meeting(visible_offers(), now=NOW)[:how_many])
        assert soonest(visible_offers(), now=NOW, how_many=how_many) == everything


def test_an_area_has_what_takes_place_in_it_and_within_it(
    piano_club: Offer, centre: Location, meerzicht: Area, by: Actor
) -> None:
    change_location(centre, area=meerzicht, by=by, now=NOW)
    make(piano_club.organisation, "Elders", by, weekday=2)
    district = meerzicht.parent
    assert district is not None
    for area in (meerzicht, district, district.parent):
        assert area is not None
        assert names(coming_in([area.pk], now=NOW, how_many=6)) == ["Pianoclub"]
    assert coming_in([], now=NOW, how_many=6) == []


def test_an_area_shows_what_one_can_join_and_that_takes_place(
    piano_club: Offer, centre: Location, meerzicht: Area, by: Actor
) -> None:
    change_location(centre, area=meerzicht, by=by, now=NOW)
    whose = piano_club.organisation
    make(whose, "Zonder dag", by, location=centre)
    make(whose, "Loket", by, weekday=2, location=centre, kind="provision")
    assert names(coming_in([meerzicht.pk], now=NOW, how_many=6)) == ["Pianoclub"]
    pause_offer(piano_club, alert="Zomerstop", by=by, now=NOW)
    assert coming_in([meerzicht.pk], now=NOW, how_many=6) == []


def test_the_town_shows_this_week_and_nothing_of_who_stopped(piano_club: Offer, by: Actor) -> None:
    other = add_organisation("Koor", sector="culture", by=by, now=NOW)
    make(other, "Koor", by, weekday=2)
    make(other, "Loket", by, weekday=2, kind="provision")
    late = make(other, "Later", by)
    once = LineRow(TODAY + timedelta(days=9), time(14), 60, frequency="once")
    set_schedule(late, lines=[once], by=by, now=NOW)
    assert names(coming_in_town(now=NOW, how_many=6)) == ["Pianoclub", "Koor"]
    end_organisation(other, on=TODAY, by=by, now=NOW)
    assert names(coming_in_town(now=NOW, how_many=6)) == [piano_club.name]


def test_offers_are_spread_over_organisations_and_days_while_there_is_a_choice() -> None:
    tuesday, wednesday = TODAY, TODAY + timedelta(days=1)
    rows = [
        (tuesday, 1, 100),
        (tuesday, 2, 100),
        (tuesday, 3, 200),
        (tuesday, 4, 300),
        (wednesday, 1, 100),
        (wednesday, 5, 400),
    ]
    assert spread(rows, how_many=3) == [1, 3, 5]
    assert spread(rows, how_many=4) == [1, 3, 5, 4]
    assert spread(rows, how_many=9) == [1, 3, 5, 4, 2]
    assert spread([], how_many=3) == []


def test_offers_are_found_by_word_organisation_and_location(
    piano_club: Offer, centre: Location, by: Actor
) -> None:
    assert piano_club.location == centre
    load_terms(by=by, now=NOW)
    word = Term.objects.get(taxonomy="life-moment", slug="pas-verhuisd")
    other = add_organisation("Koor", sector="culture", by=by, now=NOW)
    make(other, "Koor", by, weekday=2, links={"terms": [word.pk]})
    assert names(offers_with(word, now=NOW, how_many=6)) == ["Koor"]
    assert names(offers_of(other.pk, now=NOW, how_many=6)) == ["Koor"]
    assert names(offers_at(centre.pk, now=NOW, how_many=6)) == ["Pianoclub"]
    assert offers_at(centre.pk, now=NOW, how_many=0) == []


def test_what_shares_most_words_is_most_alike_and_lies_near(
    piano_club: Offer, centre: Location, by: Actor
) -> None:
    load_terms(by=by, now=NOW)
    words = {term.slug: term.pk for term in Term.objects.all()}
    change_offer(
        piano_club,
        by=by,
        now=NOW,
        links={"terms": [words["muziek"], words["zingen"], words["ontmoeting"]]},
    )
    whose = piano_club.organisation
    far = add_location("Ver weg", x=centre.x, y=460_000.0, by=by, now=NOW)
    both = [words["muziek"], words["zingen"]]
    make(whose, "Koor", by, location=centre, links={"terms": both})
    make(whose, "Radio", by, location=centre, links={"terms": both[:1]})
    make(whose, "Elders", by, location=far, links={"terms": both})
    make(whose, "Voor kenners", by, location=centre, links={"terms": [words["ontmoeting"]]})
    assert names(similar_offers(piano_club, now=NOW, how_many=4)) == ["Koor", "Radio"]
    nowhere = change_offer(piano_club, location=None, by=by, now=NOW)
    assert "Elders" in names(similar_offers(nowhere, now=NOW, how_many=4))


def test_who_has_the_address_still_sees_what_paused_or_stopped_but_no_draft(
    piano_club: Offer, by: Actor
) -> None:
    draft = add_offer(
        piano_club.organisation, name="Nieuw", summary="S.", kind="event", by=by, now=NOW
    )
    assert shown_by_slug(draft.slug) is None
    end_offer(piano_club, by=by, now=NOW)
    assert shown_by_slug(piano_club.slug) == piano_club


def test_only_words_for_everybody_are_read_along(piano_club: Offer, by: Actor) -> None:
    load_terms(by=by, now=NOW)
    words = Term.objects.filter(slug__in=["muziek", "ontmoeting", "herkennen"])
    change_offer(piano_club, by=by, now=NOW, links={"terms": [word.pk for word in words]})
    found = shown_by_slug(piano_club.slug)
    assert [term.slug for term in getattr(found, "public_terms", [])] == ["muziek"]


def test_rooms_are_found_by_location_and_by_whose_it_is(
    foundation: Organisation, centre: Location, by: Actor
) -> None:
    change_location(centre, organisation=foundation, by=by, now=NOW)
    room = Room.objects.create(location=centre, name="Grote zaal")
    assert list(rooms_at(centre)) == list(rooms_of(foundation.pk)) == [room]
    assert location_by_key(centre.key) == centre
    change_location(centre, ended_on=TODAY, by=by, now=NOW)
    assert location_by_key(centre.key) is None
    assert list(rooms_of(foundation.pk)) == []


def test_the_version_changes_with_everything_that_is_shown(
    piano_club: Offer, centre: Location, foundation: Organisation, by: Actor
) -> None:
    load_terms(by=by, now=NOW)
    term = Term.objects.earliest("pk")
    moments = iter(NOW + timedelta(minutes=minute) for minute in range(1, 10))
    changes: list[Callable[[datetime], object]] = [
        lambda now: change_offer(piano_club, name="Anders", by=by, now=now),
        lambda now: assure_offer(piano_club, on=TODAY, check_by=TODAY, by=by, now=now),
        lambda now: change_organisation(foundation, phone="079", by=by, now=now),
        lambda now: change_location(centre, step_free=False, by=by, now=now),
        lambda now: change_term(term, name="Anders", by=by, now=now),
        lambda now: close_days(foundation, first=TODAY, last=TODAY, by=by, now=now),
    ]
    seen = [catalogue_version(today=TODAY)]
    for change in changes:
        change(next(moments))
        seen.append(catalogue_version(today=TODAY))
    assert len(set(seen)) == 1 + len(changes)
    assert catalogue_version(today=TODAY) == seen[-1]
    assert catalogue_version(today=TODAY + timedelta(days=1)) not in seen
