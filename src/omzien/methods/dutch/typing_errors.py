"""Words that were probably meant to be another word."""

from __future__ import annotations

# In a short word one letter makes another word already.
SHORTEST_WORD = 4
TWO_SLIPS_FROM = 8


def distance(one: str, other: str, *, most: int) -> int:
    """Return how many slips lie between two words.

    A slip is a letter too many, too few or wrong, or two neighbours that changed places: the
    restricted distance of Damerau and Levenshtein (Damerau 1964; Boytsov 2011, section 2.1).

    Parameters
    ----------
    one, other
        Two words.
    most
        Counting stops beyond this number.

    Returns
    -------
    int
        The number of slips, or `most` + 1 where there are more.

    Notes
    -----
    Worked example: "rolator" and "rollator" differ by 1, "wandelne" and "wandelen" by 1, "koffie"
    and "thee" by more than 2.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, above = [0] * (len(other) + 1), list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, sign in enumerate(other, start=1):
            cost = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != sign))
            if min(row, column) > 1 and (letter, sign) == (other[column - 2], one[row - 2]):
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, above = above, line
    return min(above[-1], most + 1)


def is_slip(typed: str, meant: str) -> bool:
    """Say whether `typed` may be `meant` with a slip of the fingers: two in a long word.

    Parameters
    ----------
    typed, meant
        Two words in small letters without accents.

    Returns
    -------
    bool
        False for words of fewer than four letters.

    Notes
    -----
    Worked example: "binggo" may be "bingo", "kaars" may be "kaart", "man" is not "van".
    """
    if min(len(typed), len(meant)) < SHORTEST_WORD:
        return False
    most = 2 if min(len(typed), len(meant)) >= TWO_SLIPS_FROM else 1
    return distance(typed, meant, most=most) <= most
