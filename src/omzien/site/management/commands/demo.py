"""Fill or refresh the demo town."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from omzien.base.accounts.actions import NotADemo
from omzien.site.actions import PARTICIPANTS, fill_demo_town

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Fill or refresh the demo town; refuses a database that was not made for the demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", default="", help="the day it is in the demo: 2026-11-24")
        parser.add_argument("--seed", type=int, default=79)
        parser.add_argument("--scale", choices=list(PARTICIPANTS), default="town")

    def handle(self, *, today: str, seed: int, scale: str, **_options: object) -> None:
        try:
            fill_demo_town(seed=seed, now=moment(today), scale=scale)
        except NotADemo as refusal:
            raise CommandError(NotADemo.__doc__ or "") from refusal


def moment(today: str) -> datetime:
    """Return now, or nine in the morning of the day that was asked for."""
    if not today:
        return timezone.now()
    day = parse_date(today)
    if day is None:
        raise CommandError(f"{today} is not a day such as 2026-11-24.")
    return timezone.make_aware(datetime.combine(day, time(9)))
