"""Reads of web pages on their way in, and what one says as rows of the map."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from omzien.base.exchange.importers.events import read_events
from omzien.base.exchange.importers.pages import Found
from omzien.base.exchange.models import PageDraft

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from omzien.base.accounts.models import User
    from omzien.base.catalogue.importers.rows import Batch


def page_draft_of(user: User, key: UUID) -> PageDraft | None:
    """Return a page that this user handed in; nobody else's."""
    return PageDraft.objects.filter(key=key, by=user.key).first()


def found_as_text(found: Found) -> str:
    return json.dumps({"events": found.events, "broken": found.broken})


def batch_of_page(draft: PageDraft, *, now: datetime) -> Batch:
    """Return what the events of a page say."""
    kept = json.loads(draft.events)
    found = Found(tuple(kept["events"]), kept["broken"])
    return read_events(
        found, organisation=draft.organisation, source_name=draft.source_name, now=now
    )
