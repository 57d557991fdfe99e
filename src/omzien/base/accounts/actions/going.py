"""Going away and coming back: sessions, deactivation, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.adapter import get_adapter as get_sessions_adapter
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, connection, transaction

from omzien.base.accounts.actions.roles import _keep_one_administrator, _lock, end_role
from omzien.base.accounts.models import User
from omzien.base.accounts.queries import roles_of
from omzien.base.accounts.roles import Administrator
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.journal.models import Actor


class StillOwnsWork(Exception):
    """Open work still stands in this name. Give it to a colleague first."""


@transaction.atomic
def rename(user: User, *, name: str, now: datetime) -> None:
    """Let somebody say how they are called; a name is not asked for."""
    user.name = " ".join(name.split())
    user.save(update_fields=["name"])
    record("accounts.rename", subject=user, by=user.actor("self"), now=now)


@transaction.atomic
def end_sessions(user: User, *, by: Actor, now: datetime) -> None:
    """Log `user` out everywhere."""
    get_sessions_adapter().end_sessions(UserSession.objects.filter(user=user))
    record("accounts.end_sessions", subject=user, by=by, now=now)


@transaction.atomic
def deactivate(user: User, *, by: Actor, now: datetime) -> None:
    """Close an account for the time being: it keeps its roles and can be opened again."""
    _switch_off(user)
    end_sessions(user, by=by, now=now)
    record("accounts.deactivate", subject=user, by=by, now=now)


@transaction.atomic
def reactivate(user: User, *, by: Actor, now: datetime) -> None:
    """Open a closed account again; somebody who left comes back without roles."""
    _lock(user)
    user.is_active = True
    user.left_at = None
    user.save(update_fields=["is_active", "left_at"])
    record("accounts.reactivate", subject=user, by=by, now=now)


@transaction.atomic
def leave(user: User, *, by: Actor, now: datetime) -> None:
    """Take leave of somebody: no roles, no sessions, no second factor, no log-in.

    Raises `StillOwnsWork` where the database knows of open work that nobody else owns.
    """
    _switch_off(user)
    for role in sorted(roles_of(user)):
        end_role(user, role=role, by=by, now=now)
    user.left_at = now
    user.sso_subject = ""
    user.address_proven_at = None
    user.save(update_fields=["left_at", "sso_subject", "address_proven_at"])
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user, by=by, now=now)
    record("accounts.leave", subject=user, by=by, now=now)


def _switch_off(user: User) -> None:
    """Close the account; the database refuses it for somebody who still owns open work."""
    if Administrator.name in roles_of(user):
        _keep_one_administrator(user)
    _lock(user)
    user.is_active = False
    try:
        with transaction.atomic():
            user.save(update_fields=["is_active"])
            connection.check_constraints()
    except IntegrityError as error:
        user.is_active = True
        raise StillOwnsWork from error


@transaction.atomic
def forget_unproven_accounts(before: datetime, *, by: Actor, now: datetime) -> int:
    """Delete accounts made before a moment whose address was never proven; returns how many."""
    proven = EmailAddress.objects.filter(verified=True).values("user")
    unproven = User.objects.filter(joined_at__lt=before, last_login__isnull=True).exclude(
        pk__in=proven
    )
    for user in unproven:
        record("accounts.forget_unproven", subject=user, by=by, now=now)
        user.delete()
    return len(unproven)
