"""The phone list: whom to ring, on which number, and what else to ask in the same call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.freshness.models import CheckCall
from omzien.base.freshness.queries.keepers import Contact

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from omzien.base.catalogue.models import Offer


def calls_to_make() -> QuerySet[CheckCall]:
    """Return whom to ring, first due first."""
    return (
        CheckCall.objects.filter(closed_at__isnull=True)
        .select_related("offer__organisation", "offer__location", "owner__user")
        .order_by("due_on", "opened_at", "pk")
    )


def call_by_key(key: UUID) -> CheckCall | None:
    return calls_to_make().select_related("keeper__user", "user").filter(key=key).first()


def open_call_of(offer: Offer) -> CheckCall | None:
    return calls_to_make().filter(offer=offer).first()


def whom_to_ask(call: CheckCall) -> Contact | None:
    """Return whom to ask for, where somebody is known."""
    return Contact(call.keeper, call.user) if call.keeper or call.user else None


def number_to_ring(call: CheckCall) -> str:
    """Return the keeper's own number, else what everybody can ring; "" where none is known."""
    contact = whom_to_ask(call)
    own = contact.phone if contact else ""
    return own or call.offer.phone or call.offer.organisation.phone


def in_the_same_call(call: CheckCall) -> QuerySet[CheckCall]:
    """Return what else can be asked of the same person, or of the same organisation."""
    others = calls_to_make().exclude(pk=call.pk)
    if call.keeper:
        return others.filter(keeper=call.keeper)
    if call.user:
        return others.filter(user=call.user)
    nobody = {"keeper__isnull": True, "user__isnull": True}
    return others.filter(offer__organisation=call.offer.organisation_id, **nobody)
