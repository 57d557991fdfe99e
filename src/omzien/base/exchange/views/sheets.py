from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from omzien.base.exchange.actions.sheets import (
    hand_in_sheet,
    say_meanings,
    take_in_sheet,
    try_sheet,
)
from omzien.base.exchange.forms import MEANINGS, REFUSALS, SENTENCES, WHY, HandInForm
from omzien.base.exchange.queries.sheets import draft_of, table_of
from omzien.base.exchange.views import editor

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from omzien.base.catalogue.actions.taking_in import Outcome
    from omzien.base.catalogue.importers.rows import SkippedRow
    from omzien.base.exchange.actions.importing import Imported
    from omzien.base.exchange.models import SheetDraft

ROLE = "editor"
# So many rows are shown as an example of what a column holds.
SAMPLE = 3


@never_cache
def hand_in(request: HttpRequest) -> HttpResponse:
    """Take a spreadsheet; the next page asks what its columns mean."""
    form = HandInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = hand_in_sheet(
                file.read(),
                file_name=file.name,
                source_name=form.cleaned_data["source_name"],
                by=editor(request).actor(ROLE),
                now=timezone.now(),
            )
        except REFUSALS as error:
            form.add_error("file", str(SENTENCES[type(error)]))
        else:
            return redirect("exchange:columns", key=draft.key)
    return render(request, "exchange/hand_in.html", {"form": form})


def own_draft(request: HttpRequest, key: UUID) -> SheetDraft:
    draft = draft_of(editor(request), key)
    if draft is None:
        raise Http404
    return draft


@never_cache
def columns(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask what each column means; a guess is filled in."""
    draft = own_draft(request, key)
    table = table_of(draft)
    if request.method == "POST":
        meanings = {
            number: request.POST.get(f"column-{number}", "")
            for number in range(len(table.columns))
        }
        known = {meaning for meaning, _title in MEANINGS}
        try:
            say_meanings(
                draft,
                meanings={n: m for n, m in meanings.items() if m in known},
                by=editor(request).actor(ROLE),
                now=timezone.now(),
            )
        except REFUSALS as error:
            messages.error(request, SENTENCES[type(error)])
        else:
            return redirect("exchange:preview", key=key)
    else:
        meanings = {number: meaning for meaning, number in draft.meanings.items()}
    shown = [
        {
            "number": number,
            "name": name,
            "meaning": meanings.get(number, ""),
            "sample": [row.cells[number] for row in table.rows[:SAMPLE] if row.cells[number]],
        }
        for number, name in enumerate(table.columns)
    ]
    context = {"draft": draft, "columns": shown, "choices": MEANINGS, "rows": len(table.rows)}
    return render(request, "exchange/columns.html", context)


@never_cache
def preview(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show what taking it in would do, and why rows are left out."""
    draft = own_draft(request, key)
    now = timezone.now()
    by = editor(request).actor(ROLE)
    outcome = try_sheet(draft, today=timezone.localdate(now), by=by, now=now)
    context = {
        "outcome": outcome,
        "skipped": in_words(outcome.skipped),
        "take": reverse("exchange:take", args=[key]),
        "back": reverse("exchange:columns", args=[key]),
        "rows": True,
    }
    return render(request, "exchange/preview.html", context)


def in_words(skipped: tuple[SkippedRow, ...]) -> list[tuple[str, str]]:
    return [(row.where, str(WHY.get(row.why, row.why))) for row in skipped]


@never_cache
def take(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take it in, by the button of the page before."""
    draft, now = own_draft(request, key), timezone.now()
    if request.method != "POST":
        return redirect("exchange:preview", key=key)
    by = editor(request).actor(ROLE)
    outcome = take_in_sheet(draft, today=timezone.localdate(now), by=by, now=now)
    messages.success(request, counted(outcome))
    return redirect("exchange:hand_in")


def counted(outcome: Outcome | Imported) -> str:
    """Say how much was taken in."""
    return _("New: %(new)s. Changed: %(changed)s. The same: %(same)s. Left out: %(left)s.") % {
        "new": outcome.created,
        "changed": outcome.changed,
        "same": outcome.unchanged,
        "left": len(outcome.skipped),
    }
