"""A choice of offers as it stands in an address, so that a calendar or table can be followed.

It has the same words as the list of everything there is, and some more. It holds what is looked
for, never who looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.base.catalogue.models import Taxonomy, Term
from omzien.base.catalogue.queries.offers import (
    visible_offers,
    with_public_terms,
    within_area,
)
from omzien.base.catalogue.queries.schedules import with_schedule
from omzien.base.network.queries import organisations
from omzien.base.places.queries import find_area

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from omzien.base.catalogue.models import Offer
    from omzien.base.network.models import Organisation
    from omzien.base.places.models import Area

WORDS = {
    "thema": Taxonomy.THEME,
    "interesse": Taxonomy.INTEREST,
    "dimensie": Taxonomy.DIMENSION,
    "levensmoment": Taxonomy.LIFE_MOMENT,
}
# What must be so, by its word in an address: the column, and its value.
NEEDS: dict[str, tuple[str, object]] = {
    "gratis": ("price_cents", 0),
    "halen": ("transport_offered", True),
    "samen": ("first_time_together", True),
    "drempelvrij": ("location__step_free", True),
}
AREA, PARTY = "buurt", "organisatie"


class UnknownChoice(Exception):
    """There is no such theme, neighbourhood or organisation."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The offers of a choice, not read yet, and what it is called."""

    name: str
    offers: QuerySet[Offer]


def choice_of(asked: Mapping[str, str]) -> Choice:
    """Return the offers that meet all that is asked; without a question all that is shown.

    Raises `UnknownChoice` for what does not exist, so that nobody follows an empty list for years.
    """
    terms = [term_of(WORDS[word], asked[word]) for word in WORDS if asked.get(word)]
    needed = dict(NEEDS[word] for word in NEEDS if asked.get(word) == "ja")
    offers, names = visible_offers().filter(**needed), [term.name for term in terms]
    for term in terms:
        offers = offers.filter(terms=term)
    if asked.get(AREA):
        area = area_of(asked[AREA])
        offers, names = offers.filter(within_area(area.code)), [*names, area.name]
    if asked.get(PARTY):
        party = party_of(asked[PARTY])
        offers, names = offers.filter(organisation=party), [party.name, *names]
    return Choice(", ".join(names), offers)


def one_offer(key: UUID) -> Choice:
    """Return a choice of one offer."""
    offers = visible_offers().filter(key=key)
    name = offers.values_list("name", flat=True).first()
    if name is None:
        raise UnknownChoice
    return Choice(name, offers)


def term_of(taxonomy: Taxonomy, slug: str) -> Term:
    term = Term.objects.filter(taxonomy=taxonomy, slug=slug).first()
    if term is None:
        raise UnknownChoice
    return term


def party_of(slug: str) -> Organisation:
    party = organisations().filter(slug=slug).first()
    if party is None:
        raise UnknownChoice
    return party


def area_of(code: str) -> Area:
    area = find_area(code)
    if area is None:
        raise UnknownChoice
    return area


def read_whole(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Read offers with their words for everybody and their schedules."""
    return with_schedule(with_public_terms(offers)).order_by("name", "pk")
