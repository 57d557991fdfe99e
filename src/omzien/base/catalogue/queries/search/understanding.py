"""From typed words to groups: forms, synonyms, compounds, and words that were misspelt."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from omzien.base.catalogue.models import Synonym
from omzien.base.catalogue.queries.search.groups import FACTS, Alternative, Group
from omzien.base.catalogue.queries.search.vocabulary import Vocabulary, meant_by, saying
from omzien.methods.dutch import pieces_of, root, sound, split_compound, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_WORDS = 12
LONGEST_PHRASE = 3
# How surely a word stands for what was typed: one that was misspelt, all parts of a compound, a
# synonym, and what a synonym leads to.
MISSPELT, WHOLE_IN_PIECES, SYNONYM, LED_TO = 0.9, 0.97, 0.75, 0.55
# Where a fact says it better, the word that was typed counts less: "thuis", "gratis", "zondag".
BESIDE_A_FACT = 0.7
# What the first part of a compound says, and what the last: a dance evening is about dancing.
FIRST, LAST = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class Understood:
    """What was typed, as groups, with the words that were read as another word."""

    groups: tuple[Group, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()


def understand(text: str) -> Understood:
    """Return what a text asks for; a text without words asks for nothing."""
    typed = saying(words_of(text))[:MOST_WORDS]
    if not typed:
        return Understood()
    known = Vocabulary.about(
        {key for word in typed for key in (root(word), *pieces_of(word))}, map(sound, typed)
    )
    read = [reading_of(word, known) for word in typed]
    phrases = phrases_in([key for one in read for key in one.keys])
    wider = Vocabulary.about(
        {key for one in read for key in one.keys}
        | {root(word) for one in phrases for said in one.said for word in words_of(said)}
    )
    return Understood(
        groups=tuple(groups_of(read, phrases, wider)),
        corrections=tuple((one.typed, one.word) for one in read if one.corrected),
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """One typed word as it is read: the word that was meant, and what it is made of."""

    typed: str
    word: str
    pieces: tuple[str, ...] = ()

    @property
    def corrected(self) -> bool:
        return self.word != self.typed

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(root(word) for word in (self.word, *self.pieces))


def reading_of(word: str, known: Vocabulary) -> Reading:
    """Read a word: a known one as it is, else what sounds so, else in pieces, else a slip."""
    pieces = split_compound(word, known.by_root)
    if known.knows(word):
        return Reading(word, word, pieces)
    if alike := known.sounding_like(word):
        return Reading(word, alike)
    return Reading(word, word, pieces) if pieces else Reading(word, meant_by(word))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Synonyms of one or more typed words."""

    keys: frozenset[str]
    synonym: Synonym

    @property
    def said(self) -> list[str]:
        return [*self.synonym.words, *self.synonym.leads_to]


def phrases_in(keys: Sequence[str]) -> list[Phrase]:
    """Return the synonyms of these roots, alone or together, the longest phrases first."""
    distinct = sorted(set(keys))
    asked = {
        " ".join(some)
        for size in range(1, LONGEST_PHRASE + 1)
        for some in combinations(distinct, size)
    }
    found = [
        Phrase(frozenset(key.split()), synonym)
        for synonym in Synonym.objects.filter(keys__overlap=list(asked)).order_by("pk")
        for key in sorted(asked.intersection(synonym.keys))
    ]
    return sorted(found, key=lambda phrase: -len(phrase.keys))


def groups_of(
    read: Sequence[Reading], phrases: Sequence[Phrase], known: Vocabulary
) -> Iterator[Group]:
    """Yield a group for every phrase of more words, and for every word outside of them."""
    taken: set[str] = set()
    for phrase in phrases:
        if len(phrase.keys) > 1 and not phrase.keys & taken:
            taken |= phrase.keys
            words = [one for one in read if phrase.keys & set(one.keys)]
            own = [known.together([one.word for one in words], 1.0)]
            same = [one for one in phrases if one.keys == phrase.keys]
            yield widened(" ".join(one.typed for one in words), own, [(same, 1.0)], known)
    for one in read:
        if root(one.word) not in taken:
            yield group_of(one, phrases, known)


def group_of(one: Reading, phrases: Sequence[Phrase], known: Vocabulary) -> Group:
    """Return the group of one word; its parts count where nobody said what the whole means."""
    strength = MISSPELT if one.corrected else 1.0
    own = known.alternatives(one.word, strength)
    same = meant(one.word, phrases)
    wider = [(same, strength)]
    if one.pieces and not same:
        own.append(known.together(one.pieces, WHOLE_IN_PIECES))
        for piece, says in ((one.pieces[0], FIRST), (one.pieces[-1], LAST)):
            own += known.alternatives(piece, says)
            wider.append((meant(piece, phrases), says))
    return widened(one.typed, own, wider, known)


def meant(word: str, phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return the synonyms of a word: those that name it, else those that name a form of it."""
    found = [phrase for phrase in phrases if phrase.keys == {root(word)}]
    named = [one for one in found if any(words_of(said) == (word,) for said in one.synonym.words)]
    return named or found


def widened(
    typed: str,
    own: list[Alternative],
    wider: Sequence[tuple[list[Phrase], float]],
    known: Vocabulary,
) -> Group:
    """Return a group with the words and marks of its synonyms, each as surely as it is meant."""
    marks = [mark for some, _ in wider for phrase in some for mark in phrase.synonym.marks]
    by_fact = any(mark.startswith(FACTS) for mark in marks)
    found = [one.weaker(BESIDE_A_FACT) for one in own] if by_fact else list(own)
    for phrases, strength in wider:
        for phrase in phrases:
            for text in phrase.synonym.words:
                found += known.phrase(text, SYNONYM * strength)
            for text in phrase.synonym.leads_to:
                found += known.phrase(text, LED_TO * strength)
    return Group(typed, tuple(dict.fromkeys(found)), tuple(dict.fromkeys(marks)))
