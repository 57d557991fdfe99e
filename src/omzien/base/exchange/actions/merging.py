"""Putting two records of one thing together, by hand and with nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.catalogue.actions.offers import change_offer, end_offer
from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.models import Offer, Status
from omzien.base.catalogue.queries.offers import OFFER_FIELDS, OFFER_LINKS
from omzien.base.catalogue.queries.schedules import rows_of
from omzien.base.exchange.models import Merged
from omzien.base.exchange.queries.duplicates import said
from omzien.base.history.queries import value_of
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from omzien.base.journal.models import Actor

# What is not taken over: it says something about the record, not about what happens there.
OWN = ("status", "alert", "source_url")


class SameRecord(Exception):
    """These are one and the same record already."""


class AlreadyEnded(Exception):
    """One of these records has stopped. Look at the list again."""


class KeptInTwoSystems(Exception):
    """Both come from another system and would come back. Ask one of them to stop theirs."""


@transaction.atomic
def merge_offers(
    keep: Offer, *, other: Offer, from_other: Collection[str] = (), by: Actor, now: datetime
) -> Offer:
    """Put `other` together with `keep`, and end it.

    What only one of them says stays; `from_other` names the fields in which the other's word
    counts where both say something; words, neighbourhoods and schedules are joined.
    The other record stops; its address leads to the one that is kept, and its history stays.
    """
    if keep.pk == other.pk:
        raise SameRecord
    locked = {
        o.pk: o for o in Offer.objects.select_for_update().filter(pk__in=[keep.pk, other.pk])
    }
    kept, gone = locked[keep.pk], locked[other.pk]
    if Status.ENDED in (kept.status, gone.status):
        raise AlreadyEnded
    if gone.kept_elsewhere:
        raise KeptInTwoSystems
    fields = {
        name: getattr(gone, name)
        for name in OFFER_FIELDS
        if name not in OWN
        and said(value_of(gone, name))
        and (name in from_other or not said(value_of(kept, name)))
    }
    links = {name: linked(kept, name) | linked(gone, name) for name in OFFER_LINKS}
    merged = change_offer(kept, by=by, now=now, links=links, from_its_source=True, **fields)
    join_schedules(merged, gone, by=by, now=now)
    end_offer(gone, by=by, now=now)
    Merged.objects.create(old_key=gone.key, old_slug=gone.slug, into=merged, at=now)
    record("exchange.merge_offers", subject=merged, by=by, now=now)
    return merged


def linked(offer: Offer, name: str) -> set[int]:
    """Return the numbers of what an offer is linked with."""
    return set(getattr(offer, name).values_list("pk", flat=True))


def join_schedules(kept: Offer, gone: Offer, *, by: Actor, now: datetime) -> None:
    """Let the one that is kept take place whenever either of them did."""
    lines, changes = rows_of(kept)
    more_lines, more_changes = rows_of(gone)
    set_schedule(
        kept,
        lines=tuple(dict.fromkeys((*lines, *more_lines))),
        changes=tuple(dict.fromkeys((*changes, *more_changes))),
        by=by,
        now=now,
    )
