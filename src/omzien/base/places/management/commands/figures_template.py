"""Write the template for own figures: omzien figures_template out.xlsx."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from omzien.base.places.importers.own_figures import write_template

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Write an empty workbook for the municipality's own figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        path: Path = options["file"]
        if path.exists():
            raise CommandError(f"{path} exists already: choose another name.")
        write_template(path)
        self.stdout.write(
            f"Wrote {path}. Fill it in, then: omzien import_places own-figures {path}"
        )
