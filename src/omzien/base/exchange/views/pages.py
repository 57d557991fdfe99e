from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from omzien.base.exchange.actions.pages import hand_in_page, take_in_page, try_page
from omzien.base.exchange.forms import PAGE_PROBLEMS, HandInPageForm
from omzien.base.exchange.importers.errors import Refused
from omzien.base.exchange.queries.pages import page_draft_of
from omzien.base.exchange.views import editor
from omzien.base.exchange.views.sheets import counted, in_words

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from omzien.base.exchange.models import PageDraft

ROLE = "editor"


@never_cache
def hand_in(request: HttpRequest) -> HttpResponse:
    """Take the events of a web page; the next page shows what would change."""
    form = HandInPageForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = hand_in_page(
                form.data_of_page(),
                organisation=form.cleaned_data["organisation"],
                source_name=form.cleaned_data["source_name"],
                by=editor(request).actor(ROLE),
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(PAGE_PROBLEMS[type(refused)]))
        else:
            return redirect("exchange:page_preview", key=draft.key)
    return render(request, "exchange/hand_in_page.html", {"form": form})


def own_draft(request: HttpRequest, key: UUID) -> PageDraft:
    draft = page_draft_of(editor(request), key)
    if draft is None:
        raise Http404
    return draft


@never_cache
def preview(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what taking it in would do, and why events are left out."""
    draft = own_draft(request, key)
    try:
        outcome = try_page(draft, by=editor(request).actor(ROLE), now=timezone.now())
    except Refused as refused:
        messages.error(request, PAGE_PROBLEMS[type(refused)])
        return redirect("exchange:hand_in_page")
    context = {
        "outcome": outcome,
        "skipped": in_words(outcome.skipped),
        "take": reverse("exchange:page_take", args=[key]),
        "back": reverse("exchange:hand_in_page"),
    }
    return render(request, "exchange/preview.html", context)


@never_cache
def take(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take it in, by the button of the page before."""
    draft = own_draft(request, key)
    if request.method != "POST":
        return redirect("exchange:page_preview", key=key)
    try:
        outcome = take_in_page(draft, by=editor(request).actor(ROLE), now=timezone.now())
    except Refused as refused:
        messages.error(request, PAGE_PROBLEMS[type(refused)])
    else:
        messages.success(request, counted(outcome))
    return redirect("exchange:hand_in_page")
