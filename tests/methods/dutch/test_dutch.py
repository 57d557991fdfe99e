"""Dutch words find each other across endings, compounds, sounds and slips of the finger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omzien.methods.dutch import (
    distance,
    is_slip,
    pieces_of,
    root,
    sound,
    split_compound,
    words_of,
)

LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=20)


def test_a_text_becomes_words_without_accents_capitals_and_signs() -> None:
    assert words_of("Rouwcafé, 55+ (foto’s) İn de Łódź") == (
        *("rouwcafe", "55", "foto", "in", "de", "lodz"),
    )
    assert words_of(" . ") == ()


@pytest.mark.parametrize(
    ("forms", "common"),
    [
        ("wandelen wandelaar wandelaars wandeling wandelingen", "wandel"),
        # The Snowball stemmer gives these two, "fiet" and "fiets".
        ("fiets fietsen fietser", "fiet"),
        ("koor koren", "koor"),
        ("lees lezen", "lees"),
        ("les lessen", "les"),
        ("schaak schaken", "schaak"),
        ("man mannen", "man"),
        ("eet eten", "eet"),
        ("been benen", "been"),
        ("vrees vrezen", "vrees"),
        ("woon wonen woning", "woon"),
        ("kind kinderen kinder", "kind"),
        ("turks turkse", "turk"),
        ("praat praatje praten", "praat"),
        ("tafel tafels tafeltje tafeltjes", "tafel"),
        ("gezellig gezelligheid", "gezellig"),
        ("mantelzorg mantelzorger mantelzorgers", "mantelzorg"),
        ("huis huizen", "huis"),
        ("dans dansen", "dans"),
        ("duif duiven", "duif"),
        ("ouder ouderen oudere", "ouder"),
    ],
)
def test_forms_of_a_word_have_one_root(forms: str, common: str) -> None:
    assert {root(word) for word in forms.split()} == {common}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("buur", "buurt"),
        ("kring", "kris"),
        ("maat", "mat"),
        ("ouders", "ouderen"),
        ("dames", "dammen"),
    ],
)
def test_other_words_keep_another_root(one: str, other: str) -> None:
    assert root(one) != root(other)


@given(LETTERS)
def test_the_root_of_a_root_is_that_root(word: str) -> None:
    assert root(root(word)) == root(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("joga", "yoga"),
        ("gim", "gym"),
        ("mantelzorch", "mantelzorg"),
        ("wandelclup", "wandelclub"),
        ("binggo", "bingo"),
        ("tijt", "teid"),
    ],
)
def test_words_that_sound_alike_have_one_sound(typed: str, meant: str) -> None:
    assert sound(typed) == sound(meant)


def test_words_that_sound_different_have_another_sound() -> None:
    assert sound("koor") != sound("kaart")


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("wandelclub", ("wandel", "club")),
        ("rouwcafe", ("rouw", "cafe")),
        ("ouderenontbijt", ("ouderen", "ontbijt")),
        ("koffieochtenden", ("koffie", "ochtenden")),
        # Fewer pieces go first, and then even ones.
        ("rolstoelwandeling", ("rolstoel", "wandeling")),
        ("buurthuis", ("buurt", "huis")),
        ("wandelen", ()),
        ("fietsclub", ()),
        ("club", ()),
        ("eenoog", ()),
        ("a" * 41, ()),
    ],
)
def test_a_compound_falls_apart_in_words_that_are_known(
    word: str, pieces: tuple[str, ...]
) -> None:
    words = (
        "wandelen club rouw cafe ouderen ontbijt koffie ochtend rolstoel rol stoel een oog"
        " buur thuis buurt huis"
    )
    assert split_compound(word, {root(known) for known in words.split()}) == pieces


@given(LETTERS, LETTERS)
def test_the_pieces_of_a_compound_are_the_whole_word(first: str, second: str) -> None:
    word = first + second
    known = {root(first), root(second)}
    assert "".join(split_compound(word, known)) in {word, ""}


def test_what_to_look_up_for_a_compound_is_every_piece_of_it() -> None:
    assert {"eet", "caf", "etc"} <= pieces_of("eetcafe")
    assert pieces_of("tafel") == frozenset()
    assert pieces_of("a" * 41) == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        # Levenshtein's own distance between these is 3.
        ("kitten", "sitting", 3),
        # Damerau's swap: one slip, where Levenshtein counts two.
        ("wandelne", "wandelen", 1),
        # The restricted distance counts 3 where the unrestricted one counts 2 (Boytsov 2011).
        ("ca", "abc", 3),
        ("rolator", "rollator", 1),
        ("", "abc", 3),
        ("koffie", "koffie", 0),
    ],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other, most=5) == slips
    assert distance(other, one, most=5) == slips


def test_counting_stops_beyond_what_matters() -> None:
    assert distance("koffie", "thee", most=2) == 3
    assert distance("abcdefgh", "stuvwxyz", most=2) == 3


@given(LETTERS, LETTERS)
def test_a_distance_is_at_most_the_longer_word_and_the_same_both_ways(a: str, b: str) -> None:
    found = distance(a, b, most=40)
    assert (found == 0) == (a == b)
    assert found == distance(b, a, most=40) <= max(len(a), len(b))


@pytest.mark.parametrize(
    ("typed", "meant", "may_be"),
    [
        ("binggo", "bingo", True),
        ("wandeliing", "wandeling", True),
        ("mantelzorch", "mantelzorg", True),
        ("kaars", "kaart", True),
        ("man", "van", False),
        ("koffie", "kantine", False),
    ],
)
def test_a_long_word_may_hold_two_slips_and_a_short_one_none(
    typed: str, meant: str, *, may_be: bool
) -> None:
    assert is_slip(typed, meant) is may_be
