"""Moments in life, my circle, and what matters to me."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from omzien.site.queries import own_tools
from omzien.site.queries.life_moments import life_moment_page
from omzien.site.queries.life_moments import life_moments as all_moments
from omzien.site.views.caching import kept_for_good, kept_with_offers

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# The browser itself refuses to send anything from these pages by script.
sends_nothing = csp_replace({"connect-src": [NONE]})


@kept_with_offers
def life_moments(request: HttpRequest) -> HttpResponse:
    return render(request, "site/life_moments.html", {"moments": all_moments()})


@kept_with_offers
def life_moment(request: HttpRequest, slug: str) -> HttpResponse:
    page = life_moment_page(slug, all_moments(), now=timezone.now())
    if page is None:
        raise Http404
    return render(request, "site/life_moment.html", {"page": page})


@kept_with_offers
def circle_page(request: HttpRequest) -> HttpResponse:
    context = {"rings": own_tools.RINGS, "interests": own_tools.interests()}
    return render(request, "site/circle.html", context)


@kept_for_good
def aid_page(request: HttpRequest) -> HttpResponse:
    context = {
        "sides": own_tools.SIDES,
        "steps": range(own_tools.HIGHEST + 1),
        "web": own_tools.empty_web(),
    }
    return render(request, "site/aid.html", context)


circle = sends_nothing(circle_page)
aid = sends_nothing(aid_page)
