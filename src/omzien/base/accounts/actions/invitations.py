"""Coming in: staff by invitation, residents by themselves."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db import transaction

from omzien.base.accounts.actions.roles import give_role
from omzien.base.accounts.models import Invitation, User
from omzien.base.accounts.queries import hash_token, roles_of, user_by_email
from omzien.base.accounts.roles import Resident
from omzien.base.journal.actions import record
from omzien.base.journal.models import Actor

if TYPE_CHECKING:
    from datetime import datetime

INVITATION_IS_VALID_FOR = timedelta(days=14)
TOKEN_BYTES = 32
BY_SYSTEM = Actor.system("accounts")


class AlreadyInvited(Exception):
    """There already is an invitation for this person in this role. Withdraw it first."""


class InvitationNotOpen(Exception):
    """The invitation was used, withdrawn, or is too old. Ask for a new one."""


class NotByInvitation(Exception):
    """Residents need no invitation: they make an account themselves."""


@transaction.atomic
def invite_person(
    email: str, *, role: str, organisation: str, by: Actor, now: datetime
) -> tuple[Invitation, str]:
    """Invite somebody to a role; returns the invitation and the token, which is not kept."""
    if role == Resident.name:
        raise NotByInvitation
    address = email.strip().lower()
    waiting = Invitation.objects.filter(
        email__iexact=address, role=role, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    if waiting.filter(expires_at__gt=now).exists():
        raise AlreadyInvited
    waiting.update(withdrawn_at=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        email=address,
        role=role,
        organisation=organisation.strip(),
        token_hash=hash_token(token),
        invited_at=now,
        invited_by=by.key,
        expires_at=now + INVITATION_IS_VALID_FOR,
    )
    record("accounts.invite_person", subject=invitation, by=by, reason=role, now=now)
    return invitation, token


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Actor, now: datetime) -> None:
    """Make an invitation worthless; its link then says so."""
    waiting = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    if not waiting.update(withdrawn_at=now):
        raise InvitationNotOpen
    record("accounts.withdraw_invitation", subject=invitation, by=by, now=now)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, now: datetime) -> User:
    """Make the account, or take the one of this address, and give it the role.

    Whoever has the token can read the mail of this address, so the address counts as proven.
    """
    waiting = Invitation.objects.filter(
        pk=invitation.pk,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=now,
    )
    if not waiting.update(accepted_at=now):
        raise InvitationNotOpen
    user = user_by_email(invitation.email) or _make_user(invitation.email, now=now)
    _prove_email(user)
    if invitation.role not in roles_of(user):
        inviter = Actor(key=invitation.invited_by, role="administrator")
        give_role(user, role=invitation.role, by=inviter, now=now)
    record("accounts.accept_invitation", subject=invitation, by=user.actor("self"), now=now)
    return user


@transaction.atomic
def join_as_resident(user: User, *, now: datetime) -> None:
    """Give somebody who made an account themselves the role of resident."""
    if Resident.name not in roles_of(user):
        give_role(user, role=Resident.name, by=BY_SYSTEM, now=now)


def _make_user(email: str, *, now: datetime) -> User:
    user = User(email=email, joined_at=now)
    user.set_unusable_password()
    user.save()
    return user


def _prove_email(user: User) -> None:
    """Write down that this address was read by whoever holds the account."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )
