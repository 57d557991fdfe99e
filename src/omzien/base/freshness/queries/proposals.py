"""Changes that wait for an editor, and who made them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.accounts.queries import user_by_key
from omzien.base.freshness.models import Proposal
from omzien.base.freshness.queries.keepers import Contact, keeper_by_key

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from omzien.base.catalogue.models import Offer


def open_proposals() -> QuerySet[Proposal]:
    """Return what waits for an editor, longest first."""
    return (
        Proposal.objects.filter(decided_at__isnull=True)
        .select_related("offer__organisation", "offer__location")
        .order_by("made_at", "pk")
    )


def open_proposal_of(offer: Offer) -> Proposal | None:
    return open_proposals().filter(offer=offer).first()


def proposal_by_key(key: UUID) -> Proposal | None:
    return open_proposals().filter(key=key).first()


def contact_by_key(key: UUID) -> Contact | None:
    """Return the keeper or the user who did something, to answer them."""
    keeper = keeper_by_key(key)
    if keeper:
        return Contact(keeper, None)
    user = user_by_key(key)
    return Contact(None, user) if user else None
