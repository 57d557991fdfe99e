"""The pages of exchange, by noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.accounts.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest


def editor(request: HttpRequest) -> User:
    """Return who is asking; the audience of the address let only editors in."""
    assert isinstance(request.user, User)  # noqa: S101 - see the audience
    return request.user
