"""Advice beside two simpler rules, over an invented town: speed, spread, and who gets too little.

All rules choose from what passes the same filters, for the same people in the same order. Offers
that were shown are counted again after every hundred people, as a night does.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from omzien.methods.advice.advise import MOST, advise
from omzien.methods.advice.catalogue import Catalogue
from omzien.methods.advice.exposure import coverage, gini
from omzien.methods.advice.filters import sieve
from omzien.methods.advice.report import report
from omzien.methods.advice.score import scores
from omzien.methods.advice.spread import ENOUGH
from omzien.methods.advice.weights import Weights
from tests.methods.advice.rules import violations
from tests.methods.advice.town import LAYERS, Town

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from omzien.methods.advice.person import Person
    from omzien.methods.advice.report import Served

    Rule = Callable[[Person, Catalogue, "Seen"], Sequence[int]]

OFFERS, MARKS, NIGHT, BLOCK = 2_000, (5_000, 10_000), 100, 250
WEIGHTS = Weights(version="bench")
WITHOUT_EXPOSURE = Weights(version="bench, every offer as if never shown", exposure=0)
# 1 ms where the calibration loop takes 57 ms of processor time, as it does where this was set.
MOST_OF_CALIBRATION = 0.0175
LEAST_COVERAGE = 0.85


@dataclass(frozen=True)
class Seen:
    """What the simpler rules look at for one person."""

    rows: NDArray[np.intp]
    way: NDArray[np.float64]
    fit: NDArray[np.float64]

    @classmethod
    def by(cls, person: Person, catalogue: Catalogue) -> Seen:
        nowhere = np.full(len(catalogue), np.nan)
        way = catalogue.way_from(person.position) if person.position else nowhere
        rows = np.flatnonzero(sieve(person, catalogue, way).passing)
        return cls(rows, way, scores(person, catalogue, way, weights=WITHOUT_EXPOSURE).fit)


@dataclass
class Tally:
    """What one rule did for everybody so far."""

    shown: Counter[int] = field(default_factory=Counter)
    sizes: list[int] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    fit: float = 0.0
    violations: int = 0

    def add(self, person: Person, chosen: Sequence[int], seen: Seen, catalogue: Catalogue) -> None:
        offers = [catalogue.offers[row] for row in chosen]
        self.shown.update(chosen)
        self.sizes.append(len(chosen))
        self.owners.append(len({offer.organisation for offer in offers}))
        self.fit += float(seen.fit[list(chosen)].sum())
        self.violations += sum(bool(violations(person, offer)) for offer in offers)

    def row(self, name: str, offers: int) -> dict[str, object]:
        shown = [self.shown[number] for number in range(offers)]
        people = len(self.sizes)
        return {
            "name": name,
            "people": people,
            "violations": self.violations,
            "coverage": round(coverage(shown), 4),
            "gini": round(gini(shown), 3),
            "without": round(sum(size == 0 for size in self.sizes) / people, 4),
            "enough": round(sum(size >= ENOUGH for size in self.sizes) / people, 4),
            "mean_offers": round(statistics.mean(self.sizes), 3),
            "mean_organisations": round(statistics.mean(self.owners), 3),
            "mean_fit": round(self.fit / max(sum(self.sizes), 1), 4),
        }


def nearest_first(_person: Person, _catalogue: Catalogue, seen: Seen) -> Sequence[int]:
    """Choose the nearest; what has no way to it comes last."""
    return [int(row) for row in seen.rows[np.argsort(seen.way[seen.rows], kind="stable")][:MOST]]


def best_fit(_person: Person, _catalogue: Catalogue, seen: Seen) -> Sequence[int]:
    """Choose what fits best, however alike and of whatever organisation."""
    return [int(row) for row in seen.rows[np.argsort(-seen.fit[seen.rows], kind="stable")][:MOST]]


def advised(weights: Weights) -> Rule:
    def choose(person: Person, catalogue: Catalogue, _seen: Seen) -> Sequence[int]:
        advice = advise(person, catalogue, weights=weights)
        return [row_of(suggestion.offer) for suggestion in advice.suggestions]

    return choose


def row_of(identity: str) -> int:
    """Read the row out of the id: the invented ids number the offers in their order."""
    return int(identity.removeprefix("offer-"))


def measure(calibration: Callable[[], float]) -> dict[str, object]:
    """Measure everything; `within` says whether the bounds were kept."""
    town = Town(seed=1)
    offers, people = town.offers(OFFERS), town.people(max(MARKS))
    began = time.perf_counter()
    catalogue = Catalogue.of(offers, layers=LAYERS)
    catalogue.words.likeness("koffie")
    preparing = (time.perf_counter() - began) * 1000
    speed = timed(people, catalogue, calibration)
    rules: dict[str, Rule] = {
        "nearest first": nearest_first,
        "best fit, no spread": best_fit,
        "advice, exposure 0": advised(WITHOUT_EXPOSURE),
        f"advice, exposure {WEIGHTS.exposure:g}": advised(WEIGHTS),
    }
    rows = [row for name, rule in rules.items() for row in compared(name, rule, people, catalogue)]
    ours = [row for row in rows if row["name"] == list(rules)[-1]]
    return {
        "offers": OFFERS,
        "preparing_ms": round(preparing, 1),
        **speed,
        "coverage_bound": LEAST_COVERAGE,
        "could_be_shown": round(could_be_shown(people, catalogue), 4),
        "rules": rows,
        "groups": groups(people, catalogue),
        "within": bool(speed["within"])
        and all(row["violations"] == 0 for row in rows)
        and all(float(str(row["coverage"])) >= LEAST_COVERAGE for row in ours),
    }


def timed(
    people: Sequence[Person], catalogue: Catalogue, calibration: Callable[[], float]
) -> dict[str, object]:
    """Time advice in blocks, each beside a calibration loop.

    The ratio is one of processor time, so that it stays the same on a busy machine; both run on
    one thread. Milliseconds on the clock stand beside it.
    """
    loops, blocks, clock = [], [], []
    for start in range(0, len(people), BLOCK):
        block = people[start : start + BLOCK]
        loops.append(processor_ms(calibration))
        began = time.perf_counter()
        blocks.append(processor_ms(partial(advise_all, block, catalogue)) / BLOCK)
        clock.append((time.perf_counter() - began) * 1000 / BLOCK)
    share = statistics.median(block / loop for block, loop in zip(blocks, loops, strict=True))
    return {
        "ms": round(statistics.median(clock), 3),
        "processor_ms": round(statistics.median(blocks), 3),
        "processor_ms_target": 1,
        "calibration_processor_ms": round(statistics.median(loops), 1),
        "of_calibration": round(share, 5),
        "of_calibration_bound": MOST_OF_CALIBRATION,
        "within": share <= MOST_OF_CALIBRATION,
    }


def processor_ms(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return (time.thread_time() - began) * 1000


def advise_all(people: Sequence[Person], catalogue: Catalogue) -> None:
    for person in people:
        advise(person, catalogue, weights=WEIGHTS)


def compared(
    name: str, rule: Rule, people: Sequence[Person], catalogue: Catalogue
) -> Iterator[dict[str, object]]:
    """Let one rule choose for everybody, and yield a row at each mark."""
    tally = Tally()
    for number, person in enumerate(people, start=1):
        seen = Seen.by(person, catalogue)
        tally.add(person, rule(person, catalogue, seen), seen, catalogue)
        if number % NIGHT == 0:
            shown = {catalogue.offers[row].id: times for row, times in tally.shown.items()}
            catalogue = catalogue.with_exposure(shown)
        if number in MARKS:
            yield tally.row(name, len(catalogue))


def could_be_shown(people: Sequence[Person], catalogue: Catalogue) -> float:
    """Return the share of offers that pass the filters for anybody: no rule can cover more."""
    passing = np.zeros(len(catalogue), dtype=bool)
    for person in people:
        passing[Seen.by(person, catalogue).rows] = True
    return float(passing.mean())


def groups(people: Sequence[Person], catalogue: Catalogue) -> dict[str, object]:
    """Return the shares without advice by language, mobility and area."""
    outcome = report(people, catalogue, WEIGHTS, recount=NIGHT)
    return {
        "everybody": rounded(outcome.everybody),
        "language": {name: rounded(each) for name, each in outcome.by_language.items()},
        "mobility": {name: rounded(each) for name, each in outcome.by_mobility.items()},
        "area": {name: rounded(each) for name, each in outcome.by_area.items()},
    }


def rounded(each: Served) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(each).items()}


def table(result: dict[str, object]) -> Iterator[str]:
    """Yield the lines that a person reads."""
    yield (
        f"advice: {result['processor_ms']} ms of the processor, {result['of_calibration']} of the "
        f"calibration loop (bound {result['of_calibration_bound']}); at most "
        f"{result['could_be_shown']:.2%} of the offers can be shown to anybody"
    )
    heads = ("people", "wrong", "cover", "gini", "none", "3+", "fit")
    yield f"{'rule':24}" + "".join(f"{head:>8}" for head in heads)
    rows = result["rules"]
    assert isinstance(rows, list)
    for row in rows:
        yield (
            f"{row['name']:24}{row['people']:>8}{row['violations']:>8}{row['coverage']:>8.3f}"
            f"{row['gini']:>8.3f}{row['without']:>8.4f}{row['enough']:>8.4f}{row['mean_fit']:>8.3f}"
        )
    if not result["within"]:
        yield "  ← misses a bound"
