"""What the reader chose for this browser, without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import HttpRequest

TEXT_SIZE_COOKIE = "omzien_text"
LARGE = "large"


def wants_large_text(request: HttpRequest) -> bool:
    return request.COOKIES.get(TEXT_SIZE_COOKIE) == LARGE
