"""Calendars, tables, a feed of changes and a description: what programs fetch by an address."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import override
from django.views.decorators.http import require_safe

from omzien.base.exchange.api.problems import json_answer
from omzien.base.exchange.queries.calendars import calendar_of
from omzien.base.exchange.queries.changes import feed_of
from omzien.base.exchange.queries.choices import (
    AREA,
    PARTY,
    Choice,
    UnknownChoice,
    choice_of,
    one_offer,
)
from omzien.base.exchange.queries.data_catalogue import PREFIXES, catalogue_nodes
from omzien.base.exchange.queries.hsds import lists
from omzien.base.exchange.queries.hsds.filters import Wish
from omzien.base.exchange.queries.hsds.pages import all_of
from omzien.base.exchange.queries.hsds.tables import package_of
from omzien.base.exchange.queries.overview import columns, file_stem, overview
from omzien.base.exchange.queries.tables import WRITERS
from omzien.base.exchange.queries.turtle import json_ld_of, turtle_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest

P = ParamSpec("P")
TURTLE, JSON_LD, JSON = "text/turtle", "application/ld+json", "application/json"


def fetched(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answer in the language of the data, and 404 to a choice of what does not exist."""

    @require_safe
    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            with override(settings.LANGUAGE_CODE):
                return view(request, *args, **kwargs)
        except UnknownChoice as unknown:
            raise Http404 from unknown

    return answered


# --- Calendars ----------------------------------------------------------------------------------


@fetched
def calendar(request: HttpRequest) -> HttpResponse:
    """Give the calendar of a choice that stands in the address, or of everything."""
    return calendar_answer(choice_of(request.GET.dict()))


@fetched
def theme_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    return calendar_answer(choice_of({"thema": slug}))


@fetched
def area_calendar(request: HttpRequest, code: str) -> HttpResponse:
    return calendar_answer(choice_of({AREA: code}))


@fetched
def party_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    return calendar_answer(choice_of({PARTY: slug}))


@fetched
def offer_calendar(request: HttpRequest, key: UUID) -> HttpResponse:
    return calendar_answer(one_offer(key))


def calendar_answer(choice: Choice) -> HttpResponse:
    answer = HttpResponse(calendar_of(choice), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'inline; filename="{slugify(choice.name) or "agenda"}.ics"'
    return answer


# --- Tables and changes -------------------------------------------------------------------------


@fetched
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the overview of a choice as a file for a spreadsheet program."""
    now = timezone.now()
    choice = choice_of(request.GET.dict())
    content_type, write = WRITERS[kind]
    content = write(columns(), overview(choice.offers, now=now))
    answer = HttpResponse(content, content_type=content_type)
    name = f"{slugify(file_stem(choice.name))}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@fetched
def changes(request: HttpRequest) -> HttpResponse:
    """Give what changed last of a choice, as an Atom feed."""
    choice = choice_of(request.GET.dict())
    text = feed_of(choice, address=f"{settings.SITE_URL}{request.get_full_path()}")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@fetched
def hsds_package(request: HttpRequest) -> HttpResponse:
    """Give the whole map in the tabular form of HSDS."""
    content = package_of(all_of(lists.offers_for(Wish()), lists.whole_services))
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="hsds.zip"'
    return answer


# --- Which open data there is -------------------------------------------------------------------


@fetched
def data_catalogue(request: HttpRequest) -> HttpResponse:
    """Give the description of the open data: as JSON-LD to who asks for that, else as Turtle."""
    if request.get_preferred_type([TURTLE, JSON_LD, JSON]) in {JSON_LD, JSON}:
        answer = as_json_ld()
    else:
        text = turtle_of(catalogue_nodes(), PREFIXES)
        answer = HttpResponse(text, content_type=f"{TURTLE}; charset=utf-8")
        answer["Access-Control-Allow-Origin"] = "*"
    answer["Vary"] = "Accept"
    return answer


@fetched
def data_catalogue_json(request: HttpRequest) -> HttpResponse:
    return as_json_ld()


def as_json_ld() -> HttpResponse:
    return json_answer(json_ld_of(catalogue_nodes(), PREFIXES), content_type=JSON_LD)
