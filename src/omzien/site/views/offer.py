"""The list of offers, and the page of one, also for who has the address of one that stopped."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from omzien.base.catalogue.models import Status
from omzien.base.catalogue.queries.offers import shown_by_slug
from omzien.site.queries.contact import contact_of
from omzien.site.queries.offer import is_seen, offer_page, similar_to
from omzien.site.queries.offers_list import offers_page
from omzien.site.views.caching import kept_with_offers

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from omzien.base.catalogue.models import Offer


@kept_with_offers
def offers(request: HttpRequest) -> HttpResponse:
    page = offers_page(request.GET.dict(), now=timezone.now())
    return render(request, "site/offers.html", {"page": page})


@kept_with_offers
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    found = shown_by_slug(slug)
    if found is None:
        raise Http404
    now = timezone.now()
    if not is_seen(found):
        return not_now(request, found, now)
    return render(request, "site/offer.html", {"page": offer_page(found, now=now)})


def not_now(request: HttpRequest, found: Offer, now: datetime) -> HttpResponse:
    """Say that it does not take place, for a while or for good, and what does."""
    paused = found.status == Status.PAUSED and found.organisation.active
    context = {
        "offer": found,
        "paused": paused,
        "contact": contact_of(found),
        "cards": similar_to(found, now=now),
    }
    status = HTTPStatus.OK if paused else HTTPStatus.GONE
    return render(request, "site/offer_not_now.html", context, status=status)
