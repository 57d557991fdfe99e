"""What goes on in the summer and around Christmas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from omzien.base.freshness.models import Season
from omzien.site.queries.seasons import season_page
from omzien.site.queries.wishes import PAGE
from omzien.site.views.caching import kept_with_answers

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@kept_with_answers
def open_in_summer(request: HttpRequest) -> HttpResponse:
    return season(request, Season.SUMMER)


@kept_with_answers
def open_at_christmas(request: HttpRequest) -> HttpResponse:
    return season(request, Season.CHRISTMAS)


def season(request: HttpRequest, which: Season) -> HttpResponse:
    page = season_page(which, number=request.GET.get(PAGE, ""), now=timezone.now())
    return render(request, "site/season.html", {"page": page})
