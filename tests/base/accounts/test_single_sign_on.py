"""Staff by the municipality's own log-in, against a real OpenID Connect provider (npm)."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from omzien.base.accounts.adapters import had_two_factors
from omzien.base.accounts.models import User
from omzien.base.accounts.queries import standing_of
from omzien.base.accounts.roles import Assurance
from omzien.config import log_in
from tests.cast import with_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import Settings

PROVIDER = Path(__file__).with_name("single_sign_on.mjs")
BACK = "http://testserver/account/sso/municipality/back/"
TWO = {"amr": ["pwd", "otp"]}

pytestmark = pytest.mark.django_db


class StayHere(HTTPRedirectHandler):
    """Report a redirect instead of following it."""

    def redirect_request(self, *_args: object) -> None:
        return None


@dataclass(frozen=True)
class SingleSignOn:
    """The provider, with the browser in which somebody logs in there."""

    issuer: str

    def knows(self, **claims: object) -> None:
        """Say who logs in there from now on."""
        body = json.dumps({"sub": "subject-1", "email_verified": True, **claims}).encode()
        build_opener().open(Request(f"{self.issuer}/person", data=body, method="POST"))  # noqa: S310 - our own provider

    def walk(self, address: str) -> str:
        """Follow the provider's redirects until it sends the browser back to us."""
        browser = build_opener(HTTPCookieProcessor(CookieJar()), StayHere())
        while address.startswith(self.issuer):
            try:
                browser.open(address)
            except HTTPError as redirect:
                address = redirect.headers["Location"]
            if address.startswith("/"):
                address = self.issuer + address
        return address


