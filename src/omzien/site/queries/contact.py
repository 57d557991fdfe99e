"""How to reach who offers something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Offer
    from omzien.base.network.models import Organisation


@dataclass(frozen=True, slots=True)
class Contact:
    """The ways to reach an organisation, or the keeper of one offer."""

    phone: str
    email: str
    website: str

    @property
    def phone_link(self) -> str:
        return phone_link(self.phone)


def contact_of(offer: Offer) -> Contact:
    """Return the number for this offer, or else that of the organisation."""
    whose = offer.organisation
    return Contact(
        phone=offer.phone or whose.phone,
        email=offer.email or whose.email,
        website=offer.website or whose.website,
    )


def contact_with(organisation: Organisation) -> Contact:
    return Contact(organisation.phone, organisation.email, organisation.website)


def phone_link(number: str) -> str:
    """Keep of a number as people write it what a telephone dials."""
    return "".join(sign for sign in number if sign in "+0123456789")
