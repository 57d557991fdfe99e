"""Who is on the line, and what can be done for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from omzien.base.desk.models import Call, CallBack, CallerKind
from omzien.base.people.models import RepresentativeKind
from omzien.base.people.queries.participants import representations_of
from omzien.methods.spelling import surname_keys

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from omzien.base.journal.models import Actor
    from omzien.base.people.models import Participant, Representation

KINDS = {
    CallerKind.CARER: {RepresentativeKind.CARER},
    CallerKind.LEGAL: {RepresentativeKind.CURATOR, RepresentativeKind.MENTOR},
    CallerKind.PROXY: {RepresentativeKind.PROXY},
}


@dataclass(frozen=True)
class DeskAction:
    """Something that a line can do for a caller: a button, a sentence, and where it leads."""

    label: str
    sentence: str
    url: str


def representative(
    participant: Participant, caller_kind: str, name: str, *, on: date
) -> Representation | None:
    """Return by which authority a caller of this kind and name may speak today, or None."""
    kinds = KINDS.get(CallerKind(caller_kind), set())
    wanted = _words(name)
    for known in representations_of(participant, on=on) if kinds else []:
        if known.kind in kinds and wanted and wanted <= _words(known.name):
            return known
    return None


def _words(name: str) -> frozenset[str]:
    """Return the spellings of the words of a name that are no small words in between."""
    keys = (surname_keys(word) for word in name.split())
    return frozenset(key for found in keys for key in found if len(key) > 2) or surname_keys(name)  # noqa: PLR2004 - longer than "de"


def actions_for(participant: Participant, *, by: Actor) -> list[DeskAction]:
    """Return what the lines in use can do for somebody: see settings.DESK_ACTIONS."""
    providers = [import_string(name) for name in settings.DESK_ACTIONS]
    return [action for provider in providers for action in provider(participant, by=by)]


def earlier_calls(participant: Participant) -> QuerySet[Call]:
    """Return when there was contact by phone before, latest first."""
    return Call.objects.filter(participant=participant).order_by("-at", "-pk")[:5]


def open_call_backs(participant: Participant) -> QuerySet[CallBack]:
    """Return what was promised to somebody and not done yet, first due first."""
    return (
        CallBack.objects.filter(participant=participant, closed_at__isnull=True)
        .select_related("owner__user")
        .order_by("due_on", "pk")
    )
