"""Keeping how a public record looked before it was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.history.models import Revision

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from omzien.base.journal.models import Actor, Subject


def keep_revision(
    subject: Subject,
    *,
    before: Mapping[str, object],
    after: Mapping[str, object],
    by: Actor,
    now: datetime,
) -> Revision | None:
    """Keep the fields that differ between two snapshots; None where nothing changed."""
    changed = [name for name in after if before.get(name) != after[name]]
    if not changed:
        return None
    return Revision.objects.create(
        subject_type=subject._meta.label_lower,
        subject_key=subject.key,
        at=now,
        actor_key=by.key,
        actor_role=by.role,
        before={name: before.get(name) for name in changed},
        after={name: after[name] for name in changed},
    )
