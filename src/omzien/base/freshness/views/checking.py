"""The page behind the link of a mail: what a keeper keeps, with one button each."""

from __future__ import annotations

from collections import defaultdict
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from omzien.base.freshness.actions.confirming import confirm_by_link, hand_back
from omzien.base.freshness.queries.checks import grouped, open_offers, request_of_link
from omzien.base.freshness.queries.records import record_of
from omzien.base.freshness.queries.reports import open_reports
from omzien.base.letters.queries import LinkNotGood

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.http import HttpRequest, HttpResponse

    from omzien.base.catalogue.models import Offer
    from omzien.base.freshness.models import CheckRequest, WrongReport
    from omzien.base.freshness.queries.records import Record

PAGE = require_http_methods(["GET", "HEAD", "POST"])
ALL, HAND_BACK = "all", "hand-back"


def link_not_good(request: HttpRequest) -> HttpResponse:
    return render(request, "letters/link_not_good.html", status=HTTPStatus.GONE)


@never_cache
@PAGE
def check(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what waits for an answer; nothing changes before a button is pressed."""
    now = timezone.now()
    try:
        asked = request_of_link(secret, now=now, used_too=True)
    except LinkNotGood:
        return link_not_good(request)
    if request.method == "POST":
        return answered(request, asked, secret, now=now)
    offers = list(open_offers(asked))
    context = {
        "groups": groups_of(offers, today=timezone.localdate(now)),
        "number": len(offers),
        "secret": secret,
    }
    return render(request, "freshness/check.html", context)


def groups_of(
    offers: list[Offer], *, today: date
) -> list[tuple[str, list[tuple[Record, list[WrongReport]]]]]:
    """Return records in words by organisation, each with what visitors say is wrong."""
    said: dict[int, list[WrongReport]] = defaultdict(list)
    for report in open_reports(offers):
        said[report.offer_id].append(report)
    return [
        (name, [(record_of(offer, today=today), said[offer.pk]) for offer in own])
        for name, own in grouped(offers)
    ]


def answered(
    request: HttpRequest, asked: CheckRequest, secret: str, *, now: datetime
) -> HttpResponse:
    """Do what the button says; pressing it twice is pressing it once."""
    do, today = request.POST.get("do", ""), timezone.localdate(now)
    try:
        if do == HAND_BACK:
            hand_back(asked, secret, on=today, now=now)
            return render(request, "freshness/handed_back.html")
        keys = None if do == ALL else {key} if (key := as_key(do)) else set[UUID]()
        confirmed = confirm_by_link(asked, secret, keys=keys, on=today, now=now)
    except LinkNotGood:
        # Everything was answered a moment ago, by another tab or another keeper.
        return redirect("freshness:check", secret=secret)
    if confirmed:
        messages.success(request, thanks(confirmed))
    return redirect("freshness:check", secret=secret)


def as_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def thanks(number: int) -> str:
    if number == 1:
        return _("Thank you. Everybody can now see that it is still true.")
    said = ngettext(
        "Thank you. %(number)s record is confirmed.",
        "Thank you. %(number)s records are confirmed.",
        number,
    )
    return said % {"number": number}
