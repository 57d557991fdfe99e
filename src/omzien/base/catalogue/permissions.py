"""Who may change what on the social map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.accounts.queries import roles_of
from omzien.base.network.permissions import may_act_for

if TYPE_CHECKING:
    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer


def may_change(offer: Offer, *, user: User) -> bool:
    """Say whether this user keeps the offer: an editor, or a delegate of its organisation."""
    return "editor" in roles_of(user) or may_act_for(offer.organisation, user=user)


def goes_live_at_once(offer: Offer, *, user: User) -> bool:
    """Say whether a change by this user needs nobody else to look at it."""
    return "editor" in roles_of(user) or offer.organisation.changes_go_live
