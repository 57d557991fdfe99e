"""What is missing in town, without anything of the person who missed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.methods.advice.filters import Filter

if TYPE_CHECKING:
    from omzien.methods.advice.catalogue import Catalogue
    from omzien.methods.advice.facts import Flags
    from omzien.methods.advice.filters import Sieve
    from omzien.methods.advice.person import Person
    from omzien.methods.advice.week import HalfDay


@dataclass(frozen=True, slots=True)
class Gap:
    """What was looked for and not found. True when nothing suits.

    Attributes
    ----------
    nothing_suits : bool
        No offer passes the filters and answers any need or interest that was asked.
    layers, interests : tuple of slugs
        What: asked, and on no offer that passes; also when something else suits.
    where : str or None
        The neighbourhood, or four digits of a postcode.
    when : tuple of HalfDay
        The half-days that were asked for.
    because : Filter or None
        The one filter that, lifted, would give the most suitable offers.
    would_give : int
        How many that are.
    """

    nothing_suits: bool
    layers: tuple[str, ...]
    interests: tuple[str, ...]
    where: str | None
    when: tuple[HalfDay, ...]
    because: Filter | None
    would_give: int

    def __bool__(self) -> bool:
        return self.nothing_suits


def gap_for(person: Person, catalogue: Catalogue, sieve: Sieve) -> Gap:
    """Work out what is missing for this person.

    Parameters
    ----------
    person : Person
        Language, age, mobility, budget, groups and own words stay out of the gap.
    catalogue : Catalogue
        Of n offers.
    sieve : Sieve
        Which of them pass.

    Returns
    -------
    Gap
        Where neither needs nor interests were asked, every offer that passes suits.
    """
    suits = suitable(person, catalogue)
    gains = (sieve.alone & suits).sum(axis=1).tolist()
    would_give = dict(zip(sieve.filters, gains, strict=True))
    best = max((name for name in Filter if name in would_give), key=would_give.__getitem__)
    passing = sieve.passing
    return Gap(
        nothing_suits=not (suits & passing).any(),
        layers=_without(person.wanted_layers, catalogue.layers.rows, passing),
        interests=_without(person.interests, catalogue.interests.rows, passing),
        where=person.area,
        when=tuple(sorted(person.free)),
        because=best if would_give[best] else None,
        would_give=would_give[best],
    )


def suitable(person: Person, catalogue: Catalogue) -> Flags:
    """Tell which offers answer a need or an interest; all of them when neither was asked.

    Parameters
    ----------
    person : Person
        Own words do not count here: likeness is never quite absent.
    catalogue : Catalogue
        Of n offers.

    Returns
    -------
    array of bool, shape (n,)
    """
    found = catalogue.layers.any_of(person.wanted_layers)
    found |= catalogue.interests.any_of(person.interests)
    return found if person.wanted_layers or person.interests else ~found


def _without(asked: frozenset[str], rows: dict[str, Flags], passing: Flags) -> tuple[str, ...]:
    return tuple(
        slug for slug in sorted(asked) if slug not in rows or not (rows[slug] & passing).any()
    )
