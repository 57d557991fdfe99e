"""What Omzien says in HSDS where the standard has no field: attributes with a term of its own.

An attribute is a pair of a term and a value, so any program that knows the standard can keep and
show it, and one that knows these codes loses nothing. The codes are the names of the fields.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from hashlib import sha1
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Mapping

# Identifiers of records that have none of their own here are derived, so they never change.
NAMESPACE = UUID("0a3f0f5e-6f0f-5d52-9f35-1d9a4a3b7c11")
# The link between an offer and its location has the number of the offer with some bits turned.
LINK = 0x0000_0000_0000_0000_0000_5A1E_5A1E_5A1E
YES, NO = "yes", "no"
Reader = Callable[[str], object]


def own_id(*parts: object) -> str:
    """Return the lasting identifier of a part of a record: a UUID of version 5, written out.

    A page of a hundred records has thousands; the standard library's own way takes four times as
    long.
    """
    name = "/".join(map(str, parts)).encode()
    digits = sha1(NAMESPACE.bytes + name, usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digits[16], 16) & 3]
    parts_of_it = (digits[:8], digits[8:12], "5" + digits[13:16], variant + digits[17:20])
    return f"{'-'.join(parts_of_it)}-{digits[20:32]}"


def link_id(offer: UUID) -> UUID:
    """Return the identifier of an offer at its location; done twice it gives the offer again."""
    return UUID(int=offer.int ^ LINK)


def whether(value: str) -> bool:
    """Return what a yes or no says."""
    if value not in {YES, NO}:
        raise ValueError(value)
    return value == YES


def told(value: object) -> str:
    """Write a value of a field as the text of an attribute."""
    if isinstance(value, bool):
        return YES if value else NO
    return value.isoformat() if isinstance(value, date) else str(value)


# Of a service: how the value of each is read back.
SERVICE: Mapping[str, Reader] = MappingProxyType(
    {
        "kind": str,
        "summary": str,
        "open_to": str,
        "booking": str,
        "capacity": int,
        "capacity_left": int,
        "at_home": whether,
        "by_phone": whether,
        "transport_offered": whether,
        "transport_note": str,
        "first_time_together": whether,
        "recognition": str,
        "recognised_until": date.fromisoformat,
        "check_by": date.fromisoformat,
        "source_url": str,
    }
)
# Of a meeting that is cancelled, moved or added; of an organisation; of what a place is like.
CHANGE, SECTOR = "change", "sector"
# What the identifier of a location from outside is: the code of its neighbourhood.
AREA_TYPE = "CBS"
ACCESS = ("step_free", "wheelchair_toilet", "hearing_loop")
# Of a schedule: the rule in full (RFC 5545), how long in minutes, and that it is one meeting which
# the changes of the service hold already.
RULE, MINUTES, ONE_MEETING = "rule", "minutes", "one_meeting"
# Which fields were filled because the standard demands them, though nothing is known.
FILLED_IN = "filled_in"
DETAILS = (*SERVICE, CHANGE, SECTOR, *ACCESS, RULE, MINUTES, ONE_MEETING, FILLED_IN)

# The lists of words that may leave: those for everybody, never those for professionals.
PUBLIC_LISTS = ("theme", "interest", "dimension", "life-moment")
DETAIL_LIST = "details"
LIST_IDS: Mapping[str, str] = MappingProxyType(
    {name: own_id("taxonomy", name) for name in (*PUBLIC_LISTS, DETAIL_LIST)}
)
DETAIL_IDS: Mapping[str, str] = MappingProxyType(
    {code: own_id("detail", code) for code in DETAILS}
)
