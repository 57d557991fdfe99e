"""Before a long holiday everybody can read what surely goes on, and what is not known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.core.cache import caches
from django.urls import reverse
from django.utils import timezone

from omzien.base.catalogue.models import Offer, Term
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS
from omzien.base.freshness.actions.calendars import load_calendars
from omzien.base.freshness.actions.demo import answer_demo_season
from omzien.base.freshness.actions.seasons import answer_season, open_questions
from omzien.base.freshness.models import SeasonQuestion
from omzien.base.freshness.queries.seasons import offers_to_ask_about, period_ahead
from omzien.base.journal.models import Actor
from omzien.site.queries.seasons import season_soon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

# Four weeks before the Christmas holidays of 2026; the summer of 2027 is far off.
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BY = Actor.system("tests")
CHRISTMAS, SUMMER = reverse("site:open_at_christmas"), reverse("site:open_in_summer")


@pytest.fixture(autouse=True)
def that_day(lively_town: None) -> Iterator[None]:
    del lively_town
    with time_machine.travel(NOW, tick=False):
        load_calendars(by=BY, now=NOW)
        yield


def text_of(client: Client, address: str) -> str:
    caches["pages"].delete_many(["catalogue-version", "answers"])
    return client.get(address).content.decode()


def ask() -> list[SeasonQuestion]:
    period = period_ahead(today=NOW.date())
    assert period
    numbers = {offer.organisation_id for offer in offers_to_ask_about(period)}
    return list(open_questions(numbers, period, now=NOW).values())


def test_what_the_organisation_said_stands_there_at_once(client: Client) -> None:
    questions = ask()
    assert "nog niemand heeft geantwoord" in text_of(client, CHRISTMAS)
    offers = Offer.objects.filter(organisation__in=[one.organisation_id for one in questions])
    for question in questions:
        answer_season(question, answer="open", by=BY, now=NOW)
    page = text_of(client, CHRISTMAS)
    assert "19 december tot en met 3 januari 2027" in page
    assert any(reverse("site:offer", args=[offer.slug]) in page for offer in offers)
    for question in questions:
        answer_season(question, answer="closed", by=BY, now=NOW)
    assert 'class="card"' not in text_of(client, CHRISTMAS)


def test_much_that_goes_on_is_turned_page_by_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("omzien.site.queries.seasons.PER_PAGE", 1)
    for question in ask():
        answer_season(question, answer="open", by=BY, now=NOW)
    first, second = (text_of(client, f"{CHRISTMAS}?bladzijde={number}") for number in (1, 2))
    assert first.count('class="card"') == second.count('class="card"') == 1
    assert "?bladzijde=2" in first
    assert "?bladzijde=1" in second


def test_of_who_did_not_answer_it_says_ask_first(client: Client) -> None:
    (first, *rest) = ask()
    for question in rest:
        answer_season(question, answer="open", by=BY, now=NOW)
    assert "Eén organisatie heeft nog niet geantwoord" in text_of(client, CHRISTMAS)
    offer = Offer.objects.filter(organisation=first.organisation_id, status="active")[0]
    address, told = reverse("site:offer", args=[offer.slug]), "vraag of het doorgaat"
    assert told in text_of(client, address)
    SeasonQuestion.objects.filter(pk=first.pk).update(season="summer")
    assert f"Zomervakantie, 19 december tot en met 3 januari: {told}" in text_of(
        client, f"{address}?x=1"
    )
    answer_season(first, answer="open", by=BY, now=NOW)
    assert told not in text_of(client, address)


def test_a_holiday_that_is_far_off_says_from_when_it_is_asked(client: Client) -> None:
    assert "Vanaf 5 juni 2027" in text_of(client, SUMMER)
    with time_machine.travel(datetime(2098, 1, 1, tzinfo=UTC), tick=False):
        assert "nog niet bekend" in text_of(client, SUMMER)


def test_the_home_page_points_there_from_eight_weeks_before(client: Client) -> None:
    assert CHRISTMAS in text_of(client, "/")
    assert season_soon(today=date(2026, 10, 23)) is None
    for day in date(2026, 10, 24), date(2027, 1, 3):
        pointer = season_soon(today=day)
        assert pointer is not None
        assert pointer.address == CHRISTMAS
    assert season_soon(today=date(2027, 1, 4)) is None


def test_no_word_for_professionals_stands_there(client: Client) -> None:
    for question in ask():
        answer_season(question, answer="open", by=BY, now=NOW)
    page = text_of(client, CHRISTMAS)
    assert 'class="card"' in page
    assert "eenzaam" not in page.casefold()
    for term in Term.objects.filter(taxonomy__in=FOR_PROFESSIONALS):
        assert term.name not in page


def test_the_demo_town_answers_once(client: Client) -> None:
    today = timezone.localdate(NOW)
    asked = answer_demo_season(79, on=today, by=BY, now=NOW)
    assert asked == SeasonQuestion.objects.count() > 0
    assert answer_demo_season(79, on=today, by=BY, now=NOW + timedelta(days=1)) == 0
    assert client.get(CHRISTMAS).status_code == 200
