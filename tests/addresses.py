"""Every address of the site, for tests that walk all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Address:
    """One URL pattern: its full name (with namespace), its route, and its parameters."""

    name: str
    route: str
    parameters: tuple[str, ...]


def addresses(
    resolver: URLResolver, *, prefix: str = "", namespace: str = "", outer: tuple[str, ...] = ()
) -> Iterator[Address]:
    """Yield every pattern below `resolver`."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        parameters = (*outer, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, prefix=route, namespace=inner, outer=parameters)
        elif isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name}" if pattern.name else ""
            yield Address(name, route, tuple(dict.fromkeys(parameters)))
