"""The pages of organisations and of locations."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from omzien.base.catalogue.queries.locations import location_by_key
from omzien.base.network.queries import organisation_by_slug
from omzien.site.queries.parties import location_page, organisation_page
from omzien.site.views.caching import kept_with_offers

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@kept_with_offers
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    found = organisation_by_slug(slug)
    if found is None:
        raise Http404
    page = organisation_page(found, now=timezone.now())
    status = HTTPStatus.OK if found.active else HTTPStatus.GONE
    return render(request, "site/organisation.html", {"page": page}, status=status)


@kept_with_offers
def location(request: HttpRequest, key: UUID) -> HttpResponse:
    found = location_by_key(key)
    if found is None:
        raise Http404
    page = location_page(found, now=timezone.now())
    return render(request, "site/location.html", {"page": page})
