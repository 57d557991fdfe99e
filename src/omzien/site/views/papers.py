"""What is to be printed: a leaflet for each neighbourhood, and the overview as a document."""

from __future__ import annotations

import re
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
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
from omzien.site.queries.list_addresses import AREA_FILTER
from omzien.site.queries.overview import THEME_FILTER, NothingByThatName, overview_of
from omzien.site.queries.overview_text import text_document
from omzien.site.views.caching import offers_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from omzien.site.queries.overview import Overview

PDF = "application/pdf"
ODT = "application/vnd.oasis.opendocument.text"


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@require_safe
def leaflet(request: HttpRequest, code: str) -> HttpResponse:
    def made() -> bytes:
        page = area_page(code)
        if page is None or not has_leaflet(page.area):
            raise Http404
        today = timezone.localdate()
        return render_pdf("neighbourhood", leaflet_of(page, language=language(), today=today))

    return printed(request, made, name=f"folder-{code}.pdf", content_type=PDF)


@require_safe
def overview_pdf(request: HttpRequest) -> HttpResponse:
    def made(overview: Overview) -> bytes:
        return render_pdf("overview", {**overview.as_data(), "language": language()})

    return overview(request, made, ending="pdf", content_type=PDF)


@require_safe
def overview_odt(request: HttpRequest) -> HttpResponse:
    def made(overview: Overview) -> bytes:
        return text_document(overview, language=language(), now=timezone.now())

    return overview(request, made, ending="odt", content_type=ODT)


def overview(
    request: HttpRequest, written: Callable[[Overview], bytes], *, ending: str, content_type: str
) -> HttpResponse:
    """Answer with the overview of everything, of one theme, or of one neighbourhood."""
    words = {name: request.GET.get(name, "") for name in (THEME_FILTER, AREA_FILTER)}
    if not all(re.fullmatch(r"[\w-]{0,60}", word, re.ASCII) for word in words.values()):
        raise Http404

    def made() -> bytes:
        try:
            return written(overview_of(words, now=timezone.now()))
        except NothingByThatName as nothing:
            raise Http404 from nothing

    name = "-".join(["overzicht", *filter(None, words.values())])
    return printed(request, made, name=f"{name}.{ending}", content_type=content_type)


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
