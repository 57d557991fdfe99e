"""Buurt in beeld: the map of the town and the page of each area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode

from omzien.base.places.queries import area_page
from omzien.site.forms import wish_of
from omzien.site.queries.area import told_of
from omzien.site.queries.coming import coming_near
from omzien.site.queries.drawing import address_of, chart_of, locator, map_of
from omzien.site.queries.leaflet import has_leaflet
from omzien.site.queries.lines import in_use
from omzien.site.queries.list_addresses import offers_in_area
from omzien.site.queries.neighbourhoods import neighbourhoods as gather
from omzien.site.queries.overview import paper_query
from omzien.site.queries.words import unit_words
from omzien.site.views.caching import kept_for_everybody, kept_with_offers

if TYPE_CHECKING:
    from django.http import HttpRequest


@kept_for_everybody
def neighbourhoods(request: HttpRequest) -> HttpResponse:
    found = gather(wish_of(request))
    context: dict[str, object] = {"found": found, "insight": in_use("insight")}
    if found:
        context |= {
            "map": map_of(found.figures, found.rows),
            "charts": [chart_of(trend) for trend in found.trends],
            "intervals": found.with_intervals,
            "unit": unit_words(found.indicator.unit),
            "query": urlencode(found.shown.as_query()),
        }
    return render(request, "site/neighbourhoods.html", context)


def neighbourhood_newest(request: HttpRequest, code: str) -> HttpResponse:
    del request
    page = area_page(code)
    if page is None:
        raise Http404
    return redirect(address_of(page.area))


@kept_with_offers
def neighbourhood(request: HttpRequest, division_year: int, code: str, name: str) -> HttpResponse:
    page = area_page(code, division_year)
    if page is None:
        raise Http404
    if request.path != address_of(page.area):
        return redirect(address_of(page.area), permanent=True)
    del name
    context = {
        "page": page,
        "subjects": told_of(page),
        "map": locator(page.alike, page.area),
        "insight": in_use("insight"),
        "cards": coming_near(page.same_ground, now=timezone.now()),
        "all_offers": offers_in_area(page.area.code),
        "leaflet": has_leaflet(page.area),
        "paper": paper_query("", page.area.code),
    }
    return render(request, "site/neighbourhood.html", context)
