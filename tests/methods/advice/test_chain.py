"""From far layers to near ones: a meeting place is a chance of contact, not contact."""

from __future__ import annotations

from dataclasses import replace

from omzien.methods.advice.advise import advise
from omzien.methods.advice.catalogue import Catalogue
from omzien.methods.advice.chain import Step, chain
from omzien.methods.advice.offer import Offer
from omzien.methods.advice.person import Person
from omzien.methods.advice.weights import Weights

ORDER = ("feeling", "contact", "meeting", "home")
COFFEE = Offer(id="coffee", organisation="a", layers=frozenset({"meeting"}))
BUDDY = Offer(id="buddy", organisation="b", layers=frozenset({"contact"}))
TALK = Offer(id="talk", organisation="c", layers=frozenset({"feeling"}))
# Rows in the order of id: buddy 0, coffee 1, talk 2.
TOWN = Catalogue.of([COFFEE, BUDDY, TALK], layers=ORDER)


def test_a_meeting_place_leads_to_contact() -> None:
    assert chain([1], [1, 0, 2], TOWN) == (Step("meeting", "contact", ("buddy",)),)


def test_meeting_and_contact_lead_to_how_it_feels() -> None:
    assert chain([1, 0], [1, 0, 2], TOWN) == (Step("contact", "feeling", ("talk",)),)


def test_steps_run_from_far_to_near() -> None:
    bench = Offer(id="bench", organisation="d", layers=frozenset({"home", "contact"}))
    town = Catalogue.of([bench, COFFEE, TALK], layers=ORDER)
    assert chain([0], [1, 2], town) == (
        Step("home", "meeting", ("coffee",)),
        Step("contact", "feeling", ("talk",)),
    )


def test_what_works_on_everything_near_leads_nowhere() -> None:
    assert chain([0, 1, 2], [0, 1, 2], TOWN) == ()
    assert chain([], [0, 1, 2], TOWN) == ()


def test_where_nothing_brings_nearer_the_step_says_so() -> None:
    assert chain([1], [1], TOWN) == (Step("meeting", "contact", ()),)


def test_a_step_names_at_most_three_of_different_organisations() -> None:
    buddies = [replace(BUDDY, id=f"b{n}", organisation=f"{n // 2}") for n in range(10)]
    town = Catalogue.of([COFFEE, *buddies], layers=ORDER)
    coffee = [offer.id for offer in town.offers].index("coffee")
    (step,) = chain([coffee], range(len(town)), town)
    assert step.offers == ("b0", "b2", "b4")


def test_advice_shows_the_chain_and_only_what_passes() -> None:
    town = Catalogue.of([COFFEE, BUDDY, replace(BUDDY, id="full", places_free=0)], layers=ORDER)
    advice = advise(Person(needs={"meeting": 1}), town, weights=Weights(version="test"), k=1)
    assert [suggestion.offer for suggestion in advice.suggestions] == ["coffee"]
    assert advice.chain == (Step("meeting", "contact", ("buddy",)),)


def test_without_an_order_of_layers_there_is_no_chain() -> None:
    assert chain([0], [0, 1], Catalogue.of([COFFEE, BUDDY])) == ()
