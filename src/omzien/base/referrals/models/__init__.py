"""The tables of referrals."""

from __future__ import annotations

from omzien.base.referrals.models.referral import (
    CLOSED,
    MOVES,
    GoesAlong,
    Referral,
    Result,
    State,
    Step,
)

__all__ = ["CLOSED", "MOVES", "GoesAlong", "Referral", "Result", "State", "Step"]
