"""Public pages out of this process's memory, for readers who are not logged in.

A page is kept under its address, language, size of letters, lines in use and version of the data.
The version is read at most every two seconds: so long an old page may be shown.
"""

from __future__ import annotations

from functools import wraps
from hashlib import sha256
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from omzien.base.catalogue.queries.offers import catalogue_version
from omzien.base.freshness.queries.seasons import answers_version
from omzien.base.places.queries import data_version
from omzien.site.queries.reader import wants_large_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

P = ParamSpec("P")
SECONDS_OF_VERSION = 2
# Other words in an address are not kept: somebody could fill the memory with them.
KNOWN_WORDS = {
    *("onderwerp", "jaar", "leeftijd", "indeling"),
    *("wanneer", "buurt", "thema", "interesse", "gratis", "halen", "samen", "drempelvrij"),
    *("dagdeel", "postcode", "afstand", "thuis", "levensmoment", "dimensie", "bladzijde"),
}
LONGEST_ADDRESS = 300


def kept_for_everybody(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Keep what a view answers to readers without a session, until the figures change."""
    return kept(view, figures_version)


def kept_with_offers(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Keep a page on which offers stand, until one of them or a figure changes, or a day ends."""
    return kept(view, offers_version)


def kept_with_answers(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Keep a page that also tells what organisations answered about a holiday."""
    return kept(view, offers_and_answers_version)


def kept_for_good(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Keep a page on which no figure stands; it needs no database at all."""
    return kept(view, lambda: "")


def kept(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse], version: Callable[[], str]
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    @wraps(view)
    def from_memory(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not may_be_kept(request):
            return view(request, *args, **kwargs)
        key = key_of(request, version())
        found = caches["pages"].get(key)
        if found is None:
            response = view(request, *args, **kwargs)
            if response.status_code != HttpResponse.status_code:
                return response
            found = (response.content, response.headers["Content-Type"])
            caches["pages"].set(key, found)
        content, content_type = found
        return HttpResponse(content, content_type=content_type)

    return from_memory


def figures_version() -> str:
    return str(caches["pages"].get_or_set("data-version", data_version, SECONDS_OF_VERSION))


def offers_version() -> str:
    pages = caches["pages"]
    catalogue = pages.get_or_set("catalogue-version", newest_catalogue, SECONDS_OF_VERSION)
    return f"{figures_version()} {catalogue}"


def newest_catalogue() -> str:
    return catalogue_version(today=timezone.localdate())


def offers_and_answers_version() -> str:
    answers = caches["pages"].get_or_set("answers", answers_version, SECONDS_OF_VERSION)
    return f"{offers_version()} {answers}"


def may_be_kept(request: HttpRequest) -> bool:
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and KNOWN_WORDS.issuperset(request.GET)
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def key_of(request: HttpRequest, version: str) -> str:
    size = "large" if wants_large_text(request) else "normal"
    lines = ",".join(settings.LINES_IN_USE)
    whole = f"{version} {lines} {get_language()} {size} {request.get_full_path()}"
    return sha256(whole.encode()).hexdigest()
