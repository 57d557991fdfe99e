"""Advice out of the social map: what fits, what is counted, and what is never kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from omzien.base.advice.actions.giving import (
    count_showings,
    give_advice,
    note_gap,
)
from omzien.base.advice.forms import things_to_like
from omzien.base.advice.models import Gap, Showing, WeightSet
from omzien.base.advice.queries.catalogue import (
    advice_catalogue,
    audience_of,
    part_of,
    shown_lately,
)
from omzien.base.advice.queries.gaps import as_half_day, written
from omzien.base.advice.queries.needs import BEHIND_NEEDS, NEEDS, layers_of
from omzien.base.catalogue.models import Offer, Taxonomy, Term
from omzien.base.places.models import Area
from omzien.methods.advice.gap import Gap as Missing
from omzien.methods.advice.person import Mode
from omzien.methods.advice.week import HalfDay, Part
from tests.base.advice.conftest import NOW, TODAY, asked

if TYPE_CHECKING:
    from django.test.utils import CaptureQueriesContext
    from pytest_django import DjangoAssertNumQueries

    from omzien.methods.advice.advise import Advice

pytestmark = pytest.mark.usefixtures("town")
MONDAY = date(2026, 11, 2)


def names(advice: Advice) -> list[str]:
    by_slug = dict(Offer.objects.values_list("slug", "name"))
    return [by_slug[one.offer] for one in advice.suggestions]


def area(name: str) -> str:
    return str(Area.objects.filter(name=name).latest("division_year").pk)


def test_who_likes_music_is_shown_the_piano_club_first() -> None:
    advice = give_advice(asked(interests=["muziek"]), counted=True, now=NOW)
    assert names(advice)[0] == "Pianoclub"


def test_the_days_somebody_can_come_are_kept_to() -> None:
    advice = give_advice(asked(days=["3"], interests=["muziek"]), counted=False, now=NOW)
    assert "Pianoclub" not in names(advice)
    assert "Open tafel" in names(advice)


def test_what_costs_too_much_is_never_shown() -> None:
    advice = give_advice(asked(budget="300", interests=["samen-eten"]), counted=False, now=NOW)
    assert "Open tafel" not in names(advice)


def test_a_wheelchair_never_meets_stairs() -> None:
    advice = give_advice(asked(ease=["wheelchair"]), counted=False, now=NOW)
    assert "Nieuwe buren ontmoeten" not in names(advice)


def test_showings_are_counted_by_the_week_and_not_by_who_asks() -> None:
    for _time in range(2):
        give_advice(asked(interests=["muziek"]), counted=True, now=NOW)
    piano = Showing.objects.get(offer__name="Pianoclub")
    assert (piano.week, piano.times) == (MONDAY, 2)
    assert {f.name for f in Showing._meta.fields} == {"id", "offer", "week", "times"}


def test_what_is_not_to_be_counted_leaves_no_trace() -> None:
    give_advice(asked(interests=["schaken"], area=""), counted=False, now=NOW)
    assert not Showing.objects.exists()
    assert not Gap.objects.exists()


def test_showings_of_more_than_four_weeks_ago_count_no_more() -> None:
    slug = Offer.objects.get(name="Pianoclub").slug
    count_showings([slug], today=TODAY - timedelta(weeks=4))
    assert shown_lately(today=TODAY) == {}
    count_showings([slug], today=TODAY - timedelta(weeks=3))
    assert shown_lately(today=TODAY) == {slug: 1}


def test_what_was_shown_more_stands_lower_next_time() -> None:
    slug = Offer.objects.get(name="Pianoclub").slug
    catalogue = advice_catalogue(now=NOW)
    row = [offer.id for offer in catalogue.offers].index(slug)
    assert catalogue.exposure[row] == 0
    count_showings([slug, slug], today=TODAY)
    count_showings([slug], today=TODAY)
    assert advice_catalogue(now=NOW).exposure[row] == 2


def test_a_gap_tells_what_where_and_when_and_nothing_else() -> None:
    asking = asked(
        interests=["schaken"], area=area("Dorp"), days=["0"], parts=["evening"], age="81"
    )
    give_advice(asking, counted=True, now=NOW)
    gap = Gap.objects.get()
    assert gap.interests == ["schaken"]
    assert (gap.area and gap.area.name, gap.half_days, gap.nothing) == ("Dorp", ["0-2"], True)
    assert gap.month == date(2026, 11, 1)
    assert {f.name for f in Gap._meta.fields} == {
        *("id", "month", "area", "layers", "interests", "half_days", "because", "nothing")
    }


def test_where_something_fits_nothing_is_missing() -> None:
    give_advice(asked(interests=["muziek"]), counted=True, now=NOW)
    assert not Gap.objects.exists()


def test_something_asked_that_no_offer_has_is_a_gap_beside_what_fits() -> None:
    give_advice(asked(interests=["muziek", "schaken"]), counted=True, now=NOW)
    gap = Gap.objects.get()
    assert (gap.nothing, gap.interests) == (False, ["schaken"])


def test_note_gap_writes_half_days_in_short() -> None:
    half_day = HalfDay(4, Part.AFTERNOON)
    missing = Missing(
        nothing_suits=True,
        layers=("contact",),
        interests=(),
        where=None,
        when=(half_day,),
        because=None,
        would_give=0,
    )
    note_gap(missing, asked(), today=TODAY)
    gap = Gap.objects.get()
    assert (gap.half_days, gap.because, gap.area) == ([written(half_day)], "", None)
    assert written(half_day) == "4-1"
    assert as_half_day("4-1") == half_day


@pytest.mark.parametrize("day", [2, 30])
def test_the_database_refuses_a_gap_with_a_day(day: int) -> None:
    known_by_month = pytest.raises(IntegrityError, match="gap_is_known_by_its_month_only")
    with known_by_month, transaction.atomic():
        Gap.objects.create(month=date(2026, 11, day), nothing=True)


def test_the_database_refuses_weights_that_count_nothing() -> None:
    nothing = dict.fromkeys(("need", "interests", "nearness", "text"), 0)
    others = dict.fromkeys(("mmr_lambda", "exposure", "stale", "lacking"), 0.1)
    with pytest.raises(IntegrityError, match="weights_count_something"), transaction.atomic():
        WeightSet.objects.create(number=1, why="x", since=NOW, **nothing, **others)
    with pytest.raises(IntegrityError, match="weights_lie_between_0_and_1"), transaction.atomic():
        WeightSet.objects.create(number=1, why="x", since=NOW, **{**nothing, "need": 2}, **others)
    with pytest.raises(IntegrityError, match="weights_say_why"), transaction.atomic():
        WeightSet.objects.create(number=1, why="", since=NOW, **{**nothing, "need": 1}, **others)


def test_the_answers_do_not_show_in_a_report_of_an_error() -> None:
    asking = asked(wishes="iets met mijn knie", interests=["muziek"])
    assert "knie" not in repr(asking)
    assert "muziek" not in repr(asking)


def test_the_same_number_of_questions_for_more_offers(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    asking = asked(interests=["muziek"])
    give_advice(asking, counted=True, now=NOW)
    with django_assert_num_queries(6) as few:
        give_advice(asking, counted=True, now=NOW)
    assert statements(few)[0].startswith("SAVEPOINT")


def statements(captured: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in captured.captured_queries]


def test_every_need_is_about_layers_that_exist() -> None:
    layers = set(Term.objects.filter(taxonomy=Taxonomy.LAYER).values_list("slug", flat=True))
    assert {layer for need in NEEDS for layer in need.layers} == layers


def test_what_goes_with_a_need_is_not_asked_twice() -> None:
    interests = Term.objects.filter(taxonomy=Taxonomy.INTEREST)
    assert set(interests.values_list("slug", flat=True)) >= BEHIND_NEEDS
    offered = {slug for slug, _name in things_to_like()}
    assert offered.isdisjoint(BEHIND_NEEDS)
    assert asked(needs=["loss"], interests=["muziek"]).person.interests == {"rouw", "muziek"}


def test_the_strongest_need_of_a_layer_counts() -> None:
    assert layers_of(["meet", "do"]) == {"ontmoeting": 1, "hulpbronnen": 0.5}
    assert layers_of([]) == {}


@pytest.mark.parametrize(
    ("hour", "part"),
    [(0, 0), (11, 0), (12, 1), (17, 1), (18, 2), (23, 2)],
)
def test_a_day_has_three_parts(hour: int, part: int) -> None:
    assert part_of(hour) == part


def test_an_audience_is_a_group_a_neighbourhood_or_both_at_once() -> None:
    assert audience_of("all", []) == frozenset()
    assert audience_of("women", []) == {"women"}
    assert audience_of("all", ["BU2", "BU1"]) == {"BU1", "BU2"}
    assert audience_of("men", ["BU1"]) == {"men/BU1"}


def test_who_lives_there_is_of_the_neighbourhood_and_of_what_it_lies_in() -> None:
    home = Area.objects.filter(name="Dorp").select_related("parent").latest("division_year")
    person = asked(area=str(home.pk), group="women").person
    assert {"women", home.code, f"women/{home.code}"} <= person.groups
    assert home.parent is not None
    assert f"women/{home.parent.code}" in person.groups
    assert person.position == (home.x, home.y)


def test_an_offer_for_one_neighbourhood_is_for_who_lives_there() -> None:
    offer = Offer.objects.get(name="Pianoclub")
    offer.areas.add(int(area("Dorp")))
    here = asked(area=area("Dorp"), interests=["muziek"])
    elsewhere = asked(area=area("Meerzicht-West"), interests=["muziek"])
    assert "Pianoclub" in names(give_advice(here, counted=False, now=NOW))
    assert "Pianoclub" not in names(give_advice(elsewhere, counted=False, now=NOW))


def test_left_out_answers_ask_nothing() -> None:
    person = asked().person
    assert person.reach is None
    assert person.budget is None
    assert (person.free, person.groups, person.needs) == (frozenset(), frozenset(), {})


def test_nothing_as_a_budget_is_something_else_than_no_answer() -> None:
    assert asked(budget="0").person.budget == 0


def test_days_and_parts_go_together() -> None:
    assert asked(days=["1"]).person.free == {HalfDay(1, part) for part in Part}
    assert len(asked(parts=["morning"]).person.free) == 7
    assert asked(days=["1"], parts=["morning"]).person.free == {HalfDay(1, Part.MORNING)}


def test_who_must_be_fetched_has_no_reach_of_their_own() -> None:
    reach = asked(reach="fetched").person.reach
    assert reach is not None
    assert (reach.mode, reach.metres) == (Mode.FETCHED, 0)
