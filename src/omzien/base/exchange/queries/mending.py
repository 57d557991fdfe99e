"""Mending rows of any importer: an address or number that cannot be right is emptied, and told."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from omzien.base.catalogue.importers.rows import SkippedRow
from omzien.base.catalogue.models import LocationKind
from omzien.base.exchange.importers.texts import CONTROL, has_control, one_line
from omzien.base.network.models import Sector

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from omzien.base.catalogue.importers.rows import LocationRow, OfferRow, OrganisationRow

    Row = OrganisationRow | LocationRow | OfferRow
    Test = Callable[[Any], bool]

R = TypeVar("R", "OrganisationRow", "LocationRow", "OfferRow")
MOST_LETTERS, MAIL_LETTERS, PHONE_LETTERS = 300, 254, 20
DIGITS_OF_PHONE = 3
POSTCODE, KVK = re.compile(r"[1-9][0-9]{3}([A-Z]{2})?"), re.compile(r"[0-9]{8}")
LANGUAGE = re.compile(r"[a-z]{2,3}")
EAST, NORTH = (-10_000, 300_000), (290_000, 640_000)
web_address = URLValidator(schemes=["http", "https"])


def left_out(row: Row, notes: list[SkippedRow], why: str) -> bool:
    """Write down why a row was left out or mended; always False, to stand in a condition."""
    notes.append(SkippedRow(one_line(CONTROL.sub(" ", row.name), 120) or "?", why))
    return False


def mended(row: R, notes: list[SkippedRow], tests: Mapping[str, Test]) -> R:
    """Return a row of which fields that cannot be right are emptied, each told."""
    empty: dict[str, Any] = {}
    for field, fits in tests.items():
        value = getattr(row, field)
        if value and not fits(value):
            empty[field] = type(value)()
            why = _("%(field)s cannot be right; it was left out: %(value)s")
            left_out(row, notes, why % {"field": field, "value": shown(value)})
    return replace(row, **empty)


def mended_party(row: OrganisationRow, notes: list[SkippedRow]) -> OrganisationRow:
    tests: dict[str, Test] = {**CONTACT, "kvk_number": is_kvk_number, "sector": is_sector}
    found = mended(row, notes, tests)
    return found if found.sector else replace(found, sector="other")


def mended_place(row: LocationRow, notes: list[SkippedRow]) -> LocationRow:
    tests: dict[str, Test] = {
        "website": is_web_address,
        "postcode": is_postcode,
        "kind": is_kind_of_place,
    }
    found = mended(row, notes, tests)
    if found.kind == "online":
        return replace(found, street="", x=None, y=None)
    if found.x is None or found.y is None or not in_grid(found.x, found.y):
        found = replace(found, x=None, y=None)
    return found if found.kind else replace(found, kind="physical")


def mended_offer(row: OfferRow, notes: list[SkippedRow]) -> OfferRow:
    tests: dict[str, Test] = {**CONTACT, "source_url": is_web_address}
    found = mended(row, notes, tests)
    known = tuple(dict.fromkeys(code for code in found.languages if LANGUAGE.fullmatch(code)))
    return replace(found, languages=known)


def is_web_address(text: str) -> bool:
    try:
        web_address(text)
    except ValidationError:
        return False
    return len(text) <= MOST_LETTERS and not has_control(text)


def is_mail_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= MAIL_LETTERS and not has_control(text)


def is_phone(text: str) -> bool:
    digits = sum(letter.isdigit() for letter in text)
    return digits >= DIGITS_OF_PHONE and len(text) <= PHONE_LETTERS and not has_control(text)


def is_postcode(text: str) -> bool:
    return POSTCODE.fullmatch(text) is not None


def is_kvk_number(text: str) -> bool:
    return KVK.fullmatch(text) is not None


def is_sector(text: str) -> bool:
    return text in Sector.values


def is_kind_of_place(text: str) -> bool:
    return text in LocationKind.values


def in_grid(x: float, y: float) -> bool:
    return EAST[0] <= x <= EAST[1] and NORTH[0] <= y <= NORTH[1]


def shown(value: object) -> str:
    """Return a value as it can stand in a message."""
    return one_line(CONTROL.sub(" ", str(value)), 60)


CONTACT: Mapping[str, Test] = {
    "email": is_mail_address,
    "phone": is_phone,
    "website": is_web_address,
}
# These are emptied instead of refused.
MENDABLE = {*CONTACT, "source_url", "kvk_number", "sector", "postcode"}
