"""Keeping the calendars of closed days that come with Omzien."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.catalogue.actions.closings import set_calendar

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.journal.models import Actor

FACTS = files("omzien.base.freshness") / "facts"


@transaction.atomic
def load_calendars(*, by: Actor, now: datetime) -> int:
    """Load the school holidays and feasts that organisations can follow; returns how many are new.

    The meetings of who follows one are computed anew, and only where its days are others.
    """
    rows = json.loads((FACTS / "closed_days.json").read_text(encoding="utf-8"))
    changed = [
        set_calendar(
            row["slug"],
            name=row["name"],
            name_en=row["name_en"],
            source=row["source"],
            days=[
                (name, date.fromisoformat(first), date.fromisoformat(last))
                for name, first, last in row["days"]
            ],
            by=by,
            now=now,
        )
        for row in rows
    ]
    return sum(changed)
