"""Reads of the proof that erasure leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.privacy.models import ErasureProof

if TYPE_CHECKING:
    from django.db.models import QuerySet


def proofs() -> QuerySet[ErasureProof]:
    """Return all proofs of erasure, newest first."""
    return ErasureProof.objects.order_by("-id")
