"""Words that are made of words: "rouwgroep" is a group about mourning."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from omzien.methods.dutch.roots import root

if TYPE_CHECKING:
    from collections.abc import Container

# Shorter pieces are found in any word; a compound has at least one piece that says something.
SHORTEST_PIECE = 3
SHORTEST_MAIN_PIECE = 4
LONGEST_WORD = 40


def pieces_of(word: str) -> frozenset[str]:
    """Return the roots of all pieces that a word could be made of: what to look up.

    Parameters
    ----------
    word
        Small letters without accents.

    Returns
    -------
    frozenset of str
        Empty for a word that is too short to be a compound, or too long to be a word.

    Notes
    -----
    Worked example: of "eetcafe" these are the roots of eet, eetc and so on, to those of cafe and
    afe.
    """
    size = len(word)
    if not SHORTEST_PIECE + SHORTEST_MAIN_PIECE <= size <= LONGEST_WORD:
        return frozenset()
    return frozenset(
        root(word[begin:end])
        for begin in range(size - SHORTEST_PIECE + 1)
        for end in range(begin + SHORTEST_PIECE, size + 1)
        if end - begin < size
    )


def split_compound(word: str, known: Container[str]) -> tuple[str, ...]:
    """Split a compound into words that are known.

    Parameters
    ----------
    word
        Small letters without accents.
    known
        Roots of the words that a piece may be.

    Returns
    -------
    tuple of str
        The pieces, as few and as even as possible; a joining s, e or en stays with the piece
        before it. Empty where the word cannot be split.

    Notes
    -----
    Worked example: with wandelen and club known, "wandelclub" gives ("wandel", "club"), because
    "wandel" is the root of wandelen.
    """
    if not SHORTEST_PIECE + SHORTEST_MAIN_PIECE <= len(word) <= LONGEST_WORD:
        return ()

    @cache
    def best(begin: int) -> tuple[str, ...] | None:
        """Return the best pieces from `begin` on; None where there are none."""
        if begin == len(word):
            return ()
        found = (
            (word[begin:end], *rest)
            for end in range(begin + SHORTEST_PIECE, len(word) + 1)
            if end - begin < len(word) and root(word[begin:end]) in known
            if (rest := best(end)) is not None
        )
        return min(found, key=_roughness, default=None)

    pieces = best(0)
    if pieces is None or max(map(len, pieces)) < SHORTEST_MAIN_PIECE:
        return ()
    return pieces


def _roughness(pieces: tuple[str, ...]) -> tuple[int, int, int]:
    """Return what makes one split worse than another: "buur-thuis" than "buurt-huis"."""
    return len(pieces), -min(map(len, pieces)), -len(pieces[0])
