"""Moments in life, my circle, and what matters to me: warm, plain, and nothing is kept of it."""

from __future__ import annotations

import json
from http import HTTPStatus
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import translation

from omzien.base.catalogue.actions.terms import end_term
from omzien.base.catalogue.models import Offer, Taxonomy, Term
from omzien.site.queries.life_moments import STORIES, life_moment_page, life_moments
from omzien.site.queries.own_tools import ARM, HIGHEST, MIDDLE, RINGS, SIDES, empty_web, interests
from omzien.site.queries.search import search_pages
from tests.site.conftest import TUESDAY_MORNING as NOW
from tests.site.offers import BY
from tests.site.test_offer import queries_of, text
from tests.site.test_plain_dutch import AVERAGE_WORDS, JARGON, MOST_WORDS, dutch, sentences

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("lively_town")
TERMS = json.loads((files("omzien.base.catalogue") / "facts" / "terms.json").read_text("utf-8"))
MOMENTS = [word["slug"] for word in TERMS["life-moment"]]
PAGES = [
    reverse("site:life_moments"),
    *(reverse("site:life_moment", args=[slug]) for slug in MOMENTS),
    reverse("site:circle"),
    reverse("site:aid"),
]


# --- Moments in life ---


def test_every_moment_that_is_shipped_has_a_story() -> None:
    assert set(STORIES) == set(MOMENTS)
    assert all(len(story.steps) == 3 for story in STORIES.values())


def test_the_overview_leads_to_every_moment_and_to_ones_own_tools(client: Client) -> None:
    page = client.get(reverse("site:life_moments")).content.decode()
    for address in PAGES[1:]:
        assert f'href="{address}"' in page


def test_a_moment_has_words_steps_offers_and_a_person(client: Client, settings: Settings) -> None:
    settings.PHONE = "079 123 45 67"
    said = text(client, reverse("site:life_moment", args=["partner-verloren"]))
    assert "Ik verloor mijn partner Alles is anders." in said
    assert "Rouwen kan op allerlei manieren." in said
    assert said.index("Open tafel Donderdag 5 november") < said.index("Bel een luisterend oor")
    assert "Pianoclub" not in said
    assert "079 123 45 67" in said
    assert "Mijn kring" in said


def test_a_moment_without_offers_sends_to_a_person(client: Client) -> None:
    said = text(client, reverse("site:life_moment", args=["kinderen-het-huis-uit"]))
    assert "Bel ons, dan kijken we samen." in said


def test_a_moment_that_an_editor_added_has_its_own_sentence(client: Client) -> None:
    Term.objects.create(
        taxonomy=Taxonomy.LIFE_MOMENT,
        slug="ziek-geworden",
        name="Ik ben ziek geworden",
        name_en="I fell ill",
        description="Je hoeft het niet alleen te dragen.",
        changed_at=NOW,
    )
    said = text(client, reverse("site:life_moment", args=["ziek-geworden"]))
    assert "Ik ben ziek geworden Je hoeft het niet alleen te dragen." in said
    assert "Een kleine stap" not in said


def test_other_words_and_words_of_the_past_have_no_page(client: Client) -> None:
    end_term(Term.objects.get(slug="pas-verhuisd"), on=NOW.date(), by=BY, now=NOW)
    for slug in ("pas-verhuisd", "ontmoeting", "zingen", "voetbal"):
        address = reverse("site:life_moment", args=[slug])
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND
    assert life_moment_page("voetbal", life_moments(), now=NOW) is None


def test_before_the_words_are_loaded_the_overview_says_so(client: Client) -> None:
    for term in Term.objects.filter(taxonomy=Taxonomy.LIFE_MOMENT):
        end_term(term, on=NOW.date(), by=BY, now=NOW)
    assert "Hier staat nog niets." in text(client, reverse("site:life_moments"))


