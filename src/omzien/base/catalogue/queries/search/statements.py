"""The one statement that finds which offers to show, in which order, and how many there are.

Three orders: by how well the words fit, by how near it is, and by how soon it takes place. In each
of them a record that nobody checked in time comes later.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from omzien.base.catalogue.queries.search.sql import Sql, joined

if TYPE_CHECKING:
    from omzien.base.catalogue.queries.search.fitting import Search

# Of what fits less than this share of what fits best, nobody has any use.
CUT_OFF = 0.3
# A record that was not checked in time counts for so much less; so does what is not for everybody.
STALE_COUNTS, FOR_SOME_COUNTS = 0.5, 0.95
# So many metres away, an offer counts half.
HALFWAY = 4_000.0
# Which occurrences, and how many of them: decides between offers that fit equally well.
FINE = 0.05
# Beyond this, counting takes longer than anybody cares to know.
MOST_COUNTED = 1_000
# So many offers are weighed: all that hold a word in a town, and of more what is likely best.
MOST_WEIGHED = 300
# Where no offer has more right to come first than another.
ANY_ORDER = Sql("text.offer_id")


@dataclass(frozen=True, slots=True)
class Branch:
    """Offers of one kind in their own order: from where, and by what."""

    rows: Sql
    order: Sql


class Row(NamedTuple):
    """An offer that was found, how far it is, how many there are, and whether there are more."""

    number: int
    metres: float | None
    total: int
    more: bool


def statement_for(search: Search, *, limit: int, offset: int) -> Sql:
    """Return the statement for a search: a `Row` for each offer on the page."""
    if search.groups:
        return by_words(search, limit=limit, offset=offset)
    near = search.place and not search.wish.in_span
    branches = by_distance(search) if near else by_moment(search)
    return in_branches(search, branches, limit=limit, offset=offset)


def by_words(search: Search, *, limit: int, offset: int) -> Sql:
    """Order by how well the words fit; nearer counts more, stale less."""
    scored = joined(
        (
            Sql("SELECT text.offer_id,") + search.fits,
            Sql("+ %s * ts_rank(text.words, %s::tsquery) AS fits,", (FINE, search.question)),
            search.metres + Sql("AS metres,"),
            search.stale + Sql("AS stale,"),
            search.for_some + Sql("AS for_some FROM catalogue_offertext AS text"),
            Sql("WHERE text.offer_id IN (SELECT offer_id FROM weighed)"),
        )
    )
    return (
        weighed(search).within("WITH weighed AS (", ")")
        + scored.within(", scored AS (", ")")
        + Sql(
            ", best AS (SELECT *, max(fits) OVER () AS best FROM scored)"
            " SELECT offer_id, metres, count(*) OVER (),"
            " (SELECT count(*) = %s FROM weighed)"
            " FROM best WHERE fits >= best * %s"
            " ORDER BY fits * CASE WHEN stale THEN %s ELSE 1 END"
            " * CASE WHEN for_some THEN %s ELSE 1 END / (1 + coalesce(metres, 0) / %s) DESC,"
            " offer_id LIMIT %s OFFSET %s",
            (MOST_WEIGHED, CUT_OFF, STALE_COUNTS, FOR_SOME_COUNTS, HALFWAY, limit, offset),
        )
    )


def weighed(search: Search) -> Sql:
    """Return which offers to weigh: one tier after the other until there are enough."""
    enough = Sql("LIMIT %s", (MOST_WEIGHED,))
    rows = Sql("SELECT text.offer_id FROM catalogue_offertext AS text WHERE")
    parts = [
        joined((rows, tier, Sql("AND"), search.all_conditions, Sql("AND"), reach.condition))
        + (Sql("ORDER BY") + reach.order if reach.order else Sql(""))
        + enough
        for tier, reach in product(search.tiers, search.reaches)
    ]
    return joined((part.within("(", ")") for part in parts), " UNION ALL ") + enough


def by_distance(search: Search) -> list[Branch]:
    """Return fresh and then stale offers, each along the index of points."""
    rows = Sql("FROM catalogue_offertext AS text WHERE") + search.conditions + Sql("AND")
    return [
        Branch(joined((rows, age, Sql("AND"), reach.condition)), reach.order or ANY_ORDER)
        for age, reach in product((Sql("NOT") + search.stale, search.stale), search.reaches)
    ]


def by_moment(search: Search) -> list[Branch]:
    """Return three branches: fresh and stale along the index of moments, then without a moment."""
    rows = first_meetings(search) + Sql("AND")
    moment = Sql("meeting.starts_at, meeting.offer_id")
    found = [Branch(rows + Sql("NOT") + search.stale, moment), Branch(rows + search.stale, moment)]
    if search.wish.in_span:
        return found
    rest = Sql("FROM catalogue_offertext AS text WHERE") + search.conditions
    return [*found, Branch(rest + Sql("AND NOT") + search.meets, ANY_ORDER)]


def first_meetings(search: Search) -> Sql:
    """Return every offer once, with its first meeting: there is none before it that counts."""
    return joined(
        (
            Sql(
                "FROM catalogue_meeting AS meeting"
                " JOIN catalogue_offertext AS text ON text.offer_id = meeting.offer_id WHERE"
            ),
            search.span("meeting"),
            Sql(
                "AND NOT EXISTS (SELECT FROM catalogue_meeting AS earlier"
                " WHERE earlier.offer_id = meeting.offer_id"
                " AND earlier.starts_at < meeting.starts_at AND"
            ),
            search.span("earlier").within("", ")"),
            joined((Sql("AND"), search.conditions, Sql("AND"), search.in_reach)),
        )
    )


def everything(search: Search) -> Sql:
    """Return an empty row for every offer that fits, to be counted."""
    if search.wish.in_span:
        # Along the index of moments it can stop as soon as there are enough.
        return Sql("SELECT") + first_meetings(search)
    rows = Sql("SELECT FROM catalogue_offertext AS text WHERE") + search.conditions + Sql("AND")
    return joined((rows + reach.condition for reach in search.reaches), " UNION ALL ")


def in_branches(search: Search, branches: list[Branch], *, limit: int, offset: int) -> Sql:
    """Return the rows of one branch after the other, with how many there are in all."""
    parts = [
        one_branch(search, number, branch, enough=limit + offset).within(
            f"branch_{number} AS (",
            f"), count_{number} AS (SELECT count(*) FROM branch_{number})",  # noqa: S608 - a number
        )
        for number, branch in enumerate(branches)
    ]
    total = everything(search) + Sql("LIMIT %s", (MOST_COUNTED + 1,))
    found = joined((Sql(f"TABLE branch_{number}") for number in range(len(parts))), " UNION ALL ")
    return joined(
        (
            Sql("WITH") + joined(parts, ", "),
            Sql("SELECT offer_id, metres, total, total > %s", (MOST_COUNTED,)),
            found.within("FROM (", ") AS found,"),
            total.within("(SELECT count(*) AS total FROM (", ") AS counted) AS total"),
            Sql("ORDER BY branch, place LIMIT %s OFFSET %s", (limit, offset)),
        )
    )


def one_branch(search: Search, number: int, branch: Branch, *, enough: int) -> Sql:
    """Return the first rows of a branch; none where those before it hold enough."""
    before = joined((Sql(f"(TABLE count_{one})") for one in range(number)), " + ")
    needed = Sql("AND") + before + Sql("< %s", (enough,)) if number else Sql("")
    return joined(
        (
            Sql(f"SELECT {number} AS branch, row_number() OVER (ORDER BY"),
            branch.order + Sql(") AS place, text.offer_id,"),
            search.metres + Sql("AS metres") + branch.rows + needed,
            Sql("ORDER BY") + branch.order + Sql("LIMIT %s", (enough,)),
        )
    )


def run(statement: Sql) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return [Row(*values) for values in cursor.fetchall()]
