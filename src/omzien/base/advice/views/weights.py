"""Which weights advice uses, and a look at what others would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from omzien.base.accounts.models import User
from omzien.base.advice.actions.weights import take_weights_into_use
from omzien.base.advice.forms import WeightsForm
from omzien.base.advice.queries.catalogue import advice_catalogue
from omzien.base.advice.queries.invented import invented_people
from omzien.base.advice.queries.previews import preview_of
from omzien.base.advice.queries.weights import PARTS, all_weights, weights_in_use
from omzien.base.places.models import AreaKind
from omzien.methods.advice.weights import Weights

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from omzien.base.advice.queries.previews import ShownPreview

ROLE = "editor"
INVENTED = 400


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def weights(request: HttpRequest) -> HttpResponse:
    """Show the weights in use; first look at what others would change, then use them."""
    in_use = weights_in_use()
    now = timezone.now()
    initial = {part: getattr(in_use, part) for part in PARTS}
    form = WeightsForm(request.POST or None, initial=initial)
    context: dict[str, object] = {"form": form, "in_use": in_use, "earlier": all_weights()[:20]}
    if request.method == "POST" and form.is_valid():
        proposed = {part: float(form.cleaned_data[part]) for part in PARTS}
        if request.POST.get("do") == "use":
            if not isinstance(request.user, User):
                raise PermissionDenied
            why, by = form.cleaned_data["why"], request.user.actor(ROLE)
            take_weights_into_use(proposed, why=why, by=by, now=now)
            messages.success(request, _("Advice uses these weights from now on."))
            return redirect("advice:weights")
        context["preview"] = look_ahead(in_use, proposed, now=now)
    return render(request, "advice/weights.html", context)


def look_ahead(in_use: Weights, proposed: dict[str, float], *, now: datetime) -> ShownPreview:
    people = invented_people(
        INVENTED, municipality=settings.MUNICIPALITY_CODE, kind=AreaKind.NEIGHBOURHOOD
    )
    proposal = Weights(version="proposal", **proposed)
    return preview_of(in_use, proposal, people, advice_catalogue(now=now))
