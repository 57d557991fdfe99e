"""The list of offers, and the page of one, also for who has the address of one that stopped."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt

from omzien.base.catalogue.models import Status
from omzien.base.catalogue.queries.offers import shown_by_slug
from omzien.site.queries.contact import contact_of
from omzien.site.queries.offer import is_seen, offer_page, similar_to
from omzien.site.queries.offers_list import offers_page
from omzien.site.queries.wishes import WORDS, address_words
from omzien.site.views.caching import kept_with_answers, kept_with_offers

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from omzien.base.catalogue.models import Offer


# The form stands on pages from the cache, which hold nobody's token; searching changes nothing.
@csrf_exempt
@kept_with_offers
def offers(request: HttpRequest) -> HttpResponse:
    """Show what fits. What was typed comes by POST and stands in no address and no log.

    What is chosen from lists says little about anybody, so it may stand in an address, which can
    be kept and passed on: a form in which nothing was typed leads there.
    """
    given = (request.POST if request.method == "POST" else request.GET).dict()
    if request.method == "POST" and not given.get(WORDS, "").strip():
        return redirect(f"{reverse('site:offers')}?{urlencode(address_words(given))}")
    if request.method == "GET":
        given.pop(WORDS, None)
    page = offers_page(given, now=timezone.now())
    response = render(request, "site/offers.html", {"page": page})
    if request.method == "POST":
        add_never_cache_headers(response)
    return response


@kept_with_answers
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
