"""Offers, organisations and locations as schema.org JSON-LD, for search engines and others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from omzien.base.catalogue.models import LocationKind
from omzien.base.catalogue.queries.addresses import (
    location_address,
    offer_address,
    organisation_address,
)
from omzien.base.catalogue.queries.schedules import rows_of
from omzien.methods.maps.projection import wgs84_from_rd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omzien.base.catalogue.importers.rows import ChangeRow, LineRow
    from omzien.base.catalogue.models import Location, Meeting, Offer
    from omzien.base.network.models import Organisation

    Data = dict[str, Any]

CONTEXT = "https://schema.org"
ZONE = "Europe/Amsterdam"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PERIODS = {"daily": "D", "weekly": "W", "monthly": "M", "yearly": "Y"}
# What could end a script element, or begin a comment in it, written otherwise.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def structured_data(offer: Offer, *, meetings: Sequence[Meeting] = ()) -> Data:
    """Return what an offer is: an event with its times, or a service where it has none.

    Read the offer `with_schedule`, and `with_public_terms` for its words. Words for professionals
    are never in it. `meetings` are its next ones.
    """
    lines, changes = rows_of(offer)
    times = times_of(offer, lines, changes, meetings)
    kind = event_of(offer) | times if times else service_of(offer)
    return {"@context": CONTEXT, "@id": offer_address(offer), **common_of(offer), **kind}


def organisation_data(organisation: Organisation) -> Data:
    """Return what an organisation is."""
    more = said(alternateName=organisation.other_name, description=organisation.description)
    return {"@context": CONTEXT, **organisation_itself(organisation), **more}


def location_data(location: Location) -> Data:
    """Return where a location is, and what it is like to get in."""
    return {"@context": CONTEXT, **place_of(location)}


def script_of(data: Data) -> SafeString:
    """Return data as the text of a script element; no text in it can end that element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308 - what could end the element is escaped


