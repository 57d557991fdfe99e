"""What visitors say is wrong, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.freshness.models import WrongReport

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from omzien.base.catalogue.models import Offer


def open_reports(offers: Collection[Offer] | None = None) -> QuerySet[WrongReport]:
    """Return what is said of these records, or of all, and not solved yet; longest first."""
    found = WrongReport.objects.filter(closed_at__isnull=True).order_by("opened_at", "pk")
    return found if offers is None else found.filter(offer__in=[offer.pk for offer in offers])


def report_by_key(key: UUID) -> WrongReport | None:
    return (
        WrongReport.objects.select_related("offer__organisation", "offer__location", "owner__user")
        .filter(key=key)
        .first()
    )
