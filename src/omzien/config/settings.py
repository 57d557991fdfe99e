"""All settings, from the environment. What each variable means: docs/settings.md."""

from __future__ import annotations

import secrets
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from omzien.config import environment, log_in

PACKAGE = Path(__file__).resolve().parent.parent
PROJECT = PACKAGE.parent.parent

# --- Where this installation stands -------------------------------------------------------------
DEMO = environment.flag("OMZIEN_DEMO")
SITE_URL = environment.web_address("OMZIEN_SITE_URL", "http://127.0.0.1:8000")
SECRETS_DIR = environment.folder("OMZIEN_SECRETS_DIR", PROJECT / "var" / "secrets")
# The keys of controllers may lie on a mount of their own, outside the backup of this machine.
KEYS_DIR = environment.folder("OMZIEN_KEYS_DIR", SECRETS_DIR / "keys")
MUNICIPALITY_CODE = environment.text("OMZIEN_MUNICIPALITY", "GM0637")
MUNICIPALITY_NAME = environment.text("OMZIEN_MUNICIPALITY_NAME", "Zoetermeer")
DATA_LICENCE = environment.text(
    "OMZIEN_DATA_LICENCE", "http://creativecommons.org/licenses/by/4.0/deed.nl"
)
FETCH_PRIVATE = environment.flag("OMZIEN_FETCH_PRIVATE")
PROVINCE = environment.text("OMZIEN_PROVINCE", "Zuid-Holland")
SCHOOL_HOLIDAYS = environment.text("OMZIEN_SCHOOL_HOLIDAYS", "schoolvakanties-midden")
PHONE = environment.text("OMZIEN_PHONE", "079 000 00 00" if DEMO else "")
LINES_IN_USE = environment.names(
    "OMZIEN_LINES", "insight,community,outreach,interventions,volunteering"
)
# Proxies in front of the server whose X-Forwarded-For is believed; production must state it.
TRUSTED_PROXIES = environment.optional_integer("OMZIEN_TRUSTED_PROXIES")

HOST = urlsplit(SITE_URL).hostname or ""
HTTPS = SITE_URL.startswith("https://")
# Passkeys need a name, not a number: the demo answers to localhost as well.
ALLOWED_HOSTS = [
    HOST,
    *environment.names("OMZIEN_EXTRA_HOSTS"),
    *(["localhost"] if DEMO else []),
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Without the file (mypy, makemigrations) a passing key will do: start-up refuses to serve with it.
SECRET_KEY = environment.secret(SECRETS_DIR, "django_key") or secrets.token_urlsafe(48)
SECRET_KEY_FALLBACKS = [
    key for key in [environment.secret(SECRETS_DIR, "django_key_previous")] if key
]
DEBUG = False
TESTING = "pytest" in sys.modules

# --- What is installed --------------------------------------------------------------------------
INSTALLED_APPS = [
    "omzien.site",
    "omzien.base.referrals",
    "omzien.base.advice",
    "omzien.base.exchange",
    "omzien.base.freshness",
    "omzien.base.catalogue",
    "omzien.base.network",
    "omzien.base.history",
    "omzien.base.desk",
    "omzien.base.people",
    "omzien.base.places",
    "omzien.base.accounts",
    "omzien.base.letters",
    "omzien.base.jobs",
    "omzien.base.privacy",
    "omzien.base.journal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "csp",
    "django_htmx",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "omzien.base.accounts.middleware.AudienceMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "omzien.config.urls"
WSGI_APPLICATION = "omzien.config.wsgi.application"
# Read by the middleware and the checks of base.accounts: who may open which address.
AUDIENCES = "omzien.config.audiences.AUDIENCES"
# Read by base.desk: functions of the lines, "omzien.<line>.<app>.queries.desk_actions", that say
# what can be done for a caller. Each is written here by name; a line not in use is left out.
DESK_ACTIONS = [
    name
    for name in ["omzien.base.referrals.queries.referrals.desk_actions"]
    if name.split(".")[1] in {"base", *LINES_IN_USE}
]
# Read by base.privacy: what the tables of third parties hold, why and how long.
THIRD_PARTY_PRIVACY = "omzien.config.privacy.THIRD_PARTY"
# Called by base.privacy when a dossier is opened in an emergency.
GLASS_NOTICE = "omzien.config.notices.tell_privacy_officers"
# Called by the worker before its first job.
REFUSE_UNFIT = "omzien.config.startup.refuse_unfit"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- Database: three log-ins, each with the least it needs --------------------------------------
DATABASES = {
    "default": environment.database("DATABASE_URL"),
    "owner": environment.database("OMZIEN_OWNER_DATABASE_URL"),
    "retention": environment.database("OMZIEN_RETENTION_DATABASE_URL"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Shared by all processes: rate limits and codes. An unlogged table: fast, gone after a crash.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
    # Per process: public pages for people who are not logged in, keyed on the data version.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
    # Likewise, for a day: leaflets and overviews. Larger than pages, so fewer.
    "papers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "papers",
        "TIMEOUT": 86_400,
        "OPTIONS": {"MAX_ENTRIES": 120},
    },
}

# auth.W004: an e-mail address is unique by a constraint on its lower case, which is stricter.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

# --- People and sessions ------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_NAME = "omzien_session"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "omzien_csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = "omzien_language"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "site:work"
LOGOUT_REDIRECT_URL = "account_login"
# Staff may log in by the municipality's single sign-on (OpenID Connect).
OIDC_ISSUER = environment.text("OMZIEN_OIDC_ISSUER").rstrip("/")
OIDC_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER))
OIDC_TRUSTED_FACTOR = environment.flag("OMZIEN_OIDC_TRUSTED_FACTOR")
# Everything that only allauth reads: ACCOUNT_…, MFA_…, SOCIALACCOUNT_…
globals().update(
    log_in.switches(
        https=HTTPS, proxies=TRUSTED_PROXIES or 0, town=MUNICIPALITY_NAME, issuer=OIDC_ISSUER
    )
)

# --- Security headers ---------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = int(timedelta(days=730).total_seconds()) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        # Logging in by single sign-on is a form that leads to the provider.
        "form-action": ["'self'", *([OIDC_ORIGIN] if OIDC_ISSUER else [])],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    },
}

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# --- Static files and uploads -------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = environment.folder("OMZIEN_STATIC_ROOT", PROJECT / "var" / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_AUTOREFRESH = TESTING
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

# --- Mail ---------------------------------------------------------------------------------------
MAIL = environment.mail_server("OMZIEN_MAIL_URL")
EMAIL_HOST = MAIL["host"]
EMAIL_PORT = MAIL["port"]
EMAIL_HOST_USER = MAIL["user"]
EMAIL_HOST_PASSWORD = MAIL["password"]
EMAIL_USE_TLS = MAIL["starttls"]
EMAIL_USE_SSL = MAIL["tls"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.text("OMZIEN_MAIL_FROM", f"Omzien <omzien@{HOST}>")

# --- Background work ----------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_DATABASE_ALIAS = "default"
# What the clock asked for while no worker was there is made up for within a day.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": timedelta(days=1).total_seconds()}
KEEP_JOBS_DAYS = environment.integer("OMZIEN_KEEP_JOBS_DAYS", 14)

# --- Log: what happened, never to whom ----------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "omzien": {"level": "INFO"},
        # A failed query would otherwise print its parameters, which can hold a name.
        "django.db.backends": {"level": "ERROR"},
        # Jobs are logged by base.jobs (omzien.jobs); the library would print their arguments.
        "procrastinate": {"level": "ERROR"},
        "procrastinate.worker": {"level": "CRITICAL"},
    },
}
