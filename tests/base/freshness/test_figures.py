"""At most seven figures, each with its target and direction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import translation

from omzien.base.catalogue.models import Location, Offer
from omzien.base.desk.actions.duty import begin_duty
from omzien.base.freshness.actions.figures import count_day
from omzien.base.freshness.actions.keepers import end_keeper
from omzien.base.freshness.actions.reports import report_wrong, resolve_report
from omzien.base.freshness.jobs import count_how_fresh
from omzien.base.freshness.models import DayCount, Keeper
from omzien.base.freshness.queries.figures import (
    count_before,
    figures,
    latest_count,
    shares_by_district,
    shares_by_kind,
    shares_by_organisation,
)
from omzien.base.network.actions import name_delegate
from omzien.base.places.models import Area, AreaKind
from tests.base.freshness.conftest import NOW, TODAY, another, looked_at, queries_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omzien.base.accounts.models import User
    from omzien.base.journal.models import Actor
    from tests.cast import LogIn


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


@pytest.fixture
def four(due_club: Offer, by: Actor) -> list[Offer]:
    """Return four records: one due, one stale, one fresh, one that does not count."""
    stale = another(due_club.organisation, "Oud", by=by)
    green = looked_at(
        another(due_club.organisation, "Vers", by=by), check_by=date(2027, 5, 1), by=by
    )
    return [due_club, stale, green, another(due_club.organisation, "Feest", kind="event", by=by)]


def counted(by: Actor, on: date = TODAY) -> DayCount:
    return count_day(on=on, by=by, now=NOW)


@pytest.mark.usefixtures("four")
def test_a_day_is_counted_by_how_fresh_everything_is(by: Actor) -> None:
    day = counted(by)
    assert (day.kept, day.fresh, day.due, day.stale, day.without_owner) == (3, 2, 1, 1, 3)
    assert day.completeness is not None
    assert 0 < day.completeness < 100


@pytest.mark.usefixtures("four")
def test_counted_again_the_later_count_stays(by: Actor) -> None:
    counted(by)
    Offer.objects.filter(name="Oud").update(status="ended")
    assert counted(by).kept == 2
    assert DayCount.objects.count() == 1


def test_a_record_has_an_owner_by_name_or_by_delegate(
    four: list[Offer], sietske: Keeper, mo: User, by: Actor
) -> None:
    assert counted(by).without_owner == 0
    end_keeper(sietske, on=TODAY, by=by, now=NOW)
    assert counted(by).without_owner == 3
    name_delegate(four[0].organisation, user=mo, by=by, now=NOW)
    assert counted(by).without_owner == 0


def test_reports_are_counted_while_open_and_timed_when_solved(
    four: list[Offer], jan: User, by: Actor
) -> None:
    begin_duty(jan, by=by, now=NOW)
    assert counted(by).days_to_answer is None
    first, second = (
        report_wrong(four[0], what=what, said="", by=by, now=NOW - timedelta(days=days))
        for what, days in (("time", 2), ("price", 4))
    )
    assert counted(by).reports_open == 2
    resolve_report(first, outcome="mended", by=by, now=NOW)
    resolve_report(second, outcome="mended", by=by, now=NOW)
    day = counted(by)
    assert (day.reports_open, day.days_to_answer) == (0, 3.0)


def test_nothing_kept_gives_no_figure_rather_than_a_false_one(by: Actor, db: None) -> None:
    del db
    told = figures(counted(by), None)
    assert [one.value for one in told][:3] == ["nog niet bekend"] * 3
    assert told[0].met is None


def day(on: date, **numbers: float | None) -> DayCount:
    plain = {"kept": 100, "fresh": 80, "due": 8, "stale": 20, "without_owner": 0}
    return DayCount(day=on, **{**plain, "reports_open": 3, **numbers})


def test_each_figure_has_a_target_and_a_direction() -> None:
    before = day(TODAY, fresh=72, stale=28, completeness=60.0, days_to_answer=4.5)
    told = figures(day(TODAY, completeness=55.4, days_to_answer=4.5), before)
    assert len(told) == 7
    assert [(one.title, one.value, one.target, one.met, one.direction) for one in told] == [
        (
            "Actueel aanbod",
            "80 van de 100",
            "minstens 90 van de 100",
            False,
            "beter: het was 72 van de 100",
        ),
        (
            "Binnen twee weken aan de beurt",
            "8 van de 100",
            "hoogstens 10 van de 100",
            True,
            "hetzelfde als vier weken geleden",
        ),
        (
            "Over de datum",
            "20 van de 100",
            "hoogstens 10 van de 100",
            False,
            "beter: het was 28 van de 100",
        ),
        (
            "Open meldingen van fouten",
            "3",
            "hoogstens 5",
            True,
            "hetzelfde als vier weken geleden",
        ),
        (
            "Tijd tot een melding is opgelost",
            "4,5 dagen",
            "hoogstens 7 dagen",
            True,
            "hetzelfde als vier weken geleden",
        ),
        (
            "Aanbod zonder eigenaar",
            "0",
            "hoogstens 0",
            True,
            "hetzelfde als vier weken geleden",
        ),
        (
            "Volledigheid, gemiddeld",
            "55 punten",
            "minstens 80 punten",
            False,
            "slechter: het was 60 punten",
        ),
    ]


def test_a_day_is_compared_with_four_weeks_before(db: None) -> None:
    del db
    for back in (0, 20, 29, 60):
        day(TODAY - timedelta(days=back)).save()
    latest = latest_count()
    assert latest is not None
    before = count_before(latest)
    assert before is not None
    assert (latest.day, before.day) == (TODAY, TODAY - timedelta(days=29))


@pytest.mark.parametrize("nonsense", [{"fresh": 81}, {"due": 90}])
def test_the_database_refuses_a_count_that_does_not_add_up(
    db: None, nonsense: dict[str, float | None]
) -> None:
    del db
    with pytest.raises(IntegrityError), transaction.atomic():
        day(TODAY, **nonsense).save()


def test_where_it_is_worst_stands_first(four: list[Offer], by: Actor) -> None:
    del by
    wijk = Area.objects.create(
        code="WK063701",
        division_year=2024,
        kind=AreaKind.DISTRICT,
        name="Meerzicht",
        folded_name="m",
    )
    buurt = Area.objects.create(
        code="BU06370101",
        division_year=2024,
        kind=AreaKind.NEIGHBOURHOOD,
        name="Meerzicht-West",
        folded_name="m",
        parent=wijk,
    )
    Location.objects.update(area=buurt)
    assert [(one.name, one.kept, one.stale, one.percent) for one in shares_by_kind(TODAY)] == [
        ("activiteit", 3, 1, 67)
    ]
    assert [(one.name, one.kept) for one in shares_by_district(TODAY)] == [
        ("geen adres", 2),
        ("Meerzicht", 1),
    ]
    assert [one.name for one in shares_by_organisation(TODAY)] == [four[0].organisation.name]


@pytest.mark.usefixtures("four")
def test_the_night_counts() -> None:
    with time_machine.travel(NOW, tick=False):
        count_how_fresh()
    assert DayCount.objects.get().day == TODAY


@pytest.mark.usefixtures("four")
def test_a_policy_officer_sees_figures_and_no_records(
    els: User, noor: User, by: Actor, log_in: LogIn
) -> None:
    browser = log_in(els)
    assert "nog niets geteld" in browser.get("/bijhouden/cijfers/").content.decode()
    counted(by)
    text = browser.get("/bijhouden/cijfers/").content.decode()
    assert "Actueel aanbod" in text
    assert 'href="/bijhouden/"' not in text
    assert browser.get("/bijhouden/").status_code == 403
    assert 'href="/bijhouden/"' in log_in(noor).get("/bijhouden/cijfers/").content.decode()


def test_the_dashboard_takes_the_same_queries_for_one_and_for_three(
    four: list[Offer], els: User, by: Actor, log_in: LogIn
) -> None:
    browser = log_in(els)
    counted(by)
    one = queries_of(browser, "/bijhouden/cijfers/")
    for name in ("B", "C"):
        another(four[0].organisation, name, by=by, kind="course")
    assert queries_of(browser, "/bijhouden/cijfers/") == one
