"""What must be true before a page is served or a job is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class UnfitToStart(ImproperlyConfigured):
    """The settings do not fit together; the message says which and what to do."""


def refuse_unfit() -> None:
    """Raise `UnfitToStart` with every fault in one message."""
    faults = list(faults_in_settings()) or list(faults_in_database())
    if faults:
        raise UnfitToStart("Omzien does not start:\n- " + "\n- ".join(faults))


def faults_in_settings() -> Iterator[str]:
    if connection.vendor != "postgresql":
        yield "DATABASE_URL is missing: give the address of the PostgreSQL database."
    if not (settings.SECRETS_DIR / "django_key").is_file():
        yield f"No secret key in {settings.SECRETS_DIR}: run `omzien secrets` once."
    if settings.DEMO and set(settings.ALLOWED_HOSTS) - LOOPBACK:
        yield "OMZIEN_DEMO=1 shows log-ins to everyone and works on 127.0.0.1 only."
    if not settings.DEMO and not settings.HTTPS and settings.HOST not in LOOPBACK:
        yield "OMZIEN_SITE_URL must begin with https://."
    if not settings.DEMO and settings.TRUSTED_PROXIES is None:
        yield "OMZIEN_TRUSTED_PROXIES is missing: how many proxies stand in front (0, 1 …)?"


def faults_in_database() -> Iterator[str]:
    """Keep demo and production apart: neither starts on the other's database."""
    made_for_demo = has_demo_marker()
    if settings.DEMO and not made_for_demo:
        yield "OMZIEN_DEMO=1, but this database was not made by the demo command."
    if made_for_demo and not settings.DEMO:
        yield "This database holds demo accounts; give production a database of its own."


def has_demo_marker() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('omzien_demo') IS NOT NULL")
        row = cursor.fetchone()
    return bool(row and row[0])
