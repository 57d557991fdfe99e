"""What goes out by HSDS comes back the same, as records and as tables."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from omzien.base.catalogue.actions.taking_in import take_in
from omzien.base.catalogue.models import Location, Offer
from omzien.base.exchange.actions.importing import import_batch
from omzien.base.exchange.importers.hsds.pages import page_of
from omzien.base.exchange.importers.hsds.records import identifiers_in, read_services
from omzien.base.exchange.importers.hsds.tabular import put_together, unpacked
from omzien.base.exchange.queries.hsds import lists
from omzien.base.exchange.queries.hsds.filters import Wish
from omzien.base.exchange.queries.hsds.tables import package_of
from omzien.base.network.models import Organisation
from tests.base.exchange.strategies import towns
from tests.base.exchange.town import BATCH, BY, NOW, fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from omzien.base.catalogue.importers.rows import Batch, LocationRow, OfferRow

pytestmark = pytest.mark.django_db
CHANCE = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
Records = list[dict[str, Any]]


@pytest.fixture
def areas(db: None) -> None:
    """Make the areas and words of the town, without its offers."""
    del db
    fill(replace(BATCH, organisations=(), locations=(), offers=()))


def exported() -> Records:
    numbers = lists.offers_for(Wish()).values_list("pk", flat=True)
    return list(lists.whole_services(list(numbers)))


def as_json(records: Records) -> Records:
    return page_of(json.dumps({"contents": records}).encode()).records


def as_tables(records: Records) -> Records:
    return put_together(unpacked(package_of(records)))


WAYS = pytest.mark.parametrize("way", [as_json, as_tables])


def plain(row: OfferRow) -> OfferRow:
    """Return a row in which the order of words and areas has no meaning."""
    return replace(row, terms=tuple(sorted(row.terms)), area_codes=tuple(sorted(row.area_codes)))


def placed(row: LocationRow) -> LocationRow:
    """Return a row whose position is known to the centimetre."""
    x, y = (round(value, 2) if value is not None else None for value in (row.x, row.y))
    return replace(row, x=x, y=y)


@pytest.mark.usefixtures("areas")
@WAYS
@CHANCE
@given(town=towns())
def test_what_goes_out_comes_back_the_same(way: Callable[[Records], Records], town: Batch) -> None:
    with transaction.atomic():
        take_in(town, by=BY, now=NOW)
        back = read_services(way(exported()), source_name="")
        transaction.set_rollback(True)
    assert back.skipped == ()
    assert {plain(row) for row in back.offers} == {plain(row) for row in town.offers}
    parties = {row.organisation for row in town.offers}
    assert set(back.organisations) == {row for row in town.organisations if row.name in parties}
    places = {row.location for row in town.offers}
    expected = {row.ref: placed(row) for row in town.locations if row.ref in places}
    assert near(back.locations, expected)


def near(rows: tuple[LocationRow, ...], expected: dict[str, LocationRow]) -> bool:
    """Say whether locations are the same, and lie within a centimetre of each other."""
    assert {row.ref for row in rows} == set(expected)
    for row in rows:
        other = expected[row.ref]
        assert replace(row, x=None, y=None) == replace(other, x=None, y=None)
        for value, wanted in ((row.x, other.x), (row.y, other.y)):
            assert value == pytest.approx(wanted, abs=0.011) if wanted else value is None
    return True


@WAYS
def test_a_town_can_be_carried_to_an_empty_database(way: Callable[[Records], Records]) -> None:
    fill()
    before, records = exported(), way(exported())
    Offer.objects.all().delete()
    Location.objects.all().delete()
    Organisation.objects.all().delete()
    done = import_batch(read_services(records, source_name=""), by=BY, now=NOW)
    assert (done.created, done.skipped) == (5, ())
    assert in_order(exported()) == in_order(before)


def in_order(records: Records) -> list[str]:
    """Return the records in one order, to compare."""
    return sorted(json.dumps(record, sort_keys=True) for record in records)


@WAYS
def test_bringing_in_our_own_export_changes_nothing(way: Callable[[Records], Records]) -> None:
    fill()
    records = way(exported())
    batch = read_services(records, source_name="")
    done = import_batch(batch, by=BY, now=NOW)
    assert (done.created, done.changed, done.unchanged) == (0, 0, 5)
    # The words for professionals did not go out, and did not go away.
    assert Offer.objects.get(name="Pianoclub").terms.filter(taxonomy="layer").exists()


def test_a_copy_under_the_name_of_another_town_follows_and_stops_with_it() -> None:
    fill()
    records = as_json(exported())
    Offer.objects.all().delete()
    batch = read_services(records, source_name="Voorbeeldstad")
    assert import_batch(batch, by=BY, now=NOW, present=identifiers_in(records)).created == 5
    assert set(Offer.objects.values_list("source_name", flat=True)) == {"Voorbeeldstad"}
    again = import_batch(batch, by=BY, now=NOW, present=identifiers_in(records))
    assert (again.created, again.changed, again.unchanged, again.ended) == (0, 0, 5, 0)
    fewer = read_services(records[1:], source_name="Voorbeeldstad")
    assert import_batch(fewer, by=BY, now=NOW, present=identifiers_in(records[1:])).ended == 1
