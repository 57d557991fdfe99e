"""The rules of advice, written out one by one for one person and one offer.

Nothing here comes from the engine: what it removes and what it advises is held against this.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omzien.methods.advice.offer import Offer
    from omzien.methods.advice.person import Person


def violations(person: Person, offer: Offer) -> list[str]:
    """Return which filters forbid this offer for this person."""
    return [name for name, broken in _checks(person, offer) if broken]


def _checks(person: Person, offer: Offer) -> Iterator[tuple[str, bool]]:
    spoken = set(offer.languages) if offer.languages else {"nl"}
    yield "language", bool(person.languages) and not (spoken & person.languages)
    yield "reach", person.reach is not None and not reaches(person, offer)
    yield "steps", offer.position is not None and not enters(person, offer)
    too_dear = person.budget is not None and offer.price is not None
    yield "budget", too_dear and (offer.price or 0) > (person.budget or 0)
    meets = bool(person.free) and bool(offer.meets)
    yield "half-days", meets and not (person.free & offer.meets)
    yield "places", offer.places_free == 0
    yield "age", person.age is not None and not of_age(person.age, offer)
    yield "audience", not welcomes(person, offer)


def way(person: Person, offer: Offer) -> float | None:
    if person.position is None or offer.position is None:
        return None
    return 1.3 * math.dist(person.position, offer.position)


def reaches(person: Person, offer: Offer) -> bool:
    if offer.position is None:
        return True
    metres = way(person, offer)
    assert person.reach is not None
    if person.reach.mode == "fetched":
        alone = metres is not None and metres <= person.reach.metres
        return alone or offer.transport_offered is True
    return metres is None or metres <= person.reach.metres


def enters(person: Person, offer: Offer) -> bool:
    if person.wheelchair:
        return offer.step_free is True
    return person.steps_ok or offer.step_free is not False


def of_age(age: int, offer: Offer) -> bool:
    if offer.min_age is not None and age < offer.min_age:
        return False
    return offer.max_age is None or age <= offer.max_age


def welcomes(person: Person, offer: Offer) -> bool:
    if person.own_group_only:
        return bool(person.groups & offer.audience)
    return not offer.audience or bool(person.groups & offer.audience)
