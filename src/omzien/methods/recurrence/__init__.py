"""When meetings take place: rules, changes, closed days, and the moments that follow."""

from __future__ import annotations

from omzien.methods.recurrence.expand import meetings, next_meeting
from omzien.methods.recurrence.plans import Change, DayRange, Meeting, Plan, Slot
from omzien.methods.recurrence.rules import Frequency, Rule

__all__ = [
    "Change",
    "DayRange",
    "Frequency",
    "Meeting",
    "Plan",
    "Rule",
    "Slot",
    "meetings",
    "next_meeting",
]