@pytest.fixture(scope="module")
def provider() -> Iterator[SingleSignOn]:
    with subprocess.Popen(
        ["node", str(PROVIDER), BACK],  # noqa: S607 - the node of this machine
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield SingleSignOn(process.stdout.readline().strip())
        process.terminate()


@pytest.fixture
def single_sign_on(provider: SingleSignOn, settings: Settings) -> SingleSignOn:
    """Return the provider, with our site set up for it."""
    settings.OIDC_ISSUER = provider.issuer
    made = log_in.single_sign_on(issuer=provider.issuer, town="Zoetermeer")
    apps: Any = made["SOCIALACCOUNT_PROVIDERS"]
    apps["openid_connect"]["APPS"][0].update(client_id="omzien", secret="a-secret-of-the-test")
    settings.SOCIALACCOUNT_PROVIDERS = apps
    return provider


def come_in(browser: Client, single_sign_on: SingleSignOn) -> Any:  # noqa: ANN401 - Django's client's answer
    """Press the button, log in over there, and come back."""
    start = browser.post(reverse("openid_connect_login", args=["municipality"]))
    back = urlsplit(single_sign_on.walk(start.headers["Location"]))
    return browser.get(f"{back.path}?{back.query}")


def refused(answer: Any) -> bool:  # noqa: ANN401 - Django's client's answer
    names = [template.name for template in answer.templates]
    return answer.status_code == 403 and "accounts/sso_refused.html" in names


def test_an_invited_colleague_comes_in(
    sam: Client, single_sign_on: SingleSignOn, jan: User
) -> None:
    single_sign_on.knows(email=jan.email, **TWO)
    answer = come_in(sam, single_sign_on)
    assert answer.headers["Location"] == reverse("site:work")
    standing = standing_of(jan, sam.session)
    assert (standing.assurance, standing.roles) == (
        Assurance.SECOND_FACTOR,
        frozenset({"coordinator"}),
    )


def test_nothing_that_the_provider_tells_is_kept_but_the_subject(
    sam: Client, single_sign_on: SingleSignOn, jan: User
) -> None:
    single_sign_on.knows(email=jan.email, **TWO)
    come_in(sam, single_sign_on)
    jan.refresh_from_db()
    assert jan.sso_subject == "subject-1"
    assert SocialAccount.objects.count() == 0


def test_without_a_second_factor_over_there_one_is_asked_for_here(
    sam: Client, single_sign_on: SingleSignOn, jan: User
) -> None:
    single_sign_on.knows(email=jan.email, amr=["pwd"])
    answer = come_in(sam, single_sign_on)
    assert answer.headers["Location"] == reverse("accounts:second_factor")
    assert standing_of(jan, sam.session).roles == frozenset()


def test_the_setting_vouches_for_a_provider_that_does_not_say_so(
    sam: Client, single_sign_on: SingleSignOn, jan: User, settings: Settings
) -> None:
    settings.OIDC_TRUSTED_FACTOR = True
    single_sign_on.knows(email=jan.email)
    come_in(sam, single_sign_on)
    assert standing_of(jan, sam.session).assurance == Assurance.SECOND_FACTOR


def test_an_app_that_was_set_up_here_is_asked_for_as_well(
    sam: Client, single_sign_on: SingleSignOn, jan: User
) -> None:
    with_app(jan)
    single_sign_on.knows(email=jan.email, **TWO)
    answer = come_in(sam, single_sign_on)
    assert answer.headers["Location"] == reverse("mfa_authenticate")


def test_an_unknown_address_is_refused_and_makes_no_account(
    sam: Client, single_sign_on: SingleSignOn, jan: User
) -> None:
    single_sign_on.knows(email="unknown@example.nl", **TWO)
    assert refused(come_in(sam, single_sign_on))
    assert list(User.objects.all()) == [jan]


def test_an_address_that_was_not_proven_over_there_is_refused(
    sam: Client, single_sign_on: SingleSignOn, jan: User
) -> None:
    single_sign_on.knows(email=jan.email, email_verified=False, **TWO)
    assert refused(come_in(sam, single_sign_on))


def test_another_issuer_than_ours_is_refused(
    sam: Client, single_sign_on: SingleSignOn, jan: User, settings: Settings
) -> None:
    settings.OIDC_ISSUER = "https://login.example.nl"
    single_sign_on.knows(email=jan.email, **TWO)
    assert refused(come_in(sam, single_sign_on))


def test_a_resident_does_not_come_in_this_way(
    sam: Client, single_sign_on: SingleSignOn, mevrouw_de_vries: User
) -> None:
    single_sign_on.knows(email=mevrouw_de_vries.email, **TWO)
    assert refused(come_in(sam, single_sign_on))


def test_a_closed_account_does_not_come_in(
    sam: Client, single_sign_on: SingleSignOn, jan: User
) -> None:
    jan.is_active = False
    jan.save(update_fields=["is_active"])
    single_sign_on.knows(email=jan.email, **TWO)
    assert refused(come_in(sam, single_sign_on))


def test_a_new_colleague_with_the_address_of_an_old_one_is_refused(
    single_sign_on: SingleSignOn, jan: User
) -> None:
    single_sign_on.knows(email=jan.email, **TWO)
    come_in(Client(), single_sign_on)
    single_sign_on.knows(email=jan.email, sub="subject-2", **TWO)
    assert refused(come_in(Client(), single_sign_on))


def test_an_answer_for_another_browser_is_refused(
    sam: Client, single_sign_on: SingleSignOn, jan: User
) -> None:
    single_sign_on.knows(email=jan.email, **TWO)
    start = Client().post(reverse("openid_connect_login", args=["municipality"]))
    back = urlsplit(single_sign_on.walk(start.headers["Location"]))
    answer = sam.get(f"{back.path}?{back.query}")
    assert answer.status_code == 401
    assert sam.get(reverse("accounts:mine")).status_code == 302


def test_somebody_who_is_logged_in_cannot_connect_another_account(
    single_sign_on: SingleSignOn, jan: User, els: User
) -> None:
    browser = Client()
    browser.force_login(els, backend="allauth.account.auth_backends.AuthenticationBackend")
    single_sign_on.knows(email=jan.email, **TWO)
    page = reverse("openid_connect_login", args=["municipality"])
    start = browser.post(f"{page}?process=connect")
    back = urlsplit(single_sign_on.walk(start.headers["Location"]))
    assert refused(browser.get(f"{back.path}?{back.query}"))
    assert SocialAccount.objects.count() == 0


def test_without_a_provider_there_is_no_such_log_in(sam: Client) -> None:
    assert sam.post(reverse("openid_connect_login", args=["municipality"])).status_code == 404


@pytest.mark.parametrize(
    ("claims", "two"),
    [
        ({"amr": ["mfa"]}, True),
        ({"amr": ["pwd", "otp"]}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": ["otp"]}, False),
        ({"amr": "mfa"}, False),
        ({"acr": "https://refeds.org/profile/mfa"}, True),
        ({"acr": "0"}, False),
        ({}, False),
    ],
)
def test_what_counts_as_two_factors(claims: dict[str, object], *, two: bool) -> None:
    assert had_two_factors(claims) is two
