"""How complete an offer is told, and what is missing in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from omzien.base.catalogue.actions.offers import add_offer, change_offer
from omzien.base.catalogue.actions.parties import change_location
from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.catalogue.models import Offer, Term
from omzien.base.catalogue.queries.completeness import completeness, with_all_that_counts
from omzien.base.network.actions import change_organisation
from tests.base.catalogue.conftest import NOW, TUESDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omzien.base.catalogue.models import Location
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def told(offer: Offer) -> tuple[int, tuple[str, ...]]:
    found = completeness(with_all_that_counts(Offer.objects.all()).get(pk=offer.pk))
    return found.score, found.missing


def test_the_piano_club_misses_what_nobody_filled_in(piano_club: Offer) -> None:
    # Sentence 15, price 10, when 15, where 15, steps 5, of 103 in all.
    assert told(piano_club) == (
        58,
        (
            "een paar zinnen over wat er gebeurt en wie je ontmoet",
            "een telefoonnummer",
            "voor wie het is",
            "een thema of interesse waarmee mensen het vinden",
            "hoe je er komt",
            "een mailadres of website",
            "welke talen er gesproken worden",
        ),
    )


def test_an_offer_of_which_all_is_told_has_a_hundred(
    piano_club: Offer, centre: Location, by: Actor
) -> None:
    load_terms(by=by, now=NOW)
    change_offer(
        piano_club,
        description="Wij spelen samen. " * 6,
        for_whom="Iedereen",
        languages=["nl"],
        booking="ask",
        booking_note="Bel Sietske.",
        links={"terms": [Term.objects.get(taxonomy="interest", slug="muziek").pk]},
        by=by,
        now=NOW,
    )
    change_location(centre, directions="Bus 4, halte Vlieger.", by=by, now=NOW)
    change_organisation(
        piano_club.organisation, phone="079 000 00 00", email="a@example.nl", by=by, now=NOW
    )
    assert told(piano_club) == (100, ())


def test_words_for_professionals_help_nobody_to_find_it(piano_club: Offer, by: Actor) -> None:
    load_terms(by=by, now=NOW)
    layer = Term.objects.filter(taxonomy="layer")[0]
    change_offer(piano_club, links={"terms": [layer.pk]}, by=by, now=NOW)
    assert "een thema of interesse waarmee mensen het vinden" in told(piano_club)[1]


def test_what_does_not_apply_counts_for_nothing(foundation: Organisation, by: Actor) -> None:
    line = add_offer(
        foundation,
        name="Luisterlijn",
        summary="Bel.",
        kind="help-line",
        by_phone=True,
        by=by,
        now=NOW,
    )
    missing = told(line)[1]
    assert "op welke dagen en hoe laat" not in missing
    assert "waar het is" not in missing
    assert "hoe je er komt" not in missing


def test_an_activity_without_times_or_a_place_misses_those_first(
    foundation: Organisation, by: Actor
) -> None:
    bare = add_offer(
        foundation, name="Koor", summary=" ", kind="activity", booking="ask", by=by, now=NOW
    )
    score, missing = told(bare)
    assert score == 0
    assert missing[:3] == (
        "één zin die zegt wat je er doet",
        "op welke dagen en hoe laat",
        "waar het is",
    )
    assert "hoe je je aanmeldt" in missing


def test_many_are_scored_in_as_many_queries_as_one(piano_club: Offer, by: Actor) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            for offer in with_all_that_counts(Offer.objects.all()):
                completeness(offer)
        return len(counted)

    one = queries()
    for name in ("B", "C"):
        offer = add_offer(
            piano_club.organisation, name=name, summary="x", kind="course", by=by, now=NOW
        )
        set_schedule(offer, lines=[TUESDAYS], by=by, now=NOW)
    assert queries() == one
