"""Likeness of words by runs of three letters."""

from __future__ import annotations

import pytest

from omzien.methods.advice.offer import Offer
from omzien.methods.advice.words import WordIndex, likeness_from, runs_of


def test_a_word_is_cut_into_runs_of_three() -> None:
    assert runs_of("Thee") == {" th", "the", "hee", "ee "}
    assert runs_of("  ") == frozenset()


def test_the_example_of_the_docstring() -> None:
    index = WordIndex(["thee", "koffie"])
    assert index.likeness("Thee!").tolist() == [1, 0]
    assert index.likeness("thee koffie").tolist() == pytest.approx([4 / 10, 6 / 10])


@pytest.mark.parametrize("typed", ["koffieochtent", "KOFFIE-ochtend", "ochtend met köffie"])
def test_typing_errors_and_compounds_find_the_coffee_morning(typed: str) -> None:
    coffee, walk, choir = WordIndex(
        ["koffieochtend in de Oase", "wandelen in het park", "zangkoor"]
    ).likeness(typed)
    assert coffee > 0.5
    assert max(walk, choir) < 0.1


def test_rare_runs_weigh_more() -> None:
    index = WordIndex(["samen eten", "samen zingen", "samen fietsen"])
    together, sing = index.likeness("samen")[1], index.likeness("zingen")[1]
    assert together == sing == 1
    eat, sing, cycle = index.likeness("samen zingen")
    assert sing == 1
    assert max(eat, cycle) < 5 / 11


def test_words_that_nobody_uses_count_as_not_found() -> None:
    assert WordIndex(["thee"]).likeness("thee xqz")[0] < 1
    assert WordIndex([]).likeness("thee").tolist() == []
    assert WordIndex(["thee"]).likeness("").tolist() == [0]


def test_a_selection_judges_as_the_whole_does() -> None:
    whole = WordIndex(["samen eten", "samen zingen", "samen fietsen"])
    part = WordIndex(["samen zingen"], whole.rarity)
    assert part.likeness("samen dansen")[0] == whole.likeness("samen dansen")[1]


def test_numbers_that_are_known_already_follow_the_offers() -> None:
    offers = [Offer(id=name, organisation="x") for name in ("a", "b", "c")]
    assert likeness_from({"b": 0.5, "z": 1})("thee", offers).tolist() == [0, 0.5, 0]
