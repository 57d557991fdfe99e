"""The overview of what there is as a table: a row an offer, a column for each thing to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from omzien.base.catalogue.models import Meeting
from omzien.base.catalogue.queries.addresses import offer_address
from omzien.base.catalogue.queries.offers import public_terms_of, with_public_terms
from omzien.base.exchange.queries.prices import price_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from omzien.base.catalogue.models import Location, Offer

    Row = tuple[str, ...]

AT_ONCE = 500
# How many of the next meetings stand in a cell.
NEXT = 3


def columns() -> Row:
    """Return the names above the columns, in the language of the reader."""
    return (
        *(_("name"), _("in one sentence"), _("kind"), _("organisation"), _("next times")),
        *(_("location"), _("street and number"), _("postcode"), _("town"), _("neighbourhood")),
        *(_("for whom"), _("price"), _("signing up"), _("telephone"), _("e-mail address")),
        *(_("website"), _("languages"), _("themes and interests"), _("checked on"), _("page")),
    )


def overview(offers: QuerySet[Offer], *, now: datetime) -> Iterator[Row]:
    """Yield a row for each offer, by name."""
    ahead = Meeting.objects.filter(ends_at__gt=now).order_by("starts_at")
    read = with_public_terms(offers).order_by("name", "pk")
    meetings = Prefetch("meetings", ahead, to_attr="ahead")
    for offer in read.prefetch_related(meetings).iterator(AT_ONCE):
        yield row_of(offer)


def row_of(offer: Offer) -> Row:
    return (
        *(offer.name, offer.summary, offer.get_kind_display(), offer.organisation.name),
        next_times(vars(offer)["ahead"]),
        *(where(offer.location) if offer.location else ("",) * 5),
        *(for_whom(offer), price_in_words(offer), booking_of(offer)),
        *(offer.phone or offer.organisation.phone, offer.email or offer.organisation.email),
        *(offer.website or offer.organisation.website, ", ".join(offer.languages)),
        ", ".join(term.name for term in public_terms_of(offer)),
        *(date_format(offer.assured_on) if offer.assured_on else "", offer_address(offer)),
    )


def next_times(meetings: Iterable[Meeting]) -> str:
    """Return the next meetings in words."""
    moments = [localtime(meeting.starts_at) for meeting in list(meetings)[:NEXT]]
    return "; ".join(date_format(moment, "l j F Y H:i") for moment in moments)


def where(location: Location) -> Row:
    return (
        location.name,
        location.street,
        location.postcode,
        location.town,
        location.area.name if location.area else "",
    )


def for_whom(offer: Offer) -> str:
    ages = {
        (True, True): _("from %(min)s to %(max)s years"),
        (True, False): _("from %(min)s years"),
        (False, True): _("up to %(max)s years"),
    }.get((offer.min_age is not None, offer.max_age is not None), "")
    told = ages % {"min": offer.min_age, "max": offer.max_age}
    return ", ".join(filter(None, [offer.get_open_to_display(), offer.for_whom, told]))


def booking_of(offer: Offer) -> str:
    return ". ".join(filter(None, [offer.get_booking_display(), offer.booking_note]))


def file_stem(name: str) -> str:
    """Return the beginning of the name of a file with this choice."""
    return " ".join(filter(None, [_("activities"), settings.MUNICIPALITY_NAME, name])).lower()
