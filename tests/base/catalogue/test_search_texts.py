"""The search text of an offer follows everything that stands in it, whoever changes it."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest

from omzien.base.catalogue.actions.offers import (
    assure_offer,
    change_offer,
    end_offer,
    pause_offer,
    publish_offer,
    restore_offer,
)
from omzien.base.catalogue.actions.parties import change_location
from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.actions.taking_in import take_in
from omzien.base.catalogue.actions.terms import change_term, load_terms
from omzien.base.catalogue.importers.rows import (
    Batch,
    ChangeRow,
    LineRow,
    OfferRow,
    OrganisationRow,
)
from omzien.base.catalogue.models import Offer, OfferText, Term
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS
from omzien.base.history.queries import revisions_of
from omzien.base.network.actions import change_organisation, end_organisation
from omzien.base.places.models import Area, AreaKind
from tests.base.catalogue.conftest import NOW, TUESDAYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from omzien.base.catalogue.models import Location
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation


def says(word: str) -> bool:
    """Say whether the one text there is holds a word."""
    return OfferText.objects.extra(where=["words @@ %s::tsquery"], params=[f"'{word}'"]).exists()


def marks() -> set[str]:
    return set(OfferText.objects.get().marks)


def terms(*slugs: str) -> list[int]:
    return list(Term.objects.filter(slug__in=slugs).values_list("pk", flat=True))


def test_only_what_is_visible_has_a_text(piano_club: Offer, by: Actor) -> None:
    assert says("pianoclub")
    pause_offer(piano_club, alert="Even dicht.", by=by, now=NOW)
    assert not OfferText.objects.exists()
    publish_offer(piano_club, by=by, now=NOW)
    assert says("pianoclub")
    end_offer(piano_club, by=by, now=NOW)
    assert not OfferText.objects.exists()


def test_what_an_organisation_that_stopped_offers_has_none(piano_club: Offer, by: Actor) -> None:
    end_organisation(piano_club.organisation, on=NOW.date(), by=by, now=NOW)
    assert not OfferText.objects.exists()


def change_name(offer: Offer, by: Actor) -> None:
    change_offer(offer, name="Vleugelmiddag", by=by, now=NOW)


def put_back(offer: Offer, by: Actor) -> None:
    change_offer(offer, description="Met een vleugelmiddag.", by=by, now=NOW)
    change_offer(offer, description="", by=by, now=NOW)
    restore_offer(offer, revision=revisions_of(offer)[0], by=by, now=NOW)


def change_whose(offer: Offer, by: Actor) -> None:
    change_organisation(offer.organisation, name="Vleugelmiddag", by=by, now=NOW)


def change_where(offer: Offer, by: Actor) -> None:
    assert offer.location is not None
    change_location(offer.location, name="Zaal Vleugelmiddag", by=by, now=NOW)


def change_a_word(offer: Offer, by: Actor) -> None:
    change_offer(offer, links={"terms": terms("muziek")}, by=by, now=NOW)
    change_term(Term.objects.get(slug="muziek"), name="vleugelmiddag", by=by, now=NOW)


def change_the_neighbourhood(offer: Offer, by: Actor) -> None:
    area = Area.objects.create(
        code="BU06370100", division_year=2024, kind=AreaKind.NEIGHBOURHOOD, name="A"
    )
    assert offer.location is not None
    change_location(offer.location, area=area, by=by, now=NOW)
    Area.objects.filter(pk=area.pk).update(name="Vleugelmiddag")


@pytest.mark.parametrize(
    "change",
    [
        change_name,
        put_back,
        change_whose,
        change_where,
        change_a_word,
        change_the_neighbourhood,
    ],
)
def test_a_text_follows_every_change(
    piano_club: Offer, by: Actor, change: Callable[[Offer, Actor], None]
) -> None:
    load_terms(by=by, now=NOW)
    assert not says("vleugelmiddag")
    change(piano_club, by)
    assert says("vleugelmiddag")


def test_an_import_writes_texts_as_well(by: Actor) -> None:
    row = OfferRow("Wandelen", "Wandelclub", "Een uur lopen.", schedule=(TUESDAYS,))
    organisations = (OrganisationRow("Wandelclub", sector="sport"),)
    take_in(Batch("x", organisations=organisations, offers=(row,)), by=by, now=NOW)
    assert says("wandelclub")
    assert "day:tue-morning" in marks()


def test_marks_say_what_it_is(piano_club: Offer, by: Actor) -> None:
    change_offer(
        piano_club,
        price_cents=0,
        languages=["tr"],
        open_to="women",
        transport_offered=True,
        first_time_together=True,
        at_home=True,
        by_phone=True,
        by=by,
        now=NOW,
    )
    assert marks() >= {
        *("kind:activity", "open:women", "language:tr", "free", "fetched", "together"),
        *("at-home", "by-phone", "step-free", "everywhere"),
        f"organisation:{piano_club.organisation.slug}",
    }


@pytest.mark.parametrize(
    ("line", "days"),
    [
        (TUESDAYS, {"day:tue", "day:tue-morning", "half:morning"}),
        # The first day is a Tuesday.
        (
            LineRow(date(2026, 9, 1), time(14), 60),
            {"day:tue", "day:tue-afternoon", "half:afternoon"},
        ),
        (
            LineRow(date(2026, 9, 3), time(17), 60, frequency="once"),
            {"day:thu", "day:thu-evening", "half:evening"},
        ),
        (LineRow(date(2026, 9, 1), time(9), 60, frequency="monthly", month_days=(15,)), set()),
    ],
)
def test_marks_say_the_days(piano_club: Offer, by: Actor, line: LineRow, days: set[str]) -> None:
    set_schedule(piano_club, lines=[line], by=by, now=NOW)
    assert {mark for mark in marks() if mark.startswith(("day:", "half:"))} == days


def test_every_day_is_all_days(piano_club: Offer, by: Actor) -> None:
    daily = LineRow(date(2026, 9, 1), time(9), 60, frequency="daily")
    set_schedule(piano_club, lines=[daily], by=by, now=NOW)
    assert len([mark for mark in marks() if mark.endswith("-morning")]) == 7


@pytest.mark.parametrize(
    ("lines", "changes", "last"),
    [
        ([TUESDAYS], [], None),
        ([], [], None),
        ([LineRow(date(2026, 9, 1), time(9), 60, until=date(2026, 12, 1))], [], (2026, 12, 1)),
        ([LineRow(date(2026, 12, 9), time(9), 60, frequency="once")], [], (2026, 12, 9)),
        (
            [LineRow(date(2026, 12, 9), time(9), 60, frequency="once")],
            [ChangeRow(new_day=date(2027, 1, 5), new_starts_at=time(9), new_minutes=60)],
            (2027, 1, 5),
        ),
        (
            [LineRow(date(2026, 12, 9), time(9), 60, frequency="once"), TUESDAYS],
            [],
            None,
        ),
    ],
)
def test_the_last_day_is_known_where_there_is_one(
    piano_club: Offer,
    by: Actor,
    lines: list[LineRow],
    changes: list[ChangeRow],
    last: tuple[int, int, int] | None,
) -> None:
    set_schedule(piano_club, lines=lines, changes=changes, by=by, now=NOW)
    assert OfferText.objects.get().last_day == (date(*last) if last else None)


def test_when_to_check_again_is_known(piano_club: Offer, by: Actor) -> None:
    assure_offer(piano_club, on=NOW.date(), check_by=date(2027, 5, 1), by=by, now=NOW)
    assert OfferText.objects.get().check_by == date(2027, 5, 1)


def test_words_for_professionals_stand_in_no_text(piano_club: Offer, by: Actor) -> None:
    load_terms(by=by, now=NOW)
    hidden = Term.objects.filter(taxonomy__in=FOR_PROFESSIONALS)
    before = OfferText.objects.values_list("words", "marks").get()
    change_offer(piano_club, links={"terms": [term.pk for term in hidden]}, by=by, now=NOW)
    assert OfferText.objects.values_list("words", "marks").get() == before


def test_what_is_for_some_neighbourhoods_only_says_which(
    piano_club: Offer, by: Actor, centre: Location
) -> None:
    town, district, part = (
        Area.objects.create(code=code, division_year=2024, kind=kind, name=code)
        for code, kind in (
            ("GM0637", AreaKind.MUNICIPALITY),
            ("WK063701", AreaKind.DISTRICT),
            ("BU06370100", AreaKind.NEIGHBOURHOOD),
        )
    )
    Area.objects.filter(pk=part.pk).update(parent=district)
    Area.objects.filter(pk=district.pk).update(parent=town)
    change_location(centre, area=part, by=by, now=NOW)
    change_offer(piano_club, links={"areas": [part.pk]}, by=by, now=NOW)
    assert marks() >= {
        *("area:BU06370100", "area:WK063701", "area:GM0637", "only:BU06370100"),
    }
    assert "everywhere" not in marks()


def test_an_offer_that_is_deleted_takes_its_text_along(
    piano_club: Offer, foundation: Organisation, by: Actor
) -> None:
    del foundation
    load_terms(by=by, now=NOW)
    change_offer(piano_club, links={"terms": terms("muziek")}, by=by, now=NOW)
    piano_club.delete()
    assert not OfferText.objects.exists()
