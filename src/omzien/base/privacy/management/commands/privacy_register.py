from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from omzien.base.privacy.queries.register import register_in_markdown

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Write the register of processing (AVG article 30) from the declarations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, default=Path("docs/privacy.md"))

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        options["out"].write_text(register_in_markdown(), encoding="utf-8")
        self.stdout.write(f"Wrote {options['out']}.")
