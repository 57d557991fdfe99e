"""Who may act for an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.network.models import Delegate

if TYPE_CHECKING:
    from omzien.base.accounts.models import User
    from omzien.base.network.models import Organisation


def may_act_for(organisation: Organisation, *, user: User) -> bool:
    """Say whether this user is a delegate of the organisation, or of what it is a part of."""
    parents = {organisation.pk, organisation.part_of_id}
    return Delegate.objects.filter(
        user=user, organisation__in=parents - {None}, ended_at__isnull=True
    ).exists()
