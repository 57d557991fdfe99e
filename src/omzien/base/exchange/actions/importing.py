"""Taking in what another system keeps: whole, known again, and nothing of our own overwritten."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.catalogue.actions.offers import end_offer
from omzien.base.catalogue.actions.parties import change_location
from omzien.base.catalogue.actions.taking_in import take_in
from omzien.base.exchange.importers.errors import NothingOfUse
from omzien.base.exchange.queries.checks import checked, left_alone, reasons
from omzien.base.exchange.queries.known import (
    Known,
    changes_of_party,
    changes_of_place,
    gone_from,
    known_for,
    renamed,
)
from omzien.base.network.actions import change_organisation

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from omzien.base.catalogue.importers.rows import Batch, SkippedRow
    from omzien.base.journal.models import Actor


@dataclass(frozen=True, slots=True)
class Imported:
    """How many offers of a batch are new, changed, the same or stopped, and what was left out."""

    created: int
    changed: int
    unchanged: int
    ended: int
    skipped: tuple[SkippedRow, ...]


@transaction.atomic
def import_batch(
    batch: Batch,
    *,
    by: Actor,
    now: datetime,
    present: Collection[str] | None = None,
    dry_run: bool = False,
) -> Imported:
    """Take in what can be used of a batch of another system, or say what that would do.

    A record that is kept here, or comes from yet another system, is left alone and told. Words for
    professionals that editors put at a record stay. A batch of which nothing can be used is
    refused. `present` are the identifiers of all that the source has: what is gone there stops.
    """
    sound = checked(batch)
    known = known_for(sound)
    rows = [known.keyed(row) for row in sound.offers]
    others = [row for row in rows if not known.may_be_changed(row)]
    if batch.offers and not rows:
        raise NothingOfUse(reasons(sound))
    follow(sound, known, by=by, now=now)
    ours = replace(
        sound,
        offers=tuple(known.with_our_words(row) for row in rows if known.may_be_changed(row)),
        skipped=(*sound.skipped, *map(left_alone, others)),
    )
    outcome = take_in(renamed(ours, known), by=by, now=now)
    gone = [] if present is None else gone_from(batch.source_name, present)
    for offer in gone:
        end_offer(offer, by=by, now=now)
    if dry_run:
        transaction.set_rollback(True)
    return Imported(
        outcome.created, outcome.changed, outcome.unchanged, len(gone), outcome.skipped
    )


def follow(batch: Batch, known: Known, *, by: Actor, now: datetime) -> None:
    """Change the organisations and locations that only this source uses to what it says now."""
    for row in batch.organisations:
        party = known.party_followed(row)
        if party and (said := changes_of_party(row, party)):
            change_organisation(party, by=by, now=now, **said)
    for place_row in batch.locations:
        place = known.place_followed(place_row)
        if place and (told := changes_of_place(place_row, place)):
            change_location(place, by=by, now=now, **told)
