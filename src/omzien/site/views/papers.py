"""What is to be printed: a leaflet for each neighbourhood."""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.cache import caches
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from omzien.base.accounts.adapters import within_limit
from omzien.base.letters.queries import render_pdf
from omzien.base.places.queries import area_page
from omzien.site.queries.leaflet import has_leaflet, leaflet_of
from omzien.site.views.caching import offers_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

PDF = "application/pdf"


@require_safe
def leaflet(request: HttpRequest, code: str) -> HttpResponse:
    def made() -> bytes:
        page = area_page(code)
        if page is None or not has_leaflet(page.area):
            raise Http404
        today, language = timezone.localdate(), get_language() or "nl"
        return render_pdf("neighbourhood", leaflet_of(page, language=language, today=today))

    return printed(request, made, name=f"folder-{code}.pdf", content_type=PDF)


def printed(
    request: HttpRequest, made: Callable[[], bytes], *, name: str, content_type: str
) -> HttpResponse:
    """Answer with a file that is made once for each state of the social map.

    What was made is for everybody, whoever asks; who asks for many that were not is told to wait.
    """
    key = sha256(f"{offers_version()} {get_language()} {name}".encode()).hexdigest()
    content = caches["papers"].get(key)
    if content is None:
        if not within_limit(request, "paper"):
            return later(request)
        content = made()
        caches["papers"].set(key, content)
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


def later(request: HttpRequest) -> HttpResponse:
    response = render(request, "site/paper_later.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = "60"
    return response
