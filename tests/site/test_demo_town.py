"""The demo town puts its coordinator to work for invented people in real neighbourhoods."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import connections

from omzien.base.accounts.actions import NotADemo
from omzien.base.accounts.queries.demo import DEMO_PEOPLE
from omzien.base.desk.models import CallBack
from omzien.base.journal.models import Actor
from omzien.base.network.queries import organisations_of
from omzien.base.people.models import Participant
from omzien.base.people.queries.participants import neighbourhoods_of
from omzien.base.places.actions import load_invented_country
from omzien.base.places.actions.demo import INVENTED_AREA
from omzien.base.places.models import Area, AreaKind, PublishedFigure
from omzien.site.actions import (
    GARDEN,
    PARTICIPANTS,
    fill_demo_catalogue,
    fill_demo_desk,
    fill_demo_town,
)
from tests.cast import person

NOW = datetime(2026, 10, 6, 9, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_without_neighbourhoods_there_are_people_all_the_same() -> None:
    name, email = DEMO_PEOPLE["coordinator"]
    person("coordinator", name=name, email=email)
    assert neighbourhoods_of("GM0637") == []
    fill_demo_desk(1, now=NOW)
    fill_demo_desk(1, now=NOW)
    owners = CallBack.objects.values_list("owner__user__email", flat=True)
    assert set(owners) == {email}
    assert Participant.objects.filter(area__isnull=True).count() == Participant.objects.count()


@pytest.mark.usefixtures("town")
def test_people_live_in_the_neighbourhoods_of_the_latest_division() -> None:
    fill_demo_desk(1, now=NOW)
    areas = neighbourhoods_of("GM0637")
    assert areas
    assert {each.area for each in Participant.objects.select_related("area")} <= set(areas)


@pytest.mark.usefixtures("town")
def test_the_member_keeps_what_the_garden_offers() -> None:
    name, email = DEMO_PEOPLE["member"]
    mo = person("member", name=name, email=email)
    fill_demo_catalogue(79, now=NOW)
    assert [one.name for one in organisations_of(mo)] == [GARDEN]


@pytest.mark.usefixtures("committed_db")
def test_the_whole_town_is_filled_once_and_refreshed_after() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE omzien_demo ()")
    fill_demo_town(seed=79, now=NOW)
    before = Participant.objects.count(), PublishedFigure.objects.count(), CallBack.objects.count()
    fill_demo_town(seed=79, now=NOW + timedelta(days=7))
    after = Participant.objects.count(), PublishedFigure.objects.count(), CallBack.objects.count()
    assert before == after == (PARTICIPANTS["town"], before[1], 5)


@pytest.mark.django_db
def test_a_database_that_was_not_made_for_the_demo_is_refused() -> None:
    with pytest.raises(NotADemo):
        fill_demo_town(seed=79, now=NOW)
    assert not Participant.objects.exists()


@pytest.mark.usefixtures("town")
def test_an_invented_country_has_as_many_municipalities_as_the_real_one() -> None:
    report = load_invented_country(rng=Random(1), by=Actor.system("tests"), now=NOW)  # noqa: S311 - invented areas
    assert report.skipped == ()
    invented = Area.objects.filter(note=INVENTED_AREA)
    assert invented.filter(kind=AreaKind.MUNICIPALITY).count() == 341
    assert invented.filter(kind=AreaKind.NEIGHBOURHOOD).count() == 341 * 40
    assert set(invented.values_list("figures__source__invented", flat=True)) <= {True, None}
