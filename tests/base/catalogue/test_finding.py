"""What fits a wish, in which order; what comes nearest; and how the database finds it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from omzien.base.catalogue.actions.offers import (
    add_offer,
    assure_offer,
    change_offer,
    publish_offer,
)
from omzien.base.catalogue.actions.parties import add_location, change_location
from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.actions.search import learn_words, load_synonyms
from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.catalogue.importers.rows import LineRow
from omzien.base.catalogue.models import Term
from omzien.base.catalogue.queries.search import (
    PER_PAGE,
    Wish,
    find_offers,
    map_points,
    nearest_instead,
    place_of,
    statements,
)
from omzien.base.catalogue.queries.search.finding import LEFT_OUT_FIRST, prepared
from omzien.base.catalogue.queries.search.statements import MOST_COUNTED, statement_for
from omzien.base.catalogue.queries.search.wish import next_day, parts_of, span_of
from omzien.base.network.actions import add_organisation
from omzien.base.places.models import Area, AreaKind, Postcode
from tests.base.catalogue.conftest import NOW, TUESDAYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from omzien.base.catalogue.models import Location, Offer
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation

pytestmark = pytest.mark.django_db
SATURDAYS = LineRow(date(2026, 9, 5), time(10), 60, weekdays=(5,))
STALE = {"on": date(2026, 5, 1), "check_by": date(2026, 11, 1)}


def names(wish: Wish, *, now: datetime = NOW) -> list[str]:
    return [line.offer.name for line in find_offers(wish, now=now).offers]


@pytest.fixture
def choir(foundation: Organisation, by: Actor) -> Offer:
    """Return a choir on Saturdays, free of charge, that fetches people; it has no address."""
    load_terms(by=by, now=NOW)
    offer = add_offer(
        foundation,
        name="Koor",
        summary="Zingen voor iedereen.",
        kind="meeting-activity",
        price_cents=0,
        languages=["tr"],
        transport_offered=True,
        at_home=True,
        links={"terms": words("zingen", "kunst", "meedoen", "pas-verhuisd", "beleving")},
        by=by,
        now=NOW,
    )
    set_schedule(offer, lines=[SATURDAYS], by=by, now=NOW)
    return publish_offer(offer, by=by, now=NOW)


def words(*slugs: str) -> list[int]:
    return list(Term.objects.filter(slug__in=slugs).values_list("pk", flat=True))


@pytest.fixture
def town(centre: Location, by: Actor) -> list[Area]:
    """Return town, district and neighbourhood of the community centre, and one far from it."""
    made = [
        Area.objects.create(code=code, division_year=2024, kind=kind, name=code, x=x, y=452_000.0)
        for code, kind, x in (
            ("GM0637", AreaKind.MUNICIPALITY, 93_000.0),
            ("WK063701", AreaKind.DISTRICT, 92_100.0),
            ("BU06370100", AreaKind.NEIGHBOURHOOD, 92_300.0),
            ("BU06370600", AreaKind.NEIGHBOURHOOD, 97_000.0),
        )
    ]
    for part, whole in ((1, 0), (2, 1), (3, 0)):
        Area.objects.filter(pk=made[part].pk).update(parent=made[whole])
    change_location(centre, area=made[2], by=by, now=NOW)
    Postcode.objects.create(
        code="2715", division_year=2024, area=made[2], exact=False, x=92_000.0, y=452_500.0
    )
    return made


@pytest.mark.usefixtures("piano_club", "choir", "town")
@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(), ["Pianoclub", "Koor"]),
        (Wish(when="today"), ["Pianoclub"]),
        (Wish(when="tomorrow"), []),
        (Wish(when="week"), ["Pianoclub", "Koor"]),
        (Wish(when="weekend"), ["Koor"]),
        (Wish(when="sat"), ["Koor"]),
        (Wish(when="sat", half="morning"), ["Koor"]),
        (Wish(when="sat", half="evening"), []),
        (Wish(half="morning"), ["Pianoclub", "Koor"]),
        (Wish(half="afternoon"), []),
        (Wish(when="today", half="morning"), ["Pianoclub"]),
        (Wish(when="today", half="afternoon"), []),
        (Wish(free=True), ["Koor"]),
        (Wish(fetched=True), ["Koor"]),
        (Wish(step_free=True), ["Pianoclub"]),
        (Wish(together=True), []),
        (Wish(at_home=True), ["Koor"]),
        (Wish(at_home=True, by_phone=True), ["Koor"]),
        (Wish(online=True), []),
        (Wish(free=True, when="today"), []),
        (Wish(interests=("zingen",)), ["Koor"]),
        (Wish(interests=("zingen", "koken")), ["Koor"]),
        (Wish(themes=("kunst",)), ["Koor"]),
        (Wish(dimension="meedoen"), ["Koor"]),
        (Wish(life_moment="pas-verhuisd"), ["Koor"]),
        # A word for professionals is no word of any of these lists.
        (Wish(themes=("beleving",)), []),
        (Wish(kinds=("activity",)), ["Pianoclub"]),
        (Wish(kinds=("activity", "meeting-activity")), ["Pianoclub", "Koor"]),
        (Wish(language="tr"), ["Koor"]),
        (Wish(open_to="women"), []),
        (Wish(organisation="piano-voor-buren"), ["Pianoclub", "Koor"]),
        (Wish(organisation="anders"), []),
        (Wish(fresh_only=True), []),
        (Wish(area="BU06370100"), ["Pianoclub"]),
        (Wish(area="WK063701"), ["Pianoclub"]),
        (Wish(area="GM0637"), ["Pianoclub"]),
        (Wish(area="BU06370600"), []),
        # What can be done at home is in everybody's reach.
        (Wish(place="BU06370600", within=1_000), ["Koor"]),
        (Wish(place="BU06370100", within=1_000), ["Pianoclub", "Koor"]),
        (Wish(words="zingen"), ["Koor"]),
        (Wish(words="zingen", step_free=True), []),
        (Wish(words="zingen", when="weekend"), ["Koor"]),
        (Wish(words="zingen", when="tomorrow"), []),
    ],
)
def test_every_wish_counts(wish: Wish, expected: list[str]) -> None:
    assert names(wish) == expected


def test_what_goes_on_now_is_there_and_what_is_over_is_not(piano_club: Offer) -> None:
    assert names(Wish(when="today"), now=NOW + timedelta(minutes=30)) == [piano_club.name]
    assert names(Wish(when="today"), now=NOW + timedelta(hours=4)) == []


def test_what_had_its_last_day_is_gone(piano_club: Offer, by: Actor) -> None:
    once = LineRow(date(2026, 11, 2), time(10), 60, frequency="once")
    set_schedule(piano_club, lines=[once], by=by, now=NOW)
    assert names(Wish()) == names(Wish(words="pianoclub")) == []


@pytest.mark.usefixtures("choir")
def test_the_meeting_that_is_shown_is_on_the_day_that_was_wished(
    piano_club: Offer, by: Actor
) -> None:
    both = LineRow(date(2026, 9, 1), time(10), 120, weekdays=(1, 4))
    set_schedule(piano_club, lines=[both], by=by, now=NOW)

    def shown(wish: Wish) -> list[int]:
        offers = [line.offer for line in find_offers(wish, now=NOW).offers]
        return [offer.next_start.day for offer in offers]  # type: ignore[attr-defined]  # annotated

    assert shown(Wish(words="pianoclub")) == [3]
    assert shown(Wish(when="fri")) == [6]
    assert shown(Wish(when="tomorrow")) == []
    assert shown(Wish(when="weekend")) == [7]


@pytest.mark.parametrize(
    ("when", "now", "begin", "hours"),
    [
        ("today", datetime(2026, 11, 3, 9, tzinfo=UTC), "2026-11-03T00:00", 24),
        ("tomorrow", datetime(2026, 11, 3, 9, tzinfo=UTC), "2026-11-04T00:00", 24),
        ("week", datetime(2026, 11, 3, 9, tzinfo=UTC), "2026-11-03T00:00", 7 * 24),
        # From Friday at five until Sunday at midnight, also when it is Sunday already.
        ("weekend", datetime(2026, 11, 3, 9, tzinfo=UTC), "2026-11-06T17:00", 55),
        ("weekend", datetime(2026, 11, 8, 9, tzinfo=UTC), "2026-11-06T17:00", 55),
        # The night in which the clock goes back has an hour more, and forward one less.
        ("today", datetime(2026, 10, 25, 9, tzinfo=UTC), "2026-10-25T00:00", 25),
        ("today", datetime(2027, 3, 28, 9, tzinfo=UTC), "2027-03-28T00:00", 23),
    ],
)
def test_days_are_what_people_mean_by_them(
    when: str, now: datetime, begin: str, hours: int
) -> None:
    first, last = span_of(when, now)
    assert first.isoformat()[:16] == begin
    assert last.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("when", "now", "half", "parts"),
    [
        ("today", datetime(2026, 11, 3, 9, tzinfo=UTC), "afternoon", ["03 12-17"]),
        ("tomorrow", datetime(2026, 11, 3, 9, tzinfo=UTC), "evening", ["04 17-00"]),
        # On Friday the weekend has an evening only.
        ("weekend", datetime(2026, 11, 3, 9, tzinfo=UTC), "morning", ["07 00-12", "08 00-12"]),
        (
            "weekend",
            datetime(2026, 11, 3, 9, tzinfo=UTC),
            "evening",
            ["06 17-00", "07 17-00", "08 17-00"],
        ),
        # By the clock on the wall, also in the night in which it goes back.
        ("today", datetime(2026, 10, 25, 9, tzinfo=UTC), "morning", ["25 00-12"]),
    ],
)
def test_halves_of_a_span_go_by_the_clock(
    when: str, now: datetime, half: str, parts: list[str]
) -> None:
    found = parts_of(*span_of(when, now), half)
    assert [f"{begin:%d %H}-{end:%H}" for begin, end in found] == parts


@pytest.mark.parametrize(
    ("when", "half", "hour", "begin"),
    [
        # It is Tuesday.
        ("thu", "", 9, "05 00"),
        ("mon", "evening", 9, "09 17"),
        ("tue", "", 9, "03 00"),
        ("tue", "morning", 10, "03 00"),
        ("tue", "morning", 13, "10 00"),
    ],
)
def test_the_next_of_a_day_is_meant(when: str, half: str, hour: int, begin: str) -> None:
    found = next_day(when, half, datetime(2026, 11, 3, hour, tzinfo=UTC))
    assert f"{found:%d %H}" == begin


def test_where_a_day_was_asked_what_meets_first_on_it_comes_first(
    piano_club: Offer, choir: Offer, by: Actor
) -> None:
    # Both take place on a Friday; the choir on the Wednesday before as well, but later on Friday.
    for offer, lines in ((piano_club, [(10, (4,))]), (choir, [(14, (4,)), (9, (2,))])):
        moments = [LineRow(date(2026, 9, 1), time(at), 60, weekdays=on) for at, on in lines]
        set_schedule(offer, lines=moments, by=by, now=NOW)
    assert names(Wish(when="fri")) == ["Pianoclub", "Koor"]
    assert names(Wish()) == ["Koor", "Pianoclub"]


def test_a_week_has_seven_mornings() -> None:
    mornings = list(parts_of(*span_of("week", NOW), "morning"))
    assert len(mornings) == 7
    assert {end - begin for begin, end in mornings} == {timedelta(hours=12)}


@pytest.mark.usefixtures("choir")
def test_what_meets_twice_within_a_span_is_found_and_counted_once(
    piano_club: Offer, by: Actor
) -> None:
    often = LineRow(date(2026, 9, 1), time(10), 60, weekdays=(1, 3, 5))
    set_schedule(piano_club, lines=[often], by=by, now=NOW)
    for wish in (Wish(when="week"), Wish(when="week", half="morning")):
        found = find_offers(wish, now=NOW)
        assert sorted(line.offer.name for line in found.offers) == ["Koor", "Pianoclub"]
        assert found.total == 2


@pytest.mark.usefixtures("piano_club", "choir", "town")
def test_what_lies_in_reach_comes_before_what_needs_no_going() -> None:
    found = find_offers(Wish(place="BU06370100", within=1_000), now=NOW)
    assert [line.metres is None for line in found.offers] == [False, True]
    assert found.total == 2


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    "wish",
    [
        Wish(),
        Wish(when="week"),
        Wish(words="pianoclub koor"),
        Wish(place="BU06370100"),
        Wish(place="BU06370100", within=1_000),
    ],
)
def test_a_stale_record_sinks(piano_club: Offer, choir: Offer, by: Actor, wish: Wish) -> None:
    change_offer(choir, name="Pianoclub Koor", by=by, now=NOW)
    change_offer(piano_club, name="Pianoclub Koor B", by=by, now=NOW)
    before = find_offers(wish, now=NOW).offers
    assert not any(line.stale for line in before)
    first, last = before[0].offer, before[1].offer
    assure_offer(first, **STALE, by=by, now=NOW)
    after = find_offers(wish, now=NOW).offers
    assert [(line.offer, line.stale) for line in after] == [(last, False), (first, True)]
    assert names(Wish(fresh_only=True)) == []


def test_near_comes_first_and_what_has_no_address_last(
    piano_club: Offer, choir: Offer, foundation: Organisation, by: Actor, town: list[Area]
) -> None:
    del town
    far = add_location("Ver", x=97_000.0, y=452_000.0, by=by, now=NOW)
    other = add_offer(
        foundation, name="Ver koor", summary="Ver.", kind="course", location=far, by=by, now=NOW
    )
    publish_offer(other, by=by, now=NOW)
    found = find_offers(Wish(place="BU06370100"), now=NOW)
    assert [(line.offer.name, line.metres) for line in found.offers] == [
        (piano_club.name, 300),
        ("Ver koor", 4_700),
        (choir.name, None),
    ]
    assert names(Wish(words="koor", place="BU06370600"))[0] == "Koor"
    # Of what fits equally well, the nearer one comes first.
    change_offer(piano_club, name="Ver koor", by=by, now=NOW)
    lines = find_offers(Wish(words="ver", place="BU06370600"), now=NOW).offers
    assert [line.metres for line in lines] == [0, 5_000]


def test_what_is_for_some_neighbourhoods_only_is_shown_there(
    piano_club: Offer, by: Actor, town: list[Area]
) -> None:
    change_offer(piano_club, links={"areas": [town[1].pk]}, by=by, now=NOW)
    assert names(Wish(place="BU06370100")) == [piano_club.name]
    assert names(Wish(place="BU06370600")) == []
    assert names(Wish()) == [piano_club.name]


def test_a_place_is_an_area_or_a_postcode(town: list[Area]) -> None:
    assert place_of("") is place_of("9999") is place_of("BU9") is None
    district = place_of("WK063701")
    assert district is not None
    assert (district.name, district.x, district.codes) == (
        "WK063701",
        92_100.0,
        ("WK063701", "GM0637"),
    )
    near = place_of("2715 ab")
    assert near is not None
    assert (near.name, near.y, near.codes) == ("2715", 452_500.0, ("BU06370100", "WK063701"))
    Postcode.objects.update(x=None, y=None)
    there = place_of("2715")
    assert there is not None
    assert there.x == town[2].x
    Area.objects.filter(pk=town[2].pk).update(x=None, y=None)
    assert place_of("BU06370100") is place_of("2715") is None


def test_the_list_comes_in_pages(foundation: Organisation, by: Actor) -> None:
    for number in range(PER_PAGE + 1):
        offer = add_offer(
            foundation, name=f"Club {number}", summary="Fijn.", kind="course", by=by, now=NOW
        )
        publish_offer(offer, by=by, now=NOW)
    for wish in (Wish(), Wish(words="fijn")):
        pages = [find_offers(wish, now=NOW, page=page) for page in (0, 2, 99)]
        assert [(len(one.offers), one.page, one.first) for one in pages] == [
            (PER_PAGE, 1, 1),
            (1, 2, PER_PAGE + 1),
            # There is no such page: it begins again.
            (PER_PAGE, 1, 1),
        ]
        assert (pages[0].pages, pages[0].total, pages[0].more) == (2, PER_PAGE + 1, False)
        shown = {line.offer.pk for page in pages[:2] for line in page.offers}
        assert len(shown) == PER_PAGE + 1


@pytest.mark.usefixtures("piano_club")
def test_beyond_a_thousand_nobody_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_COUNTED == 1_000
    module = "omzien.base.catalogue.queries.search"
    for name in (f"{module}.statements.MOST_COUNTED", f"{module}.finding.MOST_COUNTED"):
        monkeypatch.setattr(name, 0)
    found = find_offers(Wish(), now=NOW)
    assert (found.total, found.more, found.pages) == (0, True, 1)


@pytest.mark.usefixtures("piano_club", "choir", "town")
@pytest.mark.parametrize(
    ("wish", "left_out", "expected"),
    [
        (Wish(when="tomorrow", free=True), ("when",), ["Koor"]),
        # Without steps is something that somebody cannot do without.
        (Wish(step_free=True, free=True), ("free",), ["Pianoclub"]),
        (Wish(words="xqzwv", free=True), ("words",), ["Koor"]),
        (Wish(when="tomorrow", together=True), ("when", "together"), ["Pianoclub", "Koor"]),
        (Wish(area="BU06370600"), ("area",), ["Pianoclub", "Koor"]),
    ],
)
def test_where_nothing_fits_the_nearest_things_are_shown(
    wish: Wish, left_out: tuple[str, ...], expected: list[str]
) -> None:
    assert names(wish) == []
    instead = nearest_instead(wish, now=NOW)
    assert instead is not None
    assert instead.left_out == left_out
    assert [line.offer.name for line in instead.offers] == expected


def test_where_there_is_nothing_at_all_nothing_is_nearest() -> None:
    assert nearest_instead(Wish(words="koor", free=True), now=NOW) is None


def test_every_wish_can_be_left_out() -> None:
    assert set(LEFT_OUT_FIRST) == set(Wish.__dataclass_fields__)


@pytest.mark.usefixtures("choir")
def test_a_map_has_a_point_for_what_has_an_address(piano_club: Offer) -> None:
    points = map_points(Wish(), now=NOW)
    assert [(point.slug, point.x, point.y) for point in points] == [
        (piano_club.slug, 92_000.0, 452_000.0)
    ]
    assert map_points(Wish(words="koor"), now=NOW) == ()


# --- How the database finds it -------------------------------------------------------------------


def plan_of(wish: Wish) -> str:
    """Return how the database would go about it in a town with thousands of offers."""
    search, _ = prepared(wish, now=NOW)
    statement = statement_for(search, limit=20, offset=0)
    with connection.cursor() as cursor:
        # With one row in a table no index is worth its while.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {statement.text}", statement.params)
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.usefixtures("piano_club", "town")
def test_the_nearest_are_found_along_the_index_of_points() -> None:
    plan = plan_of(Wish(place="BU06370100"))
    assert "Index Scan using offer_by_point" in plan
    assert "Order By: (point(x, y) <-> " in plan


@pytest.mark.usefixtures("piano_club", "town")
@pytest.mark.parametrize(
    ("wish", "index"),
    [
        (Wish(words="piano"), "offer_by_words"),
        (Wish(when="today"), "meeting_by_moment"),
        (Wish(language="tr", when="tue"), "offer_by_marks"),
    ],
)
def test_every_search_goes_by_an_index(wish: Wish, index: str) -> None:
    assert index in plan_of(wish)


@pytest.mark.parametrize(
    "wish",
    [
        Wish(),
        Wish(when="week"),
        Wish(words="samen zingen", free=True),
        Wish(words="klup", place="BU06370100", within=3_000),
    ],
)
def test_searching_takes_the_same_number_of_queries_for_one_and_for_three(
    make_offers: Callable[[int], None], wish: Wish
) -> None:
    def queries() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as counted:
            found = find_offers(wish, now=NOW)
        return len(found.offers), len(counted)

    make_offers(1)
    one = queries()
    make_offers(2)
    assert queries() == (3, one[1])
    assert one[1] <= 10


@pytest.fixture
def make_offers(by: Actor, centre: Location, town: list[Area]) -> Callable[[int], None]:
    del town
    load_synonyms(by=by, now=NOW)

    def make(how_many: int) -> None:
        for _ in range(how_many):
            organisation = add_organisation("Club", sector="sport", by=by, now=NOW)
            offer = add_offer(
                organisation,
                name="Zangclub",
                summary="Samen zingen.",
                kind="course",
                location=centre,
                price_cents=0,
                by=by,
                now=NOW,
            )
            set_schedule(offer, lines=[TUESDAYS], by=by, now=NOW)
            publish_offer(offer, by=by, now=NOW)
        learn_words(by=by, now=NOW)

    return make


@pytest.mark.usefixtures("piano_club", "choir")
def test_where_too_many_hold_a_word_those_named_after_it_are_weighed(
    foundation: Organisation, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, summary in (("Meezingen", "Met een koor."), ("Liedjes", "In een koor zingen.")):
        offer = add_offer(foundation, name=name, summary=summary, kind="course", by=by, now=NOW)
        publish_offer(offer, by=by, now=NOW)
    learn_words(by=by, now=NOW)
    assert not find_offers(Wish(words="koor"), now=NOW).more
    assert find_offers(Wish(words="koor"), now=NOW).total == 3
    monkeypatch.setattr(statements, "MOST_WEIGHED", 1)
    found = find_offers(Wish(words="koor"), now=NOW)
    assert [line.offer.name for line in found.offers] == ["Koor"]
    assert found.more
    assert names(Wish(words="koor liedjes")) == ["Liedjes"]
