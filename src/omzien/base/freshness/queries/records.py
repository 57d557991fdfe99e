"""A record on one screen, for whoever keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.base.catalogue.queries.completeness import completeness
from omzien.base.catalogue.queries.schedules import rows_of
from omzien.base.catalogue.queries.when import when_words
from omzien.base.freshness.queries.words import (
    change_words,
    contact_words,
    place_words,
    price_words,
)

if TYPE_CHECKING:
    from datetime import date

    from omzien.base.catalogue.importers.rows import ChangeRow
    from omzien.base.catalogue.models import Offer
    from omzien.base.catalogue.queries.completeness import Completeness


@dataclass(frozen=True, slots=True)
class Record:
    """What everybody can read of an offer, in words, and when somebody looked at it last."""

    offer: Offer
    when: tuple[str, ...]
    changes: tuple[str, ...]
    price: str
    place: str
    contact: str
    told: Completeness


def record_of(offer: Offer, *, today: date) -> Record:
    """Return an offer in words; for many, read along what completeness needs, and changes."""
    _lines, changes = rows_of(offer)
    return Record(
        offer=offer,
        when=when_words(offer),
        changes=tuple(
            change_words(change) for change in changes if last_day_of(change, today) >= today
        ),
        price=price_words(offer),
        place=place_words(offer),
        contact=contact_words(offer),
        told=completeness(offer),
    )


def last_day_of(change: ChangeRow, today: date) -> date:
    """Return after which day a change no longer matters to anybody."""
    return max(filter(None, [change.day, change.new_day]), default=today)
