"""`make bench`: measure, print a table, and keep it in bench/results.json.

`make bench NAME=map` measures only the pages with "map" in their name, `NAME=advice`
or `NAME=search` only that; other results stay.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from importlib import metadata
from pathlib import Path

from bench import advice, pages
from bench.calibration import calibration
from bench.search import measuring as searching
from bench.town import running_town

# What has a key of its own in the results: `measure(calibration)` makes it, `table` shows it.
OWN = {"advice": advice, "search": searching}
RESULTS = Path(__file__).parent / "results.json"


def machine() -> dict[str, object]:
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "django": metadata.version("django"),
        "granian": metadata.version("granian"),
        "calibration_ms": round(calibration(), 1),
    }


def main(wanted: str) -> int:
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    within = []
    for name in [name for name in OWN if wanted in ("", name)]:
        known[name] = OWN[name].measure(calibration)
        print(*OWN[name].table(known[name]), sep="\n", flush=True)
        within.append(known[name]["within"])
    if wanted not in OWN:
        rows = measured_pages(known.get("pages", []), wanted)
        known |= {"machine": machine(), "pages": rows}
        within += [row["within"] and not row["failed"] for row in rows]
    RESULTS.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    return 0 if all(within) else 1


def measured_pages(known: list[dict[str, object]], wanted: str) -> list[dict[str, object]]:
    """Measure the wanted pages, and keep what is known of the others."""
    rows = {str(row["name"]): row for row in known}
    print(f"{'page':28}{'requests':>10}{'bound':>7}{'p95':>8}{'bound':>7}{'bytes':>9}")
    with running_town() as address:
        for row in pages.compare(address, wanted):
            rows[str(row["name"])] = row
            print(table_line(row), flush=True)
    return list(rows.values())


def table_line(row: dict[str, object]) -> str:
    bound = row["requests_bound"] or ""
    verdict = "" if row["within"] else "  ← misses its bound"
    return (
        f"{row['name']:28}{row['requests_ratio']:>9}×{bound:>7}{row['p95_ratio']:>7}×"
        f"{row['p95_bound']:>7}{row['bytes']:>9}{verdict}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
