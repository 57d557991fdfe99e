"""The nightly erasure: what is past its term goes, by the declarations alone, and leaves proof.

A night is many small transactions, each with its own proof. A run that is cut off has erased what
its proofs say; the next run goes on. Running it twice erases nothing twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connections, transaction
from django.db.models import Model, ProtectedError, RestrictedError
from psycopg import sql

from omzien.base.journal.actions import drop_expired_months, record
from omzien.base.journal.models import Actor
from omzien.base.journal.queries import sign
from omzien.base.privacy.models import ErasureProof
from omzien.base.privacy.queries.declarations import model_of
from omzien.base.privacy.queries.expired import (
    RETENTION,
    count_expired,
    expired,
    named,
    replacements,
    to_erase,
    until,
)

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.privacy.models import Declaration

BATCH = 500
ERASURE = Actor.system("erasure")
IN_USE = (ProtectedError, RestrictedError)


@dataclass
class Erased:
    """What one night ended: rows per table, and rows that something else still holds on to."""

    rows: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)


def erase_expired(*, now: datetime, batch: int = BATCH) -> Erased:
    """Erase everything past its term, in small transactions, each leaving proof."""
    night = Erased()
    for one in to_erase():
        erase_table(one, night=night, now=now, batch=batch)
    night.rows["journal_entry"] += sum(proof.entries for proof in drop_expired_months(now=now))
    record("privacy.erased", subject=None, by=ERASURE, now=now, using=RETENTION)
    return night


def erase_table(one: Declaration, *, night: Erased, now: datetime, batch: int = BATCH) -> None:
    """Erase what is past its term in one table, until nothing is left but what is held."""
    held: set[object] = set()
    # No more than there were: a row that would come again and again must not hold up the night.
    left = count_expired(one, now=now)
    while left > 0 and (ended := erase_batch(one, held=held, now=now, batch=batch)):
        night.rows.update(ended)
        left -= ended[one.table]
    night.held[one.table] += len(held)


def erase_batch(
    one: Declaration, *, held: set[object], now: datetime, batch: int = BATCH
) -> Counter[str]:
    """Erase a handful of rows and prove it, in one transaction; return rows per table.

    Rows that another record protects are added to `held` and stay.
    """
    model = model_of(one.table)
    with transaction.atomic(using=RETENTION):
        if model is None:
            ended = delete_by_date(one, now=now, batch=batch)
        else:
            rows = expired(model, one, now=now).exclude(pk__in=held).order_by("pk")
            chosen = list(rows.values_list("pk", flat=True)[:batch])
            ended = end_rows(model, one, chosen, held)
        for table, count in sorted(ended.items()):
            prove(one, table=table, rows=count, now=now)
    return ended


def end_rows(
    model: type[Model], one: Declaration, chosen: list[object], held: set[object]
) -> Counter[str]:
    """Anonymise or delete the chosen rows; return rows per table, those that go along too."""
    rows = model._base_manager.using(RETENTION).filter(pk__in=chosen)
    if one.erase == "anonymise":
        return Counter({one.table: count} if (count := rows.update(**replacements(one))) else {})
    ended = delete_together(model, chosen)
    if ended is not None:
        return ended
    ended = Counter()
    for number in chosen:
        alone = delete_together(model, [number])
        if alone is None:
            held.add(number)
        else:
            ended.update(alone)
    return ended


def delete_together(model: type[Model], chosen: list[object]) -> Counter[str] | None:
    """Delete rows with what hangs on them; None, and nothing deleted, where one is held."""
    try:
        with transaction.atomic(using=RETENTION):
            _, counts = model._base_manager.using(RETENTION).filter(pk__in=chosen).delete()
    except IN_USE:
        return None
    tables = {label: apps.get_model(label)._meta.db_table for label in counts}
    return Counter({tables[label]: count for label, count in counts.items() if count})


def delete_by_date(one: Declaration, *, now: datetime, batch: int = BATCH) -> Counter[str]:
    """Delete rows past their term from a table that no model stands for."""
    query = sql.SQL("DELETE FROM {0} WHERE ctid IN (SELECT ctid FROM {0} WHERE {1} < %s LIMIT %s)")
    with connections[RETENTION].cursor() as cursor:
        cursor.execute(named(query, one), [until(one, now=now), batch])
        return Counter({one.table: cursor.rowcount} if cursor.rowcount else {})


def prove(one: Declaration, *, table: str, rows: int, now: datetime) -> ErasureProof:
    """Leave proof that `rows` of `table` ended, signed and chained to the proof before."""
    with connections[RETENTION].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('privacy_erasureproof'))")
    last = ErasureProof.objects.using(RETENTION).last()
    proof = ErasureProof(
        table=table, erase=one.erase, rows=rows, until=until(one, now=now), run_at=now
    )
    proof.signature = sign(last.signature if last else "", proof.signed)
    proof.save(using=RETENTION, force_insert=True)
    return proof
