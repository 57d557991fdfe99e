"""Towns as chance makes them: organisations, locations and offers that could really be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from omzien.base.catalogue.importers.rows import (
    Batch,
    ChangeRow,
    LineRow,
    LocationRow,
    OfferRow,
    OrganisationRow,
)
from omzien.base.exchange.queries.checks import faults_of_line
from omzien.base.places.queries import fold
from tests.base.exchange.town import DISTRICT, LAKE, MEADOW

if TYPE_CHECKING:
    from collections.abc import Sequence

# Letters, accents, emoji, quotes, brackets, commas, new lines: all but control characters.
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"), include_characters="\n")
WORDS = (
    *(("theme", "kunst"), ("theme", "bewegen"), ("interest", "muziek"), ("interest", "wandelen")),
    *(("dimension", "meedoen"), ("life-moment", "partner-verloren")),
)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
CLOCK = st.times().map(lambda moment: moment.replace(microsecond=0))
COUNT = st.none() | st.integers(0, 32_767)


def texts(most: int, least: int = 0) -> st.SearchStrategy[str]:
    """Return texts without blanks around them: nobody can see those."""
    plain = st.text(LETTERS, max_size=min(most, 60)).map(str.strip)
    return plain.filter(lambda text: least <= len(text) <= most)


def lines_of_text(most: int, least: int = 0) -> st.SearchStrategy[str]:
    """Return texts of one line with single blanks, as names and notes are."""
    return (
        texts(most, least)
        .map(lambda text: " ".join(text.split()))
        .filter(lambda t: len(t) >= least)
    )


ADDRESSES = st.just("") | st.integers(1, 999).map(lambda n: f"https://site{n}.example/")
MAILS = st.just("") | st.integers(1, 999).map(lambda n: f"mail{n}@example.nl")
PHONES = st.just("") | st.integers(100_000_000, 999_999_999).map(str)


@st.composite
def any_lines(draw: st.DrawFn) -> LineRow:
    """Return a line as somebody could choose it on the page for schedules."""
    first = draw(DAYS)
    frequency = draw(st.sampled_from(["once", "daily", "weekly", "monthly", "yearly"]))
    by_week = frequency in {"weekly", "monthly"}
    weekdays = draw(st.sets(st.integers(0, 6), max_size=3)) if by_week else set()
    weeks = draw(st.sets(st.sampled_from([1, 2, 3, 4, -1]), max_size=2)) if weekdays else set()
    days = draw(st.sets(st.integers(1, 28), max_size=2)) if not weekdays else set()
    end = draw(st.sampled_from(["never", "until", "count"])) if frequency != "once" else "never"
    return LineRow(
        first_day=first,
        starts_at=draw(CLOCK),
        minutes=draw(st.integers(1, 7 * 24 * 60)),
        frequency=frequency,
        interval=draw(st.integers(1, 60)) if frequency != "once" else 1,
        weekdays=tuple(sorted(weekdays)),
        weeks_of_month=tuple(sorted(weeks, key=lambda n: (n < 0, n)))
        if frequency == "monthly"
        else (),
        month_days=tuple(sorted(days)) if frequency == "monthly" else (),
        until=first + timedelta(days=draw(st.integers(0, 2_000))) if end == "until" else None,
        count=draw(st.integers(1, 500)) if end == "count" else None,
    )


def takes_place(line: LineRow) -> bool:
    """Say whether there is a day on which a line is held: the page refuses others."""
    return not list(faults_of_line(line))


def schedule_lines() -> st.SearchStrategy[LineRow]:
    return any_lines().filter(takes_place)


@st.composite
def schedule_changes(draw: st.DrawFn) -> ChangeRow:
    day = draw(st.none() | DAYS)
    moves = day is None or draw(st.booleans())
    return ChangeRow(
        day=day,
        starts_at=draw(st.none() | CLOCK) if day else None,
        new_day=draw(DAYS) if moves else None,
        new_starts_at=draw(CLOCK) if moves else None,
        new_minutes=draw(st.integers(1, 600)) if moves else None,
        note=draw(lines_of_text(200)),
    )


def once_each(changes: Sequence[ChangeRow]) -> tuple[ChangeRow, ...]:
    found = {(change.day, change.starts_at): change for change in changes if change.day}
    return (*found.values(), *(change for change in changes if not change.day))


@st.composite
def organisations(draw: st.DrawFn) -> OrganisationRow:
    return OrganisationRow(
        name=draw(lines_of_text(160, 1)),
        sector=draw(st.sampled_from(["welfare", "culture", "other", "residents"])),
        description=draw(texts(60)),
        other_name=draw(lines_of_text(160)),
        email=draw(MAILS),
        phone=draw(PHONES),
        website=draw(ADDRESSES),
        kvk_number=draw(st.just("") | st.integers(10_000_000, 99_999_999).map(str)),
        key=draw(st.uuids(version=4)),
    )


@st.composite
def locations(draw: st.DrawFn) -> LocationRow:
    online = draw(st.booleans())
    known = not online and draw(st.booleans())
    yes_or_no = st.none() | st.booleans()
    key = draw(st.uuids(version=4))
    return LocationRow(
        name=draw(lines_of_text(160, 1)),
        kind="online" if online else "physical",
        street="" if online else draw(lines_of_text(120)),
        postcode=draw(st.sampled_from(["", "2717", "2717AA"])),
        town=draw(lines_of_text(80)),
        area_code=draw(st.sampled_from(["", MEADOW, LAKE])),
        x=draw(st.floats(85_000, 100_000)) if known else None,
        y=draw(st.floats(445_000, 460_000)) if known else None,
        website=draw(ADDRESSES),
        step_free=draw(yes_or_no),
        wheelchair_toilet=draw(yes_or_no),
        hearing_loop=draw(yes_or_no),
        directions=draw(texts(60)),
        key=key,
        ref=str(key),
    )


@st.composite
def offers(draw: st.DrawFn, party: OrganisationRow, place: LocationRow | None) -> OfferRow:
    least, most = sorted(draw(st.tuples(st.integers(0, 120), st.integers(0, 120))))
    capacity = draw(COUNT)
    recognised = draw(st.booleans())
    assured = draw(st.none() | DAYS)
    return OfferRow(
        name=draw(lines_of_text(160, 1)),
        organisation=party.name,
        summary=draw(lines_of_text(300, 1)),
        kind=draw(st.sampled_from(["provision", "activity", "meeting-activity", "help-line"])),
        key=draw(st.uuids(version=4)),
        source_url=draw(ADDRESSES),
        location=place.ref if place else "",
        description=draw(texts(60)),
        alert=draw(lines_of_text(300)),
        for_whom=draw(lines_of_text(300)),
        open_to=draw(st.sampled_from(["all", "women", "men"])),
        min_age=draw(st.sampled_from([None, least])),
        max_age=draw(st.sampled_from([None, most])),
        languages=tuple(draw(st.lists(st.sampled_from(["nl", "en", "tr", "pap"]), unique=True))),
        price_cents=draw(st.none() | st.integers(0, 100_000)),
        price_note=draw(lines_of_text(200)),
        booking=draw(st.sampled_from(["none", "ask", "required"])),
        booking_note=draw(lines_of_text(300)),
        capacity=capacity,
        capacity_left=draw(st.none() | st.integers(0, capacity)) if capacity is not None else None,
        email=draw(MAILS),
        phone=draw(PHONES),
        website=draw(ADDRESSES),
        at_home=draw(st.booleans()),
        by_phone=draw(st.booleans()),
        transport_offered=draw(st.booleans()),
        transport_note=draw(lines_of_text(200)),
        first_time_together=draw(st.booleans()),
        recognition="well-founded" if recognised else "",
        recognised_until=draw(DAYS) if recognised else None,
        assured_on=assured,
        check_by=draw(st.none() | DAYS) if assured else None,
        terms=tuple(draw(st.lists(st.sampled_from(WORDS), unique=True))),
        area_codes=tuple(
            draw(st.lists(st.sampled_from([MEADOW, LAKE, DISTRICT]), unique=True).map(sorted))
        ),
        schedule=tuple(draw(st.lists(schedule_lines(), max_size=3, unique=True))),
        changes=once_each(draw(st.lists(schedule_changes(), max_size=3))),
    )


@st.composite
def towns(draw: st.DrawFn) -> Batch:
    """Return a town of two organisations, two locations and one to three offers."""
    parties = draw(st.lists(organisations(), min_size=2, max_size=2, unique_by=folded))
    places = draw(st.lists(locations(), min_size=2, max_size=2, unique_by=folded))
    chosen = st.tuples(st.sampled_from(parties), st.sampled_from([*places, None]))
    pairs = draw(st.lists(chosen, min_size=1, max_size=3))
    rows = [draw(offers(party, place)) for party, place in pairs]
    return Batch("test", "", tuple(parties), tuple(places), tuple(rows))


def folded(row: OrganisationRow | LocationRow) -> str:
    return fold(row.name)
