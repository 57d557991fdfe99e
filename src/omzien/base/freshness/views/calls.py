"""The phone list: whom to ring, the record on one screen, and a button for each answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from omzien.base.freshness.actions.calls import look_up_call, not_reached
from omzien.base.freshness.actions.confirming import confirm_offer
from omzien.base.freshness.forms.sentences import REFUSALS, sentence
from omzien.base.freshness.queries.calls import (
    calls_to_make,
    in_the_same_call,
    number_to_ring,
    whom_to_ask,
)
from omzien.base.freshness.queries.overview import PAGE_SIZE
from omzien.base.freshness.queries.records import record_of
from omzien.base.freshness.queries.reports import open_reports
from omzien.base.freshness.queries.seasons import season_calls
from omzien.base.freshness.views.changing import change, submit, wanted_by_button
from omzien.base.freshness.views.checking import PAGE
from omzien.base.freshness.views.doors import by_phone, colleague
from omzien.base.freshness.views.schedules import schedule

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from omzien.base.freshness.models import CheckCall


@never_cache
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Show whom to ring, first due first."""
    page = Paginator(calls_to_make(), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "seasons": season_calls(),
        "today": timezone.localdate(timezone.now()),
    }
    return render(request, "freshness/calls.html", context)


@never_cache
@PAGE
def call(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show one record with the number to ring, and write down the answer."""
    user, role = colleague(request)
    now = timezone.now()
    found = look_up_call(key, by=user.actor(role), now=now)
    if found is None:
        raise Http404
    if request.method == "POST" and answered(request, found, now=now):
        return redirect("freshness:calls")
    context = {
        "call": found,
        "contact": whom_to_ask(found),
        "number": number_to_ring(found),
        "record": record_of(found.offer, today=timezone.localdate(now)),
        "reports": open_reports([found.offer]),
        "others": in_the_same_call(found),
    }
    return render(request, "freshness/call.html", context)


def answered(request: HttpRequest, found: CheckCall, *, now: datetime) -> bool:
    """Do what the button says; False where it says nothing, or cannot be done."""
    do, today = request.POST.get("do", ""), timezone.localdate(now)
    door = by_phone(request, found)
    stopped = wanted_by_button(do)
    try:
        if do == "same":
            confirm_offer(found.offer, on=today, by=door.by, now=now)
        elif do == "not-reached":
            not_reached(found, on=today, by=door.by, now=now)
        elif stopped:
            submit(door, stopped, now=now)
        else:
            return False
    except REFUSALS as refusal:
        messages.error(request, sentence(refusal))
        return False
    messages.success(request, _("It was noted. Thank you."))
    return True


@never_cache
@PAGE
def call_offer(request: HttpRequest, key: UUID) -> HttpResponse:
    return change(request, by_phone(request, known_call(request, key)))


@never_cache
@PAGE
def call_schedule(request: HttpRequest, key: UUID) -> HttpResponse:
    return schedule(request, by_phone(request, known_call(request, key)))


def known_call(request: HttpRequest, key: UUID) -> CheckCall:
    user, role = colleague(request)
    found = look_up_call(key, by=user.actor(role), now=timezone.now())
    if found is None:
        raise Http404
    return found
