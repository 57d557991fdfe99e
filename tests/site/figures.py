"""A town with figures: the facts that are shipped, and made-up figures by neighbourhood."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from omzien.base.journal.models import Actor
from omzien.base.places.actions import load_demo_figures, load_facts
from omzien.base.places.actions.reports import Scope

ZOETERMEER = Scope(code="GM0637", name="Zoetermeer")
NOW = datetime(2026, 10, 6, 9, 0, tzinfo=UTC)


def fill_the_town() -> None:
    by = Actor.system("tests")
    load_facts(scope=ZOETERMEER, by=by, now=NOW)
    # The same town every time.
    rng = Random(2026)  # noqa: S311 - figures, not secrets
    load_demo_figures(ZOETERMEER, rng=rng, by=by, now=NOW)
