"""Who keeps which record, and how to reach them; many records in a few queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from omzien.base.freshness.models import Keeper, Part, Reach
from omzien.base.journal.models import Actor
from omzien.base.network.models import Delegate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.models import Offer
    from omzien.base.network.models import Organisation

ROLE = "keeper"


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ask about a record: a keeper, or a delegate where nobody was named."""

    keeper: Keeper | None
    user: User | None

    @property
    def key(self) -> UUID:
        return self.keeper.key if self.keeper else self.account.key

    @property
    def account(self) -> User:
        user = self.keeper.user if self.keeper else self.user
        assert user is not None  # noqa: S101 - the database refuses a keeper who is nobody
        return user

    @property
    def name(self) -> str:
        return (self.keeper and self.keeper.name) or str(self.account)

    @property
    def email(self) -> str:
        own = self.keeper.email if self.keeper else ""
        account = self.keeper.user if self.keeper else self.user
        return own or (account.email if account else "")

    @property
    def phone(self) -> str:
        return self.keeper.phone if self.keeper else ""

    @property
    def language(self) -> str:
        account = self.keeper.user if self.keeper else self.user
        return account.language if account else "nl"

    @property
    def by_mail(self) -> bool:
        return self.keeper is None or self.keeper.reach == Reach.MAIL

    @property
    def actor(self) -> Actor:
        return Actor(key=self.key, role=ROLE)


def current_keepers(on: date) -> QuerySet[Keeper]:
    """Return who keeps something on a day, longest first."""
    return (
        Keeper.objects.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
        .exclude(user__is_active=False)
        .select_related("user")
        .order_by("since", "pk")
    )


def owners_of(offers: Collection[Offer], *, on: date) -> dict[int, list[Contact]]:
    """Return by number of the offer whose it is.

    Who was named for the offer itself; else for its organisation; else the delegates of that.
    """
    named = people_for(offers, part=Part.OWNER, on=on)
    return {
        offer.pk: named.offers[offer.pk]
        or named.organisations[offer.organisation_id]
        or named.delegates[offer.organisation_id]
        for offer in offers
    }


def checkers_of(offers: Collection[Offer], *, on: date) -> dict[int, list[Contact]]:
    """Return by number of the offer who looks over its shoulder.

    Who was named for the offer itself; else for its organisation; else for its neighbourhood,
    district or town. Read the location with its area and that one's parent along.
    """
    named = people_for(offers, part=Part.CHECKER, on=on)
    by_area = area_checkers(on)
    return {
        offer.pk: named.offers[offer.pk]
        or named.organisations[offer.organisation_id]
        or next((by_area[code] for code in area_codes(offer) if code in by_area), [])
        for offer in offers
    }


def area_checkers(on: date) -> dict[str, list[Contact]]:
    """Return the checkers of areas by code: a code outlives the division of a year."""
    found: dict[str, list[Contact]] = defaultdict(list)
    for keeper in current_keepers(on).filter(area__isnull=False).select_related("area", "user"):
        assert keeper.area is not None  # noqa: S101 - asked for just now
        found[keeper.area.code].append(Contact(keeper, None))
    return dict(found)


def area_codes(offer: Offer) -> Iterable[str]:
    """Yield the codes of where an offer takes place, the smallest area first."""
    area = offer.location.area if offer.location else None
    while area:
        yield area.code
        area = area.parent


@dataclass(frozen=True, slots=True)
class Named:
    """The people for some offers: by offer, by organisation, and its delegates."""

    offers: dict[int, list[Contact]]
    organisations: dict[int, list[Contact]]
    delegates: dict[int, list[Contact]]


def people_for(offers: Collection[Offer], *, part: Part, on: date) -> Named:
    """Return who was named for these offers and their organisations, in two queries."""
    numbers = {offer.pk for offer in offers}
    organisations = {offer.organisation_id for offer in offers}
    named = Named(defaultdict(list), defaultdict(list), defaultdict(list))
    wanted = Q(offer__in=numbers) | Q(organisation__in=organisations)
    for keeper in current_keepers(on).filter(wanted, part=part):
        people = named.offers if keeper.offer_id else named.organisations
        people[keeper.offer_id or keeper.organisation_id or 0].append(Contact(keeper, None))
    for delegate in current_delegates(organisations):
        named.delegates[delegate.organisation_id].append(Contact(None, delegate.user))
    return named


def current_delegates(organisations: Collection[int]) -> QuerySet[Delegate]:
    return (
        Delegate.objects.filter(
            organisation__in=organisations, ended_at__isnull=True, user__is_active=True
        )
        .select_related("user")
        .order_by("given_at", "pk")
    )


def keepers_shown(offer: Offer, *, on: date) -> QuerySet[Keeper]:
    """Return who was named for an offer or its organisation, for the page of its keepers."""
    return current_keepers(on).filter(Q(offer=offer) | Q(organisation=offer.organisation))


def keeper_by_key(key: UUID) -> Keeper | None:
    return Keeper.objects.select_related("user", "offer", "organisation").filter(key=key).first()


def organisation_of(keeper: Keeper) -> Organisation | None:
    """Return whose record it is that somebody keeps; of an area none."""
    return keeper.offer.organisation if keeper.offer else keeper.organisation
