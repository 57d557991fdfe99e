"""What changed lately on the social map, as an Atom feed (RFC 4287)."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from omzien.base.catalogue.queries.addresses import offer_address
from omzien.base.catalogue.queries.offers import public_terms_of, with_public_terms

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Offer
    from omzien.base.exchange.queries.choices import Choice

NEWEST = 50


def feed_of(choice: Choice, *, address: str) -> str:
    """Return the offers of a choice that changed last, newest first."""
    title = _("New and changed in %(town)s") % {"town": settings.MUNICIPALITY_NAME}
    feed = Atom1Feed(
        title=": ".join(filter(None, [title, choice.name])),
        link=f"{settings.SITE_URL}/aanbod/",
        description="",
        feed_url=address,
        language=settings.LANGUAGE_CODE,
    )
    for offer in with_public_terms(choice.offers).order_by("-changed_at", "-pk")[:NEWEST]:
        add(feed, offer)
    return feed.writeString("utf-8")


def add(feed: Atom1Feed, offer: Offer) -> None:
    feed.add_item(
        title=printable(offer.name),
        link=offer_address(offer),
        description=printable(" ".join(filter(None, [offer.alert, offer.summary]))),
        author_name=printable(offer.organisation.name),
        unique_id=offer.key.urn,
        pubdate=offer.created_at,
        updateddate=offer.changed_at,
        categories=[term.name for term in public_terms_of(offer)],
    )


def printable(text: str) -> str:
    """Return text without characters that XML cannot hold."""
    return "".join(
        letter for letter in text if unicodedata.category(letter) != "Cc" or letter in "\n\t"
    )
