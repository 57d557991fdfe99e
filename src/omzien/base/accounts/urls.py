"""Addresses of accounts: our own pages, and those of allauth that we use; nothing else of it."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as sso_outcome
from allauth.socialaccount.providers.openid_connect import views as sso
from allauth.usersessions import views as sessions
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from omzien.base.accounts import views

to_my_account = RedirectView.as_view(pattern_name="accounts:mine")

own: list[URLPattern | URLResolver] = [
    path("account/", views.mine, name="mine"),
    path("account/second-factor/", views.second_factor, name="second_factor"),
    path("account/activate/", views.activate, name="activate"),
    path("account/close/", views.close, name="close"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("people-with-an-account/", views.people, name="people"),
    path("people-with-an-account/invite/", views.invite, name="invite"),
    path("people-with-an-account/<uuid:key>/", views.person, name="person"),
    path("people-with-an-account/<uuid:key>/letter/", views.activation_letter, name="letter"),
    path("invitations/<uuid:key>/withdraw/", views.withdraw, name="withdraw"),
    *([path("demo/", views.demo, name="demo")] if settings.DEMO else []),
]

entrance = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("signup/passkey/", account.signup_by_passkey, name="account_signup_by_passkey"),
    path("login/code/", account.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("login/passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("login/second-factor/", second_factor.authenticate, name="mfa_authenticate"),
    path(
        "confirm-email/", account.email_verification_sent, name="account_email_verification_sent"
    ),
    path("signup/passkey/make/", passkey.signup_webauthn, name="mfa_signup_webauthn"),
]

password = [
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path(
        "password/reset/confirm/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/reset/complete/",
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        "password/reset/done/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
]

again = [
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("again/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("again/passkey/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]

factors = [
    path("app/", app.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/new/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/name/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
]

single_sign_on = [
    path("sso/cancelled/", sso_outcome.login_cancelled, name="socialaccount_login_cancelled"),
    path("sso/error/", sso_outcome.login_error, name="socialaccount_login_error"),
    path("sso/<slug:provider_id>/", sso.login, name="openid_connect_login"),
    path("sso/<slug:provider_id>/back/", sso.callback, name="openid_connect_callback"),
]

# Pages of allauth that ours replace, and that it still wants to send people to.
replaced = [
    path("email/", to_my_account, name="account_email"),
    path("factors/", to_my_account, name="mfa_index"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((own, "accounts"))),
    path(
        "account/",
        include([*entrance, *password, *again, *factors, *single_sign_on, *replaced]),
    ),
]
