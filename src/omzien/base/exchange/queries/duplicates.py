"""Offers that may be one and the same: the same name, telephone, address or time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Field

from omzien.base.catalogue.models import Offer, Status
from omzien.base.catalogue.queries.offers import OFFER_FIELDS
from omzien.base.exchange.models import Merged
from omzien.base.history.queries import value_of

if TYPE_CHECKING:
    from uuid import UUID

MOST_PAIRS = 100
# Only names that look alike are compared further; the index of their letters finds those.
PAIRS = """
SELECT one.id, other.id,
       similarity(one.name, other.name) AS likeness,
       one.phone <> '' AND one.phone = other.phone AS same_phone,
       here.street <> '' AND here.street = there.street
           AND here.postcode = there.postcode AS same_address,
       EXISTS (
           SELECT FROM catalogue_scheduleline a
             JOIN catalogue_scheduleline b
               ON a.weekdays = b.weekdays AND a.starts_at = b.starts_at
              AND a.frequency = b.frequency
            WHERE a.offer_id = one.id AND b.offer_id = other.id
       ) AS same_time
  FROM catalogue_offer one
  JOIN catalogue_offer other ON one.id < other.id AND one.name %% other.name
  LEFT JOIN catalogue_location here ON here.id = one.location_id
  LEFT JOIN catalogue_location there ON there.id = other.location_id
 WHERE one.status <> 'ended' AND other.status <> 'ended' AND (
       similarity(one.name, other.name) >= 0.9
    OR one.phone <> '' AND one.phone = other.phone
    OR here.street <> '' AND here.street = there.street AND here.postcode = there.postcode)
 ORDER BY (similarity(one.name, other.name)
           + (one.phone <> '' AND one.phone = other.phone)::int * 0.5
           + (here.street <> '' AND here.street = there.street)::int * 0.5) DESC, one.id, other.id
 LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two offers that may be one, and why."""

    one: Offer
    other: Offer
    same_name: bool
    same_phone: bool
    same_address: bool
    same_time: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One field in which two records differ: somebody chooses which is right."""

    field: str
    title: str
    one: object
    other: object


def duplicates() -> list[Duplicate]:
    """Return pairs that may be one, likeliest first; nothing is merged by itself."""
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"most": MOST_PAIRS})
        rows = cursor.fetchall()
    numbers = {number for row in rows for number in row[:2]}
    offers = Offer.objects.select_related("organisation", "location").in_bulk(list(numbers))
    return [
        Duplicate(
            one=offers[one],
            other=offers[other],
            same_name=likeness >= 0.9,  # noqa: PLR2004 - all but a letter
            same_phone=phone,
            same_address=address,
            same_time=time,
        )
        for one, other, likeness, phone, address, time in rows
    ]


def pair_of(one: UUID, other: UUID) -> tuple[Offer, Offer] | None:
    """Return two different offers by key, if both are there and not stopped."""
    found = {
        offer.key: offer
        for offer in Offer.objects.select_related("organisation", "location")
        .filter(key__in=[one, other])
        .exclude(status=Status.ENDED)
    }
    return (found[one], found[other]) if len(found) == 2 else None  # noqa: PLR2004 - a pair


def choices_between(one: Offer, other: Offer) -> list[Choice]:
    """Return the fields in which two offers differ, where both say something."""
    found = []
    for name in OFFER_FIELDS:
        mine, theirs = value_of(one, name), value_of(other, name)
        if mine != theirs and said(mine) and said(theirs):
            field = Offer._meta.get_field(name)
            assert isinstance(field, Field)  # noqa: S101 - a name of a column
            title = str(field.verbose_name)
            found.append(Choice(name, title, getattr(one, name), getattr(other, name)))
    return found


def said(value: object) -> bool:
    """Tell whether a field says something; no and zero are something."""
    return value is not None and value not in ("", [])


def merged_into(slug: str) -> Offer | None:
    """Return what an offer of this short name became part of, however often that happened."""
    seen: set[str] = set()
    offer: Offer | None = None
    while slug not in seen:
        seen.add(slug)
        found = Merged.objects.select_related("into").filter(old_slug=slug).first()
        if found is None:
            break
        offer, slug = found.into, found.into.slug
    return offer
