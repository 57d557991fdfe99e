"""Changing a record, by whichever door somebody came: what it is, and how it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from omzien.base.catalogue.models import Status
from omzien.base.freshness.actions.changing import (
    restore_record,
    submit_by_link,
    submit_changes,
)
from omzien.base.freshness.forms.offers import OfferForm
from omzien.base.freshness.forms.sentences import REFUSALS, sentence
from omzien.base.freshness.queries.changes import Changes
from omzien.base.freshness.queries.differences import history_of
from omzien.base.freshness.queries.proposals import open_proposal_of
from omzien.base.freshness.queries.records import record_of
from omzien.base.freshness.views.checking import PAGE, as_key, link_not_good
from omzien.base.freshness.views.doors import as_delegate, as_editor, by_link
from omzien.base.history.queries import revision_by_key
from omzien.base.letters.queries import LinkNotGood

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from omzien.base.freshness.models import Proposal
    from omzien.base.freshness.views.doors import Door

# Buttons beside "keep": what becomes of the record.
STATUS_OF_BUTTON = {
    "stop": Status.ENDED,
    "pause": Status.PAUSED,
    "show": Status.ACTIVE,
}


@never_cache
@PAGE
def link_offer(request: HttpRequest, secret: str, key: UUID) -> HttpResponse:
    try:
        return change(request, by_link(secret, key, now=timezone.now()))
    except LinkNotGood:
        return link_not_good(request)


@never_cache
@PAGE
def own_offer(request: HttpRequest, key: UUID) -> HttpResponse:
    return change(request, as_delegate(request, key))


@never_cache
@PAGE
def editor_offer(request: HttpRequest, key: UUID) -> HttpResponse:
    return change(request, as_editor(request, key))


def change(request: HttpRequest, door: Door) -> HttpResponse:
    """Show all that can be changed of a record, and change it or propose it."""
    now, do = timezone.now(), request.POST.get("do", "")
    form = OfferForm(request.POST if do == "keep" else None, offer=door.offer)
    wanted = wanted_by(form, do)
    if wanted is not None:
        try:
            made = submit(door, wanted, now=now)
        except REFUSALS as refusal:
            messages.error(request, sentence(refusal))
        else:
            return done(request, door, made)
    context = {
        "door": door,
        "form": form,
        "record": record_of(door.offer, today=timezone.localdate(now)),
        "waiting": open_proposal_of(door.offer),
    }
    return render(request, "freshness/change.html", context)


def wanted_by(form: OfferForm, do: str) -> Changes | None:
    """Return what a press of a button asks for; None where there is nothing to do."""
    return wanted_by_button(do) or (form.changes() if form.is_bound and form.is_valid() else None)


def wanted_by_button(do: str) -> Changes | None:
    """Return what becomes of a record by a button: stopped, taken away, shown."""
    if do not in STATUS_OF_BUTTON:
        return None
    return Changes(offer={"status": STATUS_OF_BUTTON[do].value})


def submit(door: Door, wanted: Changes, *, now: datetime) -> Proposal | None:
    """Change the record, or propose it, as the one who came by this door."""
    today = timezone.localdate(now)
    if door.asked:
        return submit_by_link(
            door.asked, door.secret, door.offer, wanted, on=today, by=door.by, now=now
        )
    return submit_changes(door.offer, wanted, at_once=door.at_once, on=today, by=door.by, now=now)


def done(request: HttpRequest, door: Door, made: Proposal | None) -> HttpResponse:
    """Say what happens next, and lead back to where the door stands."""
    if made:
        messages.success(request, _("Thank you. An editor looks at it, and you get an answer."))
    else:
        messages.success(request, _("Thank you. Everybody can see it now."))
    return redirect(door.back)


# --- How it was ---------------------------------------------------------------------------------


@never_cache
@PAGE
def own_history(request: HttpRequest, key: UUID) -> HttpResponse:
    return history(request, as_delegate(request, key))


@never_cache
@PAGE
def editor_history(request: HttpRequest, key: UUID) -> HttpResponse:
    return history(request, as_editor(request, key))


def history(request: HttpRequest, door: Door) -> HttpResponse:
    """Show what changed in plain words, and take a change back."""
    if request.method == "POST":
        return restored(request, door)
    context = {"door": door, "revisions": history_of(door.offer)}
    return render(request, "freshness/history.html", context)


def restored(request: HttpRequest, door: Door) -> HttpResponse:
    key = as_key(request.POST.get("revision", ""))
    revision = revision_by_key(key) if key else None
    if revision is None:
        raise Http404
    try:
        made = restore_record(
            door.offer, revision, at_once=door.at_once, by=door.by, now=timezone.now()
        )
    except REFUSALS as refusal:
        messages.error(request, sentence(refusal))
        return redirect(door.history)
    return done(request, door, made)
