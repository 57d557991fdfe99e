"""The offers that advice chooses from, prepared once and asked often."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from omzien.methods.advice.facts import Facts, Tags
from omzien.methods.advice.words import WordIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from omzien.methods.advice.facts import Numbers
    from omzien.methods.advice.offer import Offer
    from omzien.methods.advice.week import HalfDay

# Metres along the road for each metre as the crow flies: an assumption.
DETOUR = 1.3


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Catalogue:
    """All offers that advice chooses from. Make it with `Catalogue.of`.

    Attributes
    ----------
    offers : tuple of Offer
        In the order of id; every array follows it.
    layer_order : tuple of slugs
        The layers from near (how relations are felt) to far (where and how people live).
    exposure : array of float, shape (n,)
        How often each was shown lately.
    usual_exposure : float
        How often is usual, see `score.exposure_share`.
    unit : array of float, shape (n, tags)
        The layers and interests of each offer, with length 1.
    """

    offers: tuple[Offer, ...]
    layer_order: tuple[str, ...]
    exposure: Numbers
    usual_exposure: float
    facts: Facts
    languages: Tags[str]
    meets: Tags[HalfDay]
    audience: Tags[str]
    layers: Tags[str]
    interests: Tags[str]
    unit: Numbers
    words: WordIndex

    @classmethod
    def of(
        cls,
        offers: Iterable[Offer],
        *,
        layers: Sequence[str] = (),
        usual_exposure: float | None = None,
        rarity: Mapping[str, float] | None = None,
    ) -> Catalogue:
        """Prepare offers for advice.

        Parameters
        ----------
        offers : iterable of Offer
            In any order: the outcome does not depend on it.
        layers : sequence of slugs
            The layers from near to far, for the chain; without it there is no chain.
        usual_exposure : float, optional
            The mean of these offers unless told.
        rarity : mapping of run of letters to float, optional
            See `WordIndex`; worked out from these offers unless told.

        Raises
        ------
        ValueError
            Two offers have the same id, or a layer stands twice in the order.
        """
        ordered = tuple(sorted(offers, key=_id_of))
        if len({offer.id for offer in ordered}) != len(ordered):
            raise ValueError("two offers have the same id")
        if len(set(layers)) != len(layers):
            raise ValueError("a layer stands twice in the order")
        exposure = np.array([offer.exposure for offer in ordered], dtype=np.float64)
        return cls(
            offers=ordered,
            layer_order=tuple(layers),
            exposure=exposure,
            usual_exposure=_mean(exposure) if usual_exposure is None else usual_exposure,
            facts=Facts.of(ordered),
            languages=Tags([offer.spoken for offer in ordered]),
            meets=Tags([offer.meets for offer in ordered]),
            audience=Tags([offer.audience for offer in ordered]),
            layers=Tags([offer.layers for offer in ordered]),
            interests=Tags([offer.interests for offer in ordered]),
            unit=Tags([_tags_of(offer) for offer in ordered]).unit_vectors(),
            words=WordIndex([offer.words for offer in ordered], rarity),
        )

    def __len__(self) -> int:
        return len(self.offers)

    def with_exposure(self, shown: Mapping[str, int]) -> Catalogue:
        """Return the same offers with other exposures by id, 0 where missing; usual anew."""
        exposure = np.array([shown.get(offer.id, 0) for offer in self.offers], dtype=np.float64)
        return replace(self, exposure=exposure, usual_exposure=_mean(exposure))

    def around(self, position: tuple[float, float], metres: float) -> Catalogue:
        """Select what somebody at a place may ever be advised: a small catalogue to take along.

        Parameters
        ----------
        position : (x, y)
            RD New, metres.
        metres : float
            The farthest reach that will be asked, along the road.

        Returns
        -------
        Catalogue
            Offers within `metres`, those without a way to them, and those that fetch people.
            For anybody there with such a reach, its suggestions are those of the whole, as the
            usual exposure and the rarity of words come along. Only `filtered` counts less, and so
            may what a gap says would help.
        """
        near = self.way_from(position) <= metres
        kept = np.flatnonzero(near | self.facts.without_way | self.facts.fetches)
        return Catalogue.of(
            [replace(self.offers[i], exposure=int(self.exposure[i])) for i in kept],
            layers=self.layer_order,
            usual_exposure=self.usual_exposure,
            rarity=self.words.rarity,
        )

    def way_from(self, position: tuple[float, float]) -> Numbers:
        """Return the way to each offer in metres: Pythagoras times `DETOUR`; nan without one."""
        x, y = position
        east, north = self.facts.x - x, self.facts.y - y
        return np.asarray(np.sqrt(east * east + north * north) * DETOUR)


def _id_of(offer: Offer) -> str:
    return offer.id


def _tags_of(offer: Offer) -> set[tuple[str, str]]:
    layers = {("layer", slug) for slug in offer.layers}
    return layers | {("interest", slug) for slug in offer.interests}


def _mean(exposure: Numbers) -> float:
    return float(exposure.mean()) if exposure.size else 0.0
