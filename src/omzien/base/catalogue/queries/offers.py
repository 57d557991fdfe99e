"""Reads of offers: those that are visible, one with all that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Prefetch, Q

from omzien.base.catalogue.models import Offer, Status, Term
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS
from omzien.base.places.models import Area

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

# What history keeps of an offer, beside its schedule.
OFFER_FIELDS = (
    "kind",
    "status",
    "name",
    "summary",
    "description",
    "alert",
    "for_whom",
    "open_to",
    "min_age",
    "max_age",
    "languages",
    "price_cents",
    "price_note",
    "booking",
    "booking_note",
    "capacity",
    "capacity_left",
    "email",
    "phone",
    "website",
    "location",
    "at_home",
    "by_phone",
    "transport_offered",
    "transport_note",
    "first_time_together",
    "recognition",
    "recognised_until",
    "source_url",
)
OFFER_LINKS = ("areas", "terms")


def visible_offers() -> QuerySet[Offer]:
    """Return what everybody may see, of organisations that exist."""
    return Offer.objects.filter(
        status=Status.ACTIVE, organisation__ended_on__isnull=True
    ).select_related("organisation", "location__area")


def within_area(code: str) -> Q:
    """Return what takes place in an area, in every division in which its code is used."""
    areas = Area.objects.filter(Q(code=code) | Q(parent__code=code) | Q(parent__parent__code=code))
    return Q(location__area__in=areas)


def with_public_terms(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Read along the words for everybody, as `public_terms`; never those for professionals."""
    public = Term.objects.exclude(taxonomy__in=FOR_PROFESSIONALS).order_by("position", "name")
    return offers.prefetch_related(Prefetch("terms", public, to_attr="public_terms"))


def public_terms_of(offer: Offer) -> list[Term]:
    """Return the words for everybody of an offer that was read `with_public_terms`."""
    terms: list[Term] = vars(offer)["public_terms"]
    return terms


def offer_by_slug(slug: str) -> Offer | None:
    return with_public_terms(visible_offers()).filter(slug=slug).first()


def offer_by_key(key: UUID) -> Offer | None:
    """Return an offer whatever its status, for who keeps it."""
    return Offer.objects.select_related("organisation", "location__area").filter(key=key).first()


def shown_by_slug(slug: str) -> Offer | None:
    """Return an offer that is or was to be seen, for who has its address; never a draft."""
    offers = Offer.objects.exclude(status=Status.DRAFT).select_related(
        "organisation", "location__area__parent", "location__organisation"
    )
    return with_public_terms(offers).prefetch_related("areas").filter(slug=slug).first()


VERSION = """
SELECT (SELECT max(changed_at) FROM catalogue_offer),
       (SELECT max(changed_at) FROM network_organisation),
       (SELECT max(changed_at) FROM catalogue_location),
       (SELECT max(changed_at) FROM catalogue_term),
       -- Meetings are made anew whenever days off or a schedule change.
       (SELECT max(id) FROM catalogue_meeting)
"""


def catalogue_version(*, today: date) -> str:
    """Name the state of the social map: it changes with every change, and every day."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        state = cursor.fetchall()[0]
    return "-".join([today.isoformat(), *map(str, state)])
