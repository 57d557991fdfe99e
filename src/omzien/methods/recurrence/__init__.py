"""When meetings take place: rules, changes, closed days, and the moments that follow."""

from __future__ import annotations

from omzien.methods.recurrence.expand import meetings, next_meeting
from omzien.methods.recurrence.rules import Change, DayRange, Frequency, Meeting, Plan, Rule

__all__ = [
    "Change",
    "DayRange",
    "Frequency",
    "Meeting",
    "Plan",
    "Rule",
    "meetings",
    "next_meeting",
]
