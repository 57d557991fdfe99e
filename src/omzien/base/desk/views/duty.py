from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from omzien.base.desk.actions import duty as actions
from omzien.base.desk.forms import REFUSALS, SENTENCES, AbsenceForm, HandOverForm, ListOwnerForm
from omzien.base.desk.queries.duty import absence_by_key, absences_ahead, duty_of, work_lists
from omzien.base.desk.views import coordinator

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from omzien.base.journal.models import Actor

ROLE = "coordinator"


@never_cache
@require_safe
def duty(request: HttpRequest) -> HttpResponse:
    """Show who is here, who is away, and whose each list is."""
    return page(request)


def page(request: HttpRequest, **bound: forms.Form) -> HttpResponse:
    """Show the page; a form that was refused comes back as it was filled in."""
    context: dict[str, object] = {
        "on_duty": duty_of(coordinator(request)),
        "absences": absences_ahead(timezone.localdate(timezone.now())),
        "lists": work_lists(),
        "absence_form": AbsenceForm(),
        "hand_over_form": HandOverForm(),
        "list_form": ListOwnerForm(),
    }
    return render(request, "desk/duty.html", {**context, **bound})


def act(
    request: HttpRequest,
    name: str,
    form: forms.Form,
    action: Callable[[Actor, datetime], object],
) -> HttpResponse:
    """Do what a form asks, or show the page with the reason why not."""
    by = coordinator(request).actor(ROLE)
    if form.is_valid():
        try:
            action(by, timezone.now())
        except REFUSALS as error:
            form.add_error(None, str(SENTENCES[type(error)]))
        else:
            messages.success(request, _("It was noted."))
            return redirect("desk:duty")
    return page(request, **{name: form})


@never_cache
@require_POST
def come(request: HttpRequest) -> HttpResponse:
    """Come on duty: own work from now on."""
    user = coordinator(request)
    try:
        actions.begin_duty(user, by=user.actor(ROLE), now=timezone.now())
    except REFUSALS as error:
        messages.error(request, SENTENCES[type(error)])
    else:
        messages.success(request, _("You are on duty."))
    return redirect("desk:duty")


@never_cache
@require_POST
def absence(request: HttpRequest) -> HttpResponse:
    """Plan an absence; one that begins today moves the work at once."""
    form = AbsenceForm(request.POST)

    def plan(by: Actor, now: datetime) -> None:
        actions.plan_and_start(**form.cleaned_data, today=timezone.localdate(now), by=by, now=now)

    return act(request, "absence_form", form, plan)


@never_cache
@require_POST
def back(request: HttpRequest, key: UUID) -> HttpResponse:
    """End an absence, or call it off."""
    found = absence_by_key(key)
    if found is None:
        raise Http404
    try:
        actions.end_absence(found, by=coordinator(request).actor(ROLE), now=timezone.now())
    except REFUSALS as error:
        messages.error(request, SENTENCES[type(error)])
    else:
        messages.success(request, _("It was noted."))
    return redirect("desk:duty")


@never_cache
@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """Move all open work of one colleague to another."""
    form = HandOverForm(request.POST)
    return act(
        request,
        "hand_over_form",
        form,
        lambda by, now: actions.hand_over(
            form.cleaned_data["user"], to=form.cleaned_data["to"], by=by, now=now
        ),
    )


@never_cache
@require_POST
def work_list_owner(request: HttpRequest) -> HttpResponse:
    """Say whose a list is and who takes over."""
    form = ListOwnerForm(request.POST)
    return act(
        request,
        "list_form",
        form,
        lambda by, now: actions.set_work_list(**form.cleaned_data, by=by, now=now),
    )
