"""Reads of the words by which offers are sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omzien.base.catalogue.models import Taxonomy, Term

if TYPE_CHECKING:
    from django.db.models import QuerySet


def terms_of(taxonomy: Taxonomy) -> QuerySet[Term]:
    """Return the words of one taxonomy that are in use, in their order."""
    return Term.objects.filter(taxonomy=taxonomy, ended_on__isnull=True).order_by(
        "position", "name"
    )


def term_numbers() -> dict[tuple[str, str], int]:
    """Return the number of every word by taxonomy and short name."""
    rows = Term.objects.values_list("taxonomy", "slug", "pk")
    return {(taxonomy, slug): pk for taxonomy, slug, pk in rows}
