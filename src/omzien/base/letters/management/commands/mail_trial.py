"""Send a trial mail, to see whether the mail server takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from omzien.base.journal.models import Actor
from omzien.base.letters.actions import send_mail

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Queues a trial mail to an address; the worker sends it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    def handle(self, *, address: str, **_options: object) -> None:
        send_mail(
            "trial",
            to=address,
            context={"link": settings.SITE_URL},
            by=Actor.system("mail_trial"),
            now=timezone.now(),
        )
        self.stdout.write("Queued. If it does not come: look at /queue/.")
