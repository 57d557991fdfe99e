"""A code on a letter can be read aloud, and a mistake is noticed at once."""

from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from omzien.methods.letter_codes import (
    ALPHABET,
    LENGTH,
    check_character,
    make_code,
    read_code,
    show_code,
)

codes = st.integers(min_value=0).map(lambda seed: make_code(random.Random(seed)))  # noqa: S311 - a test


def test_the_worked_example_has_its_check_character() -> None:
    assert check_character("CDFHJKM") == "K"


def test_nothing_in_the_alphabet_looks_like_something_else_or_makes_words() -> None:
    assert not set(ALPHABET) & set("0O1ILZ25S8BGQAEIOU")
    assert len(set(ALPHABET)) == len(ALPHABET) == 19


@given(codes)
def test_a_code_is_read_back_however_it_was_typed(code: str) -> None:
    assert read_code(f" {show_code(code).lower()} ") == code


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(code: str, at: int, letter: str) -> None:
    wrong = code[:at] + letter + code[at + 1 :]
    assert (read_code(wrong) is None) == (wrong != code)


@given(codes)
def test_two_characters_that_changed_places_are_always_noticed(code: str) -> None:
    for first, second in combinations(range(LENGTH), 2):
        swapped = list(code)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        same = "".join(swapped) == code
        assert (read_code("".join(swapped)) is None) == (not same)


def test_a_code_of_another_length_or_alphabet_is_none() -> None:
    assert read_code("CDFHJKM") is None
    assert read_code("CDFHJKMKK") is None
    assert read_code("OOOOOOOO") is None
