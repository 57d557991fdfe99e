"""The tables of the desk, by noun."""

from __future__ import annotations

from omzien.base.desk.models.calls import Call, CallBack, CallerKind, Reason
from omzien.base.desk.models.duty import Absence, OnDuty, WorkList
from omzien.base.desk.models.work import OwnedWork

__all__ = [
    "Absence",
    "Call",
    "CallBack",
    "CallerKind",
    "OnDuty",
    "OwnedWork",
    "Reason",
    "WorkList",
]
