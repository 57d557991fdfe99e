"""Which helpers can go, and who must be asked for a new certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from omzien.base.people.models import Availability, Helper, Leave

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet


def active_helpers(on: date) -> QuerySet[Helper]:
    """Return who has joined and not left."""
    return Helper.objects.filter(joined_on__lte=on).exclude(left_on__lte=on)


def available_helpers(on: date, *, half_day: str = "") -> QuerySet[Helper]:
    """Return who may visit on a day, usually can on that weekday, and is not away.

    With `half_day` only those who can in the morning, afternoon or evening.
    """
    usual = Availability.objects.filter(helper=OuterRef("pk"), weekday=on.weekday())
    if half_day:
        usual = usual.filter(half_day=half_day)
    away = Leave.objects.filter(helper=OuterRef("pk"), period__contains=on)
    return (
        active_helpers(on)
        .filter(vog_check_on__gt=on, trained_on__lte=on, secrecy_signed_on__lte=on)
        .filter(Exists(usual), ~Exists(away))
        .order_by("pk")
    )


def helpers_with_expiring_vog(before: date) -> QuerySet[Helper]:
    """Return active helpers who need a certificate before a day, most urgent first.

    Who never showed one stands on top.
    """
    return (
        active_helpers(before)
        .filter(Q(vog_check_on__isnull=True) | Q(vog_check_on__lt=before))
        .order_by(F("vog_check_on").asc(nulls_first=True), "pk")
    )
