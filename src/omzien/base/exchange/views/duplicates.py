from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from omzien.base.exchange.actions.merging import merge_offers
from omzien.base.exchange.forms import REFUSALS, SENTENCES
from omzien.base.exchange.queries.duplicates import choices_between, duplicates, pair_of
from omzien.base.exchange.views import editor

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

ROLE = "editor"


@never_cache
@require_safe
def pairs(request: HttpRequest) -> HttpResponse:
    """List what may be double."""
    return render(request, "exchange/duplicates.html", {"pairs": duplicates()})


@never_cache
def merge(request: HttpRequest, one: UUID, other: UUID) -> HttpResponse:
    """Show two records side by side, and put them together as chosen."""
    pair = pair_of(one, other)
    if pair is None:
        raise Http404
    keep, gone = pair
    differing = choices_between(keep, gone)
    if request.method == "POST":
        chosen = [c.field for c in differing if request.POST.get(c.field) == "other"]
        by = editor(request).actor(ROLE)
        try:
            merge_offers(keep, other=gone, from_other=chosen, by=by, now=timezone.now())
        except REFUSALS as error:
            messages.error(request, SENTENCES[type(error)])
        else:
            messages.success(request, _("They are one record now. Nothing was lost."))
        return redirect("exchange:duplicates")
    context = {"keep": keep, "gone": gone, "choices": differing}
    return render(request, "exchange/merge.html", context)
