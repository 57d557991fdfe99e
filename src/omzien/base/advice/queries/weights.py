"""The weights in use, and those before."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from omzien.base.advice.models import WeightSet
from omzien.methods.advice.weights import Weights

if TYPE_CHECKING:
    from django.db.models import QuerySet

PARTS = tuple(each.name for each in fields(Weights) if each.name != "version")
# What holds until somebody takes other weights into use: those of the method.
FIRST = Weights(version="0")


def weights_in_use() -> Weights:
    newest = all_weights().first()
    return FIRST if newest is None else weights_of(newest)


def weights_of(row: WeightSet) -> Weights:
    return Weights(version=str(row.number), **{part: getattr(row, part) for part in PARTS})


def all_weights() -> QuerySet[WeightSet]:
    """Return every version, the one in use first."""
    return WeightSet.objects.order_by("-number")
