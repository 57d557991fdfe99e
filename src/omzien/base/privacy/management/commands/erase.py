from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from omzien.base.journal.queries import broken_proofs
from omzien.base.privacy.actions.erasure import erase_expired
from omzien.base.privacy.models import ErasureProof
from omzien.base.privacy.queries.expired import past_term

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    help = "Erase what is past its term, as every night; or only say what would go."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only count; change nothing.")
        parser.add_argument("--verify", action="store_true", help="Check the proofs of before.")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        if options["verify"]:
            self.verify()
        elif options["dry_run"]:
            for one in past_term(now=timezone.now()):
                self.stdout.write(f"{one.rows:8} {one.table} ({one.erase}, {one.until:%Y-%m-%d})")
        else:
            self.erase()

    def erase(self) -> None:
        night = erase_expired(now=timezone.now())
        for table, rows in sorted(night.rows.items()):
            self.stdout.write(f"{rows:8} {table}")
        for table, rows in sorted((+night.held).items()):
            self.stdout.write(f"{rows:8} {table} stay: another record still needs them")

    def verify(self) -> None:
        proofs = ErasureProof.objects.all()
        broken = [str(proof) for proof in broken_proofs(proofs)]
        if broken:
            raise CommandError("The signature is wrong:\n" + "\n".join(broken))
        self.stdout.write(f"{len(proofs)} proofs, each signed and in order.")
