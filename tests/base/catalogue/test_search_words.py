"""Typed words are understood: forms, compounds, slips, synonyms, and facts behind words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from omzien.base.catalogue.actions.offers import add_offer, change_offer, publish_offer
from omzien.base.catalogue.actions.search import (
    SaysNothing,
    add_synonym,
    change_synonym,
    learn_words,
    load_synonyms,
    refuse_empty,
    remove_synonym,
    renewed_word,
    writing_texts_once,
)
from omzien.base.catalogue.jobs import learn_words as job
from omzien.base.catalogue.models import KnownWord, Offer, OfferText, Synonym, Taxonomy, Term
from omzien.base.catalogue.queries.search import Wish, find_offers
from omzien.base.catalogue.queries.search.groups import Alternative, Group, step_of
from omzien.base.catalogue.queries.search.understanding import understand
from omzien.base.catalogue.queries.search.vocabulary import key_of, keys_of, meant_by, saying
from omzien.base.journal.models import Entry
from tests.base.catalogue.conftest import NOW

if TYPE_CHECKING:
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation

pytestmark = pytest.mark.django_db
OFFERS = {
    "Wandelclub De Plas": "Samen een uur lopen.",
    "Rouwcafé": "Voor wie een dierbare heeft verloren.",
    "Rollatorwandeling": "Rustig door het park.",
    "Stoelyoga": "Rekken en ontspannen op een stoel.",
    "Klaverjassen": "Kaartmiddag in de soos.",
    "Fietstocht": "Dertig kilometer met een stop.",
    "Dames zwemmen": "Een uur in het bad.",
    "Damclub": "Dammen zonder competitie.",
    "Belmaatje": "Iemand belt u elke week.",
}


@pytest.fixture
def catalogue(foundation: Organisation, by: Actor) -> dict[str, Offer]:
    """Return a handful of offers by name, with the synonyms that come with Omzien."""
    made = {}
    for name, summary in OFFERS.items():
        offer = add_offer(foundation, name=name, summary=summary, kind="activity", by=by, now=NOW)
        made[name] = publish_offer(offer, by=by, now=NOW)
    load_synonyms(by=by, now=NOW)
    learn_words(by=by, now=NOW)
    return made


def first(words: str) -> str:
    found = find_offers(Wish(words=words), now=NOW).offers
    return found[0].offer.name if found else ""


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        # Another form, with accents and capitals.
        ("FIETSEN", "Fietstocht"),
        ("rouwcafe", "Rouwcafé"),
        # Part of a compound, and a compound of parts.
        ("wandelen", "Wandelclub De Plas"),
        ("wandelgroep", "Wandelclub De Plas"),
        # Sounds the same, a letter too few, letters that changed places.
        ("stoel joga", "Stoelyoga"),
        ("rolatorwandeling", "Rollatorwandeling"),
        ("klavrejassen", "Klaverjassen"),
        # Means the same, or leads there.
        ("mijn man is overleden", "Rouwcafé"),
        ("slecht ter been", "Rollatorwandeling"),
        ("telefoonmaatje", "Belmaatje"),
        # "dammen" and "dames" have one root; what was typed decides.
        ("dammen", "Damclub"),
        ("dames", "Dames zwemmen"),
    ],
)
def test_people_find_it_by_their_own_words(typed: str, expected: str) -> None:
    assert first(typed) == expected


@pytest.mark.usefixtures("catalogue")
def test_words_that_nobody_knows_find_nothing() -> None:
    assert first("xqzwv") == ""
    assert understand(" ! ").groups == ()
    assert understand("").groups == ()


@pytest.mark.usefixtures("catalogue")
def test_a_word_that_was_read_as_another_is_told() -> None:
    found = find_offers(Wish(words="rolator"), now=NOW)
    assert found.corrections == (("rolator", "rollator"),)
    assert find_offers(Wish(words="rollator"), now=NOW).corrections == ()


def test_a_fact_behind_a_word_counts_as_the_word(catalogue: dict[str, Offer], by: Actor) -> None:
    change_offer(catalogue["Damclub"], languages=["tr"], by=by, now=NOW)
    assert first("turks") == "Damclub"


def test_what_is_typed_where_a_name_says_it_comes_before_a_description(
    catalogue: dict[str, Offer], by: Actor
) -> None:
    change_offer(catalogue["Damclub"], description="Na afloop fietsen.", by=by, now=NOW)
    names = [f.offer.name for f in find_offers(Wish(words="fietstocht"), now=NOW).offers]
    assert names == ["Fietstocht", "Damclub"]


def test_what_is_for_women_comes_a_little_later_unless_asked_for(
    catalogue: dict[str, Offer], by: Actor
) -> None:
    change_offer(catalogue["Rollatorwandeling"], open_to="women", by=by, now=NOW)
    change_offer(catalogue["Fietstocht"], name="Fietswandeling", by=by, now=NOW)
    learn_words(by=by, now=NOW)
    names = [f.offer.name for f in find_offers(Wish(words="wandeling"), now=NOW).offers]
    assert names.index("Fietswandeling") < names.index("Rollatorwandeling")
    asked = find_offers(Wish(words="wandeling vrouwen"), now=NOW).offers
    assert asked[0].offer.name == "Rollatorwandeling"


def test_a_new_offer_is_found_at_once_and_misspelt_once_it_is_learnt(
    catalogue: dict[str, Offer], foundation: Organisation, by: Actor
) -> None:
    del catalogue
    offer = add_offer(
        foundation, name="Pickleball", summary="Een spel.", kind="course", by=by, now=NOW
    )
    publish_offer(offer, by=by, now=NOW)
    assert first("pickleball") == "Pickleball"
    assert first("piklebal") == ""
    job()
    assert first("piklebal") == "Pickleball"


@pytest.mark.usefixtures("catalogue")
def test_learning_again_changes_nothing_and_leaves_no_trace(by: Actor) -> None:
    before = Entry.objects.count()
    assert learn_words(by=by, now=NOW) == 0
    assert Entry.objects.count() == before


def test_a_word_that_is_gone_is_forgotten(catalogue: dict[str, Offer], by: Actor) -> None:
    change_offer(catalogue["Stoelyoga"], name="Rekken", by=by, now=NOW)
    learn_words(by=by, now=NOW)
    stretching = KnownWord.objects.get(word="rekken")
    assert stretching.offers == 1
    change_offer(catalogue["Klaverjassen"], name="Rekken", by=by, now=NOW)
    assert learn_words(by=by, now=NOW) > 0
    stretching.refresh_from_db()
    assert stretching.offers == 2
    assert not KnownWord.objects.filter(word="klaverjassen", offers__gt=0).exists()


def test_a_known_word_is_renewed_only_where_it_differs() -> None:
    known = KnownWord(word="a", root="a", sound="a", parts=[], offers=1)
    assert (
        renewed_word(known, KnownWord(word="a", root="a", sound="a", parts=[], offers=1)) is None
    )
    other = renewed_word(known, KnownWord(word="a", root="a", sound="a", parts=[], offers=2))
    assert other is known
    assert known.offers == 2


def test_synonyms_are_loaded_once_and_are_the_editors_from_then_on(by: Actor) -> None:
    assert load_synonyms(by=by, now=NOW) >= 150
    assert load_synonyms(by=by, now=NOW) == 0


def test_a_new_installation_knows_synonyms_and_terms_before_anybody_gave_any() -> None:
    job()
    assert Synonym.objects.count() >= 150
    assert set(Term.objects.values_list("taxonomy", flat=True).distinct()) == set(Taxonomy)


@pytest.mark.usefixtures("catalogue")
def test_an_editor_teaches_a_word_and_takes_it_back(by: Actor) -> None:
    assert first("trimmen") == ""
    made = add_synonym(["trimmen"], leads_to=["fietsen"], by=by, now=NOW)
    assert first("trimmen") == "Fietstocht"
    # It goes one way: who looks for cycling does not ask for jogging.
    change_synonym(made, words=["trimmen", "draven"], leads_to=["lopen"], by=by, now=NOW)
    assert first("draven") == "Wandelclub De Plas"
    remove_synonym(made, by=by, now=NOW)
    assert first("draven") == ""


@pytest.mark.parametrize(
    ("words", "leads_to"), [([], ["fietsen"]), (["trimmen"], []), (["!"], ["fietsen"])]
)
def test_a_synonym_that_says_nothing_is_refused(
    words: list[str], leads_to: list[str], by: Actor
) -> None:
    with pytest.raises(SaysNothing):
        add_synonym(words, leads_to=leads_to, by=by, now=NOW)
    with pytest.raises(SaysNothing):
        refuse_empty(words, leads_to, ())


@pytest.mark.parametrize("nonsense", [{"words": []}, {"words": ["a"], "leads_to": []}])
def test_the_database_refuses_a_synonym_that_says_nothing(nonsense: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Synonym.objects.create(**({"keys": [], "changed_at": NOW} | nonsense))


def test_a_phrase_is_known_in_any_order_and_form() -> None:
    assert key_of("Mijn man is overleden") == key_of("overleden mannen") == "man overled"
    assert keys_of(["eten", "wij eten", "!"]) == ["eet"]
    assert saying(["de", "fiets"]) == ["fiets"]
    assert saying(["de", "het"]) == ["de", "het"]


@pytest.mark.usefixtures("catalogue")
def test_what_resembles_nothing_stays_as_it_is() -> None:
    assert meant_by("xqzwv") == "xqzwv"
    assert meant_by("klaverjasen") == "klaverjassen"


def test_a_rare_word_says_more_than_one_that_stands_everywhere() -> None:
    def weight(typed: str, offers: int) -> float:
        return Group(typed, (Alternative(((typed,),), 1.0, offers),)).weight

    # 1 / (1 + log10(1 + 9)) is one half.
    assert weight("rouw", 9) == pytest.approx(0.5)
    assert weight("rouw", 0) == 1.0
    # How something is done says a third of what it is.
    assert weight("cursus", 0) == 0.35


def test_one_question_covers_all_words_of_a_step() -> None:
    group = Group("a", (Alternative((("aa", "ab"),), 1.0), Alternative((("b",), ("c", "d")), 0.5)))
    assert group.steps[0] == (0.95, "'aa':A | 'ab':A")
    assert group.anywhere == "'aa' | 'ab' | (('b') & ('c' | 'd'))"
    assert (step_of(0.75), step_of(0.76), step_of(0.01)) == (0.75, 0.75, 0.05)


def test_texts_of_many_new_offers_are_written_once_at_the_end(
    foundation: Organisation, by: Actor
) -> None:
    offers: list[Offer] = []
    with writing_texts_once(offers):
        offer = add_offer(
            foundation, name="A", summary="B", kind="course", status="active", by=by, now=NOW
        )
        offers.append(offer)
        assert not OfferText.objects.exists()
    assert OfferText.objects.get().offer == offer
    change_offer(offer, price_cents=0, by=by, now=NOW)
    assert "free" in OfferText.objects.get().marks
