"""Handing in a spreadsheet, saying what its columns mean, and taking it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.catalogue.actions.taking_in import take_in
from omzien.base.exchange.importers.offers_sheet import NEEDED, guess_meanings
from omzien.base.exchange.importers.tables import read_table
from omzien.base.exchange.models import SheetDraft
from omzien.base.exchange.queries.sheets import batch_of, table_as_text, table_of
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from omzien.base.catalogue.actions.taking_in import Outcome
    from omzien.base.journal.models import Actor


class MeaningMissing(Exception):
    """Say in which column the name of the activity stands, and in which the organisation."""


class MeaningTwice(Exception):
    """Two columns cannot mean the same. Choose another meaning for one of them."""


@transaction.atomic
def hand_in_sheet(
    data: bytes, *, file_name: str, source_name: str, by: Actor, now: datetime
) -> SheetDraft:
    """Read a spreadsheet and keep it for a day; nothing of it is taken in yet.

    With a `source_name` the list stays theirs: records follow the next list they hand in.
    """
    table = read_table(data)
    draft = SheetDraft.objects.create(
        by=by.key,
        at=now,
        file_name=file_name[:200],
        table=table_as_text(table),
        source_name=source_name.strip(),
        meanings=guess_meanings(table.columns),
    )
    record("exchange.hand_in_sheet", subject=draft, by=by, now=now)
    return draft


@transaction.atomic
def say_meanings(
    draft: SheetDraft, *, meanings: Mapping[int, str], by: Actor, now: datetime
) -> SheetDraft:
    """Say what each column means, by its number; a column without a meaning is left out."""
    columns = range(len(table_of(draft).columns))
    chosen = [meaning for number, meaning in meanings.items() if number in columns and meaning]
    if len(set(chosen)) != len(chosen):
        raise MeaningTwice
    if not set(NEEDED) <= set(chosen):
        raise MeaningMissing
    draft.meanings = {
        meaning: number for number, meaning in meanings.items() if number in columns and meaning
    }
    draft.save(update_fields=["meanings"])
    record("exchange.say_meanings", subject=draft, by=by, now=now)
    return draft


def try_sheet(draft: SheetDraft, *, today: date, by: Actor, now: datetime) -> Outcome:
    """Say what taking in the spreadsheet would do; nothing is changed."""
    with transaction.atomic():
        outcome = take_in(batch_of(draft, today=today), by=by, now=now, dry_run=True)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def take_in_sheet(draft: SheetDraft, *, today: date, by: Actor, now: datetime) -> Outcome:
    """Take in the rows that can be used, all at once; the spreadsheet itself is thrown away."""
    outcome = take_in(batch_of(draft, today=today), by=by, now=now)
    record("exchange.take_in_sheet", subject=draft, by=by, now=now)
    draft.delete()
    return outcome
