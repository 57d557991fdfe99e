"""The score of each offer: how much of what was asked it meets, less what it loses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from omzien.methods.advice.catalogue import Catalogue
    from omzien.methods.advice.facts import Numbers
    from omzien.methods.advice.person import Person
    from omzien.methods.advice.weights import Weights
    from omzien.methods.advice.words import Similarity

# Where no reach is told, nearness halves with every so many metres.
USUAL_HALVING = 1000.0
# Offers that need no way are neither near nor far.
NEARNESS_WITHOUT_WAY = 0.5
# Beyond this, equal scores differ by rounding only.
DIGITS = 9


@dataclass(frozen=True, eq=False, slots=True)
class Scores:
    """The parts of the score (0..1) and the whole, each of shape (n,).

    `fit` is how much of what was asked is met; `total` is what is left of it after deductions.
    """

    need: Numbers
    interests: Numbers
    nearness: Numbers
    text: Numbers
    fit: Numbers
    total: Numbers


def scores(
    person: Person,
    catalogue: Catalogue,
    way: Numbers,
    *,
    weights: Weights,
    similarity: Similarity | None = None,
) -> Scores:
    """Score every offer for one person.

    Parameters
    ----------
    person : Person
        Parts that were not asked do not count.
    catalogue : Catalogue
        Of n offers.
    way : array of float, shape (n,)
        Metres to each offer.
    weights : Weights
        How much each part counts, and what is deducted.
    similarity : Similarity, optional
        Judges likeness of words instead of the catalogue's own index.

    Returns
    -------
    Scores
        fit = Σ wₜ·partₜ / Σ wₜ over the parts t that were asked, and total = fit less deductions:

        * need = (strongest need) · cosine(needs, layers);
        * interests = cosine(interests, interests of the offer);
        * nearness = 2^(-way / half the reach), see `nearness`;
        * text = likeness of words.

    Raises
    ------
    ValueError
        The similarity gives other than n numbers from 0 to 1.

    Notes
    -----
    Needs {contact: 1} and an offer on contact and meeting: need = 1/√2. Asked that alone, fit =
    0.4 · 0.7071 / 0.4 = 0.7071.
    """
    strongest = max(person.needs.values(), default=0.0)
    need = strongest * catalogue.layers.cosine(person.needs)
    interests = catalogue.interests.cosine(dict.fromkeys(person.interests, 1.0))
    near = nearness(person, catalogue, way)
    text = _text(person, catalogue, similarity)
    asked = (
        (weights.need if strongest > 0 else 0.0, need),
        (weights.interests if person.interests else 0.0, interests),
        (weights.nearness if person.position else 0.0, near),
        (weights.text if person.wishes.strip() else 0.0, text),
    )
    weighed = np.zeros(len(catalogue)) + sum(weight * part for weight, part in asked)
    fit = weighed / (sum(weight for weight, _part in asked) or 1.0)
    total = np.round(fit - _deducted(person, catalogue, weights), DIGITS)
    return Scores(need, interests, near, text, fit, total)


def nearness(person: Person, catalogue: Catalogue, way: Numbers) -> Numbers:
    """Return how near each offer is: 1 at the door, ½ at half the reach, ¼ at its end.

    Parameters
    ----------
    person : Person
        With reach 0 or none told, nearness halves with every 1000 m.
    catalogue : Catalogue
        Of n offers; one without a way to it counts ½.
    way : array of float, shape (n,)
        Metres to each offer.

    Returns
    -------
    array of float, shape (n,)
        0 to 1; 0 everywhere when the person's place is not known.
    """
    if person.position is None:
        return np.zeros(len(catalogue))
    halving = person.reach.metres / 2 if person.reach else 0.0
    near = np.exp2(-way / (halving or USUAL_HALVING))
    return np.where(catalogue.facts.without_way, NEARNESS_WITHOUT_WAY, near)


def exposure_share(catalogue: Catalogue) -> Numbers:
    """Return which share of the exposure weight each offer loses: e / (e + usual).

    Parameters
    ----------
    catalogue : Catalogue
        Of n offers, each shown e times, usually `usual_exposure` times.

    Returns
    -------
    array of float, shape (n,)
        0 for what was never shown, ½ for what was shown as often as usual, towards 1 beyond. So
        an offer never loses more than the weight, and scale does not matter.

    Notes
    -----
    Shown 0, 10 and 20 times, usual is 10: 0, ½ and ⅔. Showing an offer once more never raises
    it: e grows faster than the mean does.
    """
    seen = catalogue.exposure + catalogue.usual_exposure
    return np.divide(catalogue.exposure, seen, out=np.zeros(len(catalogue)), where=seen > 0)


def _deducted(person: Person, catalogue: Catalogue, weights: Weights) -> Numbers:
    facts = catalogue.facts
    lost = weights.exposure * exposure_share(catalogue) + weights.stale * ~facts.fresh
    if person.wants_company_first_time:
        lost = lost + weights.lacking * ~facts.company
    if person.hearing:
        lost = lost + weights.lacking * ~facts.hearing_loop
    return lost


def _text(person: Person, catalogue: Catalogue, similarity: Similarity | None) -> Numbers:
    if not person.wishes.strip():
        return np.zeros(len(catalogue))
    if similarity is None:
        return catalogue.words.likeness(person.wishes)
    given = np.asarray(similarity(person.wishes, catalogue.offers), dtype=np.float64)
    if given.shape != (len(catalogue),) or not np.all((given >= 0) & (given <= 1)):
        raise ValueError("a similarity gives one number from 0 to 1 for each offer")
    return given
