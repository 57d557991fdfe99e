"""Bring in another directory: manage.py import_offers <kind> <address or file>."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from omzien.base.exchange.actions.importing import Imported, import_batch
from omzien.base.exchange.clients import hsds_services
from omzien.base.exchange.importers.errors import Missing, Refused
from omzien.base.exchange.importers.hsds.pages import page_of
from omzien.base.exchange.importers.hsds.records import identifiers_in, read_services
from omzien.base.exchange.importers.hsds.tabular import read_tables
from omzien.base.exchange.queries.hsds.words import words_by_name
from omzien.base.journal.models import Actor

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

KINDS = ("hsds-api", "hsds-json", "hsds-tables")
EXAMPLES = 3


class Command(BaseCommand):
    help = "Bring in another directory by HSDS 3.0. A second time changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("source", help="an address, a file, or a folder or zip of tables")
        parser.add_argument("--name", help="what the source is called here; empty: kept here")
        parser.add_argument("--modified-after", default="", help="only what changed since then")
        parser.add_argument("--dry-run", action="store_true", help="say what would change")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        name = options["name"]
        name = name_of(options["source"]) if name is None else name
        try:
            records = self.records(options)
            batch = read_services(records, source_name=name, words=words_by_name())
            everything = bool(name) and not options["modified_after"]
            outcome = import_batch(
                batch,
                by=Actor.system("import_offers"),
                now=timezone.now(),
                present=identifiers_in(records) if everything else None,
                dry_run=options["dry_run"],
            )
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.tell(outcome, name, dry_run=options["dry_run"])

    def records(self, options: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the services of the source, whole."""
        if options["kind"] == "hsds-tables":
            return read_tables(Path(options["source"]))
        if options["kind"] == "hsds-json":
            path = Path(options["source"])
            if not path.is_file():
                raise Missing(str(path))
            return page_of(path.read_bytes()).records
        since = parse_datetime(options["modified_after"]) if options["modified_after"] else None
        if options["modified_after"] and since is None:
            raise CommandError("--modified-after is a moment such as 2026-11-03T10:00:00+01:00.")
        return hsds_services(options["source"], modified_after=since, report=self.progress)

    def progress(self, fraction: float) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{fraction:4.0%}", ending="" if fraction < 1 else "\n")

    def tell(self, outcome: Imported, name: str, *, dry_run: bool) -> None:
        """Write what the import did, and what was left out and why."""
        self.stdout.write(
            f"{'Would do' if dry_run else 'Done'}: {name or 'kept here'}: {outcome.created} new, "
            f"{outcome.changed} changed, {outcome.unchanged} the same, {outcome.ended} stopped, "
            f"{len(outcome.skipped)} left out or mended."
        )
        reasons = Counter(row.why for row in outcome.skipped)
        for why, count in reasons.most_common():
            names = [row.where for row in outcome.skipped if row.why == why][:EXAMPLES]
            self.stdout.write(f"  {count}: {why} ({', '.join(names)})")


def name_of(source: str) -> str:
    """Return what a source is called where nobody says: its host, or its file."""
    return urlsplit(source).hostname or Path(source).stem
