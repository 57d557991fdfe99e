"""The social map by itself: a day of meetings is added at night, new words are learnt all day."""

from __future__ import annotations

from django.utils import timezone

from omzien.base.catalogue.actions.schedules import refresh_all_meetings
from omzien.base.catalogue.actions.search import learn_words as learn
from omzien.base.catalogue.actions.search import load_synonyms
from omzien.base.catalogue.actions.terms import load_terms
from omzien.base.jobs.jobs import nightly
from omzien.base.journal.models import Actor


@nightly("15 1 * * *")
def compute_meetings() -> None:
    refresh_all_meetings(by=Actor.system("catalogue"), now=timezone.now())


# A new offer is found by its words at once; by a part of them, or misspelt, after this.
@nightly("*/10 * * * *")
def learn_words() -> None:
    by, now = Actor.system("catalogue"), timezone.now()
    load_terms(by=by, now=now)
    load_synonyms(by=by, now=now)
    learn(by=by, now=now)
