"""The tables by which the social map stays true, by noun."""

from __future__ import annotations

from omzien.base.freshness.models.checks import Answer, CheckRequest, RequestedCheck
from omzien.base.freshness.models.keepers import CheckRhythm, Keeper, Part, Reach

__all__ = [
    "Answer",
    "CheckRequest",
    "CheckRhythm",
    "Keeper",
    "Part",
    "Reach",
    "RequestedCheck",
]
