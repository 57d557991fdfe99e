"""Reads of locations and of the rooms in them that others may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.catalogue.models import Location, Room

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet


def location_by_key(key: UUID) -> Location | None:
    """Return a location that is in use, with its neighbourhood and whose it is."""
    in_use = Location.objects.filter(ended_on__isnull=True)
    return in_use.select_related("area__parent", "organisation").filter(key=key).first()


def rooms_at(location: Location) -> QuerySet[Room]:
    return Room.objects.filter(location=location).order_by("name")


def rooms_of(organisation_number: int) -> QuerySet[Room]:
    """Return the rooms in the locations of an organisation, with where they are."""
    return (
        Room.objects.filter(
            location__organisation=organisation_number, location__ended_on__isnull=True
        )
        .select_related("location")
        .order_by("location__name", "name")
    )
