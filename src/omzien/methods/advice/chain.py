"""The chain of layers: where the chosen offers lead, and what brings somebody a step nearer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from omzien.methods.advice.catalogue import Catalogue

# A step names at most so many offers.
SEE_ALSO = 3


@dataclass(frozen=True, slots=True)
class Step:
    """The chosen offers work on `layer`; for `nearer`, see these offers (none: nothing fits)."""

    layer: str
    nearer: str
    offers: tuple[str, ...]


def chain(
    chosen: Sequence[int], best_first: Sequence[int], catalogue: Catalogue
) -> tuple[Step, ...]:
    """Say for each layer that is worked on which nearer one is not, and what would.

    Parameters
    ----------
    chosen : sequence of int
        The rows of the advice.
    best_first : sequence of int
        The rows of all that passes the filters.
    catalogue : Catalogue
        Knows the order of the layers, from near to far.

    Returns
    -------
    tuple of Step
        From far to near; at most three offers each, of different organisations.

    Notes
    -----
    A meeting place (layer 3) gives a chance of contact (2), and contact a chance of content (1),
    but neither is sure: the far layers work through the near ones (Hawkley et al., J Gerontol B
    63, 2008). With order (1, 2, 3) and chosen offers on 3 alone there is one step, from 3 to 2;
    chosen offers on 3 and 2 give one step, from 2 to 1.
    """
    covered = {layer for row in chosen for layer in catalogue.offers[row].layers}
    steps = [
        Step(layer, nearer, _working_on(nearer, best_first, catalogue))
        for nearer, layer in pairwise(catalogue.layer_order)
        if layer in covered and nearer not in covered
    ]
    return tuple(reversed(steps))


def _working_on(layer: str, best_first: Sequence[int], catalogue: Catalogue) -> tuple[str, ...]:
    works = catalogue.layers.any_of([layer])
    best: dict[str, str] = {}
    for row in best_first:
        if works[row]:
            best.setdefault(catalogue.offers[row].organisation, catalogue.offers[row].id)
        if len(best) == SEE_ALSO:
            break
    return tuple(best.values())
