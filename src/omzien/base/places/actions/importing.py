"""Taking in a file that an importer read: all of it or nothing."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from django.db import connection, transaction

from omzien.base.journal.actions import record
from omzien.base.places.actions.reports import ImportReport, Progress, Scope, Tally, no_progress
from omzien.base.places.actions.storing_areas import (
    store_areas,
    store_changes,
    store_outlines,
    store_postcodes,
)
from omzien.base.places.actions.storing_figures import (
    store_figures,
    store_indicators,
    store_sources,
)
from omzien.base.places.importers.errors import OtherMunicipality
from omzien.base.places.importers.facts import KIND as FACTS
from omzien.base.places.importers.facts import read_facts
from omzien.base.places.models import ImportRun

if TYPE_CHECKING:
    from datetime import datetime

    from omzien.base.journal.models import Actor
    from omzien.base.places.importers.rows import Batch, PostcodeRow

# One import at a time: the second waits. The number is "omzien places" and means nothing else.
ONE_AT_A_TIME = 0x0E21E2


def import_batch(
    batch: Batch,
    *,
    scope: Scope,
    by: Actor,
    now: datetime,
    dry_run: bool = False,
    report: Progress = no_progress,
) -> ImportReport:
    """Take in everything in a file for the areas in scope, or say what that would do.

    A second time changes nothing. When anything goes wrong, nothing was changed.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        tally = Tally()
        tally.skip_all(batch.skipped)
        _store(_in_scope(batch, scope, tally), tally, now=now, report=report)
        outcome = ImportReport.of(batch.kind, batch.file_name, tally, dry_run=dry_run)
        run = _log(batch, outcome, now)
        record("places.imported", subject=run, by=by, reason=batch.kind, now=now)
        if dry_run:
            transaction.set_rollback(True)
    report(1.0)
    return outcome


def load_facts(*, scope: Scope, by: Actor, now: datetime) -> ImportReport:
    """Load the facts that come with Omzien; what was imported by hand is never overwritten."""
    return import_batch(read_facts(), scope=scope, by=by, now=now)


def _in_scope(batch: Batch, scope: Scope, tally: Tally) -> Batch:
    """Keep the rows of this municipality and the country, and count the others."""
    kept = replace(
        batch,
        areas=tuple(row for row in batch.areas if scope.admits(row.code)),
        outlines=tuple(row for row in batch.outlines if scope.admits(row.code)),
        postcodes=tuple(row for row in batch.postcodes if _is_wanted(row, scope)),
        changes=tuple(row for row in batch.changes if scope.admits(row.before_code)),
        figures=tuple(row for row in batch.figures if scope.admits(row.area_code)),
    )
    if batch.rows and batch.kind != FACTS and not _has_ours(kept, scope):
        raise OtherMunicipality(f"{scope.name}, {scope.code}")
    left_out = batch.rows - kept.rows
    if left_out:
        others = [row.code for row in batch.areas if not scope.admits(row.code)]
        others += [row.area_code for row in batch.figures if not scope.admits(row.area_code)]
        others += [row.code for row in batch.postcodes if not _is_wanted(row, scope)]
        tally.reasons["another municipality"] = (others + ["…"] * left_out)[:left_out]
    return kept


def _is_wanted(row: PostcodeRow, scope: Scope) -> bool:
    return scope.all_areas or row.municipality in {scope.code, scope.name}


def _has_ours(batch: Batch, scope: Scope) -> bool:
    if scope.all_areas or batch.postcodes:
        return True
    codes = [row.code for row in batch.areas]
    codes += [row.code for row in batch.outlines]
    codes += [row.area_code for row in batch.figures]
    codes += [row.before_code for row in batch.changes]
    return any(scope.is_ours(code) for code in codes)


def _store(batch: Batch, tally: Tally, *, now: datetime, report: Progress) -> None:
    gentle = batch.kind == FACTS
    sources = store_sources(batch.sources)
    store_indicators(batch.indicators, tally)
    store_areas(batch.areas, tally, gentle=gentle)
    if batch.outlines:
        store_outlines(batch.outlines, sources[batch.sources[0].slug], tally)
    store_postcodes(batch.postcodes, tally)
    store_changes(batch.changes, tally)
    store_figures(batch.figures, sources, tally, gentle=gentle, now=now, report=report)


def _log(batch: Batch, outcome: ImportReport, now: datetime) -> ImportRun:
    return ImportRun.objects.create(
        kind=batch.kind,
        file_name=batch.file_name[:200],
        sha256=batch.sha256,
        created=outcome.created,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        skipped=outcome.skipped_count,
        skipped_why=[asdict(group) for group in outcome.skipped],
        ran_at=now,
    )
