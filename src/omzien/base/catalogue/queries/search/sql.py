"""Pieces of a statement that carry their own parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    Parameter = str | int | float | date | list[str] | None


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of a statement and its parameters, in order; pieces are added with a blank."""

    text: str
    params: tuple[Parameter, ...] = ()

    def __add__(self, other: Sql) -> Sql:
        return Sql(f"{self.text} {other.text}", (*self.params, *other.params))

    def within(self, before: str, after: str) -> Sql:
        return Sql(f"{before}{self.text}{after}", self.params)


def joined(pieces: Iterable[Sql], between: str = " ") -> Sql:
    listed = list(pieces)
    return Sql(
        between.join(piece.text for piece in listed),
        tuple(parameter for piece in listed for parameter in piece.params),
    )
