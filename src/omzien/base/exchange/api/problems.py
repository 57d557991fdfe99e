"""What a program is told when something is wrong: problem+json (RFC 9457), whatever it is."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.signals import got_request_exception
from django.http import Http404, HttpResponse
from django.utils.log import log_response
from django.utils.translation import gettext as _
from ninja.errors import ValidationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

PROBLEM = "application/problem+json"


def problem(status: HTTPStatus, title: str, **more: object) -> HttpResponse:
    """Return an answer that says what is wrong, for programs and the people who make them."""
    body = {"type": "about:blank", "status": int(status), "title": title, **more}
    return json_answer(body, status=status, content_type=PROBLEM)


def json_answer(
    body: Mapping[str, Any], *, status: int = 200, content_type: str = "application/json"
) -> HttpResponse:
    """Return JSON that pages of other sites may read as well."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    answer = HttpResponse(text, status=status, content_type=content_type)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def not_found(request: HttpRequest, error: Http404 | type[Http404]) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, _("Not found"), detail=_("There is no such record."))


def not_understood(
    request: HttpRequest, error: ValidationError | type[ValidationError]
) -> HttpResponse:
    """Say of each part of a question what is wrong with it."""
    found = error.errors if isinstance(error, ValidationError) else []
    wrong = [{"name": str(one["loc"][-1]), "reason": str(one["msg"])} for one in found]
    return problem(
        HTTPStatus.BAD_REQUEST,
        _("Not understood"),
        detail=_("A part of the question cannot be understood."),
        invalidParams=wrong,
    )


def not_allowed(answer: HttpResponseBase) -> HttpResponse:
    """Say that only reading is possible, and how."""
    told = problem(
        HTTPStatus.METHOD_NOT_ALLOWED,
        _("Not possible"),
        detail=_("Here one can only read: use GET."),
    )
    told["Allow"] = answer["Allow"]
    return told


def broken(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """Say that it went wrong here; the log and whoever watches it hear why."""
    told = problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        _("Something went wrong"),
        detail=_("It went wrong on our side. Try again later."),
    )
    got_request_exception.send(sender=None, request=request)
    cause = error if isinstance(error, Exception) else None
    log_response("Broken: %s", request.path, response=told, request=request, exception=cause)
    return told
