"""Rows of any importer held against what the catalogue can keep, each with what is wrong in words.

What is broken beyond repair is left out; an address or number that cannot be right is emptied and
told. So the batch that remains is taken in whole, and nothing is half written.
"""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Field
from django.utils.translation import gettext as _

from omzien.base.catalogue.importers.rows import OfferRow, SkippedRow
from omzien.base.catalogue.models import (
    Booking,
    Kind,
    Location,
    Offer,
    OpenTo,
    Recognition,
    ScheduleChange,
    Status,
)
from omzien.base.exchange.importers.texts import has_control
from omzien.base.exchange.queries.mending import (
    MENDABLE,
    left_out,
    mended_offer,
    mended_party,
    mended_place,
)
from omzien.base.network.models import Organisation
from omzien.methods.recurrence import Frequency, Rule

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from django.db.models import Model

    from omzien.base.catalogue.importers.rows import (
        Batch,
        ChangeRow,
        LineRow,
        LocationRow,
        OrganisationRow,
    )

    Row = OrganisationRow | LocationRow | OfferRow

R = TypeVar("R", "OrganisationRow", "LocationRow", "OfferRow")
CHOICES: Mapping[str, Container[str]] = {
    "kind": Kind.values,
    "status": Status.values,
    "open_to": OpenTo.values,
    "booking": Booking.values,
    "recognition": Recognition.values,
}
TABLES: Mapping[str, type[Model]] = {
    "OrganisationRow": Organisation,
    "LocationRow": Location,
    "OfferRow": Offer,
    "ChangeRow": ScheduleChange,
}
# So many reasons fit in a sentence.
FEW = 3
# A text without a length of its own in the database.
LONGEST = 20_000
SMALL, LARGE = 32_767, 2_147_483_647
NUMBERS = {
    "min_age": SMALL,
    "max_age": SMALL,
    "capacity": SMALL,
    "capacity_left": SMALL,
    "price_cents": LARGE,
}
DAYS, WEEKS = set(range(7)), set(range(-5, 6)) - {0}
MONTH_DAYS = set(range(-31, 32)) - {0}
FIRST_YEAR, LAST_YEAR = 1900, 2199
MOST_INTERVAL, MOST_MINUTES = 60, 7 * 24 * 60


def checked(batch: Batch) -> Batch:
    """Return what of a batch can be taken in, and for the rest a sentence for each row."""
    notes: list[SkippedRow] = []
    parties = [mended_party(row, notes) for row in sound(batch.organisations, notes)]
    places = [mended_place(row, notes) for row in sound(batch.locations, notes)]
    offers = [mended_offer(row, notes) for row in sound(batch.offers, notes)]
    names = {row.name for row in parties}
    refs = {row.ref or row.name for row in places}
    kept = [
        row if row.location in refs else replace(row, location="")
        for row in once(offers, notes)
        if row.organisation in names or left_out(row, notes, _("Its organisation was left out."))
    ]
    return replace(
        batch,
        organisations=tuple(parties),
        locations=tuple(places),
        offers=tuple(kept),
        skipped=(*batch.skipped, *notes),
    )


def sound(rows: Iterable[R], notes: list[SkippedRow]) -> Iterator[R]:
    """Yield the rows without a fault that cannot be mended."""
    for row in rows:
        fault = next(faults_of(row), "")
        if not fault or left_out(row, notes, fault):
            yield row


def once(rows: Iterable[OfferRow], notes: list[SkippedRow]) -> Iterator[OfferRow]:
    """Yield each offer once: of the same identifier the first counts."""
    keys: set[object] = set()
    numbers: set[str] = set()
    for row in rows:
        twice = row.key in keys or row.source_id in numbers
        if not twice or left_out(row, notes, _("It is there twice; the first one counts.")):
            yield row
        keys |= {row.key} - {None}
        numbers |= {row.source_id} - {""}


def left_alone(row: OfferRow) -> SkippedRow:
    """Return the sentence for a record that is not the source's to change."""
    return SkippedRow(row.name, _("It is kept here, or comes from elsewhere; it was left alone."))


def reasons(batch: Batch) -> str:
    """Say of the first rows of a batch why they cannot be used."""
    return "; ".join(f"{one.where}: {one.why}" for one in batch.skipped[:FEW])


