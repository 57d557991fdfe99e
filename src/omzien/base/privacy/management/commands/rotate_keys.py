from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from omzien.base.journal.models import Actor
from omzien.base.privacy.actions.rotation import StillInUse, rotate_keys
from omzien.base.privacy.fields import NoKeys

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Give a controller a new key and seal everything with it. Cut off, it goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("controller", help="The folder in the keys, such as municipality.")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        try:
            done = rotate_keys(
                options["controller"],
                by=Actor.system("keys"),
                now=timezone.now(),
                report=lambda done: self.stdout.write(f"{done} texts sealed again"),
            )
        except NoKeys as error:
            raise CommandError(f"There are no keys of “{error}” on this machine.") from error
        except StillInUse as error:
            raise CommandError(str(StillInUse.__doc__)) from error
        self.stdout.write(f"Done: {done} texts. The old key is retired; keep it for old backups.")
