"""Asking keepers whether their records are still true: once, and once more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from omzien.base.freshness.models import CheckRequest, RequestedCheck
from omzien.base.freshness.queries.checks import (
    CHECK,
    contact_of,
    grouped,
    offers_to_ask,
    open_offers,
    requests_to_remind,
)
from omzien.base.freshness.queries.keepers import owners_of
from omzien.base.journal.actions import record
from omzien.base.letters.actions import make_token, send_mail

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from omzien.base.catalogue.models import Offer
    from omzien.base.freshness.queries.keepers import Contact
    from omzien.base.journal.models import Actor

LINK_VALID = timedelta(days=45)
# So many names stand in the mail itself; the page has all.
MOST_IN_MAIL = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What a night asked: how many mails, and the records for which somebody must ring."""

    mails: int
    to_ring: tuple[Offer, ...]


def ask_keepers(*, on: date, by: Actor, now: datetime) -> Asked:
    """Send every keeper with records that are due one mail about all of them."""
    offers = list(offers_to_ask(on))
    owners = owners_of(offers, on=on)
    by_address: dict[str, list[tuple[Contact, Offer]]] = {}
    to_ring = []
    for offer in offers:
        reachable = [contact for contact in owners[offer.pk] if contact.by_mail and contact.email]
        for contact in reachable:
            by_address.setdefault(contact.email.casefold(), []).append((contact, offer))
        if not reachable:
            to_ring.append(offer)
    for pairs in by_address.values():
        ask_by_mail(pairs[0][0], offers=[offer for _, offer in pairs], by=by, now=now)
    return Asked(len(by_address), tuple(to_ring))


@transaction.atomic
def ask_by_mail(
    contact: Contact,
    *,
    offers: Iterable[Offer],
    by: Actor,
    now: datetime,
    template: str = "freshness_check",
) -> CheckRequest:
    """Ask one keeper about these records, in one mail with one link."""
    request = CheckRequest.objects.create(
        keeper=contact.keeper, user=None if contact.keeper else contact.user, asked_at=now
    )
    unique = list(dict.fromkeys(offers))
    RequestedCheck.objects.bulk_create(
        [RequestedCheck(request=request, offer=offer) for offer in unique]
    )
    mail_about(request, template, offers=unique, by=by, now=now)
    record("freshness.ask_by_mail", subject=request, by=by, now=now)
    return request


def mail_about(
    request: CheckRequest, template: str, *, offers: Sequence[Offer], by: Actor, now: datetime
) -> None:
    """Send one of the mails about a question; each has a link of its own to the same page."""
    contact = contact_of(request)
    secret = make_token(CHECK, about=request.key, valid_for=LINK_VALID, by=by, now=now)
    context = {
        "link": settings.SITE_URL + reverse("freshness:check", args=[secret]),
        "groups": [
            {"organisation": name, "names": [offer.name for offer in own]}
            for name, own in grouped(offers[:MOST_IN_MAIL])
        ],
        "number": len(offers),
        "more": max(0, len(offers) - MOST_IN_MAIL),
    }
    send_mail(
        template,
        to=contact.email,
        context=context,
        language=contact.language,
        by=by,
        now=now,
    )


def remind_keepers(*, by: Actor, now: datetime) -> int:
    """Ask once more where ten days brought no answer; returns how many mails."""
    waiting = list(requests_to_remind(now))
    for request in waiting:
        remind_keeper(request, by=by, now=now)
    return len(waiting)


@transaction.atomic
def remind_keeper(request: CheckRequest, *, by: Actor, now: datetime) -> None:
    """Ask one keeper once more about what has no answer yet; twice changes nothing."""
    locked = CheckRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    offers = list(open_offers(locked))
    if locked.reminded_at is not None or not offers:
        return
    locked.reminded_at = now
    locked.save(update_fields=["reminded_at"])
    mail_about(locked, "freshness_reminder", offers=offers, by=by, now=now)
    record("freshness.remind_keeper", subject=locked, by=by, now=now)
