"""The pages of editors and delegates: records by freshness, new ones, and proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from omzien.base.catalogue.actions.offers import add_offer
from omzien.base.freshness.actions.changing import approve_proposal, decline_proposal
from omzien.base.freshness.forms.offers import DeclineForm, NewOfferForm
from omzien.base.freshness.forms.sentences import REFUSALS, sentence
from omzien.base.freshness.queries.differences import proposed
from omzien.base.freshness.queries.overview import (
    PAGE_SIZE,
    STATE_WORDS,
    State,
    own_organisations,
    records_in,
    records_named,
    records_of,
    with_state,
)
from omzien.base.freshness.queries.proposals import (
    contact_by_key,
    open_proposals,
    proposal_by_key,
)
from omzien.base.freshness.queries.reports import open_reports
from omzien.base.freshness.views.checking import PAGE
from omzien.base.freshness.views.doors import signed_in
from omzien.base.network.queries import organisation_by_key, organisations_named

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from omzien.base.freshness.models import Proposal
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation


@never_cache
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Show a delegate their records, and what waits."""
    user, today = signed_in(request), timezone.localdate(timezone.now())
    organisations = list(own_organisations(user))
    found = with_state(records_of(user), today=today)
    groups = [
        (one, [row for row in found if row.offer.organisation_id == one.pk])
        for one in organisations
    ]
    return render(request, "freshness/own.html", {"groups": groups})


@never_cache
@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """Show an editor the records by how fresh they are; past their day first."""
    today = timezone.localdate(timezone.now())
    state, words = request.GET.get("staat", State.STALE.value), request.GET.get("woorden", "")
    found = records_named(records_in(state, today=today), words)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("pagina"))
    begin = max(0, page.start_index() - 1)
    context = {
        "rows": with_state(found[begin : begin + PAGE_SIZE], today=today),
        "page": page,
        "state": state,
        "states": [(one.value, STATE_WORDS[one]) for one in State if one != State.OTHER],
        "words": words,
        "proposals": open_proposals().count(),
        "reports": open_reports().select_related("offer", "owner__user"),
    }
    return render(request, "freshness/records.html", context)


# --- A new record -------------------------------------------------------------------------------


@never_cache
@require_safe
def find_organisation(request: HttpRequest) -> HttpResponse:
    """Let an editor choose whose the new record is."""
    words = request.GET.get("woorden", "").strip()
    found = list(organisations_named(words)[:20]) if words else []
    return render(request, "freshness/find_organisation.html", {"words": words, "found": found})


@never_cache
@PAGE
def editor_new(request: HttpRequest, key: UUID) -> HttpResponse:
    organisation = organisation_by_key(key)
    if organisation is None:
        raise Http404
    by = signed_in(request).actor("editor")
    return new(request, organisation, by=by, then="freshness:editor_offer")


@never_cache
@PAGE
def own_new(request: HttpRequest, key: UUID) -> HttpResponse:
    user = signed_in(request)
    organisation = get_object_or_404(own_organisations(user), key=key)
    return new(request, organisation, by=user.actor("member"), then="freshness:own_offer")


def new(request: HttpRequest, organisation: Organisation, *, by: Actor, then: str) -> HttpResponse:
    """Begin a record; it is visible after the next page."""
    form = NewOfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        offer = add_offer(organisation, by=by, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("It is there, but nobody sees it yet. Fill in the rest."))
        return redirect(then, key=offer.key)
    return render(request, "freshness/new.html", {"form": form, "organisation": organisation})


# --- Proposals ----------------------------------------------------------------------------------


@never_cache
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Show what waits for an editor, longest first."""
    return render(request, "freshness/proposals.html", {"proposals": open_proposals()})


@never_cache
@PAGE
def proposal(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what would change, and take it over or not."""
    found = proposal_by_key(key)
    if found is None:
        raise Http404
    do = request.POST.get("do", "")
    form = DeclineForm(request.POST if do == "decline" else None)
    if do == "approve" or (form.is_bound and form.is_valid()):
        return decided(request, found, form)
    maker = contact_by_key(found.made_by)
    context = {"proposal": found, "fields": proposed(found), "form": form, "maker": maker}
    return render(request, "freshness/proposal.html", context)


def decided(request: HttpRequest, found: Proposal, form: DeclineForm) -> HttpResponse:
    by, now = signed_in(request).actor("editor"), timezone.now()
    try:
        if form.is_bound:
            decline_proposal(found, reason=form.cleaned_data["reason"], by=by, now=now)
            messages.success(request, _("It stays as it was. Who proposed it gets a mail."))
        else:
            approve_proposal(found, on=timezone.localdate(now), by=by, now=now)
            messages.success(request, _("Everybody sees it now. Who proposed it gets a mail."))
    except REFUSALS as refusal:
        messages.error(request, sentence(refusal))
    return redirect("freshness:proposals")
