"""What there is to do in simple records, by the NL API Design Rules and by nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID  # noqa: TC003 - django-ninja reads it while running

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Schema
from pydantic.json_schema import SkipJsonSchema

from omzien.base.exchange.api import simple_records as records
from omzien.base.exchange.api.interfaces import NOT_FOUND, Interface
from omzien.base.exchange.api.problems import json_answer
from omzien.base.exchange.queries import simple
from omzien.base.exchange.queries.choices import AREA, UnknownChoice, choice_of, one_offer
from omzien.base.exchange.queries.data_catalogue import GUIDE, mail_address, municipality

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http.response import HttpResponseBase
    from ninja.openapi.schema import OpenAPISchema

    from omzien.base.exchange.queries.choices import Choice
    from omzien.base.exchange.queries.simple import Record

VERSION, ROOT = "1.0.0", "/api/v1"
VERSION_HEADER = "API-Version"
A_WEEK = timedelta(days=6)
TAG = "activities"


class SimpleInterface(Interface):
    """Every answer says which version of the interface gave it."""

    def finished(self, answer: HttpResponseBase) -> HttpResponseBase:
        answer[VERSION_HEADER] = VERSION
        return answer

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the description: where it is, who keeps it, and what every answer says."""
        schema = super().get_openapi_schema(path_prefix=path_prefix or "", path_params=path_params)
        schema["servers"] = [{"url": server_address()}]
        schema["info"]["contact"] = {
            "name": municipality(),
            "email": mail_address(),
            "url": f"{settings.SITE_URL}/{GUIDE}",
        }
        schema["tags"] = [{"name": TAG, "description": "What there is to do, and when."}]
        for operations in schema["paths"].values():
            for operation in operations.values():
                if operation.get("parameters"):
                    operation["responses"]["404"] = dict(NOT_FOUND)
                for answer in operation["responses"].values():
                    answer["headers"] = {VERSION_HEADER: VERSION_OF_ANSWER}
        return schema


VERSION_OF_ANSWER = {
    "description": "The version of this interface.",
    "schema": {"type": "string", "examples": [VERSION]},
}
api = SimpleInterface(
    title="Omzien",
    version=VERSION,
    description="What there is to do against loneliness and for meeting: activities and moments.",
    urls_namespace="api",
    openapi_url=None,
)


def server_address() -> str:
    """Return where the interface is; relative on a site without https, as on one's own machine."""
    return f"{settings.SITE_URL}{ROOT}" if settings.SITE_URL.startswith("https:") else ROOT


Page = Annotated[int, Field(ge=1, le=1_000_000)]
PerPage = Annotated[int, Field(ge=1, le=500)]
Day = date | SkipJsonSchema[None]


class Narrowing(Schema):
    """Which offers, and which page of them."""

    area: str = Field("", description="The CBS code of a municipality, district or neighbourhood.")
    theme: str = Field("", description="The short name of a theme.")
    free: bool = Field(default=False, description="Only what costs nothing.")
    page: Page = Field(1, description="Which page.")
    per_page: PerPage = Field(50, alias="perPage", description="How many on a page.")


class Days(Narrowing):
    """Between which days as well."""

    first_day: Day = Field(None, alias="firstDay", description="The first day; usually today.")
    last_day: Day = Field(None, alias="lastDay", description="The last day; usually a week on.")


def found_by(asked: Narrowing) -> Choice:
    """Return the offers that are asked for; 404 where there is no such area or theme."""
    said = {AREA: asked.area, "thema": asked.theme, "gratis": "ja" if asked.free else ""}
    try:
        return choice_of(said)
    except UnknownChoice as error:
        raise Http404 from error


@api.get(
    "/openapi.json",
    response=dict[str, Any],
    summary="This description",
    description="The description of this interface by OpenAPI.",
    tags=[TAG],
    by_alias=True,
)
def openapi(request: HttpRequest) -> HttpResponse:
    return json_answer(api.get_openapi_schema())


@api.get(
    "/meetings",
    response=records.MeetingPage,
    summary="When there is something to do",
    description="Every moment at which something takes place, the soonest first.",
    tags=[TAG],
    by_alias=True,
)
def meetings(request: HttpRequest, asked: Query[Days]) -> HttpResponse:
    now = timezone.now()
    first = asked.first_day or timezone.localdate(now)
    last = asked.last_day or min(first, date.max - A_WEEK) + A_WEEK
    found = simple.meetings_of(found_by(asked), first=first, last=last, now=now)
    return page(found, simple.meeting_record, asked)


@api.get(
    "/offers",
    response=records.OfferPage,
    summary="What there is to do",
    description="Everything there is, by name.",
    tags=[TAG],
    by_alias=True,
)
def offers(request: HttpRequest, asked: Query[Narrowing]) -> HttpResponse:
    return page(simple.offers_of(found_by(asked)), simple.offer_record, asked)


@api.get(
    "/offers/{id}",
    response=records.Offer,
    summary="One of them",
    description="One activity or place to turn to, by its lasting number.",
    tags=[TAG],
    by_alias=True,
)
def offer(request: HttpRequest, id: UUID) -> HttpResponse:  # noqa: A002 - as other interfaces call it
    try:
        found = simple.offers_of(one_offer(id))
    except UnknownChoice as error:
        raise Http404 from error
    return json_answer(simple.offer_record(found.get()))


@api.get(
    "/themes",
    response=records.ThemeList,
    summary="By what can be chosen",
    description="The themes by which offers are sorted.",
    tags=[TAG],
    by_alias=True,
)
def themes(request: HttpRequest) -> HttpResponse:
    return json_answer({"items": simple.theme_records()})


def page(
    found: QuerySet[simple.Row], record: Callable[[simple.Row], Record], asked: Narrowing
) -> HttpResponse:
    return json_answer(simple.page_of(found, record, number=asked.page, size=asked.per_page))
