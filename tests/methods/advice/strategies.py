"""Random persons and offers of few words, so that they often meet.

Persons are drawn field by field, so that hypothesis can make a failing one simple. Offers come by
the dozen out of one seed: drawn field by field they would cost more time than all that is tested.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from hypothesis import strategies as st

from omzien.methods.advice.offer import Offer
from omzien.methods.advice.person import Mode, Person, Reach
from omzien.methods.advice.week import HalfDay, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

Choice = TypeVar("Choice")

SLUGS = ("singing", "walking", "cards")
LAYERS = ("feeling", "contact", "meeting")
LANGUAGES = ("nl", "tr", "ar")
GROUPS = ("women", "carers")
HALF_DAYS = tuple(HalfDay(day, part) for day in range(2) for part in Part)
PLACES = (None, *((x * 300.0, y * 300.0) for x in range(-2, 3) for y in range(-2, 3)))
WORDS = ("", "zingen", "wandelen in het park", "koffie")


class Draw:
    """Draws offers from one generator."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)

    def one(self, *choices: Choice) -> Choice:
        return choices[int(self.rng.integers(len(choices)))]

    def some(self, choices: Sequence[Choice]) -> frozenset[Choice]:
        return frozenset(choice for choice in choices if self.rng.random() < 1 / 3)

    def offer(self, identity: str) -> Offer:
        return Offer(
            id=identity,
            organisation=self.one(*"abcdef"),
            position=self.one(*PLACES),
            transport_offered=self.one(None, True, False),
            step_free=self.one(None, True, False),
            hearing_loop=self.one(None, True, False),
            company_first_time=self.one(None, True, False),
            languages=self.some(LANGUAGES),
            meets=self.some(HALF_DAYS),
            price=self.one(None, 0, 200, 800),
            min_age=self.one(None, None, 55, 65),
            max_age=self.one(None, None, 70, 80),
            audience=self.one(frozenset(), self.some(GROUPS)),
            places_free=self.one(None, None, 0, 1, 2),
            layers=self.some(LAYERS),
            interests=self.some(SLUGS),
            words=self.one(*WORDS),
            fresh=self.one(True, False),
            exposure=int(self.rng.integers(30)),
        )


@st.composite
def offers(draw: st.DrawFn) -> list[Offer]:
    hand = Draw(draw(st.integers(0, 2**32 - 1)))
    return [hand.offer(f"offer-{number:02d}") for number in range(draw(st.integers(0, 12)))]


def _some(choices: Sequence[Choice]) -> st.SearchStrategy[frozenset[Choice]]:
    return st.frozensets(st.sampled_from(choices), max_size=len(choices))


@st.composite
def persons(draw: st.DrawFn) -> Person:
    own = draw(_some(GROUPS))
    reaches = st.builds(Reach, st.sampled_from(Mode), st.sampled_from([0, 500, 900]))
    return Person(
        wishes=draw(st.sampled_from(WORDS)),
        needs=draw(st.dictionaries(st.sampled_from(LAYERS), st.floats(0, 1))),
        interests=draw(_some(SLUGS)),
        position=draw(st.sampled_from(PLACES)),
        reach=draw(st.none() | reaches),
        area=draw(st.none() | st.just("2711")),
        steps_ok=draw(st.booleans()),
        wheelchair=draw(st.booleans()),
        hearing=draw(st.booleans()),
        languages=draw(_some(LANGUAGES)),
        free=draw(_some(HALF_DAYS)),
        budget=draw(st.sampled_from([None, 0, 500])),
        wants_company_first_time=draw(st.booleans()),
        age=draw(st.sampled_from([None, 50, 60, 75, 90])),
        groups=own,
        own_group_only=bool(own) and draw(st.booleans()),
    )
