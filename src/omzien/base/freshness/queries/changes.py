"""What somebody wants to change of a record, as one thing: to apply, to keep, or to show."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder

from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
from omzien.base.catalogue.models import Closing, Location, Offer
from omzien.base.catalogue.queries.offers import OFFER_FIELDS
from omzien.base.catalogue.queries.schedules import range_of, row_from, rows_of
from omzien.base.history.queries import snapshot
from omzien.methods.recurrence import DayRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from omzien.base.freshness.models import Proposal
    from omzien.base.history.models import Revision

Schedule = tuple[tuple[LineRow, ...], tuple[ChangeRow, ...]]


@dataclass(frozen=True, slots=True)
class Changes:
    """New values of fields of an offer and of its location, when it takes place, days off.

    A location is said by its number, as history keeps it. None: nothing changes there.
    """

    offer: Mapping[str, Any] = field(default_factory=dict)
    location: Mapping[str, Any] = field(default_factory=dict)
    schedule: Schedule | None = None
    # Short names of the calendars that the whole organisation follows.
    calendars: tuple[str, ...] | None = None
    # Days off of the organisation itself, from a first until a last day, that are not over.
    days_off: tuple[DayRange, ...] | None = None

    def __bool__(self) -> bool:
        return bool(
            self.offer
            or self.location
            or any(one is not None for one in (self.schedule, self.calendars, self.days_off))
        )


def as_plain(changes: Changes) -> dict[str, Any]:
    """Return changes as JSON can keep them; what does not change is left out."""
    values: dict[str, Any] = {"offer": dict(changes.offer), "location": dict(changes.location)}
    if changes.schedule is not None:
        lines, exceptions = changes.schedule
        values["schedule"] = [asdict(line) for line in lines]
        values["changes"] = [asdict(change) for change in exceptions]
    if changes.calendars is not None:
        values["calendars"] = list(changes.calendars)
    if changes.days_off is not None:
        values["days_off"] = plain_days(changes.days_off)
    plain: dict[str, Any] = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return {name: value for name, value in plain.items() if value or isinstance(value, list)}


def from_plain(values: Mapping[str, Any]) -> Changes:
    """Return changes again from what JSON kept."""
    schedule = None
    if "schedule" in values:
        schedule = (
            tuple(row_from(LineRow, line) for line in values["schedule"]),
            tuple(row_from(ChangeRow, change) for change in values["changes"]),
        )
    calendars = tuple(values["calendars"]) if "calendars" in values else None
    days_off = None
    if "days_off" in values:
        days_off = tuple(read_days(first, last) for first, last in values["days_off"])
    return Changes(
        values.get("offer", {}), values.get("location", {}), schedule, calendars, days_off
    )


def plain_days(some: Iterable[DayRange]) -> list[list[str]]:
    """Return days in a row as they are written."""
    return [[days.first.isoformat(), days.last.isoformat()] for days in some]


def read_days(first: str, last: str) -> DayRange:
    """Return days in a row from how they are written."""
    return DayRange(date.fromisoformat(first), date.fromisoformat(last))


def really_different(offer: Offer, changes: Changes, *, on: date) -> Changes:
    """Return the changes without what is that way already."""
    fields = unlike(offer, changes.offer)
    place = unlike(offer.location, changes.location) if offer.location else {}
    schedule = changes.schedule if changes.schedule != rows_of(offer) else None
    calendars = changes.calendars
    if calendars is not None and set(calendars) == set(calendars_of(offer)):
        calendars = None
    days_off = changes.days_off
    if days_off is not None and set(days_off) == set(days_off_of(offer, on=on)):
        days_off = None
    return Changes(fields, place, schedule, calendars, days_off)


def unlike(record: Offer | Location, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that would change."""
    now = snapshot(record, wanted)
    return {name: value for name, value in wanted.items() if now[name] != value}


def calendars_of(offer: Offer) -> tuple[str, ...]:
    """Return the short names of the calendars that the organisation of an offer follows."""
    followed = Closing.objects.filter(
        organisation=offer.organisation_id, calendar__isnull=False
    ).order_by("calendar__position", "calendar__slug")
    return tuple(followed.values_list("calendar__slug", flat=True))


def own_closings(organisation: int, *, on: date) -> QuerySet[Closing]:
    """Return the days off of an organisation itself that are not over, first ones first."""
    # The end of a range is the day after the last.
    own = Closing.objects.filter(organisation=organisation, period__endswith__gt=on)
    return own.order_by("period", "pk")


def days_off_of(offer: Offer, *, on: date) -> tuple[DayRange, ...]:
    """Return the days on which the organisation of an offer said itself to be closed."""
    closings = own_closings(offer.organisation_id, on=on)
    return tuple(range_of(one.period) for one in closings if one.period)


def together(earlier: Changes, later: Changes) -> Changes:
    """Return two changes as one; where both speak, the later one counts."""
    return Changes(
        {**earlier.offer, **later.offer},
        {**earlier.location, **later.location},
        earlier.schedule if later.schedule is None else later.schedule,
        earlier.calendars if later.calendars is None else later.calendars,
        earlier.days_off if later.days_off is None else later.days_off,
    )


def changes_in(proposal: Proposal) -> Changes:
    return from_plain(proposal.changes)


def changes_before(offer: Offer, revision: Revision) -> Changes:
    """Return what would take a change back: its fields and schedule, as they were before."""
    old = revision.before
    own = {name: old[name] for name in OFFER_FIELDS if name in old}
    lines, exceptions = rows_of(offer)
    if "schedule" in old:
        lines = tuple(row_from(LineRow, line) for line in old["schedule"])
    if "changes" in old:
        exceptions = tuple(row_from(ChangeRow, change) for change in old["changes"])
    said = "schedule" in old or "changes" in old
    return Changes(own, {}, (lines, exceptions) if said else None)


def may_describe(offer: Offer) -> bool:
    """Say whether the owner of an offer may say what its location is like.

    Theirs is what belongs to the organisation, or where nobody else does anything.
    """
    place = offer.location
    if place is None:
        return False
    if place.organisation_id is not None:
        return place.organisation_id == offer.organisation_id
    others = Offer.objects.filter(location=place).exclude(organisation=offer.organisation_id)
    return not others.exists()
