"""The weights of advice: a version that an editor can read, change and preview."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How much each part counts; all between 0 and 1.

    Parameters
    ----------
    version : str
        Names these weights; every advice carries it.
    need, interests, nearness, text : float
        The parts of the score. Only their proportion matters, and only between the parts that
        were asked.
    mmr_lambda : float
        1 looks at fit alone, 0 at being different from what is already chosen.
    exposure : float
        The most that an often-shown offer can lose.
    stale : float
        What an offer loses that was not assured lately.
    lacking : float
        What an offer loses for each wished comfort it is not known to have: somebody who goes
        along the first time, a hearing loop.

    Raises
    ------
    ValueError
        No version, a weight outside 0..1, or nothing that counts.
    """

    version: str
    need: float = 0.4
    interests: float = 0.3
    nearness: float = 0.2
    text: float = 0.1
    mmr_lambda: float = 0.75
    exposure: float = 0.1
    stale: float = 0.1
    lacking: float = 0.05

    def __post_init__(self) -> None:
        if not self.version:
            raise ValueError("weights need a version")
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name != "version" and not 0 <= value <= 1:
                raise ValueError(f"{each.name} lies between 0 and 1")
        if self.need + self.interests + self.nearness + self.text <= 0:
            raise ValueError("at least one part of the score must count")
