"""Load the facts that come with Omzien: omzien load_facts."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from omzien.base.journal.models import Actor
from omzien.base.places.actions import load_facts
from omzien.base.places.management.commands.import_places import scope_of_settings, tell


class Command(BaseCommand):
    help = "Load the published figures and neighbourhoods that come with Omzien."

    def handle(self, *_args: object, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        outcome = load_facts(
            scope=scope_of_settings(), by=Actor.system("load_facts"), now=timezone.now()
        )
        tell(outcome, self.stdout)
