"""What is here already of a batch that comes from elsewhere, and whose it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from omzien.base.catalogue.models import Location, Offer, Status, Term
from omzien.base.catalogue.models.terms import FOR_PROFESSIONALS
from omzien.base.exchange.importers.errors import Refused
from omzien.base.network.models import Delegate, Organisation
from omzien.base.places.queries import find_area

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from omzien.base.catalogue.importers.rows import (
        Batch,
        LocationRow,
        OfferRow,
        OrganisationRow,
    )

    Word = tuple[str, str]

# What another system may change of an organisation or a location that only it uses.
PARTY_FIELDS = ("name", "other_name", "sector", "description", "email", "phone", "website")
PLACE_FIELDS = (
    *("name", "kind", "street", "postcode", "town", "website", "directions"),
    *("step_free", "wheelchair_toilet", "hearing_loop"),
)
A_METRE = 1.0
# So many may go at once, whatever part of all that is.
FEW = 5


class TooManyGone(Refused):
    """More than half of the records would stop: look at the source, and remove them by hand."""


@dataclass(frozen=True, slots=True)
class Known:
    """The records of a batch that are here already, by the identifiers of the batch."""

    source_name: str
    # From which system each offer is (empty: kept here), and its key by its number there.
    sources: Mapping[UUID | None, str]
    keys: Mapping[str, UUID]
    words: Mapping[UUID | None, tuple[Word, ...]]
    parties: Mapping[UUID | None, Organisation]
    places: Mapping[UUID | None, Location]
    # Numbers of organisations and locations that somebody else than this source uses.
    shared_parties: frozenset[int]
    shared_places: frozenset[int]

    def keyed(self, row: OfferRow) -> OfferRow:
        """Return a row with the key by which its offer is known here."""
        return replace(row, key=self.keys.get(row.source_id, row.key))

    def may_be_changed(self, row: OfferRow) -> bool:
        """Say whether an offer is new, or comes from the same system as the batch."""
        return self.sources.get(row.key, self.source_name) == self.source_name

    def with_our_words(self, row: OfferRow) -> OfferRow:
        """Return a row with the words for professionals that its offer has here."""
        ours = self.words.get(row.key, ())
        return replace(row, terms=tuple(dict.fromkeys((*row.terms, *ours)))) if ours else row

    def party_followed(self, row: OrganisationRow) -> Organisation | None:
        """Return the organisation of a row where only this source uses it."""
        party = self.parties.get(row.key)
        mine = party is not None and party.pk not in self.shared_parties
        return party if mine and self.source_name else None

    def place_followed(self, row: LocationRow) -> Location | None:
        place = self.places.get(row.key)
        mine = place is not None and place.pk not in self.shared_places
        return place if mine and self.source_name else None


def known_for(batch: Batch) -> Known:
    """Find what is here of a batch, in a fixed number of queries."""
    source = batch.source_name
    numbers = [row.source_id for row in batch.offers if row.source_id and source]
    by_number = Offer.objects.filter(source_name=source, source_id__in=numbers)
    keys = dict(by_number.values_list("source_id", "key"))
    every = {*keys.values(), *(row.key for row in batch.offers if row.key)}
    parties = Organisation.objects.filter(key__in=[row.key for row in batch.organisations])
    places = Location.objects.select_related("area").filter(
        key__in=[row.key for row in batch.locations]
    )
    others = Offer.objects.exclude(source_name=source)
    own_people = Delegate.objects.filter(ended_at__isnull=True)
    return Known(
        source_name=source,
        sources=dict(Offer.objects.filter(key__in=every).values_list("key", "source_name")),
        keys=keys,
        words=words_for_professionals(every),
        parties={party.key: party for party in parties},
        places={place.key: place for place in places},
        shared_parties=numbers_of(others.filter(organisation__in=parties), "organisation_id")
        | numbers_of(own_people.filter(organisation__in=parties), "organisation_id"),
        shared_places=numbers_of(others.filter(location__in=places), "location_id"),
    )


def numbers_of(found: QuerySet[Any], column: str) -> frozenset[int]:
    return frozenset(found.values_list(column, flat=True))


def gone_from(source_name: str, present: Collection[str]) -> list[Offer]:
    """Return the offers of a source that it does not have any more.

    Raises `TooManyGone` where that is more than half of them: then something else is wrong.
    """
    here = Offer.objects.filter(source_name=source_name).exclude(status=Status.ENDED)
    offers = list(here.exclude(source_id="").select_related("organisation"))
    gone = [offer for offer in offers if offer.source_id not in present]
    if len(gone) > max(FEW, len(offers) / 2):
        raise TooManyGone(f"{len(gone)} / {len(offers)}")
    return gone


def words_for_professionals(keys: Iterable[UUID]) -> dict[UUID | None, tuple[Word, ...]]:
    """Return the words for professionals that editors put at these offers."""
    links = Offer.terms.through.objects.filter(
        offer__key__in=list(keys), term__in=Term.objects.filter(taxonomy__in=FOR_PROFESSIONALS)
    )
    found: dict[UUID | None, list[Word]] = defaultdict(list)
    for key, taxonomy, slug in links.values_list("offer__key", "term__taxonomy", "term__slug"):
        found[key].append((taxonomy, slug))
    return {key: tuple(words) for key, words in found.items()}


def changes_of_party(row: OrganisationRow, party: Organisation) -> dict[str, object]:
    """Return what a row says otherwise of an organisation."""
    said = {name: getattr(row, name) for name in PARTY_FIELDS}
    return {name: value for name, value in said.items() if getattr(party, name) != value}


def changes_of_place(row: LocationRow, place: Location) -> dict[str, object]:
    """Return what a row says otherwise of a location; a metre is no difference."""
    said: dict[str, object] = {name: getattr(row, name) for name in PLACE_FIELDS}
    found = {name: value for name, value in said.items() if getattr(place, name) != value}
    if moved(row, place):
        found |= {"x": row.x, "y": row.y}
    if row.area_code and (place.area is None or place.area.code != row.area_code):
        found["area"] = find_area(row.area_code)
    return found


def moved(row: LocationRow, place: Location) -> bool:
    if row.x is None or row.y is None or place.x is None or place.y is None:
        return (row.x, row.y) != (place.x, place.y)
    return abs(row.x - place.x) > A_METRE or abs(row.y - place.y) > A_METRE


def renamed(batch: Batch, known: Known) -> Batch:
    """Return a batch in which what is known by its identifier has the name that it has here.

    The catalogue knows organisations and locations by name; a name that differs would be another.
    """
    names = {
        row.name: party.name
        for row in batch.organisations
        if (party := known.parties.get(row.key)) and not known.party_followed(row)
    }
    parties = {names.get(row.name, row.name): row for row in batch.organisations}
    return replace(
        batch,
        organisations=tuple(replace(row, name=name) for name, row in parties.items()),
        locations=tuple(as_known(row, known) for row in batch.locations),
        offers=tuple(
            replace(row, organisation=names.get(row.organisation, row.organisation))
            for row in batch.offers
        ),
    )


def as_known(row: LocationRow, known: Known) -> LocationRow:
    """Return a row by which the catalogue finds the location that has its identifier."""
    place = known.places.get(row.key)
    if place is None or known.place_followed(row):
        return row
    return replace(row, name=place.name, street=place.street, postcode=place.postcode)
