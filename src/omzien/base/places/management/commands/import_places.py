"""Bring in one file: omzien import_places <kind> <file>."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from omzien.base.journal.models import Actor
from omzien.base.places.actions import ImportReport, Scope, import_batch
from omzien.base.places.importers.errors import FileRefused
from omzien.base.places.importers.kinds import READERS

if TYPE_CHECKING:
    from django.core.management.base import CommandParser, OutputWrapper


def scope_of_settings(*, all_areas: bool = False) -> Scope:
    return Scope(settings.MUNICIPALITY_CODE, settings.MUNICIPALITY_NAME, all_areas=all_areas)


def tell(outcome: ImportReport, out: OutputWrapper) -> None:
    """Write what an import did, and what was left out and why."""
    what = "Would do" if outcome.dry_run else "Done"
    out.write(
        f"{what}: {outcome.file_name}: {outcome.created} new, {outcome.changed} changed, "
        f"{outcome.unchanged} the same, {outcome.skipped_count} left out."
    )
    for group in outcome.skipped:
        out.write(f"  left out {group.count}: {group.why} ({', '.join(group.examples)})")


class Command(BaseCommand):
    help = "Bring in one file of CBS, PDOK, RIVM or the city. A second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(READERS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, help="year of the division, if not in the name")
        parser.add_argument("--all", action="store_true", help="not this municipality alone")
        parser.add_argument("--dry-run", action="store_true", help="say what would change")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        try:
            batch = READERS[options["kind"]](options["file"], year=options["year"])
            outcome = import_batch(
                batch,
                scope=scope_of_settings(all_areas=options["all"]),
                by=Actor.system("import_places"),
                now=timezone.now(),
                dry_run=options["dry_run"],
                report=self.progress,
            )
        except FileRefused as refused:
            raise CommandError(str(refused)) from refused
        tell(outcome, self.stdout)

    def progress(self, fraction: float) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{fraction:4.0%}", ending="" if fraction < 1 else "\n")
