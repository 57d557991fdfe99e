"""Search: by POST, so that what somebody types never stands in an address or a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from omzien.site.queries.search import (
    leads_straight,
    search_areas,
    search_offers,
    search_pages,
)

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


# The box stands on pages from the cache, which hold nobody's token; searching changes nothing.
@csrf_exempt
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    words = request.POST.get("words", "").strip()[:80]
    areas = search_areas(words)
    pages = search_pages(words)
    offers = search_offers(words, now=timezone.now())
    if leads_straight(words, areas, pages, offers):
        return redirect(areas[0].address)
    found = {"words": words, "areas": areas, "pages": pages, "offers": offers}
    return render(request, "site/search.html", found)
