"""The facts of offers as arrays: one number or flag an offer, and which offers have which tag."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from omzien.methods.advice.offer import Offer

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.float64]

Tag = TypeVar("Tag", bound="Hashable")


class Tags(Generic[Tag]):
    """Which offers have which tags: one row of flags a tag."""

    def __init__(self, sets: Sequence[Collection[Tag]]) -> None:
        self.size = len(sets)
        self.rows: dict[Tag, Flags] = {}
        for number, tags in enumerate(sets):
            for tag in tags:
                self.rows.setdefault(tag, np.zeros(self.size, dtype=bool))[number] = True
        self.counts = np.array([len(tags) for tags in sets], dtype=np.float64)
        self.none = self.counts == 0
        self.lengths = np.sqrt(np.maximum(self.counts, 1))

    def any_of(self, tags: Iterable[Tag]) -> Flags:
        """Tell which offers have at least one of these tags."""
        found = np.zeros(self.size, dtype=bool)
        for tag in tags:
            if tag in self.rows:
                found |= self.rows[tag]
        return found

    def cosine(self, wanted: Mapping[Tag, float]) -> Numbers:
        """Return the cosine between what is wanted and the tags of each offer, 0..1.

        Wanted a: 1 and b: 1, an offer with a alone has 1/√2, one with a and b has 1, and one
        with a, b and two other tags has 2/(√2·√4) = 1/√2: claiming everything does not pay.
        """
        # In one order, so that the same wishes give the same number to the last digit.
        ordered = sorted(wanted.items(), key=_by_tag)
        total = np.zeros(self.size)
        for tag, weight in ordered:
            if tag in self.rows:
                total += weight * self.rows[tag]
        length = math.sqrt(math.fsum(weight**2 for _tag, weight in ordered)) or 1.0
        return np.minimum(total / (length * self.lengths), 1.0)

    def unit_vectors(self) -> Numbers:
        """Return one row of length 1 an offer (n, tags): their products are cosines."""
        rows = [self.rows[tag] for tag in sorted(self.rows, key=str)]
        stacked = np.array(rows, dtype=np.float64).reshape(len(rows), self.size)
        return np.ascontiguousarray((stacked / self.lengths).T)


def _by_tag(item: tuple[object, float]) -> str:
    return str(item[0])


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Facts:
    """One number or flag an offer; a number that is not known is nan, a flag is then False."""

    organisation: NDArray[np.intp]
    x: Numbers
    y: Numbers
    without_way: Flags
    fetches: Flags
    step_free: Flags
    steps: Flags
    hearing_loop: Flags
    company: Flags
    fresh: Flags
    full: Flags
    price: Numbers
    min_age: Numbers
    max_age: Numbers

    @classmethod
    def of(cls, offers: Sequence[Offer]) -> Facts:
        return cls(
            organisation=_numbered([offer.organisation for offer in offers]),
            x=_numbers(offer.position and offer.position[0] for offer in offers),
            y=_numbers(offer.position and offer.position[1] for offer in offers),
            without_way=_flags(offer.position is None for offer in offers),
            fetches=_flags(offer.transport_offered for offer in offers),
            step_free=_flags(offer.step_free for offer in offers),
            steps=_flags(offer.step_free is False for offer in offers),
            hearing_loop=_flags(offer.hearing_loop for offer in offers),
            company=_flags(offer.company_first_time for offer in offers),
            fresh=_flags(offer.fresh for offer in offers),
            full=_flags(offer.places_free == 0 for offer in offers),
            price=_numbers(offer.price for offer in offers),
            min_age=_numbers(offer.min_age for offer in offers),
            max_age=_numbers(offer.max_age for offer in offers),
        )


def _flags(values: Iterable[bool | None]) -> Flags:
    return np.array([bool(value) for value in values], dtype=bool)


def _numbers(values: Iterable[float | None]) -> Numbers:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _numbered(names: Sequence[str]) -> NDArray[np.intp]:
    number_of = {name: number for number, name in enumerate(sorted(set(names)))}
    return np.array([number_of[name] for name in names], dtype=np.intp)
