"""Pages of text, the same for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from omzien.base.places.models import Unit
from omzien.site.queries import LINES
from omzien.site.queries.coming import this_week
from omzien.site.queries.handbook import handbook_page, handbook_pages
from omzien.site.queries.parts import third_party_parts
from omzien.site.queries.seasons import season_soon
from omzien.site.queries.town import figure_of_town, hundred_people
from omzien.site.views.caching import kept_for_good, kept_with_offers

if TYPE_CHECKING:
    from django.http import HttpRequest

PAGE_OF_LINE = {
    "insight": "site/plan/insight.html",
    "community": "site/plan/community.html",
    "outreach": "site/plan/outreach.html",
    "interventions": "site/plan/interventions.html",
    "volunteering": "site/plan/volunteering.html",
}


@kept_with_offers
def home(request: HttpRequest) -> HttpResponse:
    known = figure_of_town()
    in_percent = known is not None and known.indicator.unit == Unit.PERCENT
    people = hundred_people(known) if known and in_percent else []
    now = timezone.now()
    context = {
        "known": known,
        "people": people,
        "cards": this_week(now=now),
        "season": season_soon(today=timezone.localdate(now)),
    }
    return render(request, "site/home.html", context)


@kept_for_good
def looking_for(request: HttpRequest) -> HttpResponse:
    return render(request, "site/looking_for.html")


@kept_for_good
def want_to_help(request: HttpRequest) -> HttpResponse:
    return render(request, "site/want_to_help.html")


@kept_for_good
def worried(request: HttpRequest) -> HttpResponse:
    return render(request, "site/worried.html")


@kept_for_good
def plan(request: HttpRequest) -> HttpResponse:
    return render(request, "site/plan/plan.html", {"lines": LINES})


@kept_for_good
def plan_line(request: HttpRequest, name: str) -> HttpResponse:
    line = next((line for line in LINES if line.name == name), None)
    if line is None:
        raise Http404
    return render(request, PAGE_OF_LINE[line.name], {"line": line, "lines": LINES})


@kept_for_good
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html")


@kept_for_good
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "site/privacy.html")


@kept_for_good
def source_code(request: HttpRequest) -> HttpResponse:
    return render(request, "site/source_code.html", {"parts": third_party_parts()})


@kept_for_good
def styles(request: HttpRequest) -> HttpResponse:
    return render(request, "site/styles.html")


@kept_for_good
def handbook(request: HttpRequest) -> HttpResponse:
    return render(request, "site/handbook.html", {"pages": handbook_pages()})


@kept_for_good
def handbook_chapter(request: HttpRequest, slug: str) -> HttpResponse:
    page = handbook_page(slug)
    if page is None:
        raise Http404
    return render(request, "site/handbook_page.html", {"page": page})


def health(request: HttpRequest) -> HttpResponse:
    """Answer a monitor: this process works and reaches the database."""
    del request
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
