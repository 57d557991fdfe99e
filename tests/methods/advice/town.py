"""An invented town: offers and people drawn from a seed, for the tests and the bench."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from omzien.methods.advice.offer import Offer
from omzien.methods.advice.person import Mode, Person, Reach
from omzien.methods.advice.week import HalfDay, Part

if TYPE_CHECKING:
    from collections.abc import Sequence

Choice = TypeVar("Choice")

LAYERS = ("feeling", "contact", "meeting", "strength", "home", "means")
# What is done, its interests, the layers it works on, and its words.
KINDS = (
    ("coffee", ("food", "talking"), ("meeting",), "koffieochtend met een praatje"),
    ("meal", ("food", "cooking"), ("meeting", "contact"), "samen eten aan lange tafels"),
    ("walk", ("moving", "outdoors"), ("meeting", "strength"), "wandelen in rustig tempo"),
    ("gym", ("moving", "health"), ("strength",), "bewegen op de stoel"),
    ("swim", ("moving", "water"), ("strength",), "zwemmen in warm water"),
    (
        "choir",
        ("music", "singing"),
        ("meeting", "feeling"),
        "zangkoor, bekende liedjes zingen",
    ),
    ("concert", ("music", "culture"), ("meeting",), "concert op zondag"),
    ("paint", ("creative", "culture"), ("meeting",), "schilderen voor beginners"),
    ("knit", ("creative", "talking"), ("meeting",), "handwerken en thee drinken"),
    ("cards", ("games",), ("meeting",), "kaarten en klaverjassen"),
    ("chess", ("games", "learning"), ("meeting",), "schaken en dammen"),
    ("billiards", ("games", "moving"), ("meeting",), "biljarten in de sociëteit"),
    ("garden", ("outdoors", "nature"), ("meeting", "home"), "samen tuinieren in de buurt"),
    ("birds", ("nature", "outdoors", "learning"), ("meeting",), "vogels kijken in het park"),
    ("books", ("reading", "talking"), ("meeting", "contact"), "leeskring over boeken"),
    ("language", ("learning", "talking"), ("strength", "contact"), "taalcafé, nederlands oefenen"),
    ("computer", ("learning", "digital"), ("strength",), "hulp met tablet en telefoon"),
    ("buddy", ("talking", "company"), ("contact",), "een maatje dat elke week op bezoek komt"),
    ("friends", ("learning", "company"), ("contact", "feeling"), "cursus over vriendschap"),
    ("mourning", ("talking", "meaning"), ("feeling", "contact"), "praten na een verlies"),
    ("meaning", ("meaning", "faith"), ("feeling",), "gesprek over wat er toe doet"),
    ("memories", ("history", "talking"), ("feeling", "meeting"), "herinneringen van vroeger"),
    ("neighbours", ("neighbours", "company"), ("home", "contact"), "straat waar buren omkijken"),
    ("repair", ("technique", "helping"), ("meeting",), "spullen herstellen in het repaircafé"),
    ("volunteer", ("helping", "company"), ("meeting", "strength"), "vrijwilliger worden"),
    ("forms", ("helping", "money"), ("means",), "hulp met brieven en formulieren"),
    ("trip", ("travel", "culture"), ("meeting",), "uitstapje met de bus"),
    ("film", ("culture", "history"), ("meeting",), "filmmiddag met koffie na"),
    ("dance", ("moving", "music"), ("meeting", "strength"), "dansen voor iedereen"),
    ("phone", ("talking",), ("contact",), "elke ochtend een telefoontje"),
)
INTERESTS = tuple(sorted({slug for kind in KINDS for slug in kind[1]}))
OTHER_LANGUAGES = ("tr", "ar", "pl", "en", "uk")
GROUPS = ("women", "men", "carers")
AREAS = 16
WEEK = tuple(HalfDay(day, part) for day in range(7) for part in Part)
MIDDLE = (93_000.0, 452_000.0)


class Town:
    """Draws offers and people from one generator, always the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.rng = np.random.default_rng(seed)
        self.centres = self.rng.uniform(-3_500, 3_500, (AREAS, 2)) + MIDDLE

    def offers(self, count: int) -> list[Offer]:
        """Invent offers, of organisations of which a few are large and most are small."""
        houses = max(count * 3 // 10, 1)
        size = 1 / (np.arange(houses) + 8.0)
        owners = self.rng.choice(houses, count, p=size / size.sum())
        return [self.offer(number, int(owner)) for number, owner in enumerate(owners)]

    def offer(self, number: int, owner: int) -> Offer:
        rng = self.rng
        _name, interests, layers, words = KINDS[int(rng.integers(len(KINDS)))]
        at_home = self.chance(0.12)
        extra = self.some(INTERESTS, 0, 2)
        min_age = int(rng.choice([55, 65])) if self.chance(0.25) else None
        return Offer(
            id=f"offer-{number:05d}",
            organisation=f"organisation-{owner:04d}",
            position=None if at_home else self.place(int(rng.integers(AREAS))),
            transport_offered=self.fact(0.15, unknown=0.3),
            step_free=self.fact(0.7, unknown=0.25),
            hearing_loop=self.fact(0.2, unknown=0.5),
            company_first_time=self.fact(0.25, unknown=0.3),
            languages=self.spoken(),
            meets=self.half_days(0, 3),
            price=None if self.chance(0.1) else int(rng.choice([0, 0, 0, 150, 300, 600, 1200])),
            min_age=min_age,
            max_age=int(rng.choice([70, 85])) if self.chance(0.05) else None,
            audience=self.some(GROUPS, 1, 2) if self.chance(0.08) else frozenset(),
            places_free=int(rng.integers(0, 12)) if self.chance(0.3) else None,
            layers=frozenset(layers) | (self.some(LAYERS, 1, 2) if self.chance(0.2) else set()),
            interests=frozenset(interests) | extra,
            words=words,
            fresh=self.chance(0.85),
        )

    def people(self, count: int) -> list[Person]:
        return [self.person() for _ in range(count)]

    def person(self) -> Person:
        rng = self.rng
        area = int(rng.integers(AREAS))
        groups = self.some(GROUPS, 1, 2) if self.chance(0.4) else frozenset()
        return Person(
            wishes=str(KINDS[int(rng.integers(len(KINDS)))][3]) if self.chance(0.4) else "",
            needs=self.needs() if self.chance(0.7) else {},
            interests=self.some(INTERESTS, 1, 4) if self.chance(0.8) else frozenset(),
            position=self.place(area) if self.chance(0.9) else None,
            reach=self.reach() if self.chance(0.9) else None,
            area=f"area-{area:02d}",
            steps_ok=self.chance(0.8),
            wheelchair=self.chance(0.05),
            hearing=self.chance(0.15),
            languages=self.mother_tongues(),
            free=self.half_days(2, 6) if self.chance(0.7) else frozenset(),
            budget=int(rng.choice([0, 250, 500, 1000])) if self.chance(0.6) else None,
            wants_company_first_time=self.chance(0.3),
            age=int(rng.integers(50, 97)) if self.chance(0.6) else None,
            groups=groups,
            own_group_only=bool(groups) and self.chance(0.05),
        )

    # --- Draws ----------------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        return bool(self.rng.random() < share)

    def fact(self, share: float, *, unknown: float) -> bool | None:
        return None if self.chance(unknown) else self.chance(share)

    def some(self, slugs: Sequence[str], least: int, most: int) -> frozenset[str]:
        count = int(self.rng.integers(least, most + 1))
        return frozenset(str(slug) for slug in self.rng.choice(slugs, count, replace=False))

    def half_days(self, least: int, most: int) -> frozenset[HalfDay]:
        count = int(self.rng.integers(least, most + 1))
        return frozenset(WEEK[int(i)] for i in self.rng.choice(len(WEEK), count, replace=False))

    def needs(self) -> dict[str, float]:
        return {
            slug: float(self.rng.choice([0.5, 1.0])) for slug in sorted(self.some(LAYERS, 1, 3))
        }

    def place(self, area: int) -> tuple[float, float]:
        x, y = self.centres[area] + self.rng.normal(0, 350, 2)
        return float(x), float(y)

    def spoken(self) -> frozenset[str]:
        if self.chance(0.88):
            return frozenset({"nl"}) if self.chance(0.5) else frozenset()
        other = frozenset({str(self.rng.choice(OTHER_LANGUAGES))})
        return other if self.chance(0.4) else other | {"nl"}

    def mother_tongues(self) -> frozenset[str]:
        if self.chance(0.2):
            return frozenset()
        other = frozenset({str(self.rng.choice(OTHER_LANGUAGES))})
        return self.one_of((frozenset({"nl"}), other | {"nl"}, other), (0.78, 0.14, 0.08))

    def reach(self) -> Reach:
        reaches = (
            Reach(Mode.WALKING, int(self.rng.integers(400, 1_300))),
            Reach(Mode.CYCLING, int(self.rng.integers(1_500, 4_500))),
            Reach(Mode.TRANSPORT, int(self.rng.integers(3_000, 10_000))),
            Reach(Mode.FETCHED, int(self.rng.integers(0, 500))),
        )
        return self.one_of(reaches, (0.35, 0.25, 0.25, 0.15))

    def one_of(self, choices: Sequence[Choice], shares: Sequence[float]) -> Choice:
        return choices[int(self.rng.choice(len(choices), p=shares))]
