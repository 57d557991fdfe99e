"""Reads of users, their roles, and how sure a session is of them; the demo's stand in demo."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Prefetch, Q

from omzien.base.accounts.models import ActivationCode, Invitation, RoleAssignment, User
from omzien.base.accounts.permissions import assurance_of
from omzien.base.accounts.roles import ROLES, STAFF_ROLES, Assurance

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.contrib.sessions.backends.base import SessionBase
    from django.db.models import QuerySet

    from omzien.base.accounts.roles import Role

PASSKEY = Authenticator.Type.WEBAUTHN
APP = Authenticator.Type.TOTP


@dataclass(frozen=True)
class Standing:
    """Who is asking, in which roles, and how sure we are of it."""

    user: User | None
    held: frozenset[str] = frozenset()
    assurance: Assurance = Assurance.NONE

    @property
    def roles(self) -> frozenset[str]:
        """The roles that count now: those that this assurance is high enough for."""
        return frozenset(name for name in self.held if ROLES[name].assurance <= self.assurance)

    @property
    def waiting_roles(self) -> frozenset[str]:
        """The roles that begin to count after a second factor."""
        return self.held - self.roles


def roles_of(user: User, *, assurance: Assurance | None = None) -> frozenset[str]:
    """Return the roles that `user` holds now; with `assurance`, those it is high enough for."""
    held = RoleAssignment.objects.filter(user=user, ended_at__isnull=True)
    names = frozenset(held.values_list("role", flat=True))
    if assurance is None:
        return names
    return frozenset(name for name in names if ROLES[name].assurance <= assurance)


def standing_of(user: object, session: SessionBase) -> Standing:
    """Return the standing of whoever is at the other end of this session."""
    if not isinstance(user, User):
        return Standing(user=None)
    proven = proven_passkeys(user) if user.address_proven_at else frozenset()
    shown = assurance_of(session, proven_passkeys=proven)
    # Every session began with the mail of this address, at the latest when the account was made.
    return Standing(user=user, held=roles_of(user), assurance=max(shown, Assurance.EMAIL))


def proven_passkeys(user: User) -> frozenset[int]:
    """Return the passkeys that existed when the code by letter came back."""
    older = Authenticator.objects.filter(
        user=user, type=PASSKEY, created_at__lte=user.address_proven_at
    )
    return frozenset(older.values_list("pk", flat=True))


def ways_of(user: User) -> frozenset[str]:
    """Return the kinds of second factor that `user` has set up."""
    kinds = Authenticator.objects.filter(user=user).values_list("type", flat=True)
    return frozenset(str(kind) for kind in kinds)


def role_classes(names: frozenset[str]) -> list[type[Role]]:
    """Return the roles of these names, in the order of the closed list."""
    return [role for name, role in ROLES.items() if name in names]


def works_here(user: User) -> bool:
    """Say whether `user` holds a role for which people are invited."""
    return not roles_of(user).isdisjoint(STAFF_ROLES)


def user_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()


def user_by_key(key: UUID) -> User | None:
    return User.objects.filter(key=key).first()


def people_with_an_account(search: str = "") -> QuerySet[User]:
    """Return accounts with their current roles; `search` looks in name and address."""
    current = RoleAssignment.objects.filter(ended_at__isnull=True).order_by("given_at")
    wanted = Q(name__icontains=search) | Q(email__icontains=search)
    people = User.objects.filter(wanted).order_by("-is_active", "name", "email")
    return people.prefetch_related(Prefetch("assignments", current, to_attr="current_roles"))


def role_history(user: User) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(user=user).order_by("-given_at")


def open_invitations(now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    ).order_by("expires_at")


def hash_token(token: str) -> str:
    """Return what is kept of a token: it is long and random, so a plain hash will do."""
    return sha256(token.encode()).hexdigest()


def invitation_for(token: str, *, now: datetime) -> Invitation | None:
    """Return the open invitation that this token belongs to."""
    return open_invitations(now).filter(token_hash=hash_token(token)).first()


def invitation_by_key(key: UUID) -> Invitation | None:
    return Invitation.objects.filter(key=key).first()


def open_code(user: User) -> ActivationCode | None:
    return ActivationCode.objects.filter(user=user, used_at__isnull=True).first()


def open_sessions(user: User) -> list[UserSession]:
    return list(UserSession.objects.filter(user=user).order_by("-last_seen_at"))
