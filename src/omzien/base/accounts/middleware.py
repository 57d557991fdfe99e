"""Default deny: an address opens only for the audience that config/audiences.py states."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from omzien.base.accounts.queries import Standing, standing_of, ways_of
from omzien.base.accounts.roles import Assurance

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from omzien.base.accounts.models import User
    from omzien.base.accounts.permissions import Audience


class AudienceMiddleware:
    """Let a request through only if its address admits who is asking."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.audiences: dict[str, Audience] = import_string(settings.AUDIENCES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: list[object],
        kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        del view, args, kwargs
        match = request.resolver_match
        audience = self.audiences.get(match.view_name) if match else None
        if audience is None:
            raise PermissionDenied
        if audience.public:
            return None
        standing = standing_of(request.user, request.session)
        if standing.user is None:
            return ask_to_log_in(request, audience)
        if audience.admits(roles=standing.roles, assurance=standing.assurance):
            return None
        return refuse(request, audience, standing)


def ask_to_log_in(request: HttpRequest, audience: Audience) -> HttpResponseBase:
    if audience.api:
        return problem(HTTPStatus.UNAUTHORIZED, gettext("Log in first."))
    return redirect_to_login(request.get_full_path())


def refuse(request: HttpRequest, audience: Audience, standing: Standing) -> HttpResponseBase:
    """Say no; or say how to get in, where only the assurance is too low."""
    could = audience.is_for(standing.held) and standing.assurance < audience.assurance
    if audience.api:
        more = gettext("Show your second factor first.")
        no = gettext("This is not yours to see.")
        return problem(HTTPStatus.FORBIDDEN, more if could else no)
    if could and standing.user is not None:
        return step_up(request, audience, standing.user)
    raise PermissionDenied


def step_up(request: HttpRequest, audience: Audience, user: User) -> HttpResponse:
    """Show the page that says how to become surer of who this is."""
    context = {
        "letter": audience.assurance == Assurance.LETTER_AND_PASSKEY,
        "ways": ways_of(user),
        "address_proven": user.address_proven_at is not None,
        "next": request.get_full_path(),
    }
    return render(request, "accounts/step_up.html", context, status=HTTPStatus.FORBIDDEN)


def problem(status: HTTPStatus, title: str) -> JsonResponse:
    body = {"type": "about:blank", "status": int(status), "title": title}
    return JsonResponse(body, status=status, content_type="application/problem+json")
