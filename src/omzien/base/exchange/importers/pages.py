"""The events that a web page tells programs about (schema.org, as JSON-LD), as plain records."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from omzien.base.exchange.importers.errors import Empty, Refused, TooLarge, WrongLetters

Record = dict[str, Any]

LARGEST = 5_000_000
MOST_EVENTS, MOST_PARTS = 2_000, 200_000
# An offer of a part of an event, with its price, lies six deep.
DEEPEST = 12
DATA = "application/ld+json"
# Kinds of events whose name does not end in it.
EVENTS = {"EventSeries", "Festival", "CourseInstance", "Hackathon"}


class NoEvents(Refused):
    """There are no events in this page that programs can read: ask for a list or a calendar."""


@dataclass(frozen=True, slots=True)
class Found:
    """The events of a page in their order, and how many of its parts could not be read."""

    events: tuple[Record, ...]
    broken: int = 0


def events_in(data: bytes) -> Found:
    """Return the events of a page; what they are part of, and their own parts, are no others."""
    if len(data) > LARGEST:
        raise TooLarge
    if not data.strip():
        raise Empty
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongLetters(f"byte {error.start}") from error
    parts = Parts()
    parts.feed(text)
    parts.close()
    found: list[Record] = []
    broken = 0
    for part in parts.texts:
        try:
            found += events_of(json.loads(part))
        # Besides broken JSON: numbers and nesting without end.
        except (ValueError, RecursionError):
            broken += 1
    if not found:
        raise NoEvents
    if len(found) > MOST_EVENTS:
        raise TooLarge
    return Found(tuple(found), broken)


class Parts(HTMLParser):
    """Keeps the text of every part of a page that is data for programs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").partition(";")[0].strip().lower()
        self.inside = tag == "script" and kind == DATA
        if self.inside:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


def events_of(value: object) -> list[Record]:
    """Return the events within data of any shape, in their order."""
    found: list[Record] = []
    waiting = deque([value])
    looked = 0
    while waiting:
        one = waiting.popleft()
        looked += 1
        if looked > MOST_PARTS:
            raise TooLarge
        if isinstance(one, dict) and is_event(one):
            found.append(shallow(one))
        elif isinstance(one, dict):
            waiting.extendleft(reversed(list(one.values())))
        elif isinstance(one, list):
            waiting.extendleft(reversed(one))
    return found


def shallow(value: Any, depth: int = DEEPEST) -> Any:  # noqa: ANN401 - JSON of any shape
    """Return data without what lies deeper in it than anything that is read."""
    if isinstance(value, dict):
        return {name: shallow(each, depth - 1) for name, each in value.items()} if depth else {}
    if isinstance(value, list):
        return [shallow(each, depth - 1) for each in value] if depth else []
    return value


def is_event(record: Record) -> bool:
    kinds = record.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    plain = {str(name).rpartition("/")[2] for name in names if name}
    return bool(plain & EVENTS) or any(name.endswith("Event") for name in plain)
