"""My circle and what matters to me: the questions and drawings. The answers never come here."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models import Taxonomy
from omzien.base.catalogue.queries.terms import terms_of
from omzien.site.queries.list_addresses import offers_by, offers_by_word

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

HIGHEST = 10
# The drawing of the six: its middle, and how long an arm is.
MIDDLE, ARM, BESIDE = 320, 220, 34
RINGS_DRAWN = (2, 4, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Ring:
    """One of the three rings around a person: how far it reaches in the drawing."""

    name: str
    title: _StrPromise
    explanation: _StrPromise
    radius: int
    middle: int

    @property
    def top(self) -> int:
        """Where its name stands: on its line, straight above the middle."""
        return MIDDLE - self.radius + 9


RINGS = (
    Ring("near", _("Close to me"), _("I can always go to them."), 120, 82),
    Ring("often", _("I see them often"), _("We do something or talk."), 210, 165),
    Ring("known", _("I know them"), _("We say hello, or talk now and then."), 300, 255),
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the six sides of a life, in our own words; its short name is that of the word."""

    slug: str
    title: _StrPromise
    about: _StrPromise
    question: _StrPromise

    @property
    def address(self) -> str:
        """The list of all there is that has to do with this side."""
        return offers_by_word(Taxonomy.DIMENSION, self.slug)


SIDES = (
    Side(
        "lichaamsfuncties",
        _("My body"),
        _("Sleep, strength, getting about, and what hurts or does not."),
        _("What can your body do that you are glad of?"),
    ),
    Side(
        "mentaal-welbevinden",
        _("My head"),
        _("Peace or worries, good and bad moods, keeping your thoughts together."),
        _("When do you feel at ease?"),
    ),
    Side(
        "zingeving",
        _("What I live for"),
        _("Faith, dreams, people or things that make it worthwhile."),
        _("What do you get out of bed for?"),
    ),
    Side(
        "kwaliteit-van-leven",
        _("A good day"),
        _("Your house, your street, your purse, and what you enjoy."),
        _("What did an ordinary good day look like, the last time?"),
    ),
    Side(
        "meedoen",
        _("Other people"),
        _("Laughing, eating and talking together. Belonging somewhere."),
        _("With whom would you like to do something again?"),
    ),
    Side(
        "dagelijks-functioneren",
        _("My days"),
        _("Shopping, cooking, letters and telephone, and asking when you cannot do it alone."),
        _("What goes by itself, and what takes too much?"),
    ),
)


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm of the drawing of the six: from the middle outward, with a number at its end."""

    number: int
    x: float
    y: float
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Web:
    """The empty drawing of the six sides, to fill in by hand or on the screen."""

    arms: tuple[Arm, ...]
    rings: tuple[str, ...]


def empty_web() -> Web:
    return Web(
        arms=tuple(arm(number) for number in range(len(SIDES))),
        rings=tuple(
            " ".join(
                "{:g},{:g}".format(*point(number, ARM * step / HIGHEST)) for number in range(6)
            )
            for step in RINGS_DRAWN
        ),
    )


def arm(number: int) -> Arm:
    return Arm(number + 1, *point(number, ARM), *point(number, ARM + BESIDE))


def point(number: int, distance: float) -> tuple[float, float]:
    """Return where one of six arms is, so far from the middle; the first one points up."""
    angle = 2 * pi * number / len(SIDES)
    return round(MIDDLE + distance * sin(angle), 1), round(MIDDLE - distance * cos(angle), 1)


def interests() -> list[tuple[str, str]]:
    """Return what people like to do, each with the list of all that has it."""
    return [(term.shown_name, offers_by(term)) for term in terms_of(Taxonomy.INTEREST)]
