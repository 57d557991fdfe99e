"""The social map by the Human Services Data Specification 3.0, and by nothing else."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import override
from ninja import Query, Schema

from omzien.base.exchange.api import hsds_records as records
from omzien.base.exchange.api.interfaces import Interface
from omzien.base.exchange.api.problems import json_answer
from omzien.base.exchange.queries.hsds import lists
from omzien.base.exchange.queries.hsds.filters import Wish
from omzien.base.exchange.queries.hsds.pages import all_of, page_of, size_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase

    from omzien.base.exchange.queries.hsds.pages import Show
    from omzien.base.exchange.queries.hsds.words import Record

LINES = "application/x-ndjson"
EVERYTHING = 1_000_000
VERSION = "3.0"
PROFILE = "/uitleg/open-gegevens/"

api = Interface(
    title="Omzien: HSDS",
    version="3.0.0",
    description="The social map as open data, by the Human Services Data Specification.",
    urls_namespace="hsds",
)


class Page(Schema):
    """Which page, and of how many records."""

    page: int = 1
    per_page: int | None = None
    format: str = "json"


class Text(Page):
    search: str = ""


class Terms(Text):
    taxonomy_id: str = ""
    parent_id: str = ""
    top_only: bool = False


class Parties(Text):
    full: bool = False
    full_service: bool = False


class Services(Text):
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    modified_after: str = ""
    minimal: bool = False
    full: bool = False


class Links(Text):
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    modified_after: str = ""
    postcode: str = ""
    proximity: str = ""
    full: bool = False


# --- About --------------------------------------------------------------------------------------


@api.get("/", response=records.About, summary="Which standard, which profile, which description")
def about(request: HttpRequest) -> HttpResponse:
    body = {
        "version": VERSION,
        "profile": settings.SITE_URL + PROFILE,
        "openapi_url": settings.SITE_URL + reverse("hsds:openapi-json"),
    }
    return json_answer(body)


# --- Services -----------------------------------------------------------------------------------


@api.get("/services", response=records.ServicePage, summary="What people can join or turn to")
def services(request: HttpRequest, asked: Query[Services]) -> HttpResponseBase:
    wish = wish_of(asked)
    found = lists.offers_for(wish)
    if asked.minimal:
        size = size_of(asked.per_page, usual=EVERYTHING, most=EVERYTHING)
        return answer(found, lists.minimal_services, asked, wish, size=size)
    show = lists.whole_services if asked.full else lists.plain_services
    return answer(found, show, asked, wish)


@api.get("/services/{id}", response=records.Service, summary="One of them, with everything")
def service(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002 - the standard's word
    return one(lists.service_by_id(id))


@api.get("/service_at_locations", response=records.LinkPage, summary="What is where")
def service_at_locations(request: HttpRequest, asked: Query[Links]) -> HttpResponseBase:
    wish = wish_of(asked)
    show = lists.whole_links if asked.full else lists.plain_links
    return answer(lists.located_for(wish), show, asked, wish)


@api.get("/service_at_locations/{id}", response=records.Link, summary="One offer where it is")
def service_at_location(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002 - idem
    return one(lists.link_by_id(id))


def wish_of(asked: Services | Links) -> Wish:
    said = asked.model_dump()
    return Wish(**{field.name: said.get(field.name, "") for field in fields(Wish)})


# --- Organisations ------------------------------------------------------------------------------


@api.get("/organizations", response=records.OrganizationPage, summary="Who offers it")
def organizations(request: HttpRequest, asked: Query[Parties]) -> HttpResponseBase:
    show: Show = lists.plain_organisations
    if asked.full or asked.full_service:
        show = partial(lists.whole_organisations, whole_offers=asked.full_service)
    return answer(lists.organisations_for(asked.search), show, asked)


@api.get("/organizations/{id}", response=records.Organization, summary="One of them")
def organization(
    request: HttpRequest,
    id: str,  # noqa: A002 - the standard's word
    full_service: bool = False,  # noqa: FBT001, FBT002 - a parameter of the address
) -> HttpResponseBase:
    return one(lists.organisation_by_id(id, whole_offers=full_service))


# --- Words --------------------------------------------------------------------------------------


@api.get("/taxonomies", response=records.TaxonomyPage, summary="The lists of words")
def taxonomies(request: HttpRequest, asked: Query[Text]) -> HttpResponseBase:
    return answer_list(lists.taxonomies_for(asked.search), asked)


@api.get("/taxonomies/{id}", response=records.Taxonomy, summary="One list of words")
def taxonomy(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002 - the standard's word
    return one(lists.taxonomy_by_id(id))


@api.get("/taxonomy_terms", response=records.TermPage, summary="The words")
def taxonomy_terms(request: HttpRequest, asked: Query[Terms]) -> HttpResponseBase:
    found = lists.terms_for(
        search=asked.search, taxonomy_id=asked.taxonomy_id, parent_id=asked.parent_id
    )
    return answer_list(found, asked)


@api.get("/taxonomy_terms/{id}", response=records.Term, summary="One word")
def taxonomy_term(request: HttpRequest, id: str) -> HttpResponseBase:  # noqa: A002 - idem
    return one(lists.term_by_id(id))


# --- Answers ------------------------------------------------------------------------------------


def one(record: Record | None) -> HttpResponse:
    if record is None:
        raise Http404
    return json_answer(record)


def answer(
    found: QuerySet[Any], show: Show, asked: Page, wish: Wish | None = None, *, size: int = 0
) -> HttpResponseBase:
    """Return a page; or every record, a line each, where that was asked for."""
    if asked.format == "ndjson":
        return StreamingHttpResponse(lines(all_of(found, show)), content_type=LINES)
    notes = wish.notes if wish else ()
    size = size or size_of(asked.per_page)
    return json_answer(page_of(found, show, number=asked.page, size=size, notes=notes))


def answer_list(found: list[Record], asked: Page) -> HttpResponseBase:
    """Return a page of what is in memory already."""
    if asked.format == "ndjson":
        return StreamingHttpResponse(lines(iter(found)), content_type=LINES)
    size, number = size_of(asked.per_page), max(asked.page, 1)
    some = found[(number - 1) * size : number * size]
    return json_answer(wrapped(some, total=len(found), number=number, size=size))


def lines(every: Iterator[Record]) -> Iterator[str]:
    """Yield each record as a line, in Dutch although the view has returned."""
    while True:
        with override(settings.LANGUAGE_CODE):
            record = next(every, None)
        if record is None:
            return
        yield json.dumps(record, ensure_ascii=False) + "\n"
