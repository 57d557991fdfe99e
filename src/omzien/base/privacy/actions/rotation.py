"""A new key for a controller: make it, seal everything again, put the old one out of use.

Every step can be repeated. Cut off anywhere, the next run goes on: two keys in the folder mean
that a rotation is under way, and all of them open what they sealed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction

from omzien.base.journal.actions import record
from omzien.base.privacy.actions.keys import add_key, numbers, retire_key
from omzien.base.privacy.fields import key_folder, key_ring
from omzien.base.privacy.queries.sealed import (
    CHANGE,
    CHOOSE_OLD,
    Column,
    count_in,
    count_old,
    open_since,
    patterns,
    text_columns,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from omzien.base.journal.models import Actor

BATCH = 500


class StillInUse(Exception):
    """Some work of before the new key is still going on. Run it again in a few minutes."""


def rotate_keys(
    controller: str,
    *,
    by: Actor,
    now: datetime,
    report: Callable[[int], None] = lambda _done: None,
    batch: int = BATCH,
) -> int:
    """Give `controller` a new key and seal all its texts with it; return how many were sealed.

    `report` hears how many are done. The old keys are retired only when nothing needs them.
    """
    current = begin_rotation(controller)
    done = 0
    waiting = [one for one in text_columns() if count_in(one, controller, current)]
    for column in waiting:
        while sealed := reseal_batch(column, controller=controller, batch=batch):
            done += sealed
            report(done)
    finish_rotation(controller, current=current)
    record("keys.rotated", subject=None, by=by, reason=controller.lower(), now=now)
    return done


def begin_rotation(controller: str) -> int:
    """Make a new key unless a rotation is under way; return the number of the newest."""
    folder = key_folder(controller)
    if len(numbers(folder)) == 1:
        add_key(folder)
    return key_ring(controller).current


def reseal_batch(column: Column, *, controller: str, batch: int = BATCH) -> int:
    """Seal a handful of values again with the newest key, in one transaction; return how many."""
    ring = key_ring(controller)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(column.fill(CHOOSE_OLD), [*patterns(controller, ring.current), batch])
        rows = cursor.fetchall()
        again = [(ring.seal(ring.open(text)), number) for number, text in rows]
        cursor.executemany(column.fill(CHANGE), again)
    return len(rows)


def finish_rotation(controller: str, *, current: int) -> None:
    """Retire the old keys, unless somebody may still be writing with one."""
    folder = key_folder(controller)
    made = datetime.fromtimestamp((folder / f"{current}.key").stat().st_mtime, tz=UTC)
    if open_since(made) or count_old(controller, current=current):
        raise StillInUse
    for number in numbers(folder):
        if number < current:
            retire_key(folder, number)
