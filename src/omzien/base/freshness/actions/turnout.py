"""Asking hosts how many people came, and noting what they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from omzien.base.catalogue.queries.dates import moment_words
from omzien.base.freshness.models import Turnout
from omzien.base.freshness.queries.turnout import (
    BY_LINK,
    TURNOUT,
    hosted_offers,
    hosts_of,
    is_count_week,
    meetings_over,
)
from omzien.base.journal.actions import record
from omzien.base.letters.actions import make_token, send_mail

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from omzien.base.catalogue.models import Offer
    from omzien.base.freshness.queries.keepers import Contact
    from omzien.base.journal.models import Actor


class NotOverYet(Exception):
    """This meeting is not over yet. Tell it afterwards."""


class MoreNewThanCame(Exception):
    """More people are new than came. Look at the two numbers again."""


class NotACountWeek(Exception):
    """Who is new is asked in a count week only."""


@transaction.atomic
def ask_hosts(*, by: Actor, now: datetime) -> int:
    """Ask about every meeting that is over, once; returns how many mails.

    Who has no mail tells it by telephone, or on a strip of paper.
    """
    today = timezone.localdate(now)
    held = meetings_over(hosted_offers(today), now=now)
    known = set(
        Turnout.objects.filter(offer__in={one.offer_id for one in held}).values_list(
            "offer", "starts_at"
        )
    )
    new = [one for one in held if (one.offer_id, one.starts_at) not in known]
    Turnout.objects.bulk_create(new, ignore_conflicts=True)
    hosts = hosts_of({one.offer for one in new}, on=today)
    by_host: dict[Contact, list[Turnout]] = {}
    for one in new:
        for contact in hosts[one.offer_id]:
            if contact.by_mail and contact.email:
                by_host.setdefault(contact, []).append(one)
    for contact, own in by_host.items():
        mail_host(contact, own, by=by, now=now)
    if new:
        record("freshness.ask_hosts", subject=None, by=by, now=now)
    return len(by_host)


def mail_host(contact: Contact, held: Sequence[Turnout], *, by: Actor, now: datetime) -> None:
    """Send a host one mail about these meetings; the link works for two weeks."""
    secret = make_token(TURNOUT, about=contact.key, valid_for=BY_LINK, by=by, now=now)
    with override(contact.language):
        lines = [f"{one.offer.name}: {when(one, now=now)}" for one in held]
    send_mail(
        "freshness_turnout",
        to=contact.email,
        context={
            "link": settings.SITE_URL + reverse("freshness:turnout", args=[secret]),
            "meetings": lines,
        },
        language=contact.language,
        by=by,
        now=now,
    )


def when(turnout: Turnout, *, now: datetime) -> str:
    """Say in words which meeting it was."""
    return moment_words(turnout.starts_at, turnout.ends_at, today=timezone.localdate(now))


@transaction.atomic
def report_turnout(
    turnout: Turnout,
    *,
    people: int,
    new_people: int | None = None,
    how: str,
    by: Actor,
    now: datetime,
) -> Turnout:
    """Note how many people came to a meeting; told again, the later number counts.

    In a count week it may also say how many came for the first time this year.
    """
    locked = Turnout.objects.select_for_update().get(pk=turnout.pk)
    if locked.ends_at > now:
        raise NotOverYet
    if new_people is not None and not is_count_week(timezone.localdate(locked.starts_at)):
        raise NotACountWeek
    if new_people is not None and new_people > people:
        raise MoreNewThanCame
    locked.people, locked.new_people = people, new_people
    locked.how, locked.reported_at = how, now
    locked.save(update_fields=["people", "new_people", "how", "reported_at"])
    record("freshness.report_turnout", subject=locked, by=by, reason=f"how:{how}", now=now)
    return locked


@transaction.atomic
def look_up_hosts(offer: Offer, *, by: Actor, now: datetime) -> list[Contact]:
    """Return who tells how many came, with their numbers; who looked stands in the journal."""
    found = hosts_of([offer], on=timezone.localdate(now))[offer.pk]
    if found:
        record("freshness.look_up_hosts", subject=offer, by=by, now=now)
    return found
