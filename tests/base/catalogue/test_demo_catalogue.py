"""The invented town: lively, the same every time, and nothing in it points to anybody real."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from omzien.base.catalogue.actions.closings import set_calendar
from omzien.base.catalogue.actions.demo import (
    country,
    lived_in,
    make_demo_catalogue,
    move_checks,
    without,
)
from omzien.base.catalogue.actions.demo_arrangements import (
    arrange_calendar,
    arrange_demo,
    arrange_funding,
    arrange_network,
    arrange_rooms,
    close_once,
    settle_organisation,
)
from omzien.base.catalogue.actions.funding import note_funding
from omzien.base.catalogue.actions.offers import change_offer
from omzien.base.catalogue.actions.parties import add_room
from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.catalogue.importers.demo import Spot, batches_of, grow, monday_of, read_town
from omzien.base.catalogue.models import (
    ClosedCalendar,
    Closing,
    Funding,
    Location,
    Meeting,
    Offer,
    Room,
    Status,
)
from omzien.base.catalogue.queries.offers import visible_offers
from omzien.base.history.queries import changed_by_others
from omzien.base.journal.models import Actor
from omzien.base.network.models import Network, Organisation
from omzien.base.places.actions import Scope, load_facts
from omzien.base.places.models import AreaKind
from omzien.base.places.queries import areas_of

if TYPE_CHECKING:
    from omzien.base.catalogue.actions.taking_in import Outcome
    from omzien.base.places.queries import ShownArea

NOW = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
BY = Actor.system("tests")
TOWN = "GM0637"


def filled(*, today: date = TODAY, now: datetime = NOW) -> Outcome:
    return make_demo_catalogue(79, municipality=TOWN, today=today, by=BY, now=now)


@pytest.fixture
def neighbourhoods(db: None) -> dict[str, ShownArea]:
    del db
    load_facts(scope=Scope(TOWN, settings.MUNICIPALITY_NAME), by=BY, now=NOW)
    load_terms(by=BY, now=NOW)
    return {area.name: area for area in areas_of(TOWN, AreaKind.NEIGHBOURHOOD)}


@pytest.fixture
def town(neighbourhoods: dict[str, ShownArea]) -> dict[str, ShownArea]:
    filled()
    return neighbourhoods


@pytest.mark.usefixtures("town")
def test_there_is_a_lot_to_do_by_many_organisations() -> None:
    assert visible_offers().count() >= 400
    assert Organisation.objects.filter(invented=True).count() >= 120
    assert Location.objects.filter(invented=True).count() >= 60
    assert Meeting.objects.count() > 2_000
    assert {Network.objects.exists(), Room.objects.exists(), Funding.objects.exists()} == {True}


def test_something_happens_in_every_neighbourhood_where_people_live(
    town: dict[str, ShownArea],
) -> None:
    places = {place.area for place in lived_in(read_town(), town.values())}
    shown = Counter(visible_offers().values_list("location__area__name", flat=True))
    assert len(places) >= 15
    assert [name for name in places if shown[name] < 3] == []


@pytest.mark.usefixtures("town")
def test_a_second_time_the_same_day_changes_nothing() -> None:
    again = filled()
    assert (again.created, again.changed) == (0, 0)


@pytest.mark.usefixtures("town")
def test_a_week_later_days_have_moved_along_and_checks_never_go_back() -> None:
    before = dict(Offer.objects.values_list("key", "assured_on"))
    week = timedelta(days=7)
    later = filled(today=TODAY + week, now=NOW + week)
    assert later.created == 0
    assert Meeting.objects.filter(starts_at__gt=NOW + week).count() > 2_000
    after = dict(Offer.objects.values_list("key", "assured_on"))
    assert all((after[key] or day) >= day for key, day in before.items() if day)
    assert move_checks([]) == 0


@pytest.mark.usefixtures("town")
def test_what_somebody_else_changed_stays_as_they_left_it() -> None:
    offer = visible_offers().filter(source_name="").order_by("pk")[0]
    change_offer(offer, name="Mijn eigen naam", by=Actor.system("editor"), now=NOW)
    assert changed_by_others(Offer, than=BY) == {offer.key}
    filled()
    assert Offer.objects.get(pk=offer.pk).name == "Mijn eigen naam"
    batch = batches_of(read_town(), areas={}, monday=monday_of(TODAY), seed=79)[0]
    left = without(batch, {batch.offers[0].key})
    assert len(left.offers) == len(batch.offers) - 1


@pytest.mark.usefixtures("town")
def test_records_are_fresh_due_and_stale_and_a_few_are_not_shown() -> None:
    stale = visible_offers().filter(check_by__lt=TODAY).count()
    fresh = visible_offers().filter(check_by__gte=TODAY).count()
    assert 0.5 < fresh / (fresh + stale) < 0.95
    assert set(Offer.objects.values_list("status", flat=True)) == set(Status.values)
    assert Offer.objects.filter(source_name="Zoetermeerwijzer").exists()


def test_more_can_be_grown_from_what_is_written(neighbourhoods: dict[str, ShownArea]) -> None:
    written, monday = read_town(), monday_of(TODAY)
    spots = {name: Spot(area.code, area.x, area.y) for name, area in neighbourhoods.items()}
    rows = batches_of(written, areas=spots, monday=monday, seed=79)[0].offers
    places = lived_in(written, neighbourhoods.values())
    grown = [
        row
        for batch in grow(written, rows, places=places, how_many=50, monday=monday, seed=79)
        for row in batch.offers
    ]
    assert len({row.key for row in grown}) == 50
    assert country() == []


def test_arrangements_are_made_once(town: dict[str, ShownArea]) -> None:
    def counts() -> list[int]:
        models = (Network, Room, Funding, Closing, ClosedCalendar)
        return [model.objects.count() for model in models]

    before, written, monday = counts(), read_town(), monday_of(TODAY)
    arrange_demo(written, areas=town, monday=monday, by=BY, now=NOW)
    assert counts() == before
    found = {one.name: one for one in Organisation.objects.all()}
    arrange_network(written.networks[0], found, areas=town, on=TODAY, by=BY, now=NOW)
    arrange_rooms(written, by=BY, now=NOW)
    arrange_funding(written, year=monday.year, by=BY, now=NOW)
    for calendar in written.closings["calendars"]:
        arrange_calendar(calendar, found, monday=monday, by=BY, now=NOW)
    for own in written.closings["own"]:
        close_once(found[own["organisation"]], own, monday=monday, by=BY, now=NOW)
    for row in written.organisations[:3]:
        settle_organisation(found[row["name"]], row, found, by=BY, now=NOW)
    assert counts() == before


@pytest.mark.django_db
def test_a_calendar_is_set_anew_only_where_its_days_differ() -> None:
    christmas = ("Kerst", date(2026, 12, 25), date(2026, 12, 26))

    def said(days: list[tuple[str, date, date]]) -> bool:
        names = {"name": "Kerst", "name_en": "Christmas", "source": "test"}
        return set_calendar("kerst", days=days, by=BY, now=NOW, **names)

    assert said([christmas])
    assert not said([christmas])
    assert said([])


@pytest.mark.usefixtures("town")
def test_money_and_rooms_are_noted_once() -> None:
    offer, location = visible_offers()[0], Location.objects.all()[0]
    first = note_funding(offer, kind="grant", year=2031, amount_cents=100, by=BY, now=NOW)
    again = note_funding(offer, kind="grant", year=2031, amount_cents=200, by=BY, now=NOW)
    assert again.pk == first.pk
    assert Funding.objects.get(pk=first.pk).amount_cents == 200
    room = add_room(location, name="Zaal", people=12, by=BY, now=NOW)
    assert add_room(location, name="Zaal", by=BY, now=NOW) == room
