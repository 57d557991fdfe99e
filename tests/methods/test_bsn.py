"""A number that could be a BSN is recognised, and a phone number or a date is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omzien.methods.bsn import looks_like_bsn, passes_eleven_test


def test_the_test_number_of_the_worked_example_passes() -> None:
    assert passes_eleven_test("111222333")


@pytest.mark.parametrize("number", ["111222334", "123456789", "000000000"])
def test_other_numbers_do_not_pass(number: str) -> None:
    assert not passes_eleven_test(number)


@pytest.mark.parametrize(
    "number",
    [
        "12345678",
        "1234567890",
        "12345678a",
        "\u0661\u0661\u0661\u0662\u0662\u0662\u0663\u0663\u0663",
    ],
)
def test_anything_but_nine_digits_is_an_error(number: str) -> None:
    with pytest.raises(ValueError, match="nine digits"):
        passes_eleven_test(number)


@pytest.mark.parametrize(
    "text",
    [
        "111222333",
        "zie 1112.22.333.",
        "111 222 333",
        "(111-222-333)",
        "nr111222333",
        "BSN 10000008",
    ],
)
def test_a_bsn_is_recognised_however_it_was_written(text: str) -> None:
    assert looks_like_bsn(text)


@pytest.mark.parametrize(
    "text",
    [
        "bel 079 341 12 34",
        "06 12345678",
        "+31 79 341 1234",
        "geboren 10-04-1943",
        "19430410",
        "10000008",
        "NL91ABNA0417164300",
        "1112223330",
        "",
    ],
)
def test_phone_numbers_dates_and_accounts_are_left_alone(text: str) -> None:
    assert not looks_like_bsn(text)


@given(st.integers(min_value=0, max_value=999_999_999))
def test_a_number_with_one_digit_changed_never_passes_as_well(number: int) -> None:
    digits = f"{number:09}"
    changed = str((int(digits[4]) + 1) % 10).join((digits[:4], digits[5:]))
    assert not (passes_eleven_test(digits) and passes_eleven_test(changed))
