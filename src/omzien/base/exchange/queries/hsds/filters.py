"""Which records a program asks for. Filters add up: each leaves fewer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import ExpressionWrapper, F, FloatField, Q
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _

from omzien.base.catalogue.models import Offer, Term
from omzien.base.exchange.importers.hsds.vocabulary import (
    DETAIL_IDS,
    DETAIL_LIST,
    LIST_IDS,
    PUBLIC_LISTS,
)
from omzien.base.places.models import Area
from omzien.base.places.queries import fold, neighbourhood_of_postcode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from omzien.base.places.queries import ShownPostcode

LISTS: Mapping[UUID, str] = {UUID(key): name for name, key in LIST_IDS.items()}
DETAILS: Mapping[UUID, str] = {UUID(key): code for code, key in DETAIL_IDS.items()}
NO_RECORD = UUID(int=0)
# Further than anything in the country.
FURTHEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Wish:
    """What a program asked for, as it stood in the address; empty where it said nothing."""

    search: str = ""
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    modified_after: str = ""
    postcode: str = ""
    proximity: str = ""

    @property
    def since(self) -> datetime | None:
        return moment_of(self.modified_after)

    @property
    def metres(self) -> float | None:
        return distance_of(self.proximity)

    @property
    def notes(self) -> list[str]:
        """Return what was not understood: of that nothing is left out, so no record is missed."""
        said = []
        if self.modified_after and self.since is None:
            said.append(_("modified_after is not a moment, such as 2026-11-03T10:00:00+01:00."))
        if self.proximity and self.metres is None:
            said.append(_("proximity is not a number of metres."))
        if self.proximity and not self.postcode:
            said.append(_("proximity needs a postcode."))
        return said


def moment_of(text: str) -> datetime | None:
    """Return a moment; one without a zone is local. A plus that became a space is a plus again."""
    for written in (text, text.replace(" ", "+")):
        try:
            moment = datetime.fromisoformat(written.strip())
            return make_aware(moment) if is_naive(moment) else moment
        except (ValueError, OverflowError):
            continue
    return None


def distance_of(text: str) -> float | None:
    try:
        metres = float(text)
    except ValueError:
        return None
    return min(metres, FURTHEST) if metres >= 0 else None


def key_of(text: str) -> UUID:
    """Return an identifier; for what is none, the one that belongs to no record."""
    try:
        return UUID(text)
    except ValueError:
        return NO_RECORD


def wanted_offers(offers: QuerySet[Offer], wish: Wish) -> QuerySet[Offer]:
    """Return the offers that meet every part of a wish."""
    if wish.search:
        offers = found(offers, wish.search)
    if wish.taxonomy_term_id:
        offers = with_term(offers, key_of(wish.taxonomy_term_id))
    if wish.taxonomy_id:
        offers = with_list(offers, key_of(wish.taxonomy_id))
    if wish.organization_id:
        offers = offers.filter(organisation__key=key_of(wish.organization_id))
    if since := wish.since:
        offers = changed_since(offers, since)
    if wish.postcode:
        offers = near(offers, wish)
    return offers


def found(offers: QuerySet[Offer], text: str) -> QuerySet[Offer]:
    """Return the offers in which every word stands: in name, sentence, text or organisation."""
    for word in words_of(text):
        offers = offers.filter(
            Q(name__icontains=word)
            | Q(summary__icontains=word)
            | Q(description__icontains=word)
            | Q(organisation__folded_name__contains=fold(word))
        )
    return offers


def words_of(text: str) -> list[str]:
    """Return the words to look for; the database knows no character NUL."""
    return text.replace("\x00", " ").split()[:8]


def with_term(offers: QuerySet[Offer], key: UUID) -> QuerySet[Offer]:
    """Return the offers with a word for everybody, or with one of our own details."""
    if code := DETAILS.get(key):
        return with_detail(offers, code)
    return offers.filter(pk__in=linked(Term.objects.filter(key=key, taxonomy__in=PUBLIC_LISTS)))


def with_detail(offers: QuerySet[Offer], code: str) -> QuerySet[Offer]:
    """Return the offers that say something for a detail; only a service has attributes here."""
    if code not in {field.name for field in Offer._meta.get_fields()}:
        return offers.none()
    field = Offer._meta.get_field(code)
    empty = Q(**{code: ""}) if field.get_internal_type() == "CharField" else Q(pk__isnull=True)
    if field.get_internal_type() == "BooleanField":
        empty = Q(**{code: False})
    return offers.exclude(empty | Q(**{f"{code}__isnull": True}))


def with_list(offers: QuerySet[Offer], key: UUID) -> QuerySet[Offer]:
    """Return the offers with any word of a list; every offer has details."""
    name = LISTS.get(key, "")
    if name == DETAIL_LIST:
        return offers
    return offers.filter(pk__in=linked(Term.objects.filter(taxonomy=name)))


def linked(terms: QuerySet[Term]) -> QuerySet[Any, Any]:
    """Return the numbers of the offers that have any of these words."""
    return Offer.terms.through.objects.filter(term__in=terms).values("offer_id")


def changed_since(offers: QuerySet[Offer], moment: datetime) -> QuerySet[Offer]:
    """Return the offers of which anything in their record changed at or after a moment."""
    return offers.filter(
        Q(changed_at__gte=moment)
        | Q(organisation__changed_at__gte=moment)
        | Q(location__changed_at__gte=moment)
    )


def near(offers: QuerySet[Offer], wish: Wish) -> QuerySet[Offer]:
    """Return what serves a postcode; with a distance, what lies within it as the crow flies."""
    place = neighbourhood_of_postcode(wish.postcode)
    if place is None:
        return offers.none()
    metres = wish.metres
    if metres is None:
        return serving(offers, place)
    if place.x is None or place.y is None:
        return offers.none()
    return within(offers, place.x, place.y, metres)


def within(offers: QuerySet[Offer], x: float, y: float, metres: float) -> QuerySet[Offer]:
    """Return what takes place within so many metres: first a square, then the circle in it."""
    east, north = F("location__x") - x, F("location__y") - y
    return (
        offers.filter(
            location__x__range=(x - metres, x + metres),
            location__y__range=(y - metres, y + metres),
        )
        .alias(apart=ExpressionWrapper(east * east + north * north, FloatField()))
        .filter(apart__lte=metres * metres)
    )


def serving(offers: QuerySet[Offer], place: ShownPostcode) -> QuerySet[Offer]:
    """Return what is for the whole town, or for the area of this postcode."""
    some = Offer.areas.through.objects.filter(area__in=areas_around(place)).values("offer_id")
    return offers.filter(Q(areas__isnull=True) | Q(pk__in=some))


def areas_around(place: ShownPostcode) -> QuerySet[Area]:
    """Return the areas a postcode lies in, in every division; around it if that is uncertain."""
    around = (place.area,) if place.area else place.around
    numbers = {number for area in around for number in (area.pk, area.parent_pk) if number}
    codes = Area.objects.filter(pk__in=numbers).values("code")
    towns = {area.municipality_code for area in around}
    return Area.objects.filter(Q(code__in=codes) | Q(code__in=towns))
