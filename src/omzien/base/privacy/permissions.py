"""Who may open the content of a dossier at all; which dossier is up to each line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omzien.base.journal.models import Actor
    from omzien.base.privacy.models import BreakGlass

# Everybody else, the administrator first, works without ever reading what was said.
OPENS_CONTENT = frozenset({"visitor", "coordinator"})
# Who may ask for an emergency opening, and who may allow one.
ASKS = ("coordinator", "privacy_officer", "administrator")
ALLOWS = ("privacy_officer", "coordinator")


def may_open_content(by: Actor, *, in_emergency: bool) -> bool:
    """Say whether this role reads the content of dossiers, or the glass was broken for them."""
    return by.role in OPENS_CONTENT or in_emergency


def may_allow(by: Actor, glass: BreakGlass) -> bool:
    """Say whether somebody may allow an emergency opening: never one's own."""
    return by.role in ALLOWS and by.key != glass.requested_by


def may_read_explanation(by: Actor, glass: BreakGlass) -> bool:
    """Say whether somebody reads why: who wrote it, and who may allow openings."""
    return by.role in ALLOWS or by.key == glass.requested_by
