"""Typed readers of the environment that fail loudly on nonsense.

Every variable read here is described in docs/settings.md; a test compares the two.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypedDict
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


class BadSetting(ImproperlyConfigured):
    """A variable in the environment cannot be understood."""

    def __init__(self, name: str, wanted: str) -> None:
        super().__init__(f"{name} should be {wanted}. See docs/settings.md.")


def text(name: str, default: str = "") -> str:
    """Return the value, or the content of the file that `<name>_FILE` points to."""
    path = os.environ.get(f"{name}_FILE")
    if path is None:
        return os.environ.get(name, default)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE", "the path of a file that can be read") from error


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise BadSetting(name, "0 or 1")
    return value == "1"


def integer(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise BadSetting(name, "a whole number") from error


def optional_integer(name: str) -> int | None:
    return integer(name, 0) if text(name) else None


def names(name: str, default: str = "") -> list[str]:
    """Return the words of a comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default)))


def web_address(name: str, default: str) -> str:
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadSetting(name, "an address such as https://omzien.example.nl")
    return value


def database(name: str) -> dict[str, object]:
    """Return Django's database settings from postgresql://user:password@host:port/name.

    A folder with a socket stands in the query: postgresql://user@/name?host=/run/postgresql.
    Without a value the dummy engine comes back, so that tools work where no database is.
    """
    value = text(name)
    if not value:
        return {"ENGINE": "django.db.backends.dummy"}
    parts = urlsplit(value)
    if parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < 2:  # noqa: PLR2004 - a slash and a letter
        raise BadSetting(name, "an address such as postgresql://user:password@host:5432/name")
    options = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    host = unquote(options.pop("host", parts.hostname or ""))
    port = options.pop("port", parts.port or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port),
        "OPTIONS": {key: unquote(option) for key, option in options.items()},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


class MailServer(TypedDict):
    """Where mail goes, and how."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


def mail_server(name: str) -> MailServer:
    """Return host, port, user, password and encryption from smtp://user:password@host:587.

    `smtp` upgrades to TLS by STARTTLS, `smtps` speaks TLS from the start, `smtp+plain` is for a
    server on this machine.
    """
    value = text(name)
    parts = urlsplit(value)
    if value and (parts.scheme not in {"smtp", "smtps", "smtp+plain"} or not parts.hostname):
        raise BadSetting(name, "an address such as smtp://user:password@mail.example.nl:587")
    return {
        "host": parts.hostname or "",
        "port": parts.port or 587,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "starttls": parts.scheme == "smtp",
        "tls": parts.scheme == "smtps",
    }


def secret(directory: Path, name: str) -> str:
    """Return the secret kept in a file of `directory`, or "" where it is not there."""
    path = directory / name
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""
