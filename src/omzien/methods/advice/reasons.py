"""Why an offer was chosen, and what to ask first, as codes: the sentences are made above."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from omzien.methods.advice.offer import USUAL_LANGUAGE
from omzien.methods.advice.person import Mode
from omzien.methods.advice.week import HalfDay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from omzien.methods.advice.offer import Offer
    from omzien.methods.advice.person import Person


class Why(StrEnum):
    """Something that was asked and that the offer has; behind it what its value is."""

    LAYER = "layer"  # slug of the layer
    INTEREST = "interest"  # slug of the interest
    NEAR = "near"  # metres, within reach
    FETCHED = "fetched"  # too far alone, but fetches people
    AT_HOME = "at-home"  # no way to it
    WORDS = "words"  # likeness with own words
    FREE_TIME = "free-time"  # the first half-day that suits
    LANGUAGE = "language"  # code; Dutch is no reason
    NOT_ALONE = "not-alone"  # somebody goes along the first time
    OWN_GROUP = "own-group"  # slug of the group
    STEP_FREE = "step-free"
    HEARING_LOOP = "hearing-loop"
    FREE_OF_CHARGE = "free-of-charge"
    WITHIN_BUDGET = "within-budget"  # cents


class Ask(StrEnum):
    """Something to know or to ask before going."""

    PRICE = "price"
    STEPS = "steps"
    HEARING_LOOP = "hearing-loop"
    COMPANY = "company"
    LOWEST_AGE = "lowest-age"  # years; the person's age is not known
    HIGHEST_AGE = "highest-age"  # idem
    STILL_TRUE = "still-true"  # not assured lately


Value = str | int | HalfDay | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer that this offer meets: a code and its value."""

    why: Why
    value: Value = None


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to ask: a code and its value."""

    ask: Ask
    value: Value = None


def reasons_for(
    person: Person, offer: Offer, *, way: float, added: Mapping[Why, float]
) -> tuple[Reason, ...]:
    """Say which answers of this person the offer meets.

    Parameters
    ----------
    person, offer : Person, Offer
        Only what was asked can be a reason.
    way : float
        Metres to it, nan when not known.
    added : mapping of LAYER, INTEREST, NEAR and WORDS to float
        What each part added to the score: the largest comes first. Without WORDS, likeness is no
        reason.

    Returns
    -------
    tuple of Reason
        The parts of the score first, then the facts.
    """
    layers = sorted(offer.layers & person.wanted_layers)
    interests = sorted(offer.interests & person.interests)
    layers.sort(key=lambda layer: -person.needs[layer])
    parts = {
        Why.LAYER: [Reason(Why.LAYER, layer) for layer in layers],
        Why.INTEREST: [Reason(Why.INTEREST, slug) for slug in interests],
        Why.NEAR: _way_reasons(person, offer, way),
        Why.WORDS: [Reason(Why.WORDS)],
    }
    largest_first = sorted(added, key=lambda why: -added[why])
    scored = [reason for why in largest_first for reason in parts[why]]
    return (*scored, *_meeting_reasons(person, offer), *_comfort_reasons(person, offer))


def _way_reasons(person: Person, offer: Offer, way: float) -> list[Reason]:
    asked = person.position is not None or person.reach is not None
    if offer.position is None:
        return [Reason(Why.AT_HOME)] if asked else []
    if person.reach and person.reach.mode is Mode.FETCHED and not way <= person.reach.metres:
        return [Reason(Why.FETCHED)]
    return [Reason(Why.NEAR, round(way))] if person.position else []


def _meeting_reasons(person: Person, offer: Offer) -> Iterator[Reason]:
    suits = sorted(offer.meets & person.free)
    if suits:
        yield Reason(Why.FREE_TIME, suits[0])
    spoken = sorted((offer.spoken & person.languages) - {USUAL_LANGUAGE})
    if spoken:
        yield Reason(Why.LANGUAGE, spoken[0])
    own = sorted(offer.audience & person.groups)
    if own:
        yield Reason(Why.OWN_GROUP, own[0])
    if person.wants_company_first_time and offer.company_first_time:
        yield Reason(Why.NOT_ALONE)


def _comfort_reasons(person: Person, offer: Offer) -> Iterator[Reason]:
    if person.avoids_steps and offer.step_free:
        yield Reason(Why.STEP_FREE)
    if person.hearing and offer.hearing_loop:
        yield Reason(Why.HEARING_LOOP)
    if person.budget is not None and offer.price is not None:
        paid = Reason(Why.WITHIN_BUDGET, offer.price)
        yield paid if offer.price else Reason(Why.FREE_OF_CHARGE)


def cautions_for(person: Person, offer: Offer) -> tuple[Caution, ...]:
    """Say what this person should know or ask before going.

    Parameters
    ----------
    person, offer : Person, Offer
        Where the person asked for something that is not known of the offer.

    Returns
    -------
    tuple of Caution
        In the order of `Ask`.
    """
    place = offer.position is not None
    asked = {
        Ask.PRICE: person.budget is not None and offer.price is None,
        Ask.STEPS: person.avoids_steps and place and offer.step_free is None,
        Ask.HEARING_LOOP: person.hearing and place and not offer.hearing_loop,
        Ask.COMPANY: person.wants_company_first_time and not offer.company_first_time,
        Ask.LOWEST_AGE: person.age is None and offer.min_age is not None,
        Ask.HIGHEST_AGE: person.age is None and offer.max_age is not None,
        Ask.STILL_TRUE: not offer.fresh,
    }
    values = {Ask.LOWEST_AGE: offer.min_age, Ask.HIGHEST_AGE: offer.max_age}
    return tuple(Caution(ask, values.get(ask)) for ask, needed in asked.items() if needed)
