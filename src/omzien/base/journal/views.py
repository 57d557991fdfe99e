"""Pages of the privacy officer: looking something up, who looked at a record, unusual viewing."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from omzien.base.journal import actions, queries
from omzien.base.journal.forms import LookUpForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from omzien.base.journal.models import Actor

MOST = 200


def officer(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user.actor("privacy_officer")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    form = LookUpForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"form": form, "most": MOST}
    if form.is_valid():
        found = actions.look_up(
            queries.entries(**form.cleaned_data),
            record_key=form.cleaned_data["record"],
            by=officer(request),
            now=now,
        )
        context |= {"lines": queries.with_names(found[:MOST]), "number": found.count()}
    return render(request, "journal/search.html", context)


@never_cache
@require_safe
def unusual(request: HttpRequest) -> HttpResponse:
    found = queries.unusual_viewing(now=timezone.now())
    names = queries.names_of(one.actor for one in found)
    context = {
        "lines": [(one, names.get(one.actor, one.actor)) for one in found],
        "floor": queries.FLOOR,
        "times": queries.TIMES,
    }
    return render(request, "journal/unusual.html", context)


@never_cache
@require_safe
def viewers(request: HttpRequest, key: UUID) -> HttpResponse:
    found = actions.look_up(
        queries.views_of([key]), record_key=key, by=officer(request), now=timezone.now()
    )
    context = {"lines": queries.with_names(found), "key": key}
    return render(request, "journal/viewers.html", context)


@never_cache
@require_safe
def sheet(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what the person gets on paper: in which role, when and why; no names of staff."""
    now = timezone.now()
    found = actions.look_up(queries.views_of([key]), record_key=key, by=officer(request), now=now)
    context = {"lines": queries.for_the_person(found), "key": key, "now": now}
    return render(request, "journal/sheet.html", context)


@never_cache
@require_safe
def export(request: HttpRequest, key: UUID) -> HttpResponse:
    found = actions.look_up(
        queries.views_of([key]), record_key=key, by=officer(request), now=timezone.now()
    )
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="viewed-{key}.csv"'
    lines = csv.writer(response)
    lines.writerow(["date", "time", "role", "reason"])
    for line in queries.for_the_person(found):
        local = timezone.localtime(line.at)
        lines.writerow([f"{local:%Y-%m-%d}", f"{local:%H:%M}", line.role, line.reason])
    return response
