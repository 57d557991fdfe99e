"""The words of the catalogue itself: which there are, and which of them stand for a typed one."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Q

from omzien.base.catalogue.models import KnownWord, Synonym
from omzien.base.catalogue.queries.search.groups import Alternative
from omzien.methods.dutch import distance, is_slip, root, sound, split_compound, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# How surely a word stands for another one: its own form, or a longer word that it is part of.
FORM, IN_COMPOUND = 0.95, 0.92
SHORTEST_PART = 3
# What compounds often end in, also where no offer has it as a word of its own.
TAILS = (
    *("club", "groep", "cafe", "cursus", "les", "middag", "avond", "ochtend", "tocht", "huis"),
    *("dag", "uur", "hulp", "dienst", "kring", "maatje", "vereniging", "centrum", "bezoek"),
    *("feest", "markt", "tuin", "koor", "inloop", "bad", "spel", "werk", "plek", "tafel"),
)
PLAIN_WORD = re.compile(r"[^\W_]{2,40}")
# Words that say nothing about what somebody is looking for.
EMPTY_WORDS = frozenset(
    words_of("""
    de het een en van ik te dat die in hij niet zijn is was op aan met als voor had er maar om hem
    dan zou of wat mijn men dit zo door over ze zich bij ook tot je mij uit der daar haar naar heb
    hoe heeft hebben deze want nog zal me zij nu ge geen omdat iets worden toch al waren veel meer
    doen toen moet ben zonder kan hun dus alles onder ja eens hier wie werd altijd wordt kunnen ons
    zelf tegen na wil kon niets uw iemand geweest andere we wij jij jullie mag moeten willen graag
    zoek zoeken gezocht even beetje activiteit activiteiten gaan ga gaat doet wanneer waar weer nou
    """)
)


def saying(words: Sequence[str]) -> list[str]:
    """Return the words that say something; where none does, all of them."""
    return [word for word in words if word not in EMPTY_WORDS] or list(words)


def key_of(phrase: str) -> str:
    """Return by what a phrase is known again, whatever the order and the forms of its words."""
    return " ".join(sorted({root(word) for word in saying(words_of(phrase))}))


def keys_of(phrases: Iterable[str]) -> list[str]:
    """Return the keys of phrases that are not empty."""
    return sorted({key for phrase in phrases if (key := key_of(phrase))})


def wanted_words() -> list[KnownWord]:
    """Return every word of the texts and the synonyms as it must be known, not stored."""
    counts = dict.fromkeys(TAILS, 0) | counted_words()
    for synonym in Synonym.objects.all():
        for phrase in (*synonym.words, *synonym.leads_to):
            for word in words_of(phrase):
                counts.setdefault(word, 0)
    roots = {
        root(word)
        for word in counts
        if len(word) >= SHORTEST_PART and word not in EMPTY_WORDS and not word.isdecimal()
    }
    return [
        KnownWord(
            word=word,
            root=root(word),
            sound=sound(word),
            parts=sorted({root(part) for part in split_compound(word, roots)}),
            offers=offers,
        )
        for word, offers in counts.items()
    ]


def counted_words() -> dict[str, int]:
    """Return the words of all texts, and in how many offers each stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, ndoc FROM ts_stat('SELECT words FROM catalogue_offertext')")
        return {word: offers for word, offers in cursor.fetchall() if PLAIN_WORD.fullmatch(word)}


@dataclass(slots=True)
class Vocabulary:
    """The known words that matter for one question, by root, sound and part."""

    by_root: dict[str, list[KnownWord]] = field(default_factory=lambda: defaultdict(list))
    by_sound: dict[str, list[KnownWord]] = field(default_factory=lambda: defaultdict(list))
    by_part: dict[str, list[KnownWord]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def about(cls, roots: Iterable[str], sounds: Iterable[str] = ()) -> Vocabulary:
        """Read the words with these roots, as a word or as part of one, and these sounds."""
        wanted = set(roots)
        found = cls()
        for word in KnownWord.objects.filter(
            Q(root__in=wanted) | Q(sound__in=set(sounds)) | Q(parts__overlap=list(wanted))
        ).order_by("word"):
            found.by_root[word.root].append(word)
            found.by_sound[word.sound].append(word)
            for part in word.parts:
                found.by_part[part].append(word)
        return found

    def knows(self, word: str) -> bool:
        return root(word) in self.by_root or root(word) in self.by_part

    def forms(self, word: str) -> list[KnownWord]:
        """Return the forms of a word that some offer holds."""
        return [known for known in self.by_root.get(root(word), ()) if known.offers]

    def longer(self, word: str) -> list[KnownWord]:
        """Return the compounds of a word that some offer holds."""
        return [known for known in self.by_part.get(root(word), ()) if known.offers]

    def alternatives(self, word: str, strength: float) -> list[Alternative]:
        """Return what stands for one word: itself, its forms, and compounds that it is part of."""
        found = [Alternative(((word,),), strength)]
        for words, share in ((self.forms(word), FORM), (self.longer(word), IN_COMPOUND)):
            if words:
                held = sum(known.offers for known in words)
                forms = tuple(known.word for known in words)
                found.append(Alternative((forms,), strength * share, held))
        return found

    def together(self, words: Sequence[str], strength: float) -> Alternative:
        """Return what stands for words of which an offer must hold every one."""
        forms = ((word, *(known.word for known in self.forms(word))) for word in words)
        return Alternative(tuple(tuple(dict.fromkeys(some)) for some in forms), strength)

    def phrase(self, text: str, strength: float) -> list[Alternative]:
        """Return what stands for a phrase of one word or more."""
        words = saying(words_of(text))
        if len(words) == 1:
            return self.alternatives(words[0], strength)
        return [self.together(words, strength)] if words else []

    def sounding_like(self, word: str) -> str | None:
        """Return the most used word that sounds the same."""
        alike = self.by_sound.get(sound(word), ())
        found = max(alike, key=lambda known: (known.offers, known.word), default=None)
        return found.word if found else None


def meant_by(word: str) -> str:
    """Return the known word that was probably meant, else the word as it is."""
    near = (
        KnownWord.objects.filter(word__trigram_similar=word)
        .annotate(likeness=TrigramSimilarity("word", word))
        .order_by("-likeness", "word")[:20]
    )
    meant = [known for known in near if is_slip(word, known.word)]
    found = min(
        meant,
        key=lambda known: (distance(word, known.word, most=2), -known.offers, known.word),
        default=None,
    )
    return found.word if found else word
