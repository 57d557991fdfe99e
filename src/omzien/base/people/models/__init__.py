"""The tables of people, by noun."""

from __future__ import annotations

from omzien.base.people.models.consent import Consent, GivenHow, Purpose
from omzien.base.people.models.helper import Availability, HalfDay, Helper, Leave, Travel, Weekday
from omzien.base.people.models.participant import Identity, Lookup, LookupKind, Participant
from omzien.base.people.models.representation import (
    Authority,
    Representation,
    RepresentativeKind,
)

__all__ = [
    "Authority",
    "Availability",
    "Consent",
    "GivenHow",
    "HalfDay",
    "Helper",
    "Identity",
    "Leave",
    "Lookup",
    "LookupKind",
    "Participant",
    "Purpose",
    "Representation",
    "RepresentativeKind",
    "Travel",
    "Weekday",
]
