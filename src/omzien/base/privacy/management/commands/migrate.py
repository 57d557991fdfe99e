"""Django's `migrate`, and after it what the schema alone does not bring: rights and months."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command as DjangoCommand
from django.utils import timezone

from omzien.base.journal.actions import make_months
from omzien.base.privacy.actions.rights import grant_rights
from omzien.base.privacy.queries.declarations import tables


class Command(DjangoCommand):
    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        super().handle(*args, **options)
        using = options["database"]
        # Part of the way back there is no journal, and a plan changes nothing.
        if (
            options["plan"]
            or options["check_unapplied"]
            or "journal_monthproof" not in tables(using=using)
        ):
            return
        grant_rights(using=using)
        make_months(now=timezone.now(), using=using)
