"""The tables of the social map, by noun."""

from __future__ import annotations

from omzien.base.catalogue.models.closings import ClosedCalendar, ClosedDays, Closing
from omzien.base.catalogue.models.locations import Location, LocationKind, Room
from omzien.base.catalogue.models.offers import (
    Booking,
    Funding,
    FundingKind,
    Kind,
    Offer,
    OpenTo,
    Recognition,
    Status,
)
from omzien.base.catalogue.models.schedules import (
    Frequency,
    Meeting,
    ScheduleChange,
    ScheduleLine,
)
from omzien.base.catalogue.models.search import KnownWord, OfferText, Synonym
from omzien.base.catalogue.models.terms import Taxonomy, Term

__all__ = [
    "Booking",
    "ClosedCalendar",
    "ClosedDays",
    "Closing",
    "Frequency",
    "Funding",
    "FundingKind",
    "Kind",
    "KnownWord",
    "Location",
    "LocationKind",
    "Meeting",
    "Offer",
    "OfferText",
    "OpenTo",
    "Recognition",
    "Room",
    "ScheduleChange",
    "ScheduleLine",
    "Status",
    "Synonym",
    "Taxonomy",
    "Term",
]
