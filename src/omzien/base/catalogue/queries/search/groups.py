"""What a typed word may stand for, and how the database is asked for it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from omzien.methods.dutch import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A word in the name of an offer says most; then its sentence and themes, for whom and whose it is,
# and what else is written about it. Each is counted from its own weight on.
FIELDS = (("A", 1.0), ("AB", 0.9), ("ABC", 0.75), ("", 0.65))
# What was typed, letter by letter, counts wherever it stands.
TYPED_FIELDS = (("A", 1.0), ("AB", 0.9), ("ABC", 0.8), ("", 0.75))
# Strengths are put on these steps, so that one question to the database covers a whole step.
STEPS = (0.95, 0.85, 0.75, 0.65, 0.55, 0.45, 0.35, 0.25, 0.15, 0.05)
# A fact, such as the day or the language, says nearly as much as the word; a theme or kind less.
FACT_COUNTS, SORT_COUNTS = 0.85, 0.6
FACTS = (
    *("day:", "half:", "language:", "open:", "free", "fetched", "together"),
    *("at-home", "by-phone", "online", "step-free"),
)
# How much words say that tell not what but how or who: lessons in what, what for the elderly?
LIGHT_WORDS = frozenset(
    words_of("""
    leren les lessen cursus cursussen groep groepje club clubje maken spelen kijken hulp helpen
    laten samen nieuwe nieuw mensen kennen krijgen vinden houden doe iedereen anderen ander weten
    praten weinig beter echt leuk leuks leuke gewoon goed goede dag dagen week elke iedere
    man mannen vrouw vrouwen moeder vader ouders kind kinderen zoon dochter
    ouderen oudere senioren senior bejaarden jongeren
    """)
)
LIGHT = 0.35


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words that together stand for what was typed, each with its forms, and how surely."""

    words: tuple[tuple[str, ...], ...]
    strength: float
    offers: int = 0

    def weaker(self, share: float) -> Alternative:
        return replace(self, strength=self.strength * share)

    def questions(self, fields: str) -> list[str]:
        """Return it as the database asks for it: each form, or forms of several words at once."""
        weight = f":{fields}" if fields else ""
        if len(self.words) == 1:
            return [f"'{form}'{weight}" for form in self.words[0]]
        forms = (" | ".join(f"'{form}'{weight}" for form in word) for word in self.words)
        return [" & ".join(f"({some})" for some in forms)]


@dataclass(frozen=True, slots=True)
class Group:
    """One word or phrase as it was typed, and everything that counts as it."""

    typed: str
    alternatives: tuple[Alternative, ...]
    marks: tuple[str, ...] = ()

    @property
    def weight(self) -> float:
        """Return how much it says: what few offers have, more than what stands everywhere."""
        offers = max(one.offers for one in self.alternatives)
        says = sum(LIGHT if word in LIGHT_WORDS else 1.0 for word in self.typed.split())
        return says / (1 + math.log10(1 + offers))

    @property
    def facts(self) -> list[str]:
        return [mark for mark in self.marks if mark.startswith(FACTS)]

    @property
    def sorts(self) -> list[str]:
        return [mark for mark in self.marks if not mark.startswith(FACTS)]

    @property
    def steps(self) -> list[tuple[float, str]]:
        """Return what to ask at every step that holds something, from high to low."""
        asked: dict[str, float] = {}
        for one in self.alternatives:
            for fields, share in TYPED_FIELDS if one.strength == 1 else FIELDS:
                step = step_of(one.strength * share)
                for question in one.questions(fields):
                    asked[question] = max(step, asked.get(question, 0))
        held = sorted(set(asked.values()), reverse=True)
        return [(step, either(one for one in asked if asked[one] == step)) for step in held]

    @property
    def anywhere(self) -> str:
        """Return the question for all alternatives in any field."""
        return either(question for one in self.alternatives for question in one.questions(""))


def step_of(strength: float) -> float:
    return next((step for step in STEPS if strength >= step), STEPS[-1])


def either(questions: Iterable[str]) -> str:
    return " | ".join(f"({one})" if "&" in one else one for one in dict.fromkeys(questions))


def asked_anywhere(groups: Iterable[Group]) -> str:
    return " | ".join(group.anywhere for group in groups)


def all_marks(groups: Iterable[Group]) -> Iterator[str]:
    for group in groups:
        yield from group.marks
