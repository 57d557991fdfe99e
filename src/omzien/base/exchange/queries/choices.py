"""A choice of offers as it stands in an address, so that a calendar or table can be followed.

It has the same words as the list of everything there is, and some more. It holds what is looked
for, never who looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.base.catalogue.models import Taxonomy, Term
from omzien.base.catalogue.queries.listing import Wish, areas_within, fitting
from omzien.base.catalogue.queries.offers import with_public_terms
from omzien.base.catalogue.queries.schedules import with_schedule
from omzien.base.network.queries import organisations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
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
NEEDS = {"gratis": "free", "halen": "fetched", "samen": "together", "drempelvrij": "step_free"}
AREA, PARTY = "buurt", "organisatie"


class UnknownChoice(Exception):
    """There is no such theme, neighbourhood or organisation."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The offers of a choice, not read yet, and what it is called."""

    name: str
    offers: QuerySet[Offer]


def choice_of(asked: Mapping[str, str], *, now: datetime) -> Choice:
    """Return the offers that meet all that is asked; without a question all that is shown.

    Raises `UnknownChoice` for what does not exist, so that nobody follows an empty list for years.
    """
    terms = [term_of(WORDS[word], asked[word]) for word in WORDS if asked.get(word)]
    area = area_of(asked[AREA]) if asked.get(AREA) else None
    wish = Wish(
        when="",
        area_code=area.code if area else "",
        words=tuple((term.taxonomy, term.slug) for term in terms),
        **{field: asked.get(word) == "ja" for word, field in NEEDS.items()},
    )
    offers, names = fitting(wish, now=now), [term.name for term in terms]
    if asked.get(PARTY):
        party = party_of(asked[PARTY])
        offers, names = offers.filter(organisation=party), [party.name, *names]
    return Choice(", ".join([*names, *([area.name] if area else [])]), offers)


def one_offer(key: UUID, *, now: datetime) -> Choice:
    """Return a choice of one offer."""
    offers = fitting(Wish(), now=now).filter(key=key)
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
    area = areas_within(code).filter(code=code).order_by("-division_year").first()
    if area is None:
        raise UnknownChoice
    return area


def read_whole(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Read offers with their words for everybody and their schedules."""
    return with_schedule(with_public_terms(offers)).order_by("name", "pk")
