"""When an offer takes place, in words."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from omzien.base.catalogue.actions.schedules import set_schedule
from omzien.base.catalogue.importers.rows import LineRow
from omzien.base.catalogue.queries.when import when_words
from tests.base.catalogue.conftest import NOW, TUESDAYS

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Offer
    from omzien.base.journal.models import Actor

FIRST = date(2026, 9, 1)
TEN = time(10)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (TUESDAYS, "elke dinsdag, 10.00 tot 12.00 uur"),
        (
            LineRow(FIRST, TEN, 90, weekdays=(3, 0), interval=2),
            "om de week op maandag en donderdag, 10.00 tot 11.30 uur",
        ),
        (
            LineRow(FIRST, TEN, 60, interval=6, count=4),
            "om de 6 weken op dinsdag, 10.00 tot 11.00 uur (4 keer)",
        ),
        (LineRow(FIRST, TEN, 60, frequency="daily"), "elke dag, 10.00 tot 11.00 uur"),
        (
            LineRow(FIRST, TEN, 60, frequency="daily", interval=3),
            "om de 3 dagen, 10.00 tot 11.00 uur",
        ),
        (
            LineRow(FIRST, TEN, 60, frequency="monthly", weekdays=(4,), weeks_of_month=(1, -1)),
            "elke maand op de eerste en laatste vrijdag, 10.00 tot 11.00 uur",
        ),
        (
            LineRow(FIRST, TEN, 60, frequency="monthly", interval=2, month_days=(1, 15, -1)),
            "om de 2 maanden op dag 1, dag 15 en de laatste dag, 10.00 tot 11.00 uur",
        ),
        (
            LineRow(FIRST, TEN, 60, frequency="monthly"),
            "elke maand op dag 1, 10.00 tot 11.00 uur",
        ),
        (
            LineRow(FIRST, TEN, 60, frequency="yearly", until=date(2030, 9, 1)),
            "elk jaar op 1 september, 10.00 tot 11.00 uur, tot en met 1 september 2030",
        ),
        (
            LineRow(FIRST, TEN, 60, frequency="once"),
            "dinsdag 1 september 2026, 10.00 tot 11.00 uur",
        ),
    ],
)
def test_a_line_of_a_schedule_is_a_sentence(
    piano_club: Offer, by: Actor, line: LineRow, said: str
) -> None:
    if line != TUESDAYS:
        set_schedule(piano_club, lines=[line], by=by, now=NOW)
    with translation.override("nl"):
        assert when_words(piano_club) == (said,)


def test_lines_are_said_in_their_order_and_in_the_readers_language(
    piano_club: Offer, by: Actor
) -> None:
    evening = LineRow(FIRST, time(19, 30), 60, weekdays=(0,))
    set_schedule(piano_club, lines=[TUESDAYS, evening], by=by, now=NOW)
    with translation.override("en"):
        assert when_words(piano_club) == (
            "every Tuesday, 10:00 to 12:00",
            "every Monday, 19:30 to 20:30",
        )
