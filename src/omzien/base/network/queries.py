"""Reads of organisations and networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.network.models import Delegate, Network, Organisation
from omzien.base.places.queries import fold

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from omzien.base.accounts.models import User


def organisations() -> QuerySet[Organisation]:
    """Return the organisations that exist now, by name."""
    return Organisation.objects.filter(ended_on__isnull=True).order_by("folded_name", "pk")


def organisation_by_slug(slug: str) -> Organisation | None:
    return Organisation.objects.select_related("part_of").filter(slug=slug).first()


def organisation_by_key(key: UUID) -> Organisation | None:
    return Organisation.objects.filter(key=key).first()


def organisations_named(text: str) -> QuerySet[Organisation]:
    """Return organisations whose name looks like `text`, also when it is misspelt."""
    return organisations().filter(folded_name__trigram_word_similar=fold(text))


def organisations_of(user: User) -> QuerySet[Organisation]:
    """Return the organisations that this user may act for."""
    own = Delegate.objects.filter(user=user, ended_at__isnull=True).values("organisation")
    return organisations().filter(pk__in=own)


def delegates_of(organisation: Organisation) -> QuerySet[Delegate]:
    current = Delegate.objects.filter(organisation=organisation, ended_at__isnull=True)
    return current.select_related("user").order_by("given_at")


def parts_of(organisation: Organisation) -> QuerySet[Organisation]:
    """Return the organisations that are a part of this one."""
    return organisations().filter(part_of=organisation)


def networks_of(organisation: Organisation) -> QuerySet[Network]:
    """Return the networks in which an organisation takes part now."""
    return Network.objects.filter(
        memberships__organisation=organisation,
        memberships__until__isnull=True,
        ended_on__isnull=True,
    ).order_by("name")


def networks() -> QuerySet[Network]:
    """Return the networks that exist now, with who takes part."""
    return (
        Network.objects.filter(ended_on__isnull=True)
        .prefetch_related("organisations")
        .order_by("name")
    )
