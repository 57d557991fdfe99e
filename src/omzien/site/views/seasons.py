"""What goes on in the summer and around Christmas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from omzien.base.freshness.models import Season
from omzien.site.queries.seasons import season_page
from omzien.site.views.caching import kept_with_offers

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@kept_with_offers
def open_in_summer(request: HttpRequest) -> HttpResponse:
    page = season_page(Season.SUMMER, now=timezone.now())
    return render(request, "site/season.html", {"page": page})


@kept_with_offers
def open_at_christmas(request: HttpRequest) -> HttpResponse:
    page = season_page(Season.CHRISTMAS, now=timezone.now())
    return render(request, "site/season.html", {"page": page})
