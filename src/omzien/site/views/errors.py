"""Error pages: what went wrong, what to do, and a person to call."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    ErrorView = Callable[[HttpRequest, Exception], HttpResponse]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return render(request, "403.html", status=HTTPStatus.FORBIDDEN)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def too_many_requests(request: HttpRequest, exception: Exception) -> HttpResponse:
    del exception
    return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer without the database, the session or the menu: any of them may be what broke."""
    del request
    return render(None, "500.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)
