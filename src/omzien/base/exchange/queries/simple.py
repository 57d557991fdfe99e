"""Offers and meetings as simple records, for the page or the app of somebody else."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model, Prefetch
from django.utils.timezone import localtime, make_aware

from omzien.base.catalogue.models import Meeting, Offer, Taxonomy, Term
from omzien.base.catalogue.queries.addresses import (
    location_address,
    offer_address,
    organisation_address,
)
from omzien.base.catalogue.queries.offers import public_terms_of, with_public_terms
from omzien.base.exchange.queries.hsds.places import degrees_of
from omzien.base.exchange.queries.hsds.words import filled
from omzien.base.exchange.queries.overview import booking_of, for_whom
from omzien.base.exchange.queries.prices import price_in_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.db.models import QuerySet

    from omzien.base.catalogue.models import Location
    from omzien.base.exchange.queries.choices import Choice
    from omzien.base.network.models import Organisation

    Record = dict[str, Any]

Row = TypeVar("Row", bound=Model)


def offers_of(choice: Choice) -> QuerySet[Offer]:
    """Return the offers of a choice with all that a record says, by name."""
    return with_public_terms(choice.offers).order_by("name", "pk")


def meetings_of(choice: Choice, *, first: date, last: date, now: datetime) -> QuerySet[Meeting]:
    """Return what takes place on these days and is not over, the soonest first."""
    begin = make_aware(datetime.combine(first, time()))
    end = make_aware(datetime.combine(last, time.max))
    offers = with_public_terms(Offer.objects.select_related("organisation", "location__area"))
    found = Meeting.objects.filter(offer__in=choice.offers, ends_at__gt=now)
    ordered = found.filter(starts_at__range=(begin, end)).order_by("starts_at", "pk")
    return ordered.prefetch_related(Prefetch("offer", offers))


def page_of(
    found: QuerySet[Row], record: Callable[[Row], Record], *, number: int, size: int
) -> Record:
    """Return one page of what was found; behind the last there is nothing."""
    total, begin = found.count(), (number - 1) * size
    return {
        "totalItems": total,
        "totalPages": -(-total // size),
        "page": number,
        "items": [record(row) for row in found[begin : begin + size]] if begin < total else [],
    }


def meeting_record(meeting: Meeting) -> Record:
    return {
        "startsAt": localtime(meeting.starts_at).isoformat(),
        "endsAt": localtime(meeting.ends_at).isoformat(),
        "offer": offer_record(meeting.offer),
    }


def offer_record(offer: Offer) -> Record:
    """Return an offer; what nobody said is not in it."""
    party = offer.organisation
    return filled(
        id=str(offer.key),
        name=offer.name,
        kind=offer.kind,
        summary=offer.summary,
        page=offer_address(offer),
        organisation=organiser_record(party),
        location=place_record(offer.location) if offer.location else None,
        description=offer.description,
        alert=offer.alert,
        forWhom=for_whom(offer),
        price=price_in_words(offer),
        priceCents=offer.price_cents,
        booking=booking_of(offer),
        phone=offer.phone or party.phone,
        email=offer.email or party.email,
        website=offer.website or party.website,
        themes=[t.slug for t in public_terms_of(offer) if t.taxonomy == Taxonomy.THEME],
        assuredDate=offer.assured_on.isoformat() if offer.assured_on else None,
        changedAt=offer.changed_at.isoformat(),
    )


def organiser_record(party: Organisation) -> Record:
    return {"id": str(party.key), "name": party.name, "page": organisation_address(party)}


def place_record(location: Location) -> Record:
    longitude, latitude = degrees_of(location)
    return filled(
        id=str(location.key),
        name=location.name,
        page=location_address(location),
        street=location.street,
        postcode=location.postcode,
        town=location.town,
        area=location.area.code if location.area else "",
        latitude=latitude,
        longitude=longitude,
    )


def theme_records() -> list[Record]:
    """Return the themes that everybody sees."""
    rows = Term.objects.filter(taxonomy=Taxonomy.THEME).order_by("position", "name")
    return [{"slug": term.slug, "name": term.name} for term in rows]
