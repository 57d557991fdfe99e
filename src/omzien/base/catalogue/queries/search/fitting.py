"""What an offer must meet, and how well its words fit: the pieces of every search statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from omzien.base.catalogue.queries.search.groups import (
    FACT_COUNTS,
    SORT_COUNTS,
    all_marks,
    asked_anywhere,
)
from omzien.base.catalogue.queries.search.sql import Sql, joined
from omzien.base.catalogue.queries.search.wish import (
    DAYS,
    WITHOUT_GOING,
    next_day,
    parts_of,
    span_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from omzien.base.catalogue.queries.search.groups import Group
    from omzien.base.catalogue.queries.search.wish import Place, Wish

A_DAY = timedelta(days=1)
FOR_SOME = ("open:women", "open:men")


@dataclass(frozen=True, slots=True)
class Reach:
    """Where to look; and by what the nearest come first, where something is nearer than others."""

    condition: Sql
    order: Sql | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """A wish that was understood, at a moment."""

    wish: Wish
    groups: tuple[Group, ...]
    place: Place | None
    now: datetime

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    @property
    def stale(self) -> Sql:
        return Sql("coalesce(text.check_by < %s, false)", (self.today,))

    @property
    def metres(self) -> Sql:
        if self.place is None:
            return Sql("NULL::float")
        return Sql("point(text.x, text.y) <-> point(%s, %s)", (self.place.x, self.place.y))

    @property
    def reaches(self) -> list[Reach]:
        """Return where to look, in this order; of every offer at most one is true.

        What can be done without going lies nowhere, so that the index of points has no end to it:
        it has an index of its own.
        """
        if self.place is None:
            return [Reach(Sql("true"))]
        if self.wish.within is None:
            return [Reach(Sql("true"), self.metres)]
        return [
            Reach(
                Sql(
                    "point(text.x, text.y) <@ circle(point(%s, %s), %s)",
                    (self.place.x, self.place.y, self.wish.within),
                ),
                self.metres,
            ),
            Reach(Sql("text.x IS NULL AND text.marks && %s::text[]", (list(WITHOUT_GOING),))),
        ]

    @property
    def in_reach(self) -> Sql:
        return joined((one.condition for one in self.reaches), " OR ").within("(", ")")

    @property
    def conditions(self) -> Sql:
        """Return what every offer must meet that is shown, its meetings and its reach aside."""
        found = [Sql("(text.last_day IS NULL OR text.last_day >= %s)", (self.today,))]
        found += self.wanted_marks
        if self.wish.fresh_only:
            found.append(Sql("text.check_by >= %s", (self.today,)))
        if self.place:
            codes = ["everywhere", *(f"only:{code}" for code in self.place.codes)]
            found.append(Sql("text.marks && %s::text[]", (codes,)))
        return joined(found, " AND ")

    @property
    def wanted_marks(self) -> Iterator[Sql]:
        sets = [marks for marks in self.wish.marks if marks]
        if needed := [marks[0] for marks in sets if len(marks) == 1]:
            yield Sql("text.marks @> %s::text[]", (needed,))
        for some in sets:
            if len(some) > 1:
                yield Sql("text.marks && %s::text[]", (list(some),))

    def span(self, name: str) -> Sql:
        """Return when a meeting must begin: within the span, or from some moment on."""
        if not self.wish.in_span:
            return Sql(
                f"{name}.starts_at >= %s AND {name}.ends_at > %s", (self.first_moment, self.now)
            )
        begin, end = span_of(self.wish.when, self.now)
        found = Sql(
            f"{name}.starts_at >= %s AND {name}.starts_at < %s AND {name}.ends_at > %s",
            (begin, end, self.now),
        )
        if not self.wish.half:
            return found
        parts = (
            Sql(f"{name}.starts_at >= %s AND {name}.starts_at < %s", part)
            for part in parts_of(begin, end, self.wish.half)
        )
        return found + joined(parts, " OR ").within("AND (", ")")

    @property
    def first_moment(self) -> datetime:
        """Return from when on meetings count: the day that was asked for, or what goes on now."""
        if self.wish.when in DAYS:
            return next_day(self.wish.when, self.wish.half, self.now)
        return self.now - A_DAY

    @property
    def meets(self) -> Sql:
        """Return that an offer has a meeting ahead, or within the span."""
        return self.span("meeting").within(
            "EXISTS (SELECT FROM catalogue_meeting AS meeting"
            " WHERE meeting.offer_id = text.offer_id AND ",
            ")",
        )

    @property
    def all_conditions(self) -> Sql:
        return self.conditions + Sql("AND") + self.meets if self.wish.in_span else self.conditions

    @property
    def question(self) -> str:
        """Return all words that stand for what was typed."""
        return asked_anywhere(self.groups)

    @property
    def candidates(self) -> Sql:
        """Return that at least one of the words is there; or a mark, where all words have one."""
        found = [Sql("text.words @@ %s::tsquery", (self.question,))]
        if all(group.marks for group in self.groups):
            found.append(Sql("text.marks && %s::text[]", (list(all_marks(self.groups)),)))
        return joined(found, " OR ").within("(", ")")

    @property
    def tiers(self) -> list[Sql]:
        """Return ways to hold the words, likely best in front: of every offer just one is true."""
        heaviest = named(max(self.groups, key=lambda group: group.weight))
        if len(self.groups) == 1:
            return [heaviest, self.candidates + without(heaviest)]
        every = joined(map(held, self.groups), " AND ")
        some = joined(map(named, self.groups), " OR ").within("(", ")")
        return [
            some + Sql("AND") + every,
            every + without(some),
            heaviest + without(every),
            self.candidates + without(heaviest) + without(every),
        ]

    @property
    def fits(self) -> Sql:
        """Return how well the words fit, from 0 to 1: each word by how much it says."""
        whole = sum(group.weight for group in self.groups)
        return joined((share_of(group, group.weight / whole) for group in self.groups), " + ")

    @property
    def for_some(self) -> Sql:
        """Return that an offer is for women or men only, and nobody asked for that."""
        asked = {*all_marks(self.groups), f"open:{self.wish.open_to}"}
        unasked = [mark for mark in FOR_SOME if mark not in asked]
        return Sql("text.marks && %s::text[]", (unasked,))


def named(group: Group) -> Sql:
    """Return that a word or what stands for it is in the name of an offer."""
    return Sql("ts_filter(text.words, '{a}') @@ %s::tsquery", (group.anywhere,))


def held(group: Group) -> Sql:
    """Return that an offer holds a word or what stands for it, or is what it means."""
    found = [Sql("text.words @@ %s::tsquery", (group.anywhere,))]
    if group.marks:
        found.append(Sql("text.marks && %s::text[]", (list(group.marks),)))
    return joined(found, " OR ").within("(", ")")


def without(condition: Sql) -> Sql:
    return condition.within("AND NOT (", ")")


def share_of(group: Group, weight: float) -> Sql:
    """Return how much of one word's weight an offer gets: words and facts add up.

    As chances do: two signs of 0.8 and 0.5 together make 0.9.
    """
    steps = [(Sql("text.words @@ %s::tsquery", (asked,)), step) for step, asked in group.steps]
    found = [first_of(steps)]
    found += [
        first_of([(Sql("text.marks && %s::text[]", (marks,)), counts)])
        for marks, counts in ((group.facts, FACT_COUNTS), (group.sorts, SORT_COUNTS))
        if marks
    ]
    missing = joined((sign.within("(1 - ", ")") for sign in found), " * ")
    return Sql("%s * (1 -", (weight,)) + missing.within("", ")")


def first_of(signs: Sequence[tuple[Sql, float]]) -> Sql:
    """Return the number of the first sign that is there, else 0."""
    cases = (Sql("WHEN") + sign + Sql("THEN %s::float", (counts,)) for sign, counts in signs)
    return joined(cases).within("CASE ", " ELSE 0 END")
