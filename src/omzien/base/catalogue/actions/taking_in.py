"""Taking in what an importer read: all of it or nothing, and a second time nothing changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import connection, transaction

from omzien.base.catalogue.actions.copying import copy_rows
from omzien.base.catalogue.actions.offers import change_offer, slug_of
from omzien.base.catalogue.actions.parties import store_locations, store_organisations
from omzien.base.catalogue.actions.schedules import set_schedule, store_schedules
from omzien.base.catalogue.actions.search import writing_texts_once
from omzien.base.catalogue.models import Offer
from omzien.base.catalogue.queries.offers import OFFER_FIELDS
from omzien.base.catalogue.queries.schedules import rows_of
from omzien.base.catalogue.queries.terms import term_numbers
from omzien.base.journal.actions import record
from omzien.base.places.models import Area

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from omzien.base.catalogue.importers.rows import Batch, OfferRow, SkippedRow
    from omzien.base.catalogue.models import Location
    from omzien.base.journal.models import Actor
    from omzien.base.network.models import Organisation

# One import at a time: the second waits. The number is "omzien catalogue" and means nothing else.
ONE_AT_A_TIME = 0x0E21E3
AT_ONCE = 2_000
# Copied from the row as they are; the location and the links are looked up.
PLAIN_FIELDS = tuple(name for name in OFFER_FIELDS if name != "location")
CHECKED = ("assured_on", "check_by")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch did: how many offers were new, changed or the same, and what was left out."""

    created: int
    changed: int
    unchanged: int
    skipped: tuple[SkippedRow, ...]


@transaction.atomic
def take_in(
    batch: Batch, *, by: Actor, now: datetime, invented: bool = False, dry_run: bool = False
) -> Outcome:
    """Take in a batch, or with `dry_run` say what that would do.

    An offer is known again by its key, or by the name of its source and its number there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    found = Found(
        organisations=store_organisations(batch.organisations, invented=invented, now=now),
        locations=store_locations(batch.locations, invented=invented, now=now),
        terms=term_numbers(),
        areas=area_numbers(batch.offers),
    )
    created = changed = 0
    for part in parts_of(batch):
        known = known_offers(part)
        pairs = [(row, known.get(row.key) or known.get(row.source_id)) for row in part.offers]
        fresh = [row for row, offer in pairs if offer is None]
        created += create_offers(fresh, part, found, invented=invented, now=now)
        changed += sum(
            update_offer(offer, row, found, by=by, now=now) for row, offer in pairs if offer
        )
    record("catalogue.take_in", subject=None, by=by, reason=batch.kind, now=now)
    if dry_run:
        transaction.set_rollback(True)
    same = len(batch.offers) - created - changed
    return Outcome(created, changed, same, batch.skipped)


@dataclass(frozen=True, slots=True)
class Found:
    """What rows refer to, by the name that they use."""

    organisations: Mapping[str, Organisation]
    locations: Mapping[str, Location]
    terms: Mapping[tuple[str, str], int]
    areas: Mapping[str, int]

    def links_of(self, row: OfferRow) -> dict[str, list[int]]:
        return {
            "terms": sorted({self.terms[term] for term in row.terms if term in self.terms}),
            "areas": sorted(self.areas[code] for code in row.area_codes if code in self.areas),
        }


def area_numbers(rows: Iterable[OfferRow]) -> dict[str, int]:
    """Return the area of every code that rows name, in the latest division."""
    codes = set(chain.from_iterable(row.area_codes for row in rows))
    areas = Area.objects.filter(code__in=codes).order_by("division_year")
    return dict(areas.values_list("code", "pk"))


def parts_of(batch: Batch) -> Iterator[Batch]:
    """Yield a batch in parts, so that memory does not grow with it."""
    rows = iter(batch.offers)
    while some := tuple(islice(rows, AT_ONCE)):
        yield replace(batch, offers=some)


def known_offers(batch: Batch) -> dict[UUID | str | None, Offer]:
    """Return the offers of a batch that are there already, by key and by number of the source."""
    keys = [row.key for row in batch.offers if row.key]
    numbers = [row.source_id for row in batch.offers if row.source_id and batch.source_name]
    # Everything that is compared is read along: what did not change asks nothing more.
    whole = Offer.objects.select_related("location").prefetch_related(
        "terms", "areas", "schedule", "changes"
    )
    by_key = whole.filter(key__in=keys)
    by_number = whole.filter(source_name=batch.source_name, source_id__in=numbers)
    return {offer.key: offer for offer in by_key} | {offer.source_id: offer for offer in by_number}


def create_offers(
    rows: list[OfferRow], batch: Batch, found: Found, *, invented: bool, now: datetime
) -> int:
    """Add offers in bulk, with their links and schedules."""
    offers = [new_offer(row, batch, found, invented=invented, now=now) for row in rows]
    with writing_texts_once(offers):
        Offer.objects.bulk_create(offers, batch_size=AT_ONCE)
        pairs = list(zip(offers, rows, strict=True))
        store_links(pairs, found)
        store_schedules(pairs, now=now)
    return len(offers)


def store_links(pairs: Sequence[tuple[Offer, OfferRow]], found: Found) -> None:
    """Put words and areas at new offers in bulk."""
    links = [(offer.pk, found.links_of(row)) for offer, row in pairs]
    copy_rows(
        Offer.terms.through,
        ("offer_id", "term_id"),
        [(pk, number) for pk, link in links for number in link["terms"]],
    )
    copy_rows(
        Offer.areas.through,
        ("offer_id", "area_id"),
        [(pk, number) for pk, link in links for number in link["areas"]],
    )


def new_offer(
    row: OfferRow, batch: Batch, found: Found, *, invented: bool, now: datetime
) -> Offer:
    """Return the record of a row, not stored yet."""
    key = row.key or uuid4()
    return Offer(
        key=key,
        slug=slug_of(row.name, key.hex),
        organisation=found.organisations[row.organisation],
        location=found.locations.get(row.location),
        source_name=batch.source_name,
        source_id=row.source_id if batch.source_name else "",
        invented=invented,
        created_at=now,
        changed_at=now,
        **fields_of(row),
        **{name: getattr(row, name) for name in CHECKED},
    )


def fields_of(row: OfferRow) -> dict[str, object]:
    """Return what a row says of an offer that needs no looking up."""
    values = {name: getattr(row, name) for name in PLAIN_FIELDS}
    return values | {"languages": list(row.languages)}


def update_offer(offer: Offer, row: OfferRow, found: Found, *, by: Actor, now: datetime) -> bool:
    """Change an offer to what the row says; False where nothing is different."""
    wanted = fields_of(row) | {"location": found.locations.get(row.location)}
    different = {name: value for name, value in wanted.items() if getattr(offer, name) != value}
    links = found.links_of(row)
    same_links = all(
        sorted(linked.pk for linked in getattr(offer, name).all()) == numbers
        for name, numbers in links.items()
    )
    if different or not same_links:
        change_offer(offer, by=by, now=now, links=links, from_its_source=True, **different)
    moved = rows_of(offer) != (row.schedule, row.changes)
    if moved:
        set_schedule(offer, lines=row.schedule, changes=row.changes, by=by, now=now)
    return bool(different) or not same_links or moved
