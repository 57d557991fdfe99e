"""Choices of the reader that this browser remembers: language and size of letters."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from omzien.site.queries.reader import LARGE, TEXT_SIZE_COOKIE

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

# Both forms stand on every page, also on pages from the cache, which hold nobody's token. What a
# forged request could do is change the language or the letters; the reader changes them back.


@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponseBase:
    return set_language(request)


@csrf_exempt
@require_POST
def choose_text_size(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    response.set_cookie(
        TEXT_SIZE_COOKIE,
        LARGE if request.POST.get("size") == LARGE else "normal",
        max_age=timedelta(days=365),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
