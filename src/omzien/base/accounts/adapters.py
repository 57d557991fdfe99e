"""Where allauth meets our rules: who may come in how, how mail is sent, how secrets are kept."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from omzien.base.accounts.actions import OtherSubject, join_as_resident, remember_sso_subject
from omzien.base.accounts.models import User
from omzien.base.accounts.permissions import SSO_TWO_FACTORS
from omzien.base.accounts.queries import APP, roles_of, standing_of, ways_of, works_here
from omzien.base.accounts.roles import ROLES, Assurance
from omzien.base.journal.models import Actor
from omzien.base.letters import actions as letters
from omzien.base.privacy.fields import key_ring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

# A code of the app lives half a minute; one of the half minute before and after counts as well.
CODE_LIVES = 90
# How often an own page may be tried, per address and per account.
OWN_LIMITS = {
    "activate": "10/m/ip,10/h/user",
    "advice": "20/m/ip",
    "invitation": "30/m/ip",
    "letter": "10/m/user",
    "paper": "12/m/ip",
    "wrong_report": "5/m/ip,20/h/ip",
}
# The mails of allauth that we let go out, and our own for each.
MAILS = {
    "account/email/account_already_exists": "account_account_already_exists",
    "account/email/email_confirmation": "account_email_confirmation",
    "account/email/email_confirmation_signup": "account_email_confirmation_signup",
    "account/email/login_code": "account_login_code",
    "account/email/password_changed": "account_password_changed",
    "account/email/password_reset": "account_password_reset",
    "account/email/password_reset_code": "account_password_reset_code",
    "account/email/password_set": "account_password_set",
    "account/email/unknown_account": "account_unknown_account",
    "mfa/email/recovery_codes_generated": "mfa_recovery_codes_generated",
    "mfa/email/totp_activated": "mfa_totp_activated",
    "mfa/email/totp_deactivated": "mfa_totp_deactivated",
    "mfa/email/webauthn_added": "mfa_webauthn_added",
    "mfa/email/webauthn_removed": "mfa_webauthn_removed",
}
BY_LOG_IN = Actor.system("log_in")
STRONGEST_FIRST = ["mfa_reauthenticate:webauthn", "mfa_reauthenticate", "reauthenticate"]
# Ways of log-in (RFC 8176) that are a second factor beside a password or PIN.
SECOND_FACTORS = {"otp", "hwk", "swk", "sc", "fpt", "face", "iris", "sms", "tel", "pop"}
FIRST_FACTORS = {"pwd", "pin"}
# Levels (acr) that mean two factors or more.
STRONG_LEVELS = {
    "https://refeds.org/profile/mfa",
    "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    "http://eidas.europa.eu/LoA/substantial",
    "http://eidas.europa.eu/LoA/high",
}


def within_limit(request: HttpRequest, action: str) -> bool:
    """Count one try of `action`; False when this address or account tried too often."""
    # Unless told, allauth counts no GET: what is guessed or made by opening an address counts too.
    usage = ratelimit.consume(
        request, app="omzien", action=action, config=OWN_LIMITS, limit_get=True
    )
    return usage is not None


def send_mail(template: str, *, to: str, code: object = "", link: object = "") -> None:
    """Queue one of the mails of this app; nothing but a code or a link is filled in."""
    filled = {"code": str(code), "link": str(link)}
    language = get_language() or settings.LANGUAGE_CODE
    now = timezone.now()
    letters.send_mail(template, to=to, context=filled, by=BY_LOG_IN, now=now, language=language)


class AccountAdapter(DefaultAccountAdapter):
    """Residents make their own account; everybody else was invited."""

    def new_user(self, request: HttpRequest) -> User:
        del request
        return User(joined_at=timezone.now())

    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: Any,  # noqa: ANN401 - allauth's form has no types
        commit: bool = True,  # noqa: FBT001, FBT002 - allauth's signature
    ) -> User:
        super().save_user(request, user, form, commit=commit)
        if commit:
            join_as_resident(user, now=user.joined_at)
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        link = context.get("signup_url", "")
        send_mail(MAILS[template_prefix], to=email, code=context.get("code", ""), link=link)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:  # noqa: ANN401 - allauth's signature
        """Lead somebody whose roles ask for a second factor to setting one up."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if not standing_of(user, request.session).waiting_roles:
            return response
        return HttpResponseRedirect(reverse("accounts:second_factor"))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:  # noqa: ANN401 - may be nobody
        """Ask for the strongest first: passkey, app, password."""
        ways: list[dict[str, str]] = super().get_reauthentication_methods(user)
        return sorted(ways, key=lambda way: STRONGEST_FIRST.index(way["id"]))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        del request
        return reverse("accounts:mine")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest; the QR code is drawn here and by nobody else."""

    def encrypt(self, text: str) -> str:
        return key_ring("municipality").seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return key_ring("municipality").open(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        drawing = BytesIO()
        segno.make(url, error="m").save(drawing, kind="svg", scale=6, light="white")
        return drawing.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Any) -> bool:  # noqa: ANN401 - allauth's model has no types
        """Keep the last second factor of somebody whose roles ask for one."""
        user = authenticator.user
        asks = any(ROLES[role].assurance > Assurance.EMAIL for role in roles_of(user))
        return not asks or bool(ways_of(user) - {authenticator.type, "recovery_codes"})


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """The municipality's own log-in: for people who were invited, never a way to come in."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ANN401 - allauth's class has no types
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:  # noqa: ANN401 - allauth's class has no types
        """Refuse whoever is not surely an invited colleague, without saying why."""
        claims = sociallogin.account.extra_data.get("id_token") or {}
        user = sociallogin.user
        request.session[SSO_TWO_FACTORS] = had_two_factors(claims)
        if not is_welcome(sociallogin, claims):
            refuse_single_sign_on(request)
        try:
            actor = user.actor("self")
            remember_sso_subject(user, subject=claims["sub"], by=actor, now=timezone.now())
        except OtherSubject:
            refuse_single_sign_on(request)


