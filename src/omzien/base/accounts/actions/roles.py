"""Giving and ending roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.accounts.models import RoleAssignment, User
from omzien.base.accounts.roles import Administrator
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.journal.models import Actor


class AlreadyHasRole(Exception):
    """The person already has this role."""


class HasNoSuchRole(Exception):
    """The person does not have this role."""


class LastAdministrator(Exception):
    """The last administrator has to stay. Give somebody else the role first."""


class OwnRole(Exception):
    """Nobody gives a role to themselves. Ask another administrator."""


@transaction.atomic
def give_role(user: User, *, role: str, by: Actor, now: datetime) -> RoleAssignment:
    """Give `user` a role from now on."""
    if by.key == user.key:
        raise OwnRole
    _lock(user)
    if _current(user, role) is not None:
        raise AlreadyHasRole
    assignment = RoleAssignment.objects.create(user=user, role=role, given_at=now, given_by=by.key)
    record("accounts.give_role", subject=assignment, by=by, reason=role, now=now)
    return assignment


@transaction.atomic
def end_role(user: User, *, role: str, by: Actor, now: datetime) -> None:
    """End a role of `user` from now on; what they did in it stays in the journal."""
    if role == Administrator.name:
        _keep_one_administrator(user)
    _lock(user)
    assignment = _current(user, role)
    if assignment is None:
        raise HasNoSuchRole
    assignment.ended_at = now
    assignment.save(update_fields=["ended_at"])
    record("accounts.end_role", subject=assignment, by=by, reason=role, now=now)


def _lock(user: User) -> None:
    """Let two changes of one account wait for each other."""
    User.objects.select_for_update().get(pk=user.pk)


def _current(user: User, role: str) -> RoleAssignment | None:
    return RoleAssignment.objects.filter(user=user, role=role, ended_at__isnull=True).first()


def _keep_one_administrator(user: User) -> None:
    """Raise when nobody but `user` could give roles any more."""
    holders = RoleAssignment.objects.select_for_update().filter(
        role=Administrator.name, ended_at__isnull=True, user__is_active=True
    )
    keys = {assignment.user_id for assignment in holders}
    if keys == {user.pk}:
        raise LastAdministrator
