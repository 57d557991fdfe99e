"""Recognising a citizen service number (BSN), so that it can be refused: we never keep one."""

from __future__ import annotations

import re

LENGTH = 9
ELEVEN = 11
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
# As people write it: in one piece, 3-3-3 or 4-2-3, with a space, dot or dash between.
WRITTEN = re.compile(r"(?<!\d)(?:\d{9}|\d{3}[ .-]\d{3}[ .-]\d{3}|\d{4}[ .-]\d{2}[ .-]\d{3})(?!\d)")
# Eight digits could be a date, so only after the word itself; the leading zero was left out.
NAMED = re.compile(r"(?i)\b(?:bsn|burgerservicenummer|sofi\w*)\D{0,12}(\d(?:[ .-]?\d){7,8})(?!\d)")


def passes_eleven_test(digits: str) -> bool:
    """Say whether nine digits pass the eleven-test of the BSN.

    Parameters
    ----------
    digits
        Nine digits, without anything between them.

    Returns
    -------
    bool
        Whether 9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h - i is a multiple of eleven and not all
        digits are zero.

    Raises
    ------
    ValueError
        When it is not nine digits.

    Notes
    -----
    Source: Logisch Ontwerp BSN (RvIG), the eleven-test with -1 for the last digit.
    Worked number: 111222333 gives 9+8+7+12+10+8+9+6-3 = 66 = 6 x 11, so it passes.
    """
    if len(digits) != LENGTH or not digits.isascii() or not digits.isdigit():
        raise ValueError("nine digits are needed")
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
    return total % ELEVEN == 0 and digits != "0" * LENGTH


def looks_like_bsn(text: str) -> bool:
    """Say whether somewhere in `text` stands a number that could be a BSN.

    Parameters
    ----------
    text
        Anything somebody may have typed.

    Returns
    -------
    bool
        True for nine digits that pass the eleven-test, written in one piece or in groups, and
        for eight after the word BSN. A phone number (ten digits) or a date never counts.

    Notes
    -----
    One in eleven other numbers of nine digits passes too; refusing those is the safe side.
    Worked number: "zie 1112.22.333" is refused, "bel 079 341 12 34" is not.
    """
    written = WRITTEN.findall(text)
    numbers = {
        re.sub(r"\D", "", match).zfill(LENGTH) for match in (*written, *NAMED.findall(text))
    }
    return any(passes_eleven_test(number) for number in numbers)
