"""An interface for programs: it tells every error as a problem, and its description says so."""

from __future__ import annotations

import json
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from django.urls import URLPattern, path
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import ValidationError

from omzien.base.exchange.api.problems import (
    PROBLEM,
    broken,
    not_allowed,
    not_found,
    not_understood,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django.urls import URLResolver
    from ninja.openapi.schema import OpenAPISchema

    View = Callable[..., HttpResponseBase]

PROBLEM_SCHEMA = {
    "title": "Problem",
    "type": "object",
    "description": "What is wrong (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
        "invalidParams": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "reason": {"type": "string"}},
                "required": ["name", "reason"],
            },
        },
    },
    "required": ["type", "status", "title", "detail"],
}
PROBLEM_CONTENT = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
NOT_FOUND = {"description": "Not found", "content": PROBLEM_CONTENT}


class Interface(NinjaAPI):
    """Addresses for programs by one standard alone, without a page that loads from elsewhere."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - the library's own options
        super().__init__(docs_url=None, **options)
        self.add_exception_handler(Http404, not_found)
        self.add_exception_handler(ValidationError, not_understood)
        self.add_exception_handler(Exception, broken)

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """Return the addresses; below them whatever is no address of ours is a problem as well."""
        patterns, app, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = self.answering(pattern.callback)
        return (
            [*patterns, path("<path:rest>", self.answering(elsewhere), name="rest")],
            app,
            namespace,
        )

    def answering(self, view: View) -> View:
        """Return a view whose errors are problems, also those from before it."""

        @csrf_exempt
        @wraps(view)
        def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            # In the language of the data, whatever the reader's own.
            with override(settings.LANGUAGE_CODE):
                try:
                    answer = view(request, *args, **kwargs)
                except Http404 as missing:
                    answer = not_found(request, missing)
                if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                    answer = not_allowed(answer)
            return self.finished(answer)

        return answered

    def finished(self, answer: HttpResponseBase) -> HttpResponseBase:
        """Return an answer with what every answer of this interface has."""
        return answer

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the description, with the errors that an operation can give."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"] = with_problems(operation)
        schema["components"]["schemas"] = used(schema) | {"Problem": PROBLEM_SCHEMA}
        return schema


def elsewhere(request: HttpRequest, rest: str) -> HttpResponseBase:
    raise Http404(rest)


def used(schema: OpenAPISchema) -> dict[str, Any]:
    """Return the shapes that the description points to; those of questions are spelt out in it."""
    text, shapes = json.dumps(schema), schema["components"]["schemas"]
    return {name: shape for name, shape in shapes.items() if f'/schemas/{name}"' in text}


def with_problems(operation: dict[str, Any]) -> dict[str, Any]:
    """Return the answers of an operation, by text, with its errors."""
    parameters = operation.get("parameters", [])
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    if any(one["in"] == "query" or "format" in one["schema"] for one in parameters):
        answers["400"] = {"description": "Not understood", "content": PROBLEM_CONTENT}
    if any(one["in"] == "path" for one in parameters):
        answers["404"] = dict(NOT_FOUND)
    return answers
