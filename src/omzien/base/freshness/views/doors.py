"""Who is asking: by a link, as a delegate, or as a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from omzien.base.accounts.models import User
from omzien.base.accounts.queries import roles_of

if TYPE_CHECKING:
    from django.http import HttpRequest

COLLEAGUES = ("editor", "coordinator")


def signed_in(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def colleague(request: HttpRequest) -> tuple[User, str]:
    """Return who is asking and in which role; the audience of the address let only these in."""
    user = signed_in(request)
    held = roles_of(user)
    return user, next(role for role in COLLEAGUES if role in held)
