"""The price of an offer in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Offer


def price_in_words(offer: Offer) -> str:
    """Return the price a time; nothing where nobody said."""
    if offer.price_cents is None:
        return offer.price_note
    if offer.price_cents == 0:
        return " ".join(filter(None, [_("Free of charge."), offer.price_note]))
    euros = f"€ {offer.price_cents // 100},{offer.price_cents % 100:02}"
    return " ".join(filter(None, [_("%(price)s a time.") % {"price": euros}, offer.price_note]))
