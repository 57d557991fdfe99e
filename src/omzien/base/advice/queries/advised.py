"""Advised offers for a colleague: each with its reasons and what to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from omzien.base.advice.queries.words import liked_names, question_words, reason_words
from omzien.base.catalogue.queries.offers import visible_offers

if TYPE_CHECKING:
    from omzien.base.advice.queries.asking import Asking
    from omzien.base.catalogue.models import Offer
    from omzien.methods.advice.advise import Advice


@dataclass(frozen=True, slots=True)
class AdvisedRow:
    """One advised offer, in the order of the advice."""

    offer: Offer
    suits: bool
    reasons: tuple[str, ...]
    question: str


def advised_rows(advice: Advice, asking: Asking) -> list[AdvisedRow]:
    found = visible_offers().filter(slug__in=[one.offer for one in advice.suggestions])
    offers, liked = {offer.slug: offer for offer in found}, liked_names()
    return [
        AdvisedRow(
            offers[one.offer],
            one.suits,
            reason_words(one, asking, liked=liked),
            question_words(one.cautions),
        )
        for one in advice.suggestions
        if one.offer in offers
    ]
