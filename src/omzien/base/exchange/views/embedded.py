from __future__ import annotations

from typing import TYPE_CHECKING

from csp.decorators import csp_replace
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from omzien.base.exchange.queries.embedded import embedded_list

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embedded(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Show what one organisation offers, for in a frame on its own site; on that of anybody."""
    found = embedded_list(slug, now=timezone.now())
    if found is None:
        raise Http404
    return render(request, "exchange/embedded.html", {"list": found})