def test_a_moment_asks_as_much_for_one_offer_as_for_three(client: Client) -> None:
    address = reverse("site:life_moment", args=["pas-verhuisd"])
    once = queries_of(client, address)
    moment = Term.objects.get(slug="pas-verhuisd")
    for name in ("Pianoclub", "Open tafel"):
        Offer.objects.get(name=name).terms.add(moment)
    assert queries_of(client, address) == once
    assert text(client, address).count(" uur ") == 3


# --- My circle and what matters to me ---


@pytest.mark.parametrize("name", ["circle", "aid"])
def test_nothing_can_be_sent_from_these_pages(client: Client, name: str) -> None:
    for _again in range(2):  # also from memory
        response = client.get(reverse(f"site:{name}"))
        policy = response.headers["Content-Security-Policy"]
        assert "connect-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert not response.cookies


@pytest.mark.parametrize("name", ["circle", "aid"])
def test_what_is_filled_in_stands_in_no_form(client: Client, name: str) -> None:
    page = client.get(reverse(f"site:{name}")).content.decode()
    tool = page.split('<div class="own"', 1)[1].split("</main>", 1)[0]
    assert "<form" not in tool
    assert 'autocomplete="off"' in tool


def test_the_circle_links_to_what_people_like_by_its_short_name_only(client: Client) -> None:
    page = client.get(reverse("site:circle")).content.decode()
    found = interests()
    assert len(found) == len(TERMS["interest"])
    for _name, address in found:
        assert f'href="{address}"' in page


def test_the_six_sides_are_those_of_the_words_and_lead_to_their_offers(client: Client) -> None:
    assert [side.slug for side in SIDES] == [word["slug"] for word in TERMS["dimension"]]
    page = client.get(reverse("site:aid")).content.decode()
    for side in SIDES:
        assert f"?dimensie={side.slug}" in page
    assert page.count('type="radio"') == len(SIDES) * (HIGHEST + 1)


def test_the_aid_says_that_it_is_no_test(client: Client) -> None:
    said = text(client, reverse("site:aid"))
    assert "Het is geen test. Er wordt niets opgeteld, en niemand zegt wat goed is." in said


def test_the_drawing_has_six_arms_of_one_length_and_the_first_points_up() -> None:
    web = empty_web()
    assert [(arm.number, arm.x, arm.y) for arm in web.arms[::3]] == [
        (1, MIDDLE, MIDDLE - ARM),
        (4, MIDDLE, MIDDLE + ARM),
    ]
    for arm in web.arms:
        assert (arm.x - MIDDLE) ** 2 + (arm.y - MIDDLE) ** 2 == pytest.approx(ARM**2, rel=1e-3)
    assert web.rings[-1].split()[0] == f"{MIDDLE},{MIDDLE - ARM}"


def test_rings_lie_one_in_another_and_people_between_their_lines() -> None:
    inner = 0
    for ring in RINGS:
        assert inner < ring.middle < ring.radius
        assert ring.top < MIDDLE
        inner = ring.radius


# --- Plain words ---


@pytest.mark.parametrize("address", PAGES)
def test_these_pages_are_in_plain_dutch(client: Client, address: str) -> None:
    said = sentences(dutch(client, address))
    lengths = [len(words) for words in said]
    assert sum(lengths) / len(lengths) <= AVERAGE_WORDS
    assert max(lengths) <= MOST_WORDS
    assert {word.casefold() for words in said for word in words} & set(JARGON) == set()


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_these_pages_never_say_the_word_to_a_person(
    client: Client, address: str, language: str
) -> None:
    page = client.get(address, HTTP_ACCEPT_LANGUAGE=language).content.decode().casefold()
    assert "eenza" not in page
    assert "lonel" not in page


@pytest.mark.parametrize(
    ("words", "name"),
    [("rouw", "life_moments"), ("mijn kring", "circle"), ("positieve gezondheid", "aid")],
)
def test_the_search_box_finds_these_pages(words: str, name: str) -> None:
    with translation.override("nl"):
        assert reverse(f"site:{name}") in [hit.address for hit in search_pages(words)]
