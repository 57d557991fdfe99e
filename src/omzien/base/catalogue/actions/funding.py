"""Saying from which money an offer is paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.catalogue.models import Funding
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor


@transaction.atomic
def note_funding(
    offer: Offer,
    *,
    kind: str,
    year: int,
    amount_cents: int | None,
    note: str = "",
    by: Actor,
    now: datetime,
) -> Funding:
    """Note how much of a kind of money an offer gets in a year; the same again changes nothing."""
    funding, made = Funding.objects.get_or_create(
        offer=offer, kind=kind, year=year, note=note, defaults={"amount_cents": amount_cents}
    )
    if not made and funding.amount_cents == amount_cents:
        return funding
    funding.amount_cents = amount_cents
    funding.save(update_fields=["amount_cents"])
    record("catalogue.note_funding", subject=offer, by=by, now=now)
    return funding
