"""Default deny: an address that states no audience opens for nobody."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from omzien.base.accounts.middleware import AudienceMiddleware
from omzien.base.accounts.permissions import PUBLIC, Audience, for_roles
from omzien.base.accounts.roles import Assurance
from tests.cast import browser_of

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from omzien.base.accounts.models import User

pytestmark = pytest.mark.django_db


def ask(
    audience: Audience | None, user: User | None = None, level: Assurance | None = None
) -> HttpResponseBase | None:
    middleware = AudienceMiddleware(lambda _request: HttpResponse())
    middleware.audiences = {"page": audience} if audience else {}
    request = RequestFactory().get("/page/?q=1")
    request.resolver_match = ResolverMatch(page, (), {}, url_name="page")
    request.user = user or AnonymousUser()
    if user:
        request.session = browser_of(user, level).session
    else:
        request.session = SessionStore()
    return middleware.process_view(request, page, [], {})


def page(request: HttpRequest) -> HttpResponse:
    del request
    return HttpResponse()


def body(answer: HttpResponseBase | None) -> dict[str, object]:
    assert isinstance(answer, HttpResponse)
    assert answer.headers["Content-Type"] == "application/problem+json"
    found: dict[str, object] = json.loads(answer.content)
    return found


def test_an_address_without_an_audience_opens_for_nobody(anna: User) -> None:
    with pytest.raises(PermissionDenied):
        ask(None, anna)
    with pytest.raises(PermissionDenied):
        ask(None)


def test_a_public_address_opens_for_everybody(anna: User) -> None:
    assert ask(PUBLIC) is None
    assert ask(PUBLIC, anna) is None


def test_a_stranger_is_asked_to_log_in_and_comes_back_after_it() -> None:
    answer = ask(for_roles("editor"))
    assert answer is not None
    assert answer.status_code == HTTPStatus.FOUND
    assert answer.headers["Location"].endswith("?next=/page/%3Fq%3D1")


def test_the_right_role_comes_in(noor: User) -> None:
    assert ask(for_roles("editor"), noor) is None


def test_the_wrong_role_does_not(jan: User) -> None:
    with pytest.raises(PermissionDenied):
        ask(for_roles("editor"), jan)


def test_a_program_gets_problem_json_never_a_redirect(jan: User, noor: User) -> None:
    api = for_roles("editor", api=True)
    assert body(ask(api))["status"] == HTTPStatus.UNAUTHORIZED
    assert body(ask(api, jan))["status"] == HTTPStatus.FORBIDDEN
    low = body(ask(api, noor, Assurance.EMAIL))
    assert low["status"] == HTTPStatus.FORBIDDEN
    assert low["title"] != body(ask(api, jan))["title"]


def test_a_page_may_ask_for_the_letter(mevrouw_de_vries: User) -> None:
    own = Audience(roles=frozenset({"resident"}), assurance=Assurance.LETTER_AND_PASSKEY)
    low = ask(own, mevrouw_de_vries, Assurance.SECOND_FACTOR)
    assert low is not None
    assert low.status_code == HTTPStatus.FORBIDDEN
    assert ask(own, mevrouw_de_vries, Assurance.LETTER_AND_PASSKEY) is None
