"""Invite somebody from the command line: the first administrator has nobody to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from omzien.base.accounts.actions import AlreadyInvited, NotByInvitation, invite_person
from omzien.base.accounts.roles import ROLES
from omzien.base.journal.models import Actor

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Invite somebody, and print the link for them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=list(ROLES))

    def handle(self, *, email: str, role: str, **_options: object) -> None:
        by = Actor.system("invite")
        try:
            _made, token = invite_person(
                email, role=role, organisation="", by=by, now=timezone.now()
            )
        except (AlreadyInvited, NotByInvitation) as refusal:
            raise CommandError(type(refusal).__doc__ or "") from refusal
        link = reverse("accounts:invitation", kwargs={"token": token})
        self.stdout.write(settings.SITE_URL + link)
