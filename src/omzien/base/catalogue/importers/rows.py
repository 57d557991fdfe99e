"""What an importer hands over: organisations, locations and offers as plain rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, time
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """An organisation; offers refer to it by name."""

    name: str
    sector: str = "other"
    description: str = ""
    other_name: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    kvk_number: str = ""
    key: UUID | None = None


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A location; offers refer to it by `ref`, or by its name. Coordinates in RD New, metres."""

    name: str
    kind: str = "physical"
    street: str = ""
    postcode: str = ""
    town: str = ""
    area_code: str = ""
    x: float | None = None
    y: float | None = None
    website: str = ""
    step_free: bool | None = None
    wheelchair_toilet: bool | None = None
    hearing_loop: bool | None = None
    directions: str = ""
    organisation: str = ""
    key: UUID | None = None
    # What offers call it, where several locations have one name.
    ref: str = ""


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a schedule; weekdays count from Monday, 0."""

    first_day: date
    starts_at: time
    minutes: int
    frequency: str = "weekly"
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    weeks_of_month: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    until: date | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A meeting that is cancelled (no new day), moved, or added (no day)."""

    day: date | None = None
    starts_at: time | None = None
    new_day: date | None = None
    new_starts_at: time | None = None
    new_minutes: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfferRow:
    """An offer with its schedule and words (pairs of taxonomy and short name)."""

    name: str
    organisation: str
    summary: str
    kind: str = "activity"
    status: str = "active"
    key: UUID | None = None
    source_id: str = ""
    source_url: str = ""
    location: str = ""
    description: str = ""
    alert: str = ""
    for_whom: str = ""
    open_to: str = "all"
    min_age: int | None = None
    max_age: int | None = None
    languages: tuple[str, ...] = ()
    price_cents: int | None = None
    price_note: str = ""
    booking: str = "none"
    booking_note: str = ""
    capacity: int | None = None
    capacity_left: int | None = None
    email: str = ""
    phone: str = ""
    website: str = ""
    at_home: bool = False
    by_phone: bool = False
    transport_offered: bool = False
    transport_note: str = ""
    first_time_together: bool = False
    recognition: str = ""
    recognised_until: date | None = None
    assured_on: date | None = None
    check_by: date | None = None
    terms: tuple[tuple[str, str], ...] = ()
    area_codes: tuple[str, ...] = ()
    schedule: tuple[LineRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that cannot be taken in: where it stands and why, in words for a person."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything read from one file or feed.

    `source_name` is empty where the records are kept here from now on.
    """

    kind: str
    source_name: str = ""
    organisations: tuple[OrganisationRow, ...] = ()
    locations: tuple[LocationRow, ...] = ()
    offers: tuple[OfferRow, ...] = ()
    skipped: tuple[SkippedRow, ...] = field(default=())
