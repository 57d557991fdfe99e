"""From the numbers of rows to records: what each list and each single record reads, and shows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from omzien.base.catalogue.models import Location, Offer
from omzien.base.catalogue.queries.offers import visible_offers, with_public_terms
from omzien.base.catalogue.queries.schedules import with_schedule
from omzien.base.exchange.importers.hsds.vocabulary import link_id
from omzien.base.exchange.queries.hsds import parties, services
from omzien.base.exchange.queries.hsds.filters import Wish, key_of, wanted_offers, words_of
from omzien.base.exchange.queries.hsds.words import (
    every_term,
    list_records,
)
from omzien.base.network.models import Organisation
from omzien.base.network.queries import organisations
from omzien.base.places.models import Area
from omzien.base.places.queries import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import QuerySet

    from omzien.base.exchange.queries.hsds.words import Record

PARENT = "organisation__part_of"


# --- Services, and services at their locations --------------------------------------------------


def offers_for(wish: Wish) -> QuerySet[Offer]:
    """Return the visible offers that a wish finds, in a lasting order."""
    return wanted_offers(visible_offers(), wish).order_by("pk")


def located_for(wish: Wish) -> QuerySet[Offer]:
    return offers_for(wish).filter(location__isnull=False)


def lean(numbers: Sequence[int]) -> QuerySet[Offer]:
    """Read offers with what they have one of."""
    offers = visible_offers().filter(pk__in=numbers)
    return offers.select_related(PARENT, "location__organisation").order_by("pk")


def rich(numbers: Sequence[int]) -> QuerySet[Offer]:
    """Read offers with all that belongs to them, in a fixed number of queries."""
    areas = Prefetch("areas", Area.objects.order_by("code"), to_attr="only_for")
    return with_schedule(with_public_terms(lean(numbers))).prefetch_related(areas)


def shown(
    read: Callable[[Sequence[int]], QuerySet[Offer]], record: Callable[[Offer], Record]
) -> Callable[[Sequence[int]], Iterator[Record]]:
    """Return what makes records of the numbers of offers."""
    return lambda numbers: map(record, read(numbers))


minimal_services = shown(lean, services.minimal_service)
plain_services = shown(lean, services.plain_service)
whole_services = shown(rich, services.whole_service)
plain_links = shown(lean, services.plain_link)
whole_links = shown(rich, services.whole_link)


def service_by_id(text: str) -> Record | None:
    """Return one service with all that belongs to it."""
    numbers = visible_offers().filter(key=key_of(text)).values_list("pk", flat=True)
    return next(whole_services(list(numbers)), None)


def link_by_id(text: str) -> Record | None:
    """Return one service at its location, with all that belongs to both."""
    offers = located_for(Wish()).filter(key=link_id(key_of(text)))
    return next(whole_links(list(offers.values_list("pk", flat=True))), None)


# --- Organisations ------------------------------------------------------------------------------


def organisations_for(search: str) -> QuerySet[Organisation]:
    """Return the organisations in whose name, other name or description every word stands."""
    found = organisations().order_by("pk")
    for word in words_of(search):
        named = found.filter(folded_name__contains=fold(word))
        found = named | found.filter(other_name__icontains=word)
    return found


def plain_organisations(numbers: Sequence[int]) -> Iterator[Record]:
    return map(parties.plain_organisation, parties_of(numbers))


def parties_of(numbers: Sequence[int]) -> QuerySet[Organisation]:
    found = Organisation.objects.filter(pk__in=numbers)
    return found.select_related("part_of").order_by("pk")


def whole_organisations(numbers: Sequence[int], *, whole_offers: bool = False) -> Iterator[Record]:
    """Yield organisations with their locations and services, the latter whole or by name."""
    found = list(parties_of(numbers))
    locations, offers = locations_of(found), offers_of(found, whole=whole_offers)
    for one in found:
        yield parties.with_offers(
            one, locations=locations.get(one.pk, ()), services=offers.get(one.pk, ())
        )


def locations_of(found: Sequence[Organisation]) -> dict[int, list[Location]]:
    """Return the locations of each of these organisations that are in use, in one query."""
    by_owner: dict[int, list[Location]] = defaultdict(list)
    rows = Location.objects.filter(organisation__in=found, ended_on__isnull=True)
    for location in rows.select_related("organisation", "area").order_by("pk"):
        by_owner[location.organisation_id or 0].append(location)
    return by_owner


def offers_of(found: Sequence[Organisation], *, whole: bool) -> dict[int, list[Record]]:
    """Return the services of each of these organisations, in a fixed number of queries."""
    numbers = visible_offers().filter(organisation__in=found).values_list("pk", flat=True)
    by_party: dict[int, list[Record]] = defaultdict(list)
    for offer in rich(list(numbers)) if whole else lean(list(numbers)):
        record = services.service_alone(offer) if whole else services.minimal_service(offer)
        by_party[offer.organisation_id].append(record)
    return by_party


def organisation_by_id(text: str, *, whole_offers: bool = False) -> Record | None:
    numbers = organisations().filter(key=key_of(text)).values_list("pk", flat=True)
    return next(whole_organisations(list(numbers), whole_offers=whole_offers), None)


# --- Words --------------------------------------------------------------------------------------


def taxonomies_for(search: str) -> list[Record]:
    return [one for one in list_records() if mentions(one, search)]


def taxonomy_by_id(text: str) -> Record | None:
    return by_id(list_records(), text)


def terms_for(*, search: str, taxonomy_id: str, parent_id: str) -> list[Record]:
    """Return the words for everybody; none of them stands under another."""
    if parent_id:
        return []
    wanted = str(key_of(taxonomy_id)) if taxonomy_id else ""
    return [
        term
        for term in every_term()
        if mentions(term, search) and wanted in {"", term["taxonomy_id"]}
    ]


def term_by_id(text: str) -> Record | None:
    return by_id(terms_for(search="", taxonomy_id="", parent_id=""), text)


def by_id(records: list[Record], text: str) -> Record | None:
    wanted = str(key_of(text))
    return next((record for record in records if record["id"] == wanted), None)


def mentions(record: Record, search: str) -> bool:
    """Say whether every word stands in the name or description of a record."""
    text = fold(f"{record['name']} {record['description']}")
    return all(fold(word) in text for word in words_of(search))
