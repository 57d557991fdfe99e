"""This is wrong: the form for any visitor, and the page for who solves it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from omzien.base.accounts.adapters import within_limit
from omzien.base.catalogue.queries.offers import visible_offers
from omzien.base.freshness.actions.reports import report_wrong, resolve_report
from omzien.base.freshness.forms.reports import OutcomeForm, WrongForm
from omzien.base.freshness.forms.sentences import REFUSALS, sentence
from omzien.base.freshness.queries.records import record_of
from omzien.base.freshness.queries.reports import report_by_key
from omzien.base.freshness.views.checking import PAGE
from omzien.base.freshness.views.doors import colleague
from omzien.base.journal.models import Actor

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

VISITOR = Actor.system("visitor")


@never_cache
@PAGE
def wrong(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let anybody say that something is wrong; nothing about who says it is asked or kept."""
    offer = get_object_or_404(visible_offers(), key=key)
    form = WrongForm(request.POST or None)
    if request.method == "POST":
        if not within_limit(request, "wrong_report"):
            return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
        if form.is_valid():
            try:
                if not form.is_a_program:
                    what, said = form.cleaned_data["what"], form.cleaned_data["said"]
                    report_wrong(offer, what=what, said=said, by=VISITOR, now=timezone.now())
            except REFUSALS as refusal:
                form.add_error(None, sentence(refusal))
            else:
                return render(request, "freshness/wrong_thanks.html", {"offer": offer})
    return render(request, "freshness/wrong.html", {"form": form, "offer": offer})


@never_cache
@PAGE
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what a visitor said, and write down what became of it."""
    found = report_by_key(key)
    if found is None or found.closed_at is not None:
        raise Http404
    now, form = timezone.now(), OutcomeForm(request.POST or None)
    user, role = colleague(request)
    if request.method == "POST" and form.is_valid():
        outcome = form.cleaned_data["outcome"]
        resolve_report(found, outcome=outcome, by=user.actor(role), now=now)
        messages.success(request, _("It was noted. Thank you."))
        return redirect("site:work")
    context = {
        "report": found,
        "form": form,
        "may_change": role == "editor",
        "record": record_of(found.offer, today=timezone.localdate(now)),
    }
    return render(request, "freshness/report.html", context)