def is_welcome(sociallogin: Any, claims: Mapping[str, object]) -> bool:  # noqa: ANN401 - allauth's class has no types
    """Say whether this is an active colleague, told to us by our own provider."""
    userinfo = sociallogin.account.extra_data.get("userinfo") or {}
    user = sociallogin.user
    return (
        claims.get("iss") == settings.OIDC_ISSUER
        and bool(claims.get("sub"))
        and userinfo.get("sub", claims.get("sub")) == claims.get("sub")
        and sociallogin.state.get("process") == "login"
        and sociallogin.is_existing
        and user.is_active
        and works_here(user)
    )


def refuse_single_sign_on(request: HttpRequest) -> None:
    raise ImmediateHttpResponse(render(request, "accounts/sso_refused.html", status=403))


def had_two_factors(claims: Mapping[str, object]) -> bool:
    """Say whether the provider vouches for two factors, by its words or by our setting."""
    ways = claims.get("amr")
    used = {str(way) for way in ways} if isinstance(ways, list) else set()
    both = bool(used & FIRST_FACTORS) and bool(used & SECOND_FACTORS)
    level = claims.get("acr")
    return settings.OIDC_TRUSTED_FACTOR or "mfa" in used or both or level in STRONG_LEVELS


class PasswordForm(LoginForm):
    """The log-in form with a password, although nobody signs up with one."""

    def _setup_password_field(self) -> None:
        return


class CodeForm(AuthenticateForm):
    """A code of the app, or a recovery code, while logging in."""

    def clean_code(self) -> str:
        return once(super().clean_code(), self)


class CodeAgainForm(ReauthenticateForm):
    """The same, from somebody who is logged in already."""

    def clean_code(self) -> str:
        return once(super().clean_code(), self)


def once(code: str, form: CodeForm | CodeAgainForm) -> str:
    """Let a code of the app count once in the minute and a half that it is valid."""
    if form.authenticator.type != APP:
        return code
    digits = "".join(sign for sign in code if sign.isdigit())
    if cache.add(f"accounts:code:{form.user.pk}:{digits}", 1, timeout=CODE_LIVES):
        return code
    raise SecondFactorAdapter().validation_error("incorrect_code")


def invitation_link(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("accounts:invitation", kwargs={"token": token}))
