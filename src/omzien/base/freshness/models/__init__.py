"""The tables by which the social map stays true, by noun."""

from __future__ import annotations

from omzien.base.freshness.models.calls import CheckCall, WhyCall
from omzien.base.freshness.models.checks import Answer, CheckRequest, RequestedCheck
from omzien.base.freshness.models.figures import DayCount
from omzien.base.freshness.models.keepers import CheckRhythm, Keeper, Part, Reach
from omzien.base.freshness.models.proposals import Proposal
from omzien.base.freshness.models.seasons import (
    RequestedSeason,
    Season,
    SeasonAnswer,
    SeasonCall,
    SeasonQuestion,
    SeasonRequest,
)
from omzien.base.freshness.models.turnout import How, Turnout
from omzien.base.freshness.models.work import Outcome, Wrong, WrongReport

__all__ = [
    "Answer",
    "CheckCall",
    "CheckRequest",
    "CheckRhythm",
    "DayCount",
    "How",
    "Keeper",
    "Outcome",
    "Part",
    "Proposal",
    "Reach",
    "RequestedCheck",
    "RequestedSeason",
    "Season",
    "SeasonAnswer",
    "SeasonCall",
    "SeasonQuestion",
    "SeasonRequest",
    "Turnout",
    "WhyCall",
    "Wrong",
    "WrongReport",
]
