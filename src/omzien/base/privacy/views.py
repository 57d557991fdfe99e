"""Pages of the privacy officer and of emergencies."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from omzien.base.privacy.actions import break_glass
from omzien.base.privacy.fields import controllers
from omzien.base.privacy.forms import REFUSALS, SENTENCES, AllowForm, AskForm
from omzien.base.privacy.permissions import ALLOWS, ASKS, may_allow, may_read_explanation
from omzien.base.privacy.queries.expired import past_term
from omzien.base.privacy.queries.glasses import glass_by_key, glasses
from omzien.base.privacy.queries.proofs import proofs
from omzien.base.privacy.queries.register import register as sections
from omzien.base.privacy.queries.register import without_people

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest

    from omzien.base.journal.models import Actor
    from omzien.base.privacy.models import BreakGlass


def acting(request: HttpRequest, roles: tuple[str, ...]) -> Actor:
    """Return who asks, in the first of these roles that they hold now."""
    if request.user.is_authenticated:
        held = set(
            request.user.assignments.filter(ended_at__isnull=True).values_list("role", flat=True)
        )
        for role in roles:
            if role in held:
                return request.user.actor(role)
    raise PermissionDenied


@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    context = {
        "sections": sections(),
        "without": without_people(),
        "municipality": settings.MUNICIPALITY_NAME,
    }
    return render(request, "privacy/register.html", context)


@never_cache
@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    waiting = [one for one in past_term(now=timezone.now()) if one.rows]
    return render(request, "privacy/erasures.html", {"nights": proofs(), "waiting": waiting})


@never_cache
@require_safe
def erasures_export(request: HttpRequest) -> HttpResponse:
    del request
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="erasures.csv"'
    lines = csv.writer(response)
    lines.writerow(["run_at", "table", "erase", "rows", "until", "signature"])
    for proof in proofs():
        moments = proof.run_at.isoformat(), proof.until.isoformat()
        lines.writerow(
            [moments[0], proof.table, proof.erase, proof.rows, moments[1], proof.signature]
        )
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def emergencies(request: HttpRequest) -> HttpResponse:
    typed = request.POST if request.method == "POST" else None
    form = AskForm(typed, controllers=controllers())
    if form.is_valid():
        asked = attempt(
            request,
            lambda: break_glass.request_break_glass(
                **form.cleaned_data, by=acting(request, ASKS), now=timezone.now()
            ),
        )
        if asked:
            return redirect("privacy:emergency", key=asked.key)
    return render(request, "privacy/emergencies.html", {"form": form, "glasses": glasses()})


@never_cache
@require_safe
def emergency(request: HttpRequest, key: UUID) -> HttpResponse:
    glass, by = glass_or_404(key), acting(request, ASKS)
    context = {
        "glass": glass,
        "open": glass.is_open(timezone.now()),
        "explained": may_read_explanation(by, glass),
        "may_allow": glass.approved_by is None and may_allow(by, glass),
        "form": AllowForm(),
    }
    return render(request, "privacy/emergency.html", context)


@require_POST
def allow(request: HttpRequest, key: UUID) -> HttpResponse:
    glass, form = glass_or_404(key), AllowForm(request.POST)
    if form.is_valid():
        hours, by = form.cleaned_data["hours"], acting(request, ALLOWS)
        attempt(
            request,
            lambda: break_glass.approve_break_glass(glass, hours=hours, by=by, now=timezone.now()),
        )
    return redirect("privacy:emergency", key=key)


@require_POST
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    glass, by = glass_or_404(key), acting(request, ASKS)
    attempt(request, lambda: break_glass.end_break_glass(glass, by=by, now=timezone.now()))
    return redirect("privacy:emergency", key=key)


def glass_or_404(key: UUID) -> BreakGlass:
    glass = glass_by_key(key)
    if glass is None:
        raise Http404
    return glass


def attempt(request: HttpRequest, act: Callable[[], BreakGlass]) -> BreakGlass | None:
    """Do it, or say in a sentence why it cannot be done."""
    try:
        return act()
    except REFUSALS as refusal:
        messages.error(request, SENTENCES[type(refusal)])
        return None
