"""The demo town: invented people in real neighbourhoods, the same every time."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from omzien.base.accounts.actions import make_demo_accounts
from omzien.base.accounts.queries import user_by_email
from omzien.base.accounts.queries.demo import DEMO_PEOPLE
from omzien.base.catalogue.actions.demo import make_demo_catalogue
from omzien.base.catalogue.actions.search import learn_words, load_synonyms
from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.desk.actions.demo import make_demo_desk
from omzien.base.freshness.actions.demo import answer_demo_season, count_demo_turnout
from omzien.base.journal.models import Actor
from omzien.base.network.actions import name_delegate
from omzien.base.network.models import Organisation
from omzien.base.people.actions.demo import make_demo_people
from omzien.base.people.queries.participants import neighbourhoods_of
from omzien.base.places.actions import (
    Scope,
    load_demo_figures,
    load_facts,
    load_invented_country,
)

if TYPE_CHECKING:
    from datetime import datetime

DEMO = Actor.system("demo")
# Where Mo is at home; he may change what this organisation offers.
GARDEN = "Wijktuin De Groene Duim"
# How many participants: a lively town to look at, a year's round for 130,000 inhabitants, and
# enough to measure with beside the areas of a whole country.
PARTICIPANTS = {"town": 60, "city": 1_500, "national": 5_000}


@transaction.atomic
def fill_demo_town(*, seed: int, now: datetime, scale: str = "town") -> None:
    """Fill or refresh the demo town around `now`; running it again changes nothing else.

    Refuses a database that was not made for the demo.
    """
    make_demo_accounts(now)
    scope = Scope(settings.MUNICIPALITY_CODE, settings.MUNICIPALITY_NAME)
    load_facts(scope=scope, by=DEMO, now=now)
    load_demo_figures(scope, rng=Random(seed), by=DEMO, now=now)  # noqa: S311 - invented figures, no secrets
    if scale == "national":
        load_invented_country(rng=Random(seed), by=DEMO, now=now)  # noqa: S311 - idem
    fill_demo_catalogue(seed, now=now, scale=scale)
    fill_demo_desk(seed, now=now, how_many=PARTICIPANTS[scale])


def fill_demo_catalogue(seed: int, *, now: datetime, scale: str = "town") -> None:
    """Fill the social map, and let the member keep what the garden offers."""
    load_terms(by=DEMO, now=now)
    make_demo_catalogue(
        seed,
        municipality=settings.MUNICIPALITY_CODE,
        scale=scale,
        today=timezone.localdate(now),
        by=DEMO,
        now=now,
    )
    load_synonyms(by=DEMO, now=now)
    learn_words(by=DEMO, now=now)
    member = user_by_email(DEMO_PEOPLE["member"][1])
    garden = Organisation.objects.filter(name=GARDEN, invented=True).first()
    if member and garden:
        name_delegate(garden, user=member, by=DEMO, now=now)
    answer_demo_season(seed, on=timezone.localdate(now), by=DEMO, now=now)
    count_demo_turnout(seed, on=timezone.localdate(now), by=DEMO, now=now)


def fill_demo_desk(seed: int, *, now: datetime, how_many: int = PARTICIPANTS["town"]) -> None:
    """Invent people in the neighbourhoods that are loaded, and put the coordinator to work."""
    areas = neighbourhoods_of(settings.MUNICIPALITY_CODE)
    people = make_demo_people(seed, areas=areas, by=DEMO, now=now, how_many=how_many)
    coordinator = user_by_email(DEMO_PEOPLE["coordinator"][1])
    if people and coordinator:
        make_demo_desk(people, coordinator=coordinator, by=DEMO, now=now)