# --- What cannot be mended ----------------------------------------------------------------------


def faults_of(row: Row) -> Iterator[str]:
    """Yield what is wrong with a row of any kind, the worst first."""
    if not row.name.strip():
        yield _("It has no name.")
    yield from faults_of_texts(row)
    if isinstance(row, OfferRow):
        yield from faults_of_offer(row)


@cache
def letters_of(table: str) -> Mapping[str, int]:
    """Return how many letters the columns for a row can hold."""
    columns = (column for column in TABLES[table]._meta.get_fields() if isinstance(column, Field))
    return {column.name: column.max_length for column in columns if column.max_length}


def faults_of_texts(row: Row | ChangeRow) -> Iterator[str]:
    longest = letters_of(type(row).__name__)
    for field in fields(row):
        text = getattr(row, field.name)
        if not isinstance(text, str) or field.name in MENDABLE:
            continue
        if has_control(text):
            yield _("There is a control character in it (%(field)s).") % {"field": field.name}
        if len(text) > longest.get(field.name, LONGEST):
            yield _("A text in it is too long (%(field)s).") % {"field": field.name}


def faults_of_offer(row: OfferRow) -> Iterator[str]:
    if not row.summary.strip():
        yield _("It has not one sentence about what it is.")
    for name, known in CHOICES.items():
        if getattr(row, name) not in known:
            yield _("%(field)s has a value that nobody knows.") % {"field": name}
    for name, most in NUMBERS.items():
        number = getattr(row, name)
        if number is not None and not 0 <= number <= most:
            yield _("A number in it cannot be right (%(field)s).") % {"field": name}
    yield from faults_of_facts(row)
    yield from faults_of_times(row)


def faults_of_facts(row: OfferRow) -> Iterator[str]:
    """Yield what does not go together."""
    if row.min_age is not None and row.max_age is not None and row.max_age < row.min_age:
        yield _("The highest age is lower than the lowest.")
    if row.capacity_left is not None and (
        row.capacity is None or row.capacity_left > row.capacity
    ):
        yield _("There are more places left than there are.")
    if row.recognition and row.recognised_until is None:
        yield _("It is recognised, but not until when.")
    if row.check_by and not row.assured_on:
        yield _("It says when to check again, but not when it was checked.")


def faults_of_times(row: OfferRow) -> Iterator[str]:
    for line in row.schedule:
        yield from faults_of_line(line)
    moments = [(change.day, change.starts_at) for change in row.changes if change.day]
    if len(set(moments)) < len(moments):
        yield _("One meeting is changed twice.")
    for change in row.changes:
        yield from faults_of_texts(change)
        yield from faults_of_change(change)


def faults_of_line(line: LineRow) -> Iterator[str]:
    """Yield what makes a line of a schedule impossible, in words."""
    try:
        rule = Rule(
            first_day=line.first_day,
            starts_at=line.starts_at,
            minutes=line.minutes,
            frequency=Frequency(line.frequency),
            interval=line.interval,
            weekdays=line.weekdays,
            weeks_of_month=line.weeks_of_month,
            month_days=line.month_days,
            until=line.until,
            count=line.count,
        )
    except ValueError:
        yield _("When it takes place cannot be.")
        return
    fits = (
        1 <= rule.interval <= MOST_INTERVAL
        and 1 <= rule.minutes <= MOST_MINUTES
        and (rule.count is None or 1 <= rule.count <= SMALL)
        and (rule.until is None or (rule.until >= rule.first_day and rule.count is None))
        and set(rule.weekdays) <= DAYS
        and set(rule.weeks_of_month) <= WEEKS
        and set(rule.month_days) <= MONTH_DAYS
        and FIRST_YEAR <= rule.first_day.year <= LAST_YEAR
    )
    if not fits:
        yield _("When it takes place cannot be.")


def faults_of_change(change: ChangeRow) -> Iterator[str]:
    moment = (change.new_day, change.new_starts_at, change.new_minutes)
    whole = moment.count(None) in {0, len(moment)}
    says = change.day is not None or change.new_day is not None
    lasts = change.new_minutes is None or 1 <= change.new_minutes <= MOST_MINUTES
    if not (whole and says and lasts and (change.day or change.starts_at is None)):
        yield _("A change of its schedule cannot be.")
