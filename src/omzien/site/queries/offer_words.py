"""What is known of an offer, said in words: price, who comes, signing up, getting in."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from omzien.base.catalogue.models import Booking, LocationKind, OpenTo
from omzien.base.catalogue.queries.dates import listed
from omzien.base.catalogue.queries.languages import language_name

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Location, Offer

CENTS = 100


@dataclass(frozen=True, slots=True)
class Access:
    """Something about getting in: what, and whether anybody knows."""

    words: str
    known: bool


def price_words(offer: Offer) -> str:
    """Say what it costs; what nobody told is not called free."""
    if offer.price_cents is None:
        return "" if offer.price_note else _("Not known: please call and ask.")
    if offer.price_cents == 0:
        return _("Free of charge")
    return _("%(amount)s a time") % {"amount": euros(offer.price_cents)}


def euros(cents: int) -> str:
    """Write an amount: € 2,50, and € 3 without cents."""
    places = 2 if cents % CENTS else 0
    return f"€ {number_format(Decimal(cents) / CENTS, decimal_pos=places)}"


def unbroken(words: str) -> str:
    """Keep a street and its number, or a telephone number, on one line."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def who_words(offer: Offer) -> list[str]:
    """Say whom you will meet there, one sentence a fact."""
    facts = [offer.for_whom, open_to_words(offer), age_words(offer)]
    facts = [fact for fact in facts if fact] or [_("Everybody is welcome.")]
    more = [room_words(offer), language_words(offer)]
    return facts + [fact for fact in more if fact]


def open_to_words(offer: Offer) -> str:
    return {
        OpenTo.ALL.value: "",
        OpenTo.WOMEN.value: _("For women only."),
        OpenTo.MEN.value: _("For men only."),
    }[offer.open_to]


def age_words(offer: Offer) -> str:
    if offer.min_age is not None and offer.max_age is not None:
        return _("From %(youngest)s up to %(oldest)s years old.") % {
            "youngest": offer.min_age,
            "oldest": offer.max_age,
        }
    if offer.min_age is not None:
        return _("From the age of %(age)s.") % {"age": offer.min_age}
    if offer.max_age is not None:
        return _("Up to the age of %(age)s.") % {"age": offer.max_age}
    return ""


def room_words(offer: Offer) -> str:
    """Say how large the group is, and whether there is room."""
    if offer.capacity_left == 0:
        return _("There is no room now. Call and ask when there is.")
    if offer.capacity_left is not None:
        return ngettext(
            "There is room for %(count)s more person.",
            "There is room for %(count)s more people.",
            offer.capacity_left,
        ) % {"count": offer.capacity_left}
    if offer.capacity is not None:
        return _("At most %(count)s people come.") % {"count": offer.capacity}
    return ""


def language_words(offer: Offer) -> str:
    names = [language_name(code) for code in offer.languages]
    return _("You can speak %(languages)s.") % {"languages": listed(names)} if names else ""


def booking_words(offer: Offer) -> str:
    """Say whether one signs up; without a door one does not just come in."""
    freely = {
        True: _("You do not have to sign up. Just come in."),
        False: _("You do not have to sign up."),
    }
    return {
        Booking.NONE.value: freely[has_door(offer)],
        Booking.ASK.value: _("Call or write first."),
        Booking.REQUIRED.value: _("Sign up first."),
    }[offer.booking]


def has_door(offer: Offer) -> bool:
    """Say whether people go somewhere for it."""
    return offer.location is not None and offer.location.kind == LocationKind.PHYSICAL


def where_words(offer: Offer) -> str:
    """Say in one line where it is, for a list."""
    location = offer.location
    if location is None:
        return elsewhere_words(offer)
    if location.area is None or location.area.name in location.name:
        return location.name
    return _("%(place)s in %(area)s") % {"place": location.name, "area": location.area.name}


def elsewhere_words(offer: Offer) -> str:
    """Say where it is when it has no address."""
    if offer.at_home and offer.by_phone:
        return _("At your home or by telephone")
    if offer.at_home:
        return _("At your home")
    return _("By telephone") if offer.by_phone else ""


def access_facts(location: Location) -> list[Access]:
    """Say what it is like to get in; what is unknown is said to be unknown."""
    if location.kind == LocationKind.ONLINE:
        return []
    return [
        access(
            location.step_free,
            yes=_("No steps: also with a walker or wheelchair."),
            no=_("There is a step or there are stairs."),
            unknown=_("We do not know whether there is a step: please call."),
        ),
        access(
            location.wheelchair_toilet,
            yes=_("There is a toilet for wheelchairs."),
            no=_("There is no toilet for wheelchairs."),
            unknown=_("We do not know whether there is a toilet for wheelchairs."),
        ),
        access(
            location.hearing_loop,
            yes=_("There is a hearing loop."),
            no=_("There is no hearing loop."),
            unknown=_("We do not know whether there is a hearing loop."),
        ),
    ]


def access(fact: bool | None, *, yes: str, no: str, unknown: str) -> Access:  # noqa: FBT001 - three states
    if fact is None:
        return Access(unknown, known=False)
    return Access(yes if fact else no, known=True)
