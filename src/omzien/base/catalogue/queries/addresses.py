"""Where the public pages of the social map are, in full: for feeds, files and other sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Location, Offer
    from omzien.base.network.models import Organisation


def offer_address(offer: Offer) -> str:
    return f"{settings.SITE_URL}/aanbod/{offer.slug}/"


def organisation_address(organisation: Organisation) -> str:
    return f"{settings.SITE_URL}/organisaties/{organisation.slug}/"


def location_address(location: Location) -> str:
    return f"{settings.SITE_URL}/plekken/{location.key}/"
