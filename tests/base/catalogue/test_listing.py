"""The list of everything there is, narrowed by what somebody wishes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from omzien.base.catalogue.actions.offers import (
    add_offer,
    assure_offer,
    change_offer,
    publish_offer,
)
from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.catalogue.importers.rows import LineRow
from omzien.base.catalogue.models import Term
from omzien.base.catalogue.queries.listing import (
    PER_PAGE,
    Wish,
    days_of,
    fitting,
    list_offers,
    without_one_wish,
)
from omzien.base.places.models import Area, AreaKind
from tests.base.catalogue.conftest import NOW, TUESDAYS

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Location, Offer
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation

# A Tuesday.
TODAY = NOW.date()


def names(wish: Wish) -> list[str]:
    return [offer.name for offer in list_offers(wish, now=NOW).offers]


@pytest.mark.parametrize(
    ("when", "today", "expected"),
    [
        ("today", date(2026, 11, 3), (date(2026, 11, 3), date(2026, 11, 3))),
        ("tomorrow", date(2026, 11, 3), (date(2026, 11, 4), date(2026, 11, 4))),
        ("weekend", date(2026, 11, 3), (date(2026, 11, 7), date(2026, 11, 8))),
        ("weekend", date(2026, 11, 8), (date(2026, 11, 8), date(2026, 11, 8))),
        ("week", date(2026, 11, 3), (date(2026, 11, 3), date(2026, 11, 9))),
        ("", date(2026, 11, 3), None),
    ],
)
def test_days_are_what_people_mean_by_them(
    when: str, today: date, expected: tuple[date, date] | None
) -> None:
    assert days_of(when, today=today) == expected


@pytest.fixture
def choir(foundation: Organisation, by: Actor) -> Offer:
    """Return a choir on Saturdays that is free of charge and fetches people."""
    offer = add_offer(
        foundation,
        name="Koor",
        summary="Zingen.",
        kind="activity",
        price_cents=0,
        transport_offered=True,
        by=by,
        now=NOW,
    )
    saturdays = LineRow(date(2026, 9, 5), TUESDAYS.starts_at, 60, weekdays=(5,))
    set_schedule(offer, lines=[saturdays], by=by, now=NOW)
    return publish_offer(offer, by=by, now=NOW)


@pytest.mark.usefixtures("piano_club", "choir")
@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(), ["Pianoclub", "Koor"]),
        (Wish(when="today"), ["Pianoclub"]),
        (Wish(when="weekend"), ["Koor"]),
        (Wish(when="tomorrow"), []),
        (Wish(free=True), ["Koor"]),
        (Wish(fetched=True), ["Koor"]),
        (Wish(step_free=True), ["Pianoclub"]),
        (Wish(together=True), []),
        (Wish(free=True, when="today"), []),
    ],
)
def test_every_wish_counts(wish: Wish, expected: list[str]) -> None:
    assert names(wish) == expected


def test_a_meeting_that_is_over_is_not_today(piano_club: Offer) -> None:
    assert fitting(Wish(when="today"), now=NOW).get() == piano_club
    assert not fitting(Wish(when="today"), now=NOW + timedelta(hours=4)).exists()


def test_a_word_for_professionals_finds_nothing_in_particular(
    piano_club: Offer, choir: Offer, by: Actor
) -> None:
    load_terms(by=by, now=NOW)
    words = {term.slug: term.pk for term in Term.objects.all()}
    change_offer(choir, links={"terms": [words["zingen"], words["beleving"]]}, by=by, now=NOW)
    assert names(Wish(words=(("interest", "zingen"),))) == ["Koor"]
    assert names(Wish(words=(("layer", "beleving"),))) == [piano_club.name, "Koor"]


def test_an_area_holds_what_lies_within_it(piano_club: Offer, centre: Location) -> None:
    kinds = ((AreaKind.DISTRICT, "WK063701"), (AreaKind.NEIGHBOURHOOD, "BU06370100"))
    district, part = (
        Area.objects.create(code=code, division_year=2024, kind=kind, name=code, folded_name=code)
        for kind, code in kinds
    )
    part.parent = district
    part.save(update_fields=["parent"])
    centre.area = part
    centre.save(update_fields=["area"])
    for code in (part.code, district.code):
        assert names(Wish(area_code=code)) == [piano_club.name]
    assert names(Wish(area_code="BU06370999")) == []


def test_a_stale_record_sinks(piano_club: Offer, choir: Offer, by: Actor) -> None:
    day = date(2026, 5, 1)
    assure_offer(piano_club, on=day, check_by=date(2026, 11, 1), by=by, now=NOW)
    assert names(Wish()) == [choir.name, piano_club.name]


def test_the_list_comes_in_pages(foundation: Organisation, by: Actor) -> None:
    for number in range(PER_PAGE + 1):
        offer = add_offer(
            foundation, name=f"Club {number}", summary="Fijn.", kind="course", by=by, now=NOW
        )
        publish_offer(offer, by=by, now=NOW)
    first, last = (list_offers(Wish(), now=NOW, page=page) for page in (0, 9))
    assert (len(first.offers), first.page, first.pages) == (PER_PAGE, 1, 2)
    assert (len(last.offers), last.page, last.total) == (1, 2, PER_PAGE + 1)


@pytest.mark.usefixtures("piano_club", "choir")
def test_where_nothing_fits_the_wish_that_costs_most_is_named() -> None:
    wish = Wish(when="today", free=True, together=True)
    assert without_one_wish(wish, now=NOW) == []
    assert without_one_wish(Wish(when="today", free=True), now=NOW) == [("when", 1), ("free", 1)]
