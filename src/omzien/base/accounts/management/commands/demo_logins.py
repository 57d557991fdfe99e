"""Print one log-in per role of the demo; with --make, make the accounts first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from omzien.base.accounts.actions import NotADemo, make_demo_accounts
from omzien.base.accounts.queries.demo import demo_logins

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Print one log-in per role of the demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--make", action="store_true", help="make the accounts first")

    def handle(self, *, make: bool, **_options: object) -> None:
        now = timezone.now()
        try:
            logins = make_demo_accounts(now) if make else demo_logins(now)
        except NotADemo as refusal:
            raise CommandError(NotADemo.__doc__ or "") from refusal
        for login in logins:
            code = f"  code {login.code}" if login.code else ""
            self.stdout.write(f"{login.title:20}  {login.email:40}  {login.password}{code}")
