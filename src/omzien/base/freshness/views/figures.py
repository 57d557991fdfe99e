"""The dashboard of freshness, for who steers by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from omzien.base.accounts.queries import roles_of
from omzien.base.freshness.queries.figures import (
    count_before,
    latest_count,
    shares_by_district,
    shares_by_kind,
    shares_by_organisation,
)
from omzien.base.freshness.queries.figures import figures as figures_of
from omzien.base.freshness.queries.turnout import turnout_of
from omzien.base.freshness.views.doors import signed_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show at most seven figures with target and direction, and where it is worst."""
    today, day = timezone.localdate(timezone.now()), latest_count()
    context = {
        "day": day,
        "figures": figures_of(day, count_before(day)) if day else [],
        "kinds": shares_by_kind(today),
        "districts": shares_by_district(today),
        "organisations": shares_by_organisation(today),
        "turnout": turnout_of(today.year),
        "edits": "editor" in roles_of(signed_in(request)),
    }
    return render(request, "freshness/figures.html", context)
