"""From a text to its words, and from a word to its root and its sound."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

VOWELS = frozenset("aeiouy")
LETTERS_THAT_STAY_WHOLE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)
# Endings that are taken off, and how many letters must be left. The longest that fits goes first.
ENDINGS = (
    *(("heden", 4), ("ingen", 3), ("etjes", 3), ("heid", 4), ("etje", 3), ("tjes", 3)),
    *(("pjes", 3), ("aars", 3), ("ing", 3), ("tje", 3), ("pje", 3), ("jes", 3), ("aar", 3)),
    *(("ers", 5), ("er", 5), ("en", 2), ("je", 3), ("s", 4), ("e", 3)),
)
# After these the t of "praatje" belongs to the word: praat; and the s of "vrees", too.
LONG_VOWELS = ("aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ei", "ij", "ou", "au")
# Parents are not the elderly (ouderen), though all but one letter is the same.
OF_THEIR_OWN = frozenset({"ouders"})
# Roots that no rule finds.
IRREGULAR = {"kinder": "kind", "eier": "ei", "kleder": "kleed"}
# How letters sound alike, in the order in which they are read.
SOUNDS = tuple(
    (re.compile(pattern), alike)
    for pattern, alike in (
        (r"ij|ei", "y"),
        (r"^y(?=[aeou])", "j"),
        (r"ou|au", "u"),
        (r"sch", "sg"),
        (r"ch", "g"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"qu?", "k"),
        (r"x", "ks"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"v", "f"),
        (r"z", "s"),
        (r"y", "i"),
        (r"ie", "i"),
        (r"oe", "o"),
        (r"dt$|d$", "t"),
        (r"b$", "p"),
        (r"(.)\1+", r"\1"),
        (r"en$", "e"),
    )
)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters without accents.

    Parameters
    ----------
    text
        Anything typed.

    Returns
    -------
    tuple of str
        Words of two letters or digits and more, in their order: as the database cuts them, so
        that a word found here is a word found there.

    Notes
    -----
    Worked example: "Rouwcafé, 55+ (foto's)" gives ("rouwcafe", "55", "foto").
    """
    small = text.casefold().translate(LETTERS_THAT_STAY_WHOLE)
    apart = unicodedata.normalize("NFKD", small)
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return tuple(word for word in re.findall(r"[^\W_]+", plain) if len(word) > 1)


# Splitting compounds asks for the root of every piece of a word.
@lru_cache(maxsize=65_536)
def root(word: str) -> str:
    """Return what the forms of a word have in common.

    A light stemmer by the rules of Dutch spelling: endings go, doubled consonants become one, v
    and z at the end become f and s, and a vowel that was long because a syllable was open is
    written long. It is made for finding, not for grammar: "wandelaar" and "wandeling" both become
    "wandel". Unlike the Dutch stemmer of Snowball it gives "fiets" and "fietsen", "koor" and
    "koren", "lees" and "lezen" one root, and "dames" and "dammen" two.

    Parameters
    ----------
    word
        Small letters without accents, see `words_of`.

    Returns
    -------
    str
        The root; of a root it is that root itself.

    Notes
    -----
    Worked example: "lezen" loses "en"; the e was long: "leez"; z becomes s: "lees". "lessen"
    loses "en"; the e was short: "less", and one s: "les".
    """
    if word in OF_THEIR_OWN:
        return word
    found = word
    while (shorter := _without_ending(found)) != found:
        found = shorter
    return IRREGULAR.get(found, found)


def _without_ending(word: str) -> str:
    for ending, left in ENDINGS:
        rest = word.removesuffix(ending)
        if rest == word or _belongs_to(rest, ending):
            continue
        if ending.startswith("tj") and rest.endswith(LONG_VOWELS):
            rest += "t"
        if len(rest) >= left and not VOWELS.isdisjoint(rest):
            return _settled(rest, was_open=ending[0] in VOWELS)
    return _settled(word, was_open=False)


def _belongs_to(rest: str, ending: str) -> bool:
    """Say whether what looks like an ending is part of the word: been, vrees."""
    return (ending == "en" and rest.endswith("e")) or (
        ending == "s" and rest.endswith(LONG_VOWELS)
    )


def _settled(stem: str, *, was_open: bool) -> str:
    """Return a stem as it is written when nothing follows: mann, lez, kor as man, lees, koor."""
    one_syllable = len(re.findall(r"[aeiouy]+", stem)) == 1
    if was_open and one_syllable:
        stem = re.sub(r"(?<![aeiouy])([aeou])([^aeiouyx])$", r"\1\1\2", stem)
    stem = re.sub(r"([^aeiouy])\1$", r"\1", stem)
    stem = re.sub(r"v$", "f", re.sub(r"(?<=.)z$", "s", stem))
    if one_syllable:
        return stem
    # In longer words nobody hears which vowel was long.
    return re.sub(r"(aa|ee|oo|uu)(?=[^aeiouy]+$)", lambda pair: pair[1][0], stem)


def sound(word: str) -> str:
    """Return how a word sounds, roughly: words that sound alike are easily confused in writing.

    Parameters
    ----------
    word
        Small letters without accents, see `words_of`.

    Returns
    -------
    str
        A key that is meant for comparing only.

    Notes
    -----
    Worked example: "joga" and "yoga" give "joga"; "gim" and "gym" give "gim"; "mantelzorch" and
    "mantelzorg" give "mantelsorg".
    """
    for pattern, alike in SOUNDS:
        word = pattern.sub(alike, word)
    return word
