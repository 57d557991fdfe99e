"""What somebody who is logged in can do here: the pages that their roles open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from omzien.base.accounts.permissions import Audience
    from omzien.base.accounts.queries import Standing


@dataclass(frozen=True)
class Door:
    """A page that one's work begins on, and a sentence on what it is for."""

    name: str
    title: _StrPromise
    purpose: _StrPromise

    @property
    def address(self) -> str:
        return reverse(self.name)


DOORS = (
    Door("desk:find", _("Phone desk"), _("Help somebody who rings.")),
    Door("desk:work", _("Work list"), _("What waits, the longest first.")),
    Door("desk:duty", _("Who is there"), _("Duty, absence and deputies.")),
    Door("advice:gaps", _("What is missing"), _("What people looked for and did not find.")),
    Door("advice:weights", _("Weights of advice"), _("What counts, and what would change.")),
    Door("freshness:own", _("My records"), _("What your organisation shows.")),
    Door("freshness:records", _("Keeping the map true"), _("Records by how fresh they are.")),
    Door("freshness:calls", _("Keepers to ring"), _("Is what they offer still true?")),
    Door("freshness:turnouts", _("Turnout"), _("How many people came?")),
    Door("freshness:figures", _("How fresh the map is"), _("Seven figures, each with a target.")),
    Door("exchange:hand_in", _("Bring in a spreadsheet"), _("You see first what would change.")),
    Door("exchange:hand_in_page", _("Bring in a web page"), _("What a site tells programs.")),
    Door("exchange:calendars", _("Calendars we read"), _("What organisations put in their own.")),
    Door("exchange:duplicates", _("Is this double?"), _("Records that may be one and the same.")),
    Door("journal:search", _("Journal"), _("Who did what, when and why.")),
    Door("journal:unusual", _("Unusual viewing"), _("Who looked at more records than usual.")),
    Door("privacy:register", _("Register of processing"), _("What we keep, why and how long.")),
    Door("privacy:erasures", _("Erasures"), _("What was erased, with proof.")),
    Door("privacy:emergencies", _("Emergency access"), _("Two people, a reason, a day at most.")),
    Door("accounts:people", _("People with an account"), _("Invite, give roles, say goodbye.")),
    Door("jobs:queue", _("Queue"), _("Work in the background, and what failed.")),
    Door("accounts:mine", _("My account"), _("Log-in, passkeys, sessions, what we keep.")),
)


def doors_for(standing: Standing) -> list[Door]:
    """Return the doors that open for somebody with this standing."""
    audiences: dict[str, Audience] = import_string(settings.AUDIENCES)
    return [
        door
        for door in DOORS
        if audiences[door.name].admits(roles=standing.roles, assurance=standing.assurance)
    ]
