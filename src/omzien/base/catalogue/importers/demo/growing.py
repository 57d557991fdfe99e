"""More offers than anybody could write: those of the invented town again, in other places."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import cycle, islice
from random import Random
from typing import TYPE_CHECKING, Any

from omzien.base.catalogue.importers.demo.rows_of_town import (
    KIND,
    chance_of,
    checks_of,
    key_of,
    near,
)
from omzien.base.catalogue.importers.demo.written_times import first_of
from omzien.base.catalogue.importers.rows import Batch, LocationRow, OfferRow, OrganisationRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from omzien.base.catalogue.importers.demo.town import Spot, Town
    from omzien.base.catalogue.importers.rows import LineRow

# So many offers share a location, and so many of one sector an organisation.
PER_LOCATION, PER_ORGANISATION = 4, 5
# Takes in so many offers at a time, so that memory does not grow with the country.
AT_ONCE = 5_000
TEXTS = (
    *("name", "summary", "description", "for_whom", "alert", "booking_note", "price_note"),
    "transport_note",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A neighbourhood of a town in which offers are made up."""

    spot: Spot
    area: str
    town: str


def grow(
    town: Town,
    patterns: Sequence[OfferRow],
    *,
    places: Sequence[Place],
    how_many: int,
    monday: date,
    seed: int,
) -> Iterator[Batch]:
    """Yield batches of made-up offers, as many as asked, spread evenly over the places."""
    sectors = {row["name"]: row["sector"] for row in town.organisations}
    loose = [row for row in patterns if is_loose(row, town)]
    maker = Maker(town.growing, sectors, monday, seed)
    made = (
        maker.make(pattern, place)
        for pattern, place in islice(
            zip(shuffled_forever(loose, seed), cycle(places), strict=False), how_many
        )
    )
    while some := list(islice(made, AT_ONCE)):
        organisations = {each.organisation.name: each.organisation for each in some}
        locations = {each.location.ref: each.location for each in some if each.location}
        yield Batch(
            KIND,
            organisations=tuple(organisations.values()),
            locations=tuple(locations.values()),
            offers=tuple(each.offer for each in some),
        )


def shuffled_forever(rows: Sequence[OfferRow], seed: int) -> Iterator[OfferRow]:
    """Yield all rows by chance, and then again in another order."""
    chance = Random(seed)  # noqa: S311 - invented offers, no secrets
    while rows:
        yield from chance.sample(rows, len(rows))


def is_loose(row: OfferRow, town: Town) -> bool:
    """Say whether an offer could be anywhere: no name of a place or organisation in its texts."""
    said = " ".join(getattr(row, name) for name in TEXTS)
    return not row.source_url and not any(name in said for name in town.proper_names)


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up offer, with who makes it and where."""

    organisation: OrganisationRow
    location: LocationRow | None
    offer: OfferRow


class Maker:
    """Makes offers up, and remembers how many there are in a place and of a sector."""

    def __init__(
        self, written: dict[str, Any], sectors: dict[str, str], monday: date, seed: int
    ) -> None:
        self.written, self.sectors = written, sectors
        self.monday, self.seed = monday, seed
        self.seen: Counter[tuple[str, str]] = Counter()

    def make(self, pattern: OfferRow, place: Place) -> Made:
        sector = self.sectors[pattern.organisation]
        organisation = self.organisation(sector, place)
        location = self.location(place) if pattern.location else None
        number = self.number_of("offer", f"{place.spot.code} {pattern.name}")
        key = key_of("made up", place.spot.code, pattern.name, str(number))
        chance = chance_of(self.seed, key)
        where = location.name if location else place.area
        line = chance.choice(self.written["closing_lines"]).format(place=where, area=place.area)
        assured_on, check_by = checks_of({}, chance, self.monday)
        offer = replace(
            pattern,
            name=f"{pattern.name}, {where}",
            organisation=organisation.name,
            key=key,
            location=location.ref if location else "",
            description=f"{pattern.description} {line}".strip(),
            phone=organisation.phone,
            email=organisation.email,
            website=organisation.website,
            price_cents=other_price(pattern.price_cents, chance),
            assured_on=assured_on,
            check_by=check_by,
            area_codes=(place.spot.code,) if pattern.area_codes else (),
            schedule=other_times(pattern.schedule, chance),
            changes=(),
        )
        return Made(organisation, location, offer)

    def number_of(self, what: str, where: str) -> int:
        """Return how many of these there were before, and count one more."""
        self.seen[what, where] += 1
        return self.seen[what, where] - 1

    def organisation(self, sector: str, place: Place) -> OrganisationRow:
        number = self.number_of(sector, place.town) // PER_ORGANISATION
        stems = self.written["sectors"][sector]
        stem = stems[number % len(stems)]
        name = f"{stem} {self.word(f'{sector} {place.town}', number // len(stems))} ({place.town})"
        key = key_of("organisation", name)
        chance = chance_of(self.seed, key)
        domain = f"o{key.hex[:10]}.example"
        return OrganisationRow(
            name=name,
            sector=sector,
            description=f"Verzonnen organisatie in {place.town}.",
            email=f"info@{domain}",
            phone=f"079 000 {chance.randint(10, 99)} {chance.randint(10, 99)}",
            website=f"https://www.{domain}",
            key=key,
        )

    def location(self, place: Place) -> LocationRow:
        number = self.number_of("location", place.spot.code) // PER_LOCATION
        kinds = self.written["places"]
        kind = kinds[(number + int(place.spot.code[-2:], 36)) % len(kinds)]
        name = f"{kind} De {self.word(place.spot.code, number)}"
        key = key_of("location", name, place.spot.code)
        chance = chance_of(self.seed, key)
        x, y = near(place.spot, chance)
        street = f"{chance.choice(self.written['streets'])} {chance.randint(1, 180)}"
        return LocationRow(
            name=name,
            street=street,
            town=place.town,
            area_code=place.spot.code,
            x=x,
            y=y,
            step_free=chance.choice((True, True, True, False, None)),
            wheelchair_toilet=chance.choice((True, True, False, None)),
            hearing_loop=chance.choice((True, False, False, None)),
            key=key,
            ref=key.hex,
        )

    def word(self, where: str, number: int) -> str:
        """Return the word with this number in a place: each place begins with another one."""
        words = self.written["words"]
        begin = key_of("word", where).int
        word = words[(begin + number) % len(words)]
        again = number // len(words)
        return f"{word} {again + 1}" if again else str(word)


def other_price(cents: int | None, chance: Random) -> int | None:
    """Return about the same price: free stays free, unknown stays unknown."""
    return cents and max(50, cents + chance.choice((-50, 0, 0, 50, 100)))


def other_times(lines: tuple[LineRow, ...], chance: Random) -> tuple[LineRow, ...]:
    """Return the same schedule some days later in the week."""
    days = chance.randrange(7)
    return tuple(later(line, days) for line in lines)


def later(line: LineRow, days: int) -> LineRow:
    """Return a line so many days later; it still begins on a day of its own."""
    weekdays = tuple(sorted((day + days) % 7 for day in line.weekdays))
    first = line.first_day + timedelta(days=days)
    if weekdays:
        first = first_of(line.first_day, weekdays, line.weeks_of_month)
    until = line.until and max(line.until + timedelta(days=days), first)
    return replace(line, first_day=first, until=until, weekdays=weekdays)
