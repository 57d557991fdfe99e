"""Codes on letters: short, easy to read aloud, and a typing error is noticed at once."""

from __future__ import annotations

import re
from typing import Protocol

# No vowels (no words come out by accident) and nothing that looks like something else:
# no 0/O, 1/I/L, 2/Z, 5/S, 8/B, G, Q. Nineteen is prime, which the check character needs.
ALPHABET = "CDFHJKMNPRTVWX34679"
LENGTH = 8
HALF = LENGTH // 2


class Chooser(Protocol):
    """A source of chance, such as `random.SystemRandom()` or a seeded `random.Random`."""

    def choice(self, seq: str, /) -> str: ...


def make_code(chance: Chooser) -> str:
    """Return a new code of seven characters by chance and one check character.

    Parameters
    ----------
    chance
        Where the characters come from; for real letters `random.SystemRandom()`.

    Returns
    -------
    str
        Eight characters of `ALPHABET`, one of 19^7 = 893,871,739 codes.

    Notes
    -----
    Worked number: CDFHJKM gets the check character K: see `check_character`.
    """
    start = "".join(chance.choice(ALPHABET) for _ in range(LENGTH - 1))
    return start + check_character(start)


def check_character(start: str) -> str:
    """Return the character that makes the weighted sum of the code a multiple of 19.

    Parameters
    ----------
    start
        The first seven characters.

    Returns
    -------
    str
        One character of `ALPHABET`.

    Notes
    -----
    With weights 1 to 8 modulo a prime, every single wrong character and every swap of two
    characters changes the sum (J. Verhoeff, Error Detecting Decimal Codes, 1969, ch. 2).
    Worked number: CDFHJKM has values 0..6; 1*0 + 2*1 + 3*2 + 4*3 + 5*4 + 6*5 + 7*6 = 112 = 17
    (mod 19); the last value v must give 8v = 2 (mod 19), so v = 5, which is K.
    """
    total = sum(weight * ALPHABET.index(letter) for weight, letter in enumerate(start, 1))
    value = -total * pow(LENGTH, -1, len(ALPHABET)) % len(ALPHABET)
    return ALPHABET[value]


def read_code(typed: str) -> str | None:
    """Return the code that somebody typed or read aloud, or None when it cannot be one.

    Parameters
    ----------
    typed
        With or without capitals, spaces, dots and dashes.

    Returns
    -------
    str or None
        The eight characters; None when one is wrong, missing, or two changed places.

    Notes
    -----
    Worked number: "cdfh jkmk" gives CDFHJKMK; "dcfh jkmk" gives None.
    """
    code = re.sub(r"[\s.\-]", "", typed).upper()
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return None
    return code if check_character(code[:-1]) == code[-1] else None


def show_code(code: str) -> str:
    """Return the code in two groups, as it is printed on a letter.

    Parameters
    ----------
    code
        Eight characters.

    Returns
    -------
    str
        Such as "CDFH-JKMK".
    """
    return f"{code[:HALF]}-{code[HALF:]}"
