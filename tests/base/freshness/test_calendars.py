"""The calendars of closed days that come with Omzien are right, and are followed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import time_machine
from dateutil.easter import easter

from omzien.base.catalogue.actions.schedules import follow_calendar
from omzien.base.catalogue.models import ClosedCalendar, Meeting
from omzien.base.freshness.actions.calendars import load_calendars
from omzien.base.freshness.jobs import load_closed_days
from tests.base.freshness.conftest import NOW

if TYPE_CHECKING:
    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor
    from tests.cast import LogIn

FACTS = files("omzien.base.freshness") / "facts" / "closed_days.json"
REGIONS = ("noord", "midden", "zuid")
SATURDAY, SUNDAY = 5, 6


def days_of(slug: str) -> list[tuple[str, date, date]]:
    rows = {row["slug"]: row["days"] for row in json.loads(FACTS.read_text(encoding="utf-8"))}
    return [
        (name, date.fromisoformat(first), date.fromisoformat(last))
        for name, first, last in rows[slug]
    ]


def first_days(slug: str, name: str) -> list[date]:
    return [first for what, first, _last in days_of(slug) if what == name]


@pytest.mark.parametrize(
    ("name", "after_easter"),
    [("Goede Vrijdag", -2), ("Pasen", 0), ("Hemelvaartsdag", 39), ("Pinksteren", 49)],
)
def test_moving_feasts_follow_easter(name: str, after_easter: int) -> None:
    years = (2026, 2027, 2028)
    gap = timedelta(days=after_easter)
    assert first_days("feestdagen", name) == [easter(year) + gap for year in years]


@pytest.mark.parametrize("region", REGIONS)
def test_school_holidays_go_from_a_saturday_to_a_sunday(region: str) -> None:
    weeks = {"Kerstvakantie": 2, "Zomervakantie": 6}
    for name, first, last in days_of(f"schoolvakanties-{region}"):
        assert (first.weekday(), last.weekday()) == (SATURDAY, SUNDAY)
        assert last - first == timedelta(weeks=weeks.get(name, 1), days=1)


def test_regions_have_christmas_and_may_together_and_summer_apart() -> None:
    for name, how_many in (("Kerstvakantie", 3), ("Meivakantie", 3), ("Zomervakantie", 9)):
        found = {first for one in REGIONS for first in first_days(f"schoolvakanties-{one}", name)}
        assert len(found) == how_many


def test_holidays_of_the_region_of_zoetermeer_are_those_that_were_published() -> None:
    known = days_of("schoolvakanties-midden")
    assert ("Kerstvakantie", date(2026, 12, 19), date(2027, 1, 3)) in known
    assert ("Voorjaarsvakantie", date(2027, 2, 20), date(2027, 2, 28)) in known
    assert ("Zomervakantie", date(2027, 7, 17), date(2027, 8, 29)) in known


def test_islamic_feasts_are_those_of_umm_al_qura() -> None:
    # 1 Shawwal and 10 Dhu al-Hijjah of 1447 to 1449.
    sugar, sacrifice = (
        first_days("islamitische-feestdagen", name) for name in ("Suikerfeest", "Offerfeest")
    )
    assert sugar == [date(2026, 3, 20), date(2027, 3, 9), date(2028, 2, 26)]
    assert sacrifice == [date(2026, 5, 27), date(2027, 5, 16), date(2028, 5, 5)]


def test_the_days_of_a_calendar_do_not_run_into_each_other() -> None:
    for row in json.loads(FACTS.read_text(encoding="utf-8")):
        days = days_of(row["slug"])
        assert all(first <= last for _name, first, last in days)
        assert all(one[2] < next_one[1] for one, next_one in pairwise(days))


@pytest.mark.django_db
def test_the_night_brings_the_calendars_once(by: Actor) -> None:
    with time_machine.travel(NOW, tick=False):
        load_closed_days()
    assert ClosedCalendar.objects.filter(slug="schoolvakanties-midden").exists()
    assert all(ClosedCalendar.objects.values_list("source", flat=True))
    assert load_calendars(by=by, now=NOW) == 0


def test_who_follows_the_school_holidays_is_closed_at_christmas(
    piano_club: Offer, by: Actor
) -> None:
    load_calendars(by=by, now=NOW)
    centre = ClosedCalendar.objects.get(slug="schoolvakanties-midden")
    follow_calendar(piano_club.organisation, calendar=centre, by=by, now=NOW)
    days = {one.date() for one in Meeting.objects.values_list("starts_at", flat=True)}
    assert date(2026, 12, 15) in days
    assert date(2026, 12, 22) not in days
    assert date(2026, 12, 29) not in days


def test_an_editor_sees_the_calendars_and_where_they_come_from(
    piano_club: Offer, noor: User, log_in: LogIn, by: Actor
) -> None:
    load_calendars(by=by, now=NOW)
    page = log_in(noor).get(f"/bijhouden/aanbod/{piano_club.key}/wanneer/").content.decode()
    assert "Schoolvakanties regio Midden" in page
    assert "opendata.rijksoverheid.nl" in page
