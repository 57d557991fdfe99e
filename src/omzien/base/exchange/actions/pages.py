"""Handing in the events of a web page, and taking them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.exchange.actions.importing import import_batch
from omzien.base.exchange.importers.pages import events_in
from omzien.base.exchange.models import PageDraft
from omzien.base.exchange.queries.pages import batch_of_page, found_as_text
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.exchange.actions.importing import Imported
    from omzien.base.journal.models import Actor


@transaction.atomic
def hand_in_page(
    data: bytes, *, organisation: str, source_name: str, by: Actor, now: datetime
) -> PageDraft:
    """Keep the events of a web page for a day; nothing of it is taken in yet.

    With a `source_name` they stay theirs, and follow the next page of that name.
    """
    draft = PageDraft.objects.create(
        by=by.key,
        at=now,
        events=found_as_text(events_in(data)),
        organisation=organisation,
        source_name=source_name.strip(),
    )
    record("exchange.hand_in_page", subject=draft, by=by, now=now)
    return draft


def try_page(draft: PageDraft, *, by: Actor, now: datetime) -> Imported:
    """Say what taking in the events would do; nothing is changed."""
    with transaction.atomic():
        outcome = import_batch(batch_of_page(draft, now=now), by=by, now=now, dry_run=True)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def take_in_page(draft: PageDraft, *, by: Actor, now: datetime) -> Imported:
    """Take in the events that can be used, all at once; what was handed in is thrown away."""
    outcome = import_batch(batch_of_page(draft, now=now), by=by, now=now)
    record("exchange.take_in_page", subject=draft, by=by, now=now)
    draft.delete()
    return outcome
