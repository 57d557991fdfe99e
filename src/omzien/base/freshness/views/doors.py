"""The ways in by which somebody reaches a record, and as whom they act there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from omzien.base.accounts.models import User
from omzien.base.accounts.queries import roles_of
from omzien.base.catalogue.permissions import goes_live_at_once
from omzien.base.catalogue.queries.offers import offer_by_key
from omzien.base.freshness.queries.checks import contact_of, open_offers, request_of_link
from omzien.base.network.permissions import may_act_for

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest

    from omzien.base.catalogue.models import Offer
    from omzien.base.freshness.models import CheckCall, CheckRequest
    from omzien.base.journal.models import Actor

COLLEAGUES = ("editor", "coordinator")


@dataclass(frozen=True)
class Door:
    """One way in: to which record, as whom, and where its pages are.

    Each way has addresses of its own, because each has an audience of its own.
    """

    name: str
    offer: Offer
    by: Actor
    # What is changed here is visible at once; otherwise an editor looks first.
    at_once: bool
    back: str
    arguments: dict[str, object] = field(default_factory=dict)
    asked: CheckRequest | None = None
    secret: str = ""
    has_history: bool = True

    @property
    def change(self) -> str:
        return self.address("offer")

    @property
    def schedule(self) -> str:
        return self.address("schedule")

    @property
    def history(self) -> str:
        return self.address("history") if self.has_history else ""

    def address(self, page: str) -> str:
        return reverse(f"freshness:{self.name}_{page}", kwargs=self.arguments)


def by_link(secret: str, key: UUID, *, now: datetime) -> Door:
    """Return the way in of who was asked by mail; raises `LinkNotGood`."""
    asked = request_of_link(secret, now=now)
    offer = open_offers(asked).filter(key=key).first()
    if offer is None:
        raise Http404
    return Door(
        name="link",
        offer=offer,
        by=contact_of(asked).actor,
        at_once=offer.organisation.changes_go_live,
        back=reverse("freshness:check", args=[secret]),
        arguments={"secret": secret, "key": key},
        asked=asked,
        secret=secret,
        has_history=False,
    )


def as_delegate(request: HttpRequest, key: UUID) -> Door:
    """Return the way in of somebody with an account who acts for the organisation."""
    user, offer = signed_in(request), known_offer(key)
    if not may_act_for(offer.organisation, user=user):
        raise Http404
    return Door(
        name="own",
        offer=offer,
        by=user.actor("member"),
        at_once=goes_live_at_once(offer, user=user),
        back=reverse("freshness:own"),
        arguments={"key": key},
    )


def as_editor(request: HttpRequest, key: UUID) -> Door:
    """Return the way in of an editor, to any record."""
    return Door(
        name="editor",
        offer=known_offer(key),
        by=signed_in(request).actor("editor"),
        at_once=True,
        back=reverse("freshness:records"),
        arguments={"key": key},
    )


def by_phone(request: HttpRequest, call: CheckCall) -> Door:
    """Return the way in of a colleague who has the owner on the phone."""
    user, role = colleague(request)
    offer = known_offer(call.offer.key)
    return Door(
        name="call",
        offer=offer,
        by=user.actor(role),
        at_once=goes_live_at_once(offer, user=user),
        back=reverse("freshness:calls"),
        arguments={"key": call.key},
        has_history=False,
    )


def known_offer(key: UUID) -> Offer:
    offer = offer_by_key(key)
    if offer is None:
        raise Http404
    return offer


def signed_in(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def colleague(request: HttpRequest) -> tuple[User, str]:
    """Return who is asking and in which role; the audience of the address let only these in."""
    user = signed_in(request)
    held = roles_of(user)
    return user, next(role for role in COLLEAGUES if role in held)
