"""Public pages beside the constant page: requests per second and p95, as ratios.

The constant page (`/health`) goes through the same server and the same middleware and does
nothing. It is measured anew before and after each page, so that a busy machine weighs on both.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.load import FRESH, Load, measure

if TYPE_CHECKING:
    from collections.abc import Iterator

CONSTANT = "/health"
ROUNDS = 3
NEIGHBOURHOOD = "/buurten/2024/BU06370100/meerzicht-west/"


@dataclass(frozen=True)
class Page:
    """A page, and the bounds of its ratios to the constant page."""

    name: str
    path: str
    least_requests: float | None
    most_p95: float


PAGES = (
    Page("home", "/", 0.8, 2),
    Page("map, cached", "/buurten/", 0.8, 2),
    Page("map, not cached", f"/buurten/?fresh={FRESH}", None, 20),
    Page("neighbourhood, cached", NEIGHBOURHOOD, 0.8, 2),
    Page("neighbourhood, not cached", f"{NEIGHBOURHOOD}?fresh={FRESH}", None, 20),
)


def compare(address: str, wanted: str = "") -> Iterator[dict[str, object]]:
    """Measure the pages with `wanted` in their name and yield a row with its ratios."""
    headers = {"Accept-Encoding": "br, gzip"}
    measure(f"{address}{CONSTANT}", seconds=2, headers=headers)
    for page in (page for page in PAGES if wanted in page.name):
        measure(f"{address}{page.path}", seconds=1, headers=headers)
        rounds = [
            (
                measure(f"{address}{CONSTANT}", headers=headers),
                measure(f"{address}{page.path}", headers=headers),
            )
            for _ in range(ROUNDS)
        ]
        yield row(page, rounds)


def row(page: Page, rounds: list[tuple[Load, Load]]) -> dict[str, object]:
    requests = statistics.median(loaded.per_second / still.per_second for still, loaded in rounds)
    p95 = statistics.median(loaded.p95_ms / still.p95_ms for still, loaded in rounds)
    fits = p95 <= page.most_p95 and (page.least_requests or 0) <= requests
    last_still, last = rounds[-1]
    return {
        "name": page.name,
        "requests_ratio": round(requests, 3),
        "requests_bound": page.least_requests,
        "p95_ratio": round(p95, 2),
        "p95_bound": page.most_p95,
        "within": fits,
        "per_second": round(last.per_second),
        "p95_ms": round(last.p95_ms, 2),
        "bytes": last.size,
        "failed": sum(loaded.failed for _still, loaded in rounds),
        "constant_per_second": round(last_still.per_second),
        "constant_p95_ms": round(last_still.p95_ms, 2),
    }
