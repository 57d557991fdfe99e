"""Addresses of the list of all offers, filtered by a word or a neighbourhood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.http import urlencode

from omzien.base.catalogue.models import Taxonomy

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Term

# The word in the address for each list of words that the public sees; of no other list is there
# an address.
FILTERS = {
    Taxonomy.THEME: "thema",
    Taxonomy.INTEREST: "interesse",
    Taxonomy.DIMENSION: "dimensie",
    Taxonomy.LIFE_MOMENT: "levensmoment",
}
AREA_FILTER = "buurt"


def offers_by(term: Term) -> str:
    """Return the address of the list of all that has this word."""
    return offers_by_word(Taxonomy(term.taxonomy), term.slug)


def offers_by_word(taxonomy: Taxonomy, slug: str) -> str:
    return f"{reverse('site:offers')}?{urlencode({FILTERS[taxonomy]: slug})}"


def offers_in_area(code: str) -> str:
    return f"{reverse('site:offers')}?{urlencode({AREA_FILTER: code})}"
