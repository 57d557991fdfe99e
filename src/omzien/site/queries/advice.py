"""The page of advice: the offers with why, what to ask first, and what may follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from omzien.base.advice.queries.words import CHAIN, liked_names, question_words, reason_words
from omzien.base.catalogue.queries.coming import by_next_meeting
from omzien.base.catalogue.queries.offers import visible_offers
from omzien.site.queries.offer_cards import card_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from omzien.base.advice.queries.asking import Asking
    from omzien.base.catalogue.models import Offer
    from omzien.methods.advice.advise import Advice
    from omzien.methods.advice.chain import Step
    from omzien.site.queries.offer_cards import Card


@dataclass(frozen=True, slots=True)
class Advised:
    """One offer, with why it was chosen and what to ask before going."""

    card: Card
    reasons: tuple[str, ...]
    question: str


@dataclass(frozen=True, slots=True)
class Further:
    """What may come after: a sentence, and offers that are about that."""

    sentence: str
    offers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AdvicePage:
    """What fits, what only comes near, and what may follow."""

    suits: tuple[Advised, ...]
    others: tuple[Advised, ...]
    further: tuple[Further, ...]


def advice_page(advice: Advice, asking: Asking, *, now: datetime) -> AdvicePage:
    """Say an advice in words; the layers behind it stay behind it."""
    offers = advised_offers(advice, now=now)
    liked = liked_names()
    suits: list[Advised] = []
    others: list[Advised] = []
    today: date = localdate(now)
    for one in advice.suggestions:
        if one.offer in offers:
            advised = Advised(
                card_of(offers[one.offer], today=today),
                reason_words(one, asking, liked=liked),
                question_words(one.cautions),
            )
            (suits if one.suits else others).append(advised)
    further = [further_of(step, offers) for step in advice.chain if step.nearer in CHAIN]
    return AdvicePage(tuple(suits), tuple(others), tuple(one for one in further if one.offers))


def advised_offers(advice: Advice, *, now: datetime) -> dict[str, Offer]:
    slugs = {one.offer for one in advice.suggestions}
    slugs |= {slug for step in advice.chain for slug in step.offers}
    found = by_next_meeting(visible_offers().filter(slug__in=slugs), now=now)
    return {offer.slug: offer for offer in found}


def further_of(step: Step, offers: dict[str, Offer]) -> Further:
    named = tuple((slug, offers[slug].name) for slug in step.offers if slug in offers)
    return Further(str(CHAIN[step.nearer]), named)
