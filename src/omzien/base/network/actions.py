"""Writing about organisations, networks and delegates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify

from omzien.base.history.actions import keep_revision
from omzien.base.history.queries import snapshot
from omzien.base.journal.actions import record
from omzien.base.network.models import Delegate, Membership, Network, Organisation
from omzien.base.places.queries import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from omzien.base.accounts.models import User
    from omzien.base.journal.models import Actor
    from omzien.base.places.models import Area

# What somebody may change of an organisation, and what history keeps.
CHANGEABLE = (
    "name",
    "other_name",
    "sector",
    "description",
    "email",
    "phone",
    "website",
    "kvk_number",
    "part_of",
    "changes_go_live",
)


class UnknownField(Exception):
    """This cannot be changed of an organisation."""


class OrganisationEnded(Exception):
    """This organisation has stopped. Nothing new can be done in its name."""


@transaction.atomic
def add_organisation(
    name: str, *, sector: str, by: Actor, now: datetime, invented: bool = False, **details: object
) -> Organisation:
    """Add an organisation; `details` are fields of `CHANGEABLE`."""
    refuse_unknown(details)
    organisation = Organisation.objects.create(
        name=name,
        slug=free_slug(name),
        folded_name=fold(name),
        sector=sector,
        invented=invented,
        created_at=now,
        changed_at=now,
        **details,
    )
    record("network.add_organisation", subject=organisation, by=by, now=now)
    return organisation


def free_slug(name: str) -> str:
    """Return a short name for in addresses that no other organisation has."""
    stem = slugify(name)[:70] or "organisatie"
    taken = set(Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def refuse_unknown(details: Iterable[str]) -> None:
    """Refuse a field that nobody may set."""
    if set(details) - set(CHANGEABLE):
        raise UnknownField


@transaction.atomic
def change_organisation(
    organisation: Organisation, *, by: Actor, now: datetime, **details: object
) -> Organisation:
    """Change fields of an organisation; the short name in addresses stays."""
    refuse_unknown(details)
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before = snapshot(locked, CHANGEABLE)
    for name, value in details.items():
        setattr(locked, name, value)
    locked.folded_name, locked.changed_at = fold(locked.name), now
    locked.save(update_fields=[*details, "folded_name", "changed_at"])
    changed = keep_revision(
        locked, before=before, after=snapshot(locked, CHANGEABLE), by=by, now=now
    )
    if changed:
        record("network.change_organisation", subject=locked, by=by, now=now)
    return locked


@transaction.atomic
def end_organisation(organisation: Organisation, *, on: date, by: Actor, now: datetime) -> None:
    """Note that an organisation has stopped; its delegates end with it."""
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not locked.active:
        raise OrganisationEnded
    locked.ended_on, locked.changed_at = on, now
    locked.save(update_fields=["ended_on", "changed_at"])
    for delegate in Delegate.objects.filter(organisation=locked, ended_at__isnull=True):
        end_delegate(delegate, by=by, now=now)
    record("network.end_organisation", subject=locked, by=by, now=now)


@transaction.atomic
def name_delegate(organisation: Organisation, *, user: User, by: Actor, now: datetime) -> Delegate:
    """Let somebody act for an organisation; twice changes nothing."""
    if not organisation.active:
        raise OrganisationEnded
    delegate, made = Delegate.objects.get_or_create(
        organisation=organisation,
        user=user,
        ended_at=None,
        defaults={"given_at": now, "given_by": by.key},
    )
    if made:
        record("network.name_delegate", subject=delegate, by=by, now=now)
    return delegate


@transaction.atomic
def end_delegate(delegate: Delegate, *, by: Actor, now: datetime) -> None:
    """Let somebody no longer act for an organisation; twice changes nothing."""
    if delegate.ended_at is not None:
        return
    delegate.ended_at = now
    delegate.save(update_fields=["ended_at"])
    record("network.end_delegate", subject=delegate, by=by, now=now)


@transaction.atomic
def add_network(
    name: str,
    *,
    description: str = "",
    areas: Iterable[Area] = (),
    by: Actor,
    now: datetime,
    invented: bool = False,
) -> Network:
    """Add a network in which organisations work together."""
    network = Network.objects.create(
        name=name,
        slug=slugify(name)[:80],
        description=description,
        invented=invented,
        created_at=now,
    )
    network.areas.set(areas)
    record("network.add_network", subject=network, by=by, now=now)
    return network


@transaction.atomic
def join_network(
    network: Network, *, organisation: Organisation, on: date, by: Actor, now: datetime
) -> Membership:
    """Let an organisation take part in a network; twice changes nothing."""
    if not organisation.active:
        raise OrganisationEnded
    membership, made = Membership.objects.get_or_create(
        network=network, organisation=organisation, until=None, defaults={"since": on}
    )
    if made:
        record("network.join_network", subject=network, by=by, now=now)
    return membership


@transaction.atomic
def leave_network(membership: Membership, *, on: date, by: Actor, now: datetime) -> None:
    """Note that an organisation no longer takes part; twice changes nothing."""
    if membership.until is not None:
        return
    membership.until = on
    membership.save(update_fields=["until"])
    record("network.leave_network", subject=membership.network, by=by, now=now)
