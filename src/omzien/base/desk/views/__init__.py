"""The pages of the desk, by noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from omzien.base.accounts.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest


def coordinator(request: HttpRequest) -> User:
    """Return who is asking; the audience of the address let only coordinators in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
