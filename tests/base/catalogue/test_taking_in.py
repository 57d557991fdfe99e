"""A batch is taken in whole, once, and known again the next time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from omzien.base.catalogue.actions.parties import (
    change_location,
    known_locations,
    new_organisation,
    place_of,
    plain_fields_of,
    store_locations,
    store_organisations,
)
from omzien.base.catalogue.actions.taking_in import (
    Found,
    area_numbers,
    create_offers,
    fields_of,
    known_offers,
    new_offer,
    parts_of,
    store_links,
    take_in,
    update_offer,
)
from omzien.base.catalogue.actions.terms import change_term, end_term, load_terms
from omzien.base.catalogue.importers.rows import (
    Batch,
    LocationRow,
    OfferRow,
    OrganisationRow,
    SkippedRow,
)
from omzien.base.catalogue.models import Location, Meeting, Offer, Taxonomy, Term
from omzien.base.catalogue.queries.terms import term_numbers, terms_of
from omzien.base.history.queries import revisions_of
from omzien.base.network.actions import change_organisation
from omzien.base.network.models import Organisation
from tests.base.catalogue.conftest import NOW, TUESDAYS

if TYPE_CHECKING:
    from omzien.base.journal.models import Actor

pytestmark = pytest.mark.django_db
KEY = UUID("4d7a2c3e-0000-4000-8000-000000000001")
WALK = OfferRow(
    name="Wandelen om de plas",
    organisation="Wandelclub",
    summary="Een uur lopen.",
    key=KEY,
    location="De Plas",
    terms=(("theme", "bewegen"), ("interest", "wandelen")),
    languages=("nl",),
    schedule=(TUESDAYS,),
)
BATCH = Batch(
    kind="spreadsheet",
    organisations=(OrganisationRow("Wandelclub", sector="sport"),),
    locations=(LocationRow("De Plas", x=92_000.0, y=452_000.0),),
    offers=(WALK,),
    skipped=(SkippedRow("row 3", "No name."),),
)


@pytest.fixture(autouse=True)
def words(by: Actor) -> None:
    load_terms(by=by, now=NOW)


def taken(batch: Batch, by: Actor, *, dry_run: bool = False) -> tuple[int, int, int]:
    outcome = take_in(batch, by=by, now=NOW, dry_run=dry_run)
    return outcome.created, outcome.changed, outcome.unchanged


def test_a_batch_brings_organisations_locations_offers_words_and_meetings(by: Actor) -> None:
    assert taken(BATCH, by) == (1, 0, 0)
    offer = Offer.objects.get()
    assert (offer.organisation.name, str(offer.location), offer.key) == (
        "Wandelclub",
        "De Plas",
        KEY,
    )
    assert {term.slug for term in offer.terms.all()} == {"bewegen", "wandelen"}
    assert Meeting.objects.count() == 9


def test_a_second_time_nothing_changes(by: Actor) -> None:
    taken(BATCH, by)
    assert taken(BATCH, by) == (0, 0, 1)
    assert (Organisation.objects.count(), Location.objects.count()) == (1, 1)
    assert not revisions_of(Offer.objects.get()).exists()


def test_what_changed_is_changed_and_kept_in_history(by: Actor) -> None:
    taken(BATCH, by)
    other = replace(WALK, summary="Anderhalf uur lopen.", terms=(("theme", "bewegen"),))
    assert taken(replace(BATCH, offers=(other,)), by) == (0, 1, 0)
    assert revisions_of(Offer.objects.get()).count() == 1
    assert taken(replace(BATCH, offers=(replace(other, schedule=()),)), by) == (0, 1, 0)
    assert not Meeting.objects.exists()


def test_a_record_of_another_system_is_known_by_its_number_there(by: Actor) -> None:
    row = replace(WALK, key=None, source_id="A-7")
    batch = replace(BATCH, source_name="Zoetermeerwijzer", offers=(row,))
    assert taken(batch, by) == (1, 0, 0)
    assert taken(batch, by) == (0, 0, 1)
    assert set(known_offers(batch)) == {"A-7"}


def test_a_record_that_got_another_key_is_still_known_by_its_number(by: Actor) -> None:
    row = replace(WALK, source_id="A-7")
    batch = replace(BATCH, source_name="Wegwijzer", offers=(row,))
    take_in(batch, by=by, now=NOW)
    renamed = replace(row, key=uuid4(), name="Rond de plas")
    assert take_in(replace(batch, offers=(renamed,)), by=by, now=NOW).changed == 1
    assert Offer.objects.get().name == "Rond de plas"


def test_trying_changes_nothing_but_says_what_it_would(by: Actor) -> None:
    assert taken(BATCH, by, dry_run=True) == (1, 0, 0)
    assert not Offer.objects.exists()
    assert take_in(BATCH, by=by, now=NOW).skipped == BATCH.skipped


def test_nothing_is_half_written(by: Actor) -> None:
    broken = replace(WALK, key=None, kind="party")
    with pytest.raises(Exception, match="offer_kind_is_known"):
        take_in(replace(BATCH, offers=(WALK, broken)), by=by, now=NOW)


def test_two_locations_of_one_name_are_told_apart_by_their_address() -> None:
    rows = [
        LocationRow("Buurthuis", street="A 1", ref="a"),
        LocationRow("Buurthuis", street="B 2", ref="b"),
    ]
    found = store_locations(rows, invented=False, now=NOW)
    assert found["a"] != found["b"]
    assert store_locations(rows, invented=False, now=NOW) == found
    assert place_of(rows[0]) == ("buurthuis", "A 1", "", "")
    assert "ref" not in plain_fields_of(rows[0])


def test_an_organisation_is_known_by_its_name_without_accents_or_capitals() -> None:
    first = store_organisations([OrganisationRow("Café Zon")], invented=False, now=NOW)
    again = store_organisations([OrganisationRow("CAFE ZON")], invented=False, now=NOW)
    assert first["Café Zon"] == again["CAFE ZON"]
    assert new_organisation(OrganisationRow("?"), invented=True, now=NOW).slug.startswith("organ")


def test_what_has_a_key_is_known_again_under_another_name(by: Actor) -> None:
    batch = replace(
        BATCH,
        organisations=(replace(BATCH.organisations[0], key=KEY),),
        locations=(replace(BATCH.locations[0], key=KEY),),
    )
    taken(batch, by)
    change_organisation(Organisation.objects.get(), name="Loopclub", by=by, now=NOW)
    change_location(Location.objects.get(), name="Het Meer", by=by, now=NOW)
    assert taken(batch, by) == (0, 0, 1)
    assert (Organisation.objects.get().name, Location.objects.get().name) == (
        "Loopclub",
        "Het Meer",
    )
    assert KEY in known_locations(batch.locations)


def test_two_towns_may_have_a_house_of_one_name_at_one_street() -> None:
    rows = [LocationRow("Huis", street="A 1", town=town, ref=town) for town in ("X", "Y")]
    found = store_locations(rows, invented=False, now=NOW)
    assert found["X"] != found["Y"]


def test_a_large_batch_is_taken_in_parts() -> None:
    rows = tuple(replace(WALK, key=None, source_id=str(number)) for number in range(4_001))
    parts = parts_of(replace(BATCH, offers=rows))
    assert [len(part.offers) for part in parts] == [2_000, 2_000, 1]


def test_a_change_of_a_location_is_kept(by: Actor) -> None:
    taken(BATCH, by)
    changed = change_location(Location.objects.get(), step_free=False, by=by, now=NOW)
    assert revisions_of(changed)[0].after == {"step_free": False}


def test_words_an_editor_changed_are_not_overwritten(by: Actor) -> None:
    theme = Term.objects.get(taxonomy="theme", slug="bewegen")
    change_term(theme, name="Samen in beweging", by=by, now=NOW)
    assert load_terms(by=by, now=NOW) == 0
    assert terms_of(Taxonomy.THEME)[0].name == "Samen in beweging"
    end_term(theme, on=NOW.date(), by=by, now=NOW)
    assert "bewegen" not in terms_of(Taxonomy.THEME).values_list("slug", flat=True)


def test_layers_and_elements_are_for_professionals_with_their_source() -> None:
    layers = list(terms_of(Taxonomy.LAYER))
    assert [term.to_be_checked for term in layers] == [True, True, True, True, False, False]
    assert all(term.source and not term.public for term in layers)
    assert all(term.public for term in terms_of(Taxonomy.THEME))


def test_the_parts_of_a_batch_can_be_stored_apart(by: Actor) -> None:
    taken(replace(BATCH, offers=()), by)
    found = Found(
        organisations={"Wandelclub": Organisation.objects.get()},
        locations={},
        terms=term_numbers(),
        areas=area_numbers([WALK]),
    )
    assert create_offers([WALK], BATCH, found, invented=True, now=NOW) == 1
    offer = Offer.objects.get()
    assert (offer.invented, offer.location) == (True, None)
    assert update_offer(offer, replace(WALK, location=""), found, by=by, now=NOW) is False
    assert new_offer(WALK, BATCH, found, invented=False, now=NOW).languages == ["nl"]
    assert fields_of(WALK)["name"] == WALK.name
    offer.terms.clear()
    store_links([(offer, WALK)], found)
    assert offer.terms.count() == 2


def test_what_did_not_change_asks_the_same_number_of_queries_for_one_and_for_three(
    by: Actor,
) -> None:
    def queries(batch: Batch) -> int:
        taken(batch, by)
        with CaptureQueriesContext(connection) as counted:
            assert taken(batch, by) == (0, 0, len(batch.offers))
        return len(counted)

    three = [replace(WALK, key=uuid4(), name=f"Lopen {number}") for number in range(3)]
    assert queries(BATCH) == queries(replace(BATCH, offers=tuple(three)))
