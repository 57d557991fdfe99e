"""Fetch and bring in the official files: omzien fetch_places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from omzien.base.journal.models import Actor
from omzien.base.places.actions import import_batch
from omzien.base.places.clients import CannotFetchError, OfficialFile, fetch, official_files
from omzien.base.places.importers.errors import FileRefused
from omzien.base.places.importers.kinds import READERS
from omzien.base.places.management.commands.import_places import scope_of_settings, tell

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

DEFAULT_YEAR = 2024


class Command(BaseCommand):
    help = "Fetch boundaries and figures of this municipality from PDOK, CBS and RIVM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, default=DEFAULT_YEAR, help="of the division")
        parser.add_argument("--into", type=Path, default=settings.PROJECT / "var" / "places")
        parser.add_argument("--mirror", default="", help="another server with the same addresses")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        folder: Path = options["into"]
        missing = []
        for file in official_files(
            settings.MUNICIPALITY_CODE, options["year"], mirror=options["mirror"]
        ):
            path = folder / file.name
            try:
                self.bring_in(file, path if path.is_file() else fetch(file, folder))
            except CannotFetchError as problem:
                missing.append(file)
                self.stderr.write(f"{problem}")
        if missing:
            raise CommandError(self.by_hand(missing, folder))

    def bring_in(self, file: OfficialFile, path: Path) -> None:
        try:
            outcome = import_batch(
                READERS[file.kind](path, year=file.year),
                scope=scope_of_settings(),
                by=Actor.system("fetch_places"),
                now=timezone.now(),
            )
        except FileRefused as refused:
            raise CommandError(f"{path}: {refused}") from refused
        tell(outcome, self.stdout)

    def by_hand(self, missing: list[OfficialFile], folder: Path) -> str:
        lines = [f"  {file.url}\n    save as {folder / file.name}" for file in missing]
        return (
            "These files could not be fetched. Download each of them on a computer with "
            "internet, save it under the name given here, and run fetch_places again:\n"
        ) + "\n".join(lines)
