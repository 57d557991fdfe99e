"""Counting every night how fresh the social map is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.forms.models import model_to_dict

from omzien.base.freshness.models import DayCount
from omzien.base.freshness.queries.figures import count_of
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from datetime import date, datetime

    from omzien.base.journal.models import Actor


@transaction.atomic
def count_day(*, on: date, by: Actor, now: datetime) -> DayCount:
    """Keep the count of a day; counted again the same day, the later count stays."""
    counted = model_to_dict(count_of(on, now=now), exclude=["id", "day"])
    kept, _made = DayCount.objects.update_or_create(day=on, defaults=counted)
    record("freshness.count_day", subject=None, by=by, now=now)
    return kept
