"""Reading the invented town: organisations, locations and offers as they are written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

FACTS = files("omzien.base.catalogue") / "facts"
DEMO = FACTS / "demo"
TOWN = "Zoetermeer"
Written: TypeAlias = "Mapping[str, Any]"


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of a neighbourhood, in RD New, metres."""

    code: str
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Town:
    """The invented town as it is written: without dates and coordinates yet."""

    organisations: tuple[Written, ...]
    locations: tuple[Written, ...]
    offers: tuple[Written, ...]
    networks: tuple[Written, ...]
    rooms: tuple[Written, ...]
    closings: Written
    # From what more is made up: names and lines.
    growing: dict[str, Any]
    # To which list a word belongs; a short name stands in one list only.
    taxonomies: Mapping[str, str]

    @property
    def name(self) -> str:
        return TOWN

    @property
    def proper_names(self) -> tuple[str, ...]:
        """Names of organisations, locations, neighbourhoods and streets."""
        written = (*self.organisations, *self.locations)
        names = {row["name"] for row in written} | {TOWN}
        names |= {row["area"] for row in self.locations if "area" in row}
        names |= {row["street"].rsplit(" ", 1)[0] for row in self.locations if "street" in row}
        return tuple(sorted(names | {name.split("-")[0] for name in names if "-" in name}))


@cache
def read_town() -> Town:
    """Read everything that is written about the invented town."""
    offers = sorted((DEMO / "offers").iterdir(), key=lambda file: file.name)
    return Town(
        organisations=tuple(read("organisations")),
        locations=tuple(read("locations")),
        offers=tuple(row for file in offers for row in json.loads(file.read_text("utf-8"))),
        networks=tuple(read("networks")),
        rooms=tuple(read("rooms")),
        closings=read("closings"),
        growing=read("growing"),
        taxonomies={
            word["slug"]: taxonomy
            for taxonomy, words in json.loads((FACTS / "terms.json").read_text("utf-8")).items()
            for word in words
        },
    )


def read(name: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads((DEMO / f"{name}.json").read_text("utf-8"))
