"""Reads of subscribed calendars, and what one says as rows of the map."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.importers.rows import (
    Batch,
    LocationRow,
    OfferRow,
    OrganisationRow,
    SkippedRow,
)
from omzien.base.catalogue.models import Location, Meeting, Offer, Status
from omzien.base.catalogue.queries.offers import OFFER_FIELDS
from omzien.base.exchange.importers.calendars import (
    changes_of,
    kind_of,
    lines_of,
    number_of,
    place_in,
    words_of,
)
from omzien.base.exchange.importers.texts import CONTROL
from omzien.base.exchange.models import Subscription
from omzien.base.exchange.queries.known import PARTY_FIELDS, PLACE_FIELDS
from omzien.base.places.queries import fold
from omzien.methods.recurrence.calendars.entries import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from omzien.base.exchange.importers.calendars import Reading
    from omzien.base.network.models import Organisation
    from omzien.methods.recurrence.calendars.entries import Entry, Problem

# What the words of an entry say of an offer; its times follow anyhow.
WORDS = ("name", "summary", "description", "source_url", "location")
SEEN = (Status.ACTIVE, Status.PAUSED)
WORDS_WAIT = _("Its words are different there. The old ones stay until you take these over.")


def subscriptions() -> QuerySet[Subscription]:
    """Return all subscribed calendars, those that are still read first."""
    return Subscription.objects.select_related("organisation").order_by(
        "stopped_at", "organisation__folded_name", "pk"
    )


def subscription_by_key(key: UUID) -> Subscription | None:
    return Subscription.objects.select_related("organisation").filter(key=key).first()


def due_subscriptions(*, now: datetime) -> QuerySet[Subscription]:
    """Return the calendars that are to be read now, of organisations that exist."""
    return Subscription.objects.select_related("organisation").filter(
        stopped_at__isnull=True, organisation__ended_on__isnull=True, next_at__lte=now
    )


def offers_of(subscription: Subscription) -> QuerySet[Offer]:
    """Return what came from a calendar and has not stopped, by name."""
    found = Offer.objects.filter(source_name=subscription.source_name)
    return found.exclude(status=Status.ENDED).order_by("name", "pk")


def drafts_of(subscription: Subscription) -> QuerySet[Offer]:
    """Return what came from a calendar and nobody sees yet."""
    return offers_of(subscription).filter(status=Status.DRAFT)


def over_now(subscription: Subscription, reading: Reading | None, *, now: datetime) -> list[Offer]:
    """Return the offers that are over by the clock, or that the calendar says do not go on."""
    ahead = Exists(Meeting.objects.filter(offer=OuterRef("pk"), ends_at__gt=now))
    here = offers_of(subscription).exclude(source_id="").annotate(goes_on=ahead)
    over = reading.over if reading else frozenset()
    coming = {number_of(entry.uid) for entry in reading.coming} if reading else set()
    return [
        offer
        for offer in here
        if offer.source_id in over or not (offer.goes_on or offer.source_id in coming)
    ]


def free_name(organisation: Organisation) -> str:
    """Return what a calendar is called that no other source has."""
    stem = f"Agenda van {organisation.name}"[:110].strip()
    names = (stem if number == 1 else f"{stem} {number}" for number in count(1))
    return next(
        name
        for name in names
        if not Subscription.objects.filter(source_name=name).exists()
        and not Offer.objects.filter(source_name=name).exists()
    )


def in_one_month(one: datetime, other: datetime) -> bool:
    """Say whether two moments lie in one month here."""
    return localdate(one).replace(day=1) == localdate(other).replace(day=1)


def remark_of(problem: Problem) -> dict[str, str]:
    """Return what is wrong with an entry as it is kept; which kind it is becomes words later."""
    what = problem.summary or problem.uid
    # What cannot be is said by the kind; the detail would say it again, in other words.
    detail = "" if problem.trouble is Trouble.NONSENSE else problem.detail
    return {
        "what": CONTROL.sub(" ", what)[:160],
        "trouble": problem.trouble.name,
        "detail": CONTROL.sub(" ", detail)[:160],
    }


def skip_of(row: SkippedRow) -> dict[str, str]:
    """Return why a row was left out or mended, which is words already."""
    return {"what": row.where[:160], "why": row.why[:300]}


# --- Rows ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Places:
    """The locations that are here already, by name and by key."""

    named: Mapping[str, list[Location]]

    def row_for(self, text: str, *, before: Location | None) -> LocationRow | None:
        """Return the place a text names: what it was before, or one that it must be."""
        row = place_in(text)
        if row is None:
            return None
        found = [place for place in self.named[fold(row.name)] if fits(place, row)]
        exact = [place for place in found if address_of(place) == address_of(row)]
        sure = [before] if before in found else exact[:1]
        one = next(iter(sure or found), None)
        return row_of_place(one) if one and (sure or len(found) == 1) else row


def places_for(texts: Iterable[str]) -> Places:
    rows = filter(None, map(place_in, set(texts)))
    places = Location.objects.select_related("area").filter(
        folded_name__in={fold(row.name) for row in rows}, ended_on__isnull=True
    )
    named: dict[str, list[Location]] = defaultdict(list)
    for place in places.order_by("pk"):
        named[place.folded_name].append(place)
    return Places(named)


def address_of(place: Location | LocationRow) -> tuple[str, str, str]:
    return place.street, place.postcode, place.town


def fits(place: Location, row: LocationRow) -> bool:
    """Say whether a place can be the one that is meant: what a row does not say, fits."""
    same_code = not row.postcode or place.postcode in {"", row.postcode}
    same_street = not row.street or fold(place.street) in {"", fold(row.street), fold(row.name)}
    return place.kind == row.kind and same_code and same_street


def row_of_place(place: Location) -> LocationRow:
    """Return a location as it is, so that taking it in changes nothing of it."""
    said = {name: getattr(place, name) for name in PLACE_FIELDS}
    code = place.area.code if place.area else ""
    return LocationRow(
        key=place.key, ref=str(place.key), area_code=code, x=place.x, y=place.y, **said
    )


def row_of_party(party: Organisation) -> OrganisationRow:
    """Return an organisation as it is."""
    said = {name: getattr(party, name) for name in PARTY_FIELDS}
    return OrganisationRow(key=party.key, kvk_number=party.kvk_number, **said)


def row_of_offer(offer: Offer) -> OfferRow:
    """Return an offer as it is, without its times."""
    said = {name: getattr(offer, name) for name in OFFER_FIELDS if name != "location"}
    return OfferRow(
        **said | {"languages": tuple(offer.languages)},
        organisation=offer.organisation.name,
        location=str(offer.location.key) if offer.location else "",
        key=offer.key,
        source_id=offer.source_id,
        assured_on=offer.assured_on,
        check_by=offer.check_by,
        terms=tuple((term.taxonomy, term.slug) for term in offer.terms.all()),
        area_codes=tuple(area.code for area in offer.areas.all()),
    )


def batch_of(subscription: Subscription, reading: Reading, *, with_words: bool) -> Batch:
    """Return what a calendar says as rows.

    What a calendar has no words for stays as it is here. Where changes of an organisation are
    looked at first, what is new is a draft, and what others see keeps its words; its times follow.
    """
    party = subscription.organisation
    places = places_for(entry.location for entry in reading.coming)
    known = known_offers(subscription)
    found: dict[str, LocationRow] = {}
    rows, skipped = [], []
    for entry in reading.coming:
        offer = known.get(number_of(entry.uid))
        place = places.row_for(entry.location, before=offer.location if offer else None)
        row = row_of_entry(entry, offer, subscription, place)
        if not (party.changes_go_live or with_words) and offer and offer.status in SEEN:
            kept = with_words_of(offer, row)
            skipped += [SkippedRow(kept.name, str(WORDS_WAIT))] if kept != row else []
            row = kept
        for used in (place, row_of_place(offer.location) if offer and offer.location else None):
            found |= {used.ref: used} if used and used.ref == row.location else {}
        rows.append(row)
    return Batch(
        kind="calendar",
        source_name=subscription.source_name,
        organisations=(row_of_party(party),),
        locations=tuple(found.values()),
        offers=tuple(rows),
        skipped=tuple(skipped),
    )


def known_offers(subscription: Subscription) -> dict[str, Offer]:
    """Return the offers of a calendar by their number there, in a fixed number of queries."""
    here = Offer.objects.filter(source_name=subscription.source_name)
    whole = here.select_related("organisation", "location__area")
    return {offer.source_id: offer for offer in whole.prefetch_related("terms", "areas")}


def row_of_entry(
    entry: Entry, offer: Offer | None, subscription: Subscription, place: LocationRow | None
) -> OfferRow:
    """Return an entry as an offer: that of here where it is known, with what it says now."""
    number, name = number_of(entry.uid), subscription.organisation.name
    # Known again by this key as well, where the offer is kept here by now.
    key = subscription.key_of(number)
    base = row_of_offer(offer) if offer else OfferRow("", name, "", key=key, source_id=number)
    said: dict[str, Any] = {**words_of(entry)}
    return replace(
        base,
        **said,
        status=status_of(offer, subscription.organisation),
        kind=base.kind if offer else kind_of(entry.plan),
        location=place.ref if place else "",
        schedule=lines_of(entry.plan),
        changes=changes_of(entry.plan),
    )


def with_words_of(offer: Offer, row: OfferRow) -> OfferRow:
    """Return a row with the words that its offer has here."""
    here = row_of_offer(offer)
    return replace(row, **{name: getattr(here, name) for name in WORDS})


def status_of(offer: Offer | None, party: Organisation) -> str:
    """Return what becomes of an entry: what is here keeps its state; what stopped begins anew."""
    if offer and offer.status != Status.ENDED:
        return offer.status
    return Status.ACTIVE if party.changes_go_live else Status.DRAFT
