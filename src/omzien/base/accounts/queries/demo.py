"""The invented people of the demo, and how to log in as each of them."""

from __future__ import annotations

from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from omzien.base.accounts.roles import ROLES, Assurance

if TYPE_CHECKING:
    from datetime import datetime

# Known to everyone who reads this: these accounts exist only in a database with the demo marker.
DEMO_PASSWORD = "samen-koffie-drinken"  # noqa: S105 - a demo is meant to be entered
DEMO_PEOPLE = {
    "resident": ("Willemien de Vries", "mevrouw.devries@demo.omzien.example"),
    "member": ("Mo Amrani", "mo@demo.omzien.example"),
    "visitor": ("Fatima Yilmaz", "fatima@demo.omzien.example"),
    "coordinator": ("Jan Bakker", "jan@demo.omzien.example"),
    "policy_officer": ("Els van Dam", "els@demo.omzien.example"),
    "analyst": ("Ravi Ramdin", "ravi@demo.omzien.example"),
    "editor": ("Noor Jansen", "noor@demo.omzien.example"),
    "privacy_officer": ("Piet Smit", "piet@demo.omzien.example"),
    "administrator": ("Anna Visser", "anna@demo.omzien.example"),
}
CODE_LIVES = 30


@dataclass(frozen=True)
class DemoLogin:
    """How to log in as one of the invented people."""

    role: str
    name: str
    email: str
    password: str
    # The secret of the authenticator app and its code now; empty where none is needed.
    secret: str
    code: str

    @property
    def title(self) -> str:
        return str(ROLES[self.role].title)


def demo_logins(now: datetime) -> list[DemoLogin]:
    """Return how to log in, per role, with the code that an authenticator app shows now."""
    return [demo_login(role, now=now) for role in ROLES]


def demo_login(role: str, *, now: datetime) -> DemoLogin:
    name, email = DEMO_PEOPLE[role]
    secret = demo_secret(role)
    code = code_of(secret, now=now) if secret else ""
    return DemoLogin(role, name, email, DEMO_PASSWORD, secret, code)


def demo_secret(role: str) -> str:
    """Return the same secret every time, so that a phone set up yesterday works today."""
    if ROLES[role].assurance < Assurance.SECOND_FACTOR:
        return ""
    return b32encode(sha256(f"omzien demo {role}".encode()).digest()[:20]).decode()


def code_of(secret: str, *, now: datetime) -> str:
    """Return the six numbers (RFC 6238) that an app with this secret shows now."""
    value = hotp_value(secret, int(now.timestamp()) // CODE_LIVES)
    return str(format_hotp_value(value))
