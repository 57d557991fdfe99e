from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from omzien.base.journal.models import MonthProof
from omzien.base.journal.queries import broken_proofs, unaccounted_months


class Command(BaseCommand):
    help = "Check that every month of the journal is there, or was erased at its term and signed."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Django's signature
        proofs = list(MonthProof.objects.all())
        faults = [
            f"{proof.month:%Y-%m}: the signature is wrong" for proof in broken_proofs(proofs)
        ]
        faults += [f"{month:%Y-%m}: gone without a proof" for month in unaccounted_months()]
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write(f"{len(proofs)} months erased at their term, each signed. None missing.")
