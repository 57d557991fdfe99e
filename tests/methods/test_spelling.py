"""Names, streets and phone numbers are found however they were typed."""

from __future__ import annotations

import pytest

from omzien.methods.spelling import fold, phone_key, street_key, surname_keys


def test_accents_capitals_and_ij_make_no_difference() -> None:
    assert fold("  Crèvecœur-MEIJER ") == "crevecoeur-meyer"
    assert fold("Łukaszewska-Øster") == "lukaszewska-oster"


@pytest.mark.parametrize("typed", ["De Vries", "de vries", "Vries, de", "VRIES", "  Vriès , De "])
def test_mrs_de_vries_is_found_in_every_spelling(typed: str) -> None:
    assert surname_keys(typed) == {"vries"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("van 't Hof", {"hof"}),
        ("Van der Meijden", {"meyden"}),
        ("Meyer", {"meyer"}),
        ("Ten", {"ten"}),
        ("Jansen-de Vries", {"jansen", "vries", "jansenvries"}),
        ("Özdemir", {"ozdemir"}),
        ("El Amrani", {"amrani"}),
        ("", set()),
        ("-", set()),
    ],
)
def test_small_words_are_left_out_and_double_names_are_found_by_each_part(
    typed: str, expected: set[str]
) -> None:
    assert surname_keys(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "Meerzichtlaan",
        "meerzicht laan 12",
        "Meerzichtln.",
        "MEERZICHTLAAN 12-a",
        "Meerzichtlaan 12 III",
    ],
)
def test_a_street_is_found_with_or_without_its_number(typed: str) -> None:
    assert street_key(typed) == "meerzichtlaan"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1e Meistraat 4", "1emeistraat"),
        ("Burg. v.d. Spekstr. 3", "burgvdspekstraat"),
        ("Dorpspl. 1", "dorpsplein"),
        ("Croesinckplein", "croesinckplein"),
        ("", ""),
    ],
)
def test_short_endings_of_streets_are_written_out(typed: str, expected: str) -> None:
    assert street_key(typed) == expected


@pytest.mark.parametrize(
    "typed", ["079-341 12 34", "+31 (0)79 341 1234", "+31793411234", "0031 79 341 12 34"]
)
def test_one_number_of_a_phone_has_one_spelling(typed: str) -> None:
    assert phone_key(typed) == "0793411234"


@pytest.mark.parametrize(
    ("typed", "expected"), [("+32 2 123 45 67", "003221234567"), ("3411234", ""), ("geen", "")]
)
def test_other_countries_and_other_things_than_phone_numbers(typed: str, expected: str) -> None:
    assert phone_key(typed) == expected
