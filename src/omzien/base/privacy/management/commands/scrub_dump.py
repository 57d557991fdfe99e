from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from omzien.base.journal.models import Actor
from omzien.base.privacy.actions.scrub import AlreadyThere, NoDumpProgram, scrub_dump
from omzien.base.privacy.queries.scrubbed import Uncovered

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Write a dump without people in it. The database itself is only read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path, help="The file to write; it must not exist yet.")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        try:
            rows = scrub_dump(options["out"], by=Actor.system("scrub"), now=timezone.now())
        except (AlreadyThere, NoDumpProgram, Uncovered) as error:
            raise CommandError(f"{type(error).__doc__} {error}".strip()) from error
        self.stdout.write(f"Wrote {rows.total()} rows of {len(rows)} tables to {options['out']}.")
