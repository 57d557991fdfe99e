"""One account per role, for a database that was made by the demo command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from omzien.base.accounts.actions.invitations import _prove_email
from omzien.base.accounts.actions.roles import give_role
from omzien.base.accounts.models import User
from omzien.base.accounts.queries import roles_of, user_by_email
from omzien.base.accounts.queries.demo import (
    DEMO_PASSWORD,
    DEMO_PEOPLE,
    DemoLogin,
    demo_logins,
    demo_secret,
)
from omzien.base.accounts.roles import ROLES
from omzien.base.journal.actions import record
from omzien.base.journal.models import Actor

if TYPE_CHECKING:
    from datetime import datetime

BY_DEMO = Actor.system("demo")


class NotADemo(Exception):
    """The database was not made by the demo command, so it gets no demo accounts."""


@transaction.atomic
def make_demo_accounts(now: datetime) -> list[DemoLogin]:
    """Make one account per role, or set it back to what it was; returns the log-ins."""
    if not _has_demo_marker():
        raise NotADemo
    # One slow hash for all: everybody may read this password.
    password = make_password(DEMO_PASSWORD)
    for role in ROLES:
        _make_demo_account(role, password=password, now=now)
    return demo_logins(now)


def _make_demo_account(role: str, *, password: str, now: datetime) -> None:
    name, email = DEMO_PEOPLE[role]
    user = user_by_email(email) or User(email=email, joined_at=now)
    user.name, user.is_active, user.left_at = name, True, None
    user.password = password
    user.save()
    _prove_email(user)
    if role not in roles_of(user):
        give_role(user, role=role, by=BY_DEMO, now=now)
    secret = demo_secret(role)
    if secret:
        _set_authenticator(user, secret)
    record("accounts.make_demo_account", subject=user, by=BY_DEMO, reason=role, now=now)


def _set_authenticator(user: User, secret: str) -> None:
    data = {"secret": get_mfa_adapter().encrypt(secret)}
    Authenticator.objects.update_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": data}
    )


def _has_demo_marker() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('omzien_demo') IS NOT NULL")
        row = cursor.fetchone()
    return bool(row and row[0])