def said(**fields: object) -> Data:
    """Return the fields that say something; a no says something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def typed(kind: str, **fields: object) -> Data:
    """Return a thing of a kind with the fields that say something; nothing where none does."""
    filled = said(**fields)
    return {"@type": kind, **filled} if filled else {}


def common_of(offer: Offer) -> Data:
    """Return what an event and a service have in common."""
    return said(
        url=offer_address(offer),
        name=offer.name,
        description="\n\n".join(filter(None, [offer.summary, offer.description])),
        offers=price_of(offer),
        audience=audience_of(offer),
    )


def price_of(offer: Offer) -> Data:
    """Return the price a time, and whether there is still room; nothing where nobody said."""
    if offer.price_cents is None:
        return {}
    full = offer.capacity_left == 0
    return typed(
        "Offer",
        price=f"{offer.price_cents / 100:.2f}",
        priceCurrency="EUR",
        description=offer.price_note,
        availability=f"{CONTEXT}/{'SoldOut' if full else 'InStock'}",
        url=offer_address(offer),
    )


def audience_of(offer: Offer) -> Data:
    """Return for whom it is, where it is not simply for everybody."""
    return typed(
        "PeopleAudience",
        audienceType=offer.for_whom,
        suggestedMinAge=offer.min_age,
        suggestedMaxAge=offer.max_age,
        suggestedGender={"women": "female", "men": "male"}.get(offer.open_to, ""),
    )


# --- An event -----------------------------------------------------------------------------------


def event_of(offer: Offer) -> Data:
    """Return what an event has more."""
    free = None if offer.price_cents is None else offer.price_cents == 0
    return typed(
        "Event",
        eventStatus=f"{CONTEXT}/EventScheduled",
        eventAttendanceMode=f"{CONTEXT}/{attendance_of(offer)}",
        location=where(offer),
        organizer=party_of(offer.organisation, offer),
        isAccessibleForFree=free,
        inLanguage=list(offer.languages),
        typicalAgeRange=ages_of(offer),
        maximumAttendeeCapacity=offer.capacity,
        remainingAttendeeCapacity=offer.capacity_left,
        keywords=words_of(offer),
    )


def attendance_of(offer: Offer) -> str:
    online = offer.location is not None and offer.location.kind == LocationKind.ONLINE
    return f"{'Online' if online or offer.by_phone else 'Offline'}EventAttendanceMode"


def ages_of(offer: Offer) -> str:
    """Return the ages: 18-65, or 55- where there is no highest."""
    if offer.min_age is None and offer.max_age is None:
        return ""
    return f"{offer.min_age or 0}-{'' if offer.max_age is None else offer.max_age}"


def words_of(offer: Offer) -> list[str]:
    """Return the words for everybody, where they were read along."""
    return [term.name for term in vars(offer).get("public_terms", [])]


def times_of(
    offer: Offer,
    lines: Sequence[LineRow],
    changes: Sequence[ChangeRow],
    meetings: Sequence[Meeting],
) -> Data:
    """Return when it is: the next meetings one by one, and the lines by which they come back."""
    if not lines and not meetings:
        return {}
    cancelled = sorted(f"{change.day}" for change in changes if change.day)
    events = [sub_event(offer, meeting) for meeting in meetings]
    first = events[0]["startDate"] if events else f"{min(line.first_day for line in lines)}"
    return said(
        startDate=first,
        endDate=events[0]["endDate"] if events else "",
        eventSchedule=[schedule_of(line, cancelled) for line in lines],
        subEvent=events,
    )


def schedule_of(line: LineRow, cancelled: Sequence[str]) -> Data:
    """Return one line of the schedule, by the clock on the wall."""
    period = PERIODS.get(line.frequency)
    return typed(
        "Schedule",
        startDate=f"{line.first_day}",
        endDate=f"{line.until or (line.first_day if not period else '')}",
        startTime=f"{line.starts_at:%H:%M:%S}",
        duration=f"PT{line.minutes}M",
        repeatFrequency=f"P{line.interval}{period}" if period else "",
        repeatCount=line.count,
        byDay=days_of(line),
        byMonthDay=[day for day in line.month_days if day > 0],
        exceptDate=list(cancelled) if period else [],
        scheduleTimezone=ZONE,
    )


def days_of(line: LineRow) -> list[str]:
    """Return weekdays; with the week of the month as calendars write them: 2MO, -1FR."""
    if line.weeks_of_month:
        return [f"{week}{CODES[day]}" for day in line.weekdays for week in line.weeks_of_month]
    return [f"{CONTEXT}/{DAYS[day]}" for day in line.weekdays]


def sub_event(offer: Offer, meeting: Meeting) -> Data:
    """Return one meeting; readers of events want a name and a place with every one."""
    return {
        "@type": "Event",
        "name": offer.name,
        "startDate": localtime(meeting.starts_at).isoformat(),
        "endDate": localtime(meeting.ends_at).isoformat(),
        "location": where(offer),
    }


# --- A service, places and parties --------------------------------------------------------------


def service_of(offer: Offer) -> Data:
    """Return what something to turn to has more: who gives it, where and how."""
    channel = typed(
        "ServiceChannel",
        servicePhone=contact_of(offer),
        serviceLocation=place_of(offer.location) if offer.location else {},
        serviceUrl=offer.website,
        availableLanguage=list(offer.languages),
    )
    return typed(
        "Service",
        serviceType=offer.get_kind_display(),
        provider=party_of(offer.organisation, offer),
        areaServed=areas_of(offer),
        availableChannel=channel,
    )


def areas_of(offer: Offer) -> list[Data]:
    """Return the neighbourhoods it is for, or the town."""
    names = [area.name for area in offer.areas.all()] or [settings.MUNICIPALITY_NAME]
    return [{"@type": "AdministrativeArea", "name": name} for name in names]


def where(offer: Offer) -> Data:
    """Return where it is; what has no place of its own is in the town."""
    if offer.location:
        return place_of(offer.location)
    address = typed(
        "PostalAddress", addressLocality=settings.MUNICIPALITY_NAME, addressCountry="NL"
    )
    return typed("Place", name=settings.MUNICIPALITY_NAME, address=address)


def place_of(location: Location) -> Data:
    """Return where it is; online an address on the web, else with what it is like to get in."""
    if location.kind == LocationKind.ONLINE:
        url = location.website or location_address(location)
        return {"@type": "VirtualLocation", "name": location.name, "url": url}
    address = typed(
        "PostalAddress",
        streetAddress=location.street,
        postalCode=location.postcode,
        addressLocality=location.town or settings.MUNICIPALITY_NAME,
        addressCountry="NL",
    )
    return typed(
        "Place",
        **{"@id": location_address(location)},
        name=location.name,
        address=address,
        geo=position_of(location),
        amenityFeature=access_of(location),
    )


def position_of(location: Location) -> Data:
    if location.x is None or location.y is None:
        return {}
    longitude, latitude = wgs84_from_rd(location.x, location.y)
    return typed("GeoCoordinates", latitude=round(latitude, 6), longitude=round(longitude, 6))


def access_of(location: Location) -> list[Data]:
    """Return what is known of getting in; unknown is something else than no."""
    facts = {
        _("No steps"): location.step_free,
        _("Wheelchair toilet"): location.wheelchair_toilet,
        _("Hearing loop"): location.hearing_loop,
    }
    return [
        {"@type": "LocationFeatureSpecification", "name": name, "value": value}
        for name, value in facts.items()
        if value is not None
    ]


def party_of(organisation: Organisation, offer: Offer) -> Data:
    """Return whose it is, with whom to call or write about this offer."""
    return organisation_itself(organisation) | said(contactPoint=contact_of(offer))


def organisation_itself(organisation: Organisation) -> Data:
    return typed(
        "Organization",
        **{"@id": organisation_address(organisation)},
        name=organisation.name,
        url=organisation.website or organisation_address(organisation),
        email=organisation.email,
        telephone=organisation.phone,
    )


def contact_of(offer: Offer) -> Data:
    return typed("ContactPoint", telephone=offer.phone, email=offer.email)
