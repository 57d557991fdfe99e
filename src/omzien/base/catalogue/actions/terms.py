"""Loading and changing the words by which offers are sorted."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

from django.db import transaction

from omzien.base.catalogue.models import Term
from omzien.base.journal.actions import record

if TYPE_CHECKING:
    from datetime import date, datetime

    from omzien.base.journal.models import Actor

FACTS = files("omzien.base.catalogue") / "facts"


@transaction.atomic
def load_terms(*, by: Actor, now: datetime) -> int:
    """Load the words that come with Omzien; what an editor changed is never overwritten."""
    rows = json.loads((FACTS / "terms.json").read_text(encoding="utf-8"))
    wanted = [
        Term(taxonomy=taxonomy, position=10 * number, changed_at=now, **row)
        for taxonomy, words in rows.items()
        for number, row in enumerate(words, start=1)
    ]
    known = set(Term.objects.values_list("taxonomy", "slug"))
    missing = [term for term in wanted if (term.taxonomy, term.slug) not in known]
    Term.objects.bulk_create(missing)
    if missing:
        record("catalogue.load_terms", subject=None, by=by, now=now)
    return len(missing)


@transaction.atomic
def change_term(term: Term, *, by: Actor, now: datetime, **details: object) -> Term:
    """Change the words, source or order of a term; its short name stays."""
    for name, value in details.items():
        setattr(term, name, value)
    term.changed_at = now
    term.save(update_fields=[*details, "changed_at"])
    record("catalogue.change_term", subject=term, by=by, now=now)
    return term


@transaction.atomic
def end_term(term: Term, *, on: date, by: Actor, now: datetime) -> None:
    """Stop using a word; what has it keeps it, new offers cannot get it."""
    change_term(term, by=by, now=now, ended_on=on)
