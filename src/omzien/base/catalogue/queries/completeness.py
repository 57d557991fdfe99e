"""How complete an offer is told, from 0 to 100, and what is missing in plain words.

For who keeps it, never for everybody: a short text can be a good text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models import Booking, Kind, LocationKind
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from omzien.base.catalogue.models import Offer

# What takes place at a moment; support and help lines are there all the time.
AT_A_MOMENT = frozenset(
    {Kind.ACTIVITY, Kind.MEETING_ACTIVITY, Kind.COURSE, Kind.EVENT, Kind.CAMPAIGN}
)
# Below so many signs a description says nothing that the sentence did not.
SHORTEST_DESCRIPTION = 80


@dataclass(frozen=True, slots=True)
class Completeness:
    """A score from 0 to 100, and what is missing, what weighs most first."""

    score: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Something that readers ask for: its weight, whether it is there, and what to say if not."""

    weight: int
    there: bool
    missing: _StrPromise


def with_all_that_counts(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Read along what `completeness` looks at, so that it asks nothing more."""
    return offers.select_related("location", "organisation").prefetch_related("schedule", "terms")


def completeness(offer: Offer) -> Completeness:
    """Return how complete an offer is told; what does not apply to it counts for nothing."""
    parts = [*text_of(offer), *moment_of(offer), *place_of(offer), *contact_of(offer)]
    whole = sum(part.weight for part in parts)
    reached = sum(part.weight for part in parts if part.there)
    missing = sorted(
        (part for part in parts if not part.there), key=lambda part: part.weight, reverse=True
    )
    return Completeness(round(100 * reached / whole), tuple(str(one.missing) for one in missing))


def text_of(offer: Offer) -> list[Part]:
    """Return what is told of what it is, for whom, and in which words it is found."""
    public = [term for term in offer.terms.all() if term.taxonomy not in FOR_PROFESSIONALS]
    return [
        Part(15, bool(offer.summary.strip()), _("one sentence that says what people do there")),
        Part(
            10,
            len(offer.description.strip()) >= SHORTEST_DESCRIPTION,
            _("a few sentences on what happens there and who you meet"),
        ),
        Part(5, bool(offer.for_whom.strip()), _("for whom it is")),
        Part(5, bool(public), _("a theme or interest by which people find it")),
        Part(3, bool(offer.languages), _("which languages are spoken")),
        Part(10, offer.price_cents is not None or bool(offer.price_note), _("what it costs")),
    ]


def moment_of(offer: Offer) -> list[Part]:
    """Return what is told of when it takes place, where it does so at a moment."""
    if offer.kind not in AT_A_MOMENT:
        return []
    return [Part(15, bool(offer.schedule.all()), _("on which days and at what time"))]


def place_of(offer: Offer) -> list[Part]:
    """Return what is told of where it is, and of getting there and in."""
    somewhere = offer.location is not None or offer.at_home or offer.by_phone
    parts = [Part(15, somewhere, _("where it is"))]
    place = offer.location
    if place is None or place.kind != LocationKind.PHYSICAL:
        return parts
    on_the_way = bool(place.directions.strip() or offer.transport_note) or offer.transport_offered
    return [
        *parts,
        Part(5, place.step_free is not None, _("whether you can come in without steps")),
        Part(5, on_the_way, _("how to get there")),
    ]


def contact_of(offer: Offer) -> list[Part]:
    """Return what is told of how to get in touch; the organisation's own counts as well."""
    by_phone = offer.phone or offer.organisation.phone
    on_line = offer.email or offer.website or offer.organisation.email
    parts = [
        Part(10, bool(by_phone), _("a telephone number")),
        Part(5, bool(on_line), _("a mail address or website")),
    ]
    if offer.booking == Booking.NONE:
        return parts
    return [*parts, Part(5, bool(offer.booking_note.strip()), _("how people sign up"))]
