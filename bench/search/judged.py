"""The judged set: an invented catalogue, queries, and two graded judgements of each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from omzien.base.catalogue.importers.rows import (
    Batch,
    LineRow,
    LocationRow,
    OfferRow,
    OrganisationRow,
)

HERE = Path(__file__).parent
WEEKDAYS = {day: number for number, day in enumerate(("ma", "di", "wo", "do", "vr", "za", "zo"))}
# A Monday before all meetings of the catalogue.
FIRST_DAY = date(2026, 9, 7)
SOURCE = "judged set"
TUNING, HELD_OUT = "tuning", "held out"


@dataclass(frozen=True)
class Query:
    """What somebody typed, and the grades of both passes by offer; what is missing has 0."""

    words: str
    part: str
    resident: dict[str, int]
    professional: dict[str, int]

    @property
    def judged(self) -> set[str]:
        return self.resident.keys() | self.professional.keys()

    def grades(self, offer: str) -> tuple[int, int]:
        return self.resident.get(offer, 0), self.professional.get(offer, 0)

    def grade(self, offer: str) -> float:
        return sum(self.grades(offer)) / 2

    def is_useful(self, offer: str) -> bool:
        grades = self.grades(offer)
        return max(grades) >= 2 and min(grades) >= 1


def queries() -> list[Query]:
    return [Query(**row) for row in read("queries")["queries"]]


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return found


def batch() -> Batch:
    """Return the catalogue as what an importer hands over."""
    told = read("catalogue")
    names = {row["ref"]: row["name"] for row in told["organisations"]}
    return Batch(
        kind="judged",
        source_name=SOURCE,
        organisations=tuple(
            OrganisationRow(row["name"], sector=row["sector"]) for row in told["organisations"]
        ),
        locations=(
            *(location_row(row) for row in told["locations"]),
            LocationRow("Op het scherm", kind="online", ref="online"),
        ),
        offers=tuple(offer_row(row, names) for row in told["offers"]),
    )


def location_row(row: dict[str, Any]) -> LocationRow:
    values = {name: value for name, value in row.items() if name != "area"}
    return LocationRow(**values, town="Zoetermeer", area_code=row["area"])


def offer_row(row: dict[str, Any], names: dict[str, str]) -> OfferRow:
    looked_up = ("id", "organisation", "location", "online", "schedule", "terms", "languages")
    return OfferRow(
        **{name: value for name, value in row.items() if name not in looked_up},
        source_id=row["id"],
        organisation=names[row["organisation"]],
        location="online" if row.get("online") else row.get("location", ""),
        languages=tuple(row["languages"]),
        terms=tuple((taxonomy, slug) for taxonomy, slug in row["terms"]),
        schedule=(line_row(row["schedule"]),) if "schedule" in row else (),
    )


def line_row(text: str) -> LineRow:
    """Read a schedule: "di 10:00 120", "1e do 14:00 90", "1x 2026-12-09 19:30 120"."""
    *days, at, minutes = text.split()
    starts_at, lasts = time.fromisoformat(at), int(minutes)
    if days[0] == "1x":
        return LineRow(date.fromisoformat(days[1]), starts_at, lasts, frequency="once")
    weekdays = tuple(WEEKDAYS[day] for day in days[-1].split(","))
    if len(days) == 1:
        return LineRow(FIRST_DAY, starts_at, lasts, weekdays=weekdays)
    week = -1 if days[0] == "laatste" else int(days[0].removesuffix("e"))
    return LineRow(
        FIRST_DAY,
        starts_at,
        lasts,
        frequency="monthly",
        weekdays=weekdays,
        weeks_of_month=(week,),
    )
