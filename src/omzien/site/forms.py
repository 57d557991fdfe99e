"""What a reader may ask of the map, and types in the search box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.site.queries.neighbourhoods import Wish

if TYPE_CHECKING:
    from django.http import HttpRequest


def wish_of(request: HttpRequest) -> Wish:
    """Read the choices from an address; what is not offered is answered with what is nearest."""
    return Wish(
        indicator=request.GET.get("onderwerp", ""),
        period=request.GET.get("jaar", ""),
        group=request.GET.get("leeftijd", ""),
        kind=request.GET.get("indeling", ""),
    )
