"""The switches of allauth: log-in by e-mail code or passkey; staff also by SSO or password.

Rules that are more than a switch stand in base/accounts/adapters.py.
"""

from __future__ import annotations

from omzien.config import environment

ADAPTERS = "omzien.base.accounts.adapters"
CODE_IS_VALID_FOR = 15 * 60


def switches(*, https: bool, proxies: int, town: str, issuer: str) -> dict[str, object]:
    """Return every setting that allauth reads, by its name."""
    return {
        "ALLAUTH_TRUSTED_PROXY_COUNT": proxies,
        "ALLAUTH_USER_CODE_FORMAT": {"numeric": True, "length": 6, "dashed": False},
        **ACCOUNT,
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if https else "http",
        **SECOND_FACTOR,
        "MFA_TOTP_ISSUER": f"Omzien {town}",
        **single_sign_on(issuer=issuer, town=town),
    }


ACCOUNT: dict[str, object] = {
    "ACCOUNT_ADAPTER": f"{ADAPTERS}.AccountAdapter",
    "ACCOUNT_FORMS": {"login": f"{ADAPTERS}.PasswordForm"},
    "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*"],
    "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
    "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": True,
    "ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND": True,
    "ACCOUNT_EMAIL_NOTIFICATIONS": True,
    "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
    "ACCOUNT_LOGIN_BY_CODE_ENABLED": True,
    "ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND": True,
    "ACCOUNT_LOGIN_BY_CODE_TIMEOUT": CODE_IS_VALID_FOR,
    "ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED": True,
    "ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT": CODE_IS_VALID_FOR,
    "ACCOUNT_PREVENT_ENUMERATION": True,
    # The session ends with the browser, and after SESSION_COOKIE_AGE at the latest.
    "ACCOUNT_SESSION_REMEMBER": False,
    # Per address (ip) and per account (key), counted in the cache that all processes share.
    "ACCOUNT_RATE_LIMITS": {
        "login": "30/m/ip",
        "login_failed": "10/m/ip,5/5m/key",
        "request_login_code": "20/m/ip,3/m/key,20/d/key",
        "reset_password": "20/m/ip,3/m/key,10/d/key",
        "signup": "10/m/ip",
    },
}

SECOND_FACTOR: dict[str, object] = {
    "MFA_ADAPTER": f"{ADAPTERS}.SecondFactorAdapter",
    "MFA_FORMS": {
        "authenticate": f"{ADAPTERS}.CodeForm",
        "reauthenticate": f"{ADAPTERS}.CodeAgainForm",
    },
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_PASSKEY_SIGNUP_ENABLED": True,
    "MFA_RECOVERY_CODES_SHOW_ONCE": True,
    # A code of half a minute ago still counts, but once: see adapters.CodeForm.
    "MFA_TOTP_TOLERANCE": 1,
}


def single_sign_on(*, issuer: str, town: str) -> dict[str, object]:
    """Return the settings for OpenID Connect; without an issuer there is no such log-in."""
    app = {
        "provider_id": "municipality",
        "name": town,
        "client_id": environment.text("OMZIEN_OIDC_CLIENT_ID"),
        "secret": environment.text("OMZIEN_OIDC_CLIENT_SECRET"),
        "settings": {"server_url": issuer},
    }
    return {
        "SOCIALACCOUNT_ADAPTER": f"{ADAPTERS}.SingleSignOnAdapter",
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": True,
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_PROVIDERS": {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app] if issuer else []}
        },
    }
