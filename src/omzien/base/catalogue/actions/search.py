"""Keeping what search knows: synonyms of the editors, and the words in use."""

from __future__ import annotations

import json
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

from django.db import connection, transaction

from omzien.base.catalogue.models import KnownWord, Synonym
from omzien.base.catalogue.queries.search.vocabulary import keys_of, wanted_words
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor

FACTS = files("omzien.base.catalogue") / "facts"
AT_ONCE = 2_000
LEARNT = ("root", "sound", "parts", "offers")


class SaysNothing(Exception):
    """Give at least two words that mean the same, or say where one word leads to."""


@transaction.atomic
def load_synonyms(*, by: Actor, now: datetime) -> int:
    """Load the synonyms that come with Omzien, once: from then on they are the editors' own."""
    if Synonym.objects.exists():
        return 0
    rows = json.loads((FACTS / "synonyms.json").read_text(encoding="utf-8"))
    made = [Synonym(keys=keys_of(row["words"]), changed_at=now, **row) for row in rows]
    Synonym.objects.bulk_create(made)
    record("catalogue.load_synonyms", subject=None, by=by, now=now)
    return len(made)


@transaction.atomic
def add_synonym(
    words: Sequence[str],
    *,
    leads_to: Sequence[str] = (),
    marks: Sequence[str] = (),
    by: Actor,
    now: datetime,
) -> Synonym:
    """Let search take these words for the same, and find what they lead to as well."""
    refuse_empty(words, leads_to, marks)
    synonym = Synonym.objects.create(
        words=list(words),
        leads_to=list(leads_to),
        marks=list(marks),
        keys=keys_of(words),
        changed_at=now,
    )
    record("catalogue.add_synonym", subject=synonym, by=by, now=now)
    return synonym


def refuse_empty(words: Sequence[str], leads_to: Sequence[str], marks: Sequence[str]) -> None:
    """Refuse synonyms that say nothing."""
    if not keys_of(words) or not (len(words) > 1 or leads_to or marks):
        raise SaysNothing


@transaction.atomic
def change_synonym(
    synonym: Synonym,
    *,
    words: Sequence[str],
    leads_to: Sequence[str] = (),
    marks: Sequence[str] = (),
    by: Actor,
    now: datetime,
) -> Synonym:
    """Change which words search takes for the same; it counts from the next question on."""
    refuse_empty(words, leads_to, marks)
    synonym.words, synonym.leads_to, synonym.marks = list(words), list(leads_to), list(marks)
    synonym.keys, synonym.changed_at = keys_of(words), now
    synonym.save(update_fields=["words", "leads_to", "marks", "keys", "changed_at"])
    record("catalogue.change_synonym", subject=synonym, by=by, now=now)
    return synonym


@transaction.atomic
def remove_synonym(synonym: Synonym, *, by: Actor, now: datetime) -> None:
    """Let search no longer take these words for the same."""
    record("catalogue.remove_synonym", subject=synonym, by=by, now=now)
    synonym.delete()


@transaction.atomic
def learn_words(*, by: Actor, now: datetime) -> int:
    """Bring the words that search knows up to date with the texts; returns how many changed."""
    known = {word.word: word for word in KnownWord.objects.select_for_update()}
    wanted = {word.word: word for word in wanted_words()}
    gone = known.keys() - wanted.keys()
    fresh = [word for name, word in wanted.items() if name not in known]
    other = [
        renewed
        for name, word in wanted.items()
        if name in known and (renewed := renewed_word(known[name], word))
    ]
    KnownWord.objects.filter(word__in=gone).delete()
    # Two who learn at the same time learn the same.
    KnownWord.objects.bulk_create(fresh, batch_size=AT_ONCE, ignore_conflicts=True)
    KnownWord.objects.bulk_update(other, LEARNT, batch_size=AT_ONCE)
    changed = len(gone) + len(fresh) + len(other)
    if changed:
        record("catalogue.learn_words", subject=None, by=by, now=now)
    return changed


def renewed_word(known: KnownWord, wanted: KnownWord) -> KnownWord | None:
    """Return a known word as it must be; None where it is so already."""
    same = all(getattr(known, name) == getattr(wanted, name) for name in LEARNT)
    for name in LEARNT:
        setattr(known, name, getattr(wanted, name))
    return None if same else known


@contextmanager
def writing_texts_once(offers: Sequence[Offer]) -> Iterator[None]:
    """Let the database write the search texts of new offers once, when all of them is there."""
    set_config = "SELECT set_config('omzien.texts', %s, true)"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(set_config, ["once"])
        yield
        cursor.execute(set_config, [""])
        cursor.execute("SELECT catalogue_write_texts(%s)", [[offer.pk for offer in offers]])
