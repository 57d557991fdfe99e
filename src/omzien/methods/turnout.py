"""How many people are behind a number of visits, from two count weeks a year."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# With fewer meetings an interval says nothing that anybody could use.
FEWEST_MEETINGS = 5


class TooFewMeetings(ValueError):
    """Too few meetings asked who was new."""


class CountsDoNotFit(ValueError):
    """These counts cannot belong together."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the meetings of the count weeks said, and what was counted from the first one on.

    Parameters
    ----------
    came
        How many people came, one number a meeting; each at least 0.
    new
        How many of them came for the first time this year, in the same order.
    start
        How many different people were there in the first count week of the year.
    visits
        All visits counted in the rest of the year, after that week.
    meetings
        At how many meetings people were counted, from that week on; at least the length of
        `came`.

    Raises
    ------
    TooFewMeetings
        Fewer than five meetings, or nobody came to any of them.
    CountsDoNotFit
        Numbers that cannot be: more who are new than who came, fewer meetings than asked.
    """

    came: tuple[int, ...]
    new: tuple[int, ...]
    start: int
    visits: int
    meetings: int

    def __post_init__(self) -> None:
        if len(self.came) < FEWEST_MEETINGS or not sum(self.came):
            raise TooFewMeetings
        if len(self.came) != len(self.new) or any(
            not 0 <= new <= came for came, new in zip(self.came, self.new, strict=True)
        ):
            raise CountsDoNotFit
        if min(self.start, self.visits) < 0 or self.meetings < len(self.came):
            raise CountsDoNotFit


@dataclass(frozen=True, slots=True)
class People:
    """How many people, about, and between which two numbers surely enough."""

    about: float
    low: float
    high: float


def estimate_people(sample: Sample, *, level: float = 0.95) -> People:
    """Estimate how many different people made the visits of a year.

    Who was there in the first count week was there. Whoever comes later for the first time this
    year is new exactly once, so of the visits after that week, the share that is somebody's first
    gives the new people; the count weeks show that share. It is a ratio of two totals over
    meetings, and meetings (not people) are what is sampled.

    Parameters
    ----------
    sample
        The counts of the count weeks, and the visits of the year.
    level
        How sure the interval is, between 0 and 1.

    Returns
    -------
    People
        In persons. Never fewer than `start`, never more than `start` and all visits after it.

    Notes
    -----
    With ``R = sum(new) / sum(came)`` over ``n`` of ``N`` meetings, the estimate is
    ``start + visits * R``. The variance of ``R`` is ``(1 - n/N) * sum((new - R * came)**2) /
    ((n - 1) * n * mean(came)**2)``: W. G. Cochran, *Sampling Techniques*, third edition, Wiley
    1977, sections 2.11 and 6.3. The interval is that of Student with ``n - 1`` degrees of freedom.

    It is a cautious number: who came before the first count week and stayed away in it is not
    seen. The share of January, when everybody is new, must never be applied to the year, nor that
    of spring to January. Who comes to two offers counts at both.

    Examples
    --------
    Five meetings with 10, 20, 10, 20 and 40 people, of whom 1, 3, 1, 2 and 3 are new, out of 50
    meetings; all five in the first count week, and 1,000 visits after it: R is 0.1, so 100 people
    and 100 new ones, with a standard error of 15.

    >>> estimate_people(Sample((10, 20, 10, 20, 40), (1, 3, 1, 2, 3), 100, 1_000, 50)).about
    200.0
    """
    number, total = len(sample.came), sum(sample.came)
    ratio = sum(sample.new) / total
    pairs = zip(sample.came, sample.new, strict=True)
    squares = sum((new - ratio * came) ** 2 for came, new in pairs)
    unseen = 1 - number / sample.meetings
    variance = unseen * squares / ((number - 1) * number * (total / number) ** 2)
    about = sample.start + sample.visits * ratio
    margin = student(level, freedom=number - 1) * sample.visits * sqrt(variance)
    return People(
        about=about,
        low=max(about - margin, float(sample.start)),
        high=min(about + margin, float(sample.start + sample.visits)),
    )


def student(level: float, *, freedom: int) -> float:
    """Return between which values (minus and plus) Student's t lies with this probability.

    Parameters
    ----------
    level
        Between 0 and 1.
    freedom
        Degrees of freedom; from 4 on the result is right to three figures.

    Notes
    -----
    Abramowitz and Stegun, *Handbook of Mathematical Functions*, 1964, formula 26.7.5.

    Examples
    --------
    >>> round(student(0.95, freedom=10), 3)
    2.228
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    terms: Sequence[float] = (
        z,
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92_160,
    )
    return sum(term / float(freedom) ** power for power, term in enumerate(terms))
