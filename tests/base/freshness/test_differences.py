"""What changed, in plain words; words for professionals stay with professionals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from omzien.base.catalogue.actions.offers import change_offer
from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.catalogue.importers.rows import ChangeRow
from omzien.base.catalogue.models import ClosedCalendar, Term
from omzien.base.freshness.actions.changing import propose_changes
from omzien.base.freshness.queries.changes import Changes
from omzien.base.freshness.queries.differences import (
    history_of,
    plain_words,
    proposed,
    role_words,
)
from omzien.base.journal.models import Actor
from omzien.base.places.models import Area, AreaKind
from tests.base.freshness.conftest import NOW, TODAY, TUESDAYS, another, fresh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omzien.base.catalogue.models import Location, Offer

TEN = "10.00 tot 12.00 uur"


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def said(offer: Offer) -> list[tuple[str, str, str]]:
    """Return the newest change in words."""
    return [(one.label, one.before, one.after) for one in history_of(offer)[0].fields]


def test_a_change_reads_as_a_person_says_it(
    piano_club: Offer, centre: Location, by: Actor
) -> None:
    change_offer(
        piano_club,
        price_cents=0,
        location=None,
        booking="ask",
        transport_offered=True,
        languages=["nl", "xx"],
        for_whom="Iedereen",
        by=by,
        now=NOW,
    )
    assert sorted(said(piano_club)) == [
        ("Aanmelden", "kom gewoon", "eerst bellen of mailen"),
        ("Je kunt worden opgehaald", "nee", "ja"),
        ("Locatie", centre.name, "–"),
        ("Prijs per keer", "€ 2,50", "gratis"),
        ("Talen", "–", "Nederlands en xx"),
        ("Voor wie", "–", "Iedereen"),
    ]


def test_a_schedule_reads_as_a_person_says_it(piano_club: Offer, by: Actor) -> None:
    change = ChangeRow(day=TODAY)
    fridays = replace(TUESDAYS, weekdays=(4,))
    set_schedule(piano_club, lines=[fridays], changes=[change], by=by, now=NOW)
    assert said(piano_club) == [
        ("Wanneer", f"elke dinsdag, {TEN}", f"elke vrijdag, {TEN}"),
        ("Een keer anders", "–", "niet op dinsdag 3 november 2026"),
    ]


def test_words_for_professionals_are_not_in_a_history(piano_club: Offer, by: Actor) -> None:
    load_terms(by=by, now=NOW)
    layer = Term.objects.filter(taxonomy="layer")[0]
    music = Term.objects.get(taxonomy="interest", slug="muziek")
    change_offer(piano_club, links={"terms": [layer.pk, music.pk]}, by=by, now=NOW)
    ((_label, before, after),) = said(piano_club)
    assert (before, after) == ("–", music.name)
    change_offer(piano_club, links={"terms": [music.pk]}, by=by, now=NOW)
    assert said(piano_club) == []


def test_neighbourhoods_are_named(piano_club: Offer, by: Actor) -> None:
    dorp = Area.objects.create(
        code="BU06370001",
        division_year=2024,
        kind=AreaKind.NEIGHBOURHOOD,
        name="Dorp",
        folded_name="dorp",
    )
    change_offer(piano_club, links={"areas": [dorp.pk]}, by=by, now=NOW)
    assert said(piano_club)[0][2] == "Dorp"


def test_who_changed_it_is_a_role_and_never_a_name(piano_club: Offer) -> None:
    change_offer(piano_club, name="X", by=Actor.system("import"), now=NOW)
    assert history_of(piano_club)[0].by == "het systeem"
    assert role_words("keeper") == "een eigenaar, via de mail"


def test_a_proposal_is_told_beside_what_stands_there_now(piano_club: Offer, by: Actor) -> None:
    ClosedCalendar.objects.create(slug="kerst", name="Kerst", source="test")
    wanted = Changes(
        {"name": "Pianomiddag", "price_cents": None},
        {"step_free": None, "directions": "Bel aan."},
        ((replace(TUESDAYS, until=date(2026, 12, 1)),), ()),
        ("kerst",),
    )
    proposal = propose_changes(fresh(piano_club), wanted, by=by, now=NOW)
    assert {one.label: (one.before, one.after) for one in proposed(proposal)} == {
        "Naam": ("Pianoclub", "Pianomiddag"),
        "Prijs per keer": ("€ 2,50", "–"),
        "Wanneer": (
            f"elke dinsdag, {TEN}",
            f"elke dinsdag, {TEN}, tot en met 1 december 2026",
        ),
        "Gesloten op de dagen van": ("–", "Kerst"),
        "Zonder drempels of trap": ("ja", "–"),
        "Hoe je er komt": ("–", "Bel aan."),
    }


def test_a_move_to_another_location_is_told_by_name(
    piano_club: Offer, centre: Location, by: Actor
) -> None:
    other = another(piano_club.organisation, "Koor", by=by)
    proposal = propose_changes(other, Changes({"location": centre.pk}), by=by, now=NOW)
    assert [(one.before, one.after) for one in proposed(proposal)] == [("–", centre.name)]


def test_plain_values_have_words() -> None:
    values: list[object] = [None, "", [], True, False, 3]
    assert [plain_words(value) for value in values] == ["–", "–", "–", "ja", "nee", "3"]
