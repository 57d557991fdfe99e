"""The people of every test: the same names everywhere, each with a role.

Sam is the stranger: he has no account and must see nothing. Mevrouw De Vries is 82.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client

from omzien.base.accounts.models import RoleAssignment, User
from omzien.base.accounts.roles import ROLES, Assurance
from omzien.base.journal.models import Actor

if TYPE_CHECKING:
    from collections.abc import Callable

# A Tuesday morning in the autumn, before every test's own clock.
JOINED = datetime(2026, 10, 6, 9, 0, tzinfo=UTC)
PASSWORD = "kopje-koffie-in-de-buurt"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NAMES = {
    "resident": ("Willemien de Vries", "devries@example.nl"),
    "member": ("Mo Amrani", "mo@example.nl"),
    "visitor": ("Fatima Yilmaz", "fatima@example.nl"),
    "coordinator": ("Jan Bakker", "jan@example.nl"),
    "policy_officer": ("Els van Dam", "els@example.nl"),
    "analyst": ("Ravi Ramdin", "ravi@example.nl"),
    "editor": ("Noor Jansen", "noor@example.nl"),
    "privacy_officer": ("Piet Smit", "piet@example.nl"),
    "administrator": ("Anna Visser", "anna@example.nl"),
}


class LogIn(Protocol):
    """Return a browser (Django's client) in which `user` is logged in at a level."""

    def __call__(self, user: User, assurance: Assurance | None = None) -> Client: ...


def person(*roles: str, name: str = "", email: str = "") -> User:
    """Make somebody with these roles and a proven e-mail address, without a password."""
    name, email = (name, email) if email else NAMES[roles[0]]
    user = User(name=name, email=email, joined_at=JOINED)
    user.set_unusable_password()
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    for role in roles:
        RoleAssignment.objects.create(
            user=user, role=role, given_at=JOINED, given_by=Actor.system("cast").key
        )
    return user


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def with_app(user: User) -> User:
    """Set up an authenticator app with the known secret."""
    Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.TOTP,
        data={"secret": get_adapter().encrypt(SECRET)},
    )
    return user


def enough_for(user: User) -> Assurance:
    """Return the level at which all roles of `user` count."""
    roles = RoleAssignment.objects.filter(user=user, ended_at__isnull=True)
    levels = [ROLES[role].assurance for role in roles.values_list("role", flat=True)]
    return max(levels, default=Assurance.EMAIL)


def browser_of(user: User, assurance: Assurance | None = None) -> Client:
    """Return a client whose session says that `user` logged in at this level."""
    level = enough_for(user) if assurance is None else assurance
    client = Client()
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["account_authentication_methods"] = methods_for(user, level)
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def methods_for(user: User, level: Assurance) -> list[dict[str, object]]:
    code: dict[str, object] = {"method": "code", "at": 0.0, "email": user.email}
    if level == Assurance.SECOND_FACTOR:
        return [code, {"method": "mfa", "at": 0.0, "type": "totp", "id": 0}]
    if level == Assurance.LETTER_AND_PASSKEY:
        return [{"method": "mfa", "at": 0.0, "type": "webauthn", "id": proven_passkey(user)}]
    return [code]


def proven_passkey(user: User) -> int:
    """Make a passkey, and after it the proof of address by letter; returns its number."""
    passkey = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "phone"}, created_at=JOINED
    )
    user.address_proven_at = JOINED + timedelta(days=7)
    user.save(update_fields=["address_proven_at"])
    return int(passkey.pk)


@pytest.fixture
def log_in(db: None) -> LogIn:
    del db
    return browser_of


@pytest.fixture
def one_of_each(db: None) -> dict[str, User]:
    """Return the whole cast by role."""
    del db
    return {role: person(role) for role in ROLES}


@pytest.fixture
def make_person(db: None) -> Callable[..., User]:
    del db
    return person


@pytest.fixture
def mevrouw_de_vries(db: None) -> User:
    del db
    return person("resident")


@pytest.fixture
def mo(db: None) -> User:
    del db
    return person("member")


@pytest.fixture
def fatima(db: None) -> User:
    del db
    return person("visitor")


@pytest.fixture
def jan(db: None) -> User:
    del db
    return person("coordinator")


@pytest.fixture
def els(db: None) -> User:
    del db
    return person("policy_officer")


@pytest.fixture
def ravi(db: None) -> User:
    del db
    return person("analyst")


@pytest.fixture
def noor(db: None) -> User:
    del db
    return person("editor")


@pytest.fixture
def piet(db: None) -> User:
    del db
    return person("privacy_officer")


@pytest.fixture
def anna(db: None) -> User:
    del db
    return person("administrator")


@pytest.fixture
def sam() -> Client:
    """Return the browser of a stranger."""
    return Client()
