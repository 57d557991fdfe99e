"""What is chosen for the paper of a neighbourhood, out of what takes place in it and near it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from omzien.base.catalogue.actions.offers import add_offer, change_offer, publish_offer
from omzien.base.catalogue.actions.parties import add_location
from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.importers.rows import LineRow
from omzien.base.catalogue.queries.around import NEARBY, around
from omzien.base.network.actions import add_organisation
from omzien.base.places.models import Area, AreaKind
from tests.base.catalogue.conftest import NOW, TUESDAYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor

TODAY = NOW.date()
MIDDLE = (92_000.0, 452_000.0)


@pytest.fixture
def meerzicht(db: None) -> Area:
    del db
    return Area.objects.create(
        code="BU06370100",
        division_year=2024,
        kind=AreaKind.NEIGHBOURHOOD,
        name="Meerzicht-West",
        folded_name="meerzicht-west",
    )


@pytest.fixture
def make(by: Actor, meerzicht: Area) -> Callable[..., Offer]:
    """Return a maker of offers so many metres from the middle, or in the area itself."""

    def made(
        name: str,
        metres: float | None = None,
        whose: str = "",
        weekday: int = 1,
        **details: Any,  # noqa: ANN401 - fields of any type
    ) -> Offer:
        where: dict[str, Any] = {"area": meerzicht} if metres is None else {}
        where |= {"x": MIDDLE[0] + (metres or 0), "y": MIDDLE[1]}
        owner = add_organisation(whose or name, sector="welfare", by=by, now=NOW)
        place = add_location(f"Bij {name}", by=by, now=NOW, **where)
        said: dict[str, Any] = {"summary": "Fijn.", "kind": "activity"} | details
        offer = add_offer(owner, name=name, location=place, by=by, now=NOW, **said)
        line = LineRow(TUESDAYS.first_day, TUESDAYS.starts_at, 120, weekdays=(weekday,))
        set_schedule(offer, lines=[line], by=by, now=NOW)
        return publish_offer(offer, by=by, now=NOW)

    return made


def names(
    area: Area, middle: tuple[float, float] | None = MIDDLE, how_many: int = 16
) -> list[str]:
    found = around({area.pk}, middle, today=TODAY, how_many=how_many)
    return [offer.name for offer in found.offers]


def test_the_neighbourhood_comes_first_then_next_door_then_what_is_near(
    make: Callable[..., Offer], meerzicht: Area
) -> None:
    make("Verder", 1_400, weekday=1)
    make("Hiernaast", -700, weekday=2)
    make("Hier", weekday=3)
    make("Te ver", NEARBY + 1, weekday=4)
    assert names(meerzicht) == ["Hier", "Hiernaast", "Verder"]
    assert names(meerzicht, middle=None) == ["Hier"]


def test_where_somebody_comes_along_is_told_before_the_rest(
    make: Callable[..., Offer], meerzicht: Area
) -> None:
    make("Alleen", weekday=1)
    make("Samen", weekday=3, first_time_together=True)
    make("Gehaald", weekday=4, transport_offered=True)
    assert names(meerzicht) == ["Samen", "Gehaald", "Alleen"]


def test_what_nobody_checked_in_time_comes_last(
    make: Callable[..., Offer], meerzicht: Area, by: Actor
) -> None:
    old = make("Oud", first_time_together=True)
    make("Verder", 1_400, weekday=4)
    old.assured_on, old.check_by = TODAY - timedelta(days=400), TODAY - timedelta(days=1)
    old.save(update_fields=["assured_on", "check_by"])
    del by
    assert names(meerzicht) == ["Verder", "Oud"]


def test_it_is_spread_over_days_and_no_weekday_takes_all(
    make: Callable[..., Offer], meerzicht: Area
) -> None:
    for number in range(4):
        make(f"Dinsdag {number}")
    make("Vrijdag", 1_400, weekday=4)
    assert names(meerzicht, how_many=3) == ["Dinsdag 0", "Dinsdag 1", "Vrijdag"]


def test_support_and_what_has_no_meeting_stay_out(
    make: Callable[..., Offer], meerzicht: Area, by: Actor
) -> None:
    kept = make("Koffie")
    make("Spreekuur", kind="provision")
    set_schedule(make("Voorbij"), lines=[], by=by, now=NOW)
    assert names(meerzicht) == ["Koffie"]
    change_offer(kept, kind="help-line", by=by, now=NOW)
    assert names(meerzicht) == []


def test_it_says_how_much_there_is_and_until_when(
    make: Callable[..., Offer], meerzicht: Area
) -> None:
    for weekday in range(4):
        make(f"Dag {weekday}", weekday=weekday)
    found = around({meerzicht.pk}, MIDDLE, today=TODAY, how_many=2)
    assert (len(found.offers), found.total) == (2, 4)
    assert (found.last_day - found.first_day).days == 27


def test_each_has_its_meetings_of_four_weeks_in_three_reads(
    make: Callable[..., Offer], meerzicht: Area
) -> None:
    make("Koffie")
    make("Thee", weekday=2)
    with CaptureQueriesContext(connection) as captured:
        found = around({meerzicht.pk}, MIDDLE, today=TODAY, how_many=2)
        counts = [len(getattr(offer, "meetings_ahead", ())) for offer in found.offers]
    assert (counts, len(captured)) == ([4, 4], 3)
