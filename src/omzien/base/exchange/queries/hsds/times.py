"""When an offer takes place, as schedules: one a line, and one a meeting moved or added."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, time
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from omzien.base.catalogue.importers.rows import LineRow
from omzien.base.exchange.importers.hsds.schedules import extras_of, fields_of
from omzien.base.exchange.importers.hsds.vocabulary import CHANGE, ONE_MEETING, own_id
from omzien.base.exchange.queries.hsds.words import (
    attribute_of,
    detail_record,
    details_of,
    filled,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omzien.base.catalogue.importers.rows import ChangeRow
    from omzien.base.catalogue.models import Offer
    from omzien.base.exchange.queries.hsds.words import Record


def schedules_of(
    offer: Offer, lines: Sequence[LineRow], changes: Sequence[ChangeRow]
) -> list[Record]:
    """Return the schedules of an offer, with the days on which it is not."""
    notes = cancelled_in(changes)
    return [
        *(line_record(offer, number, line, notes) for number, line in enumerate(lines)),
        *(
            moment_record(offer, number, change)
            for number, change in enumerate(changes)
            if change.new_day
        ),
    ]


def line_record(offer: Offer, number: int, line: LineRow, notes: str) -> Record:
    key = own_id(offer.key, "schedule", number)
    extras: dict[str, object] = {**extras_of(line)}
    return filled(
        id=key,
        service_id=str(offer.key),
        **fields_of(line),
        notes=notes,
        attributes=details_of(key, "schedule", extras),
    )


def moment_record(offer: Offer, number: int, change: ChangeRow) -> Record:
    """Return a meeting that was moved or added as a schedule of one day."""
    assert change.new_day is not None  # noqa: S101 - asked only of what has a new moment
    assert change.new_starts_at is not None  # noqa: S101 - idem
    key = own_id(offer.key, "moment", number)
    once = LineRow(change.new_day, change.new_starts_at, change.new_minutes or 0, "once")
    return filled(
        id=key,
        service_id=str(offer.key),
        **fields_of(once),
        description=change.note,
        attributes=details_of(key, "schedule", {ONE_MEETING: True}),
    )


def cancelled_in(changes: Sequence[ChangeRow]) -> str:
    """Return in words on which days there is no meeting at the usual time."""
    days = sorted({change.day for change in changes if change.day})
    told = ", ".join(date_format(day, "j F Y") for day in days)
    return _("Not on %(days)s.") % {"days": told} if days else ""


def changes_of(offer: Offer, changes: Sequence[ChangeRow]) -> list[Record]:
    """Return the changes to a schedule as attributes, so that nothing of them is lost."""
    return [
        attribute_of(
            str(offer.key), "service", detail_record(CHANGE), value=json_of(change), mark=number
        )
        for number, change in enumerate(changes)
    ]


def json_of(change: ChangeRow) -> str:
    """Write what a change says."""
    said = {name: plain(value) for name, value in asdict(change).items()}
    return json.dumps(filled(**said), ensure_ascii=False)


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | time) else value
