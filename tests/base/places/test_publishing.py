"""Publishing a figure, and the made-up figures of the demo town."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from omzien.base.accounts.roles import ROLES
from omzien.base.journal.models import Entry
from omzien.base.places.actions import FigureRefused, load_demo_figures, publish_figure
from omzien.base.places.importers.rows import FigureRow, SourceRow
from omzien.base.places.models import PublishedFigure
from omzien.base.places.permissions import may_import, may_publish
from tests.base.places.conftest import NOW, RAVI, TOWN, ZOETERMEER, dice

if TYPE_CHECKING:
    from omzien.base.places.actions import ImportReport

pytestmark = pytest.mark.django_db

ROW = FigureRow("lonely", "own", "BU06370001", 2024, "2026", "18+", Decimal(41))
OWN = SourceRow("own", "Onderzoek 2026", "Gemeente Zoetermeer")


def test_publish_figure_keeps_it_with_a_line_in_the_journal(facts: ImportReport) -> None:
    del facts
    figure = publish_figure(ROW, source=OWN, by=RAVI, now=NOW)
    assert [figure.value, figure.leading, figure.published_at] == [Decimal(41), True, NOW]
    assert Entry.objects.filter(subject_key=figure.key, verb="places.figure_published").exists()


def test_publishing_again_mends_the_same_figure(facts: ImportReport) -> None:
    del facts
    first = publish_figure(ROW, source=OWN, by=RAVI, now=NOW)
    second = publish_figure(replace(ROW, value=Decimal(42)), source=OWN, by=RAVI, now=NOW)
    assert (second.pk, second.key) == (first.pk, first.key)
    assert PublishedFigure.objects.get(pk=first.pk).value == 42


def test_the_figure_published_last_leads(facts: ImportReport) -> None:
    del facts
    first = publish_figure(ROW, source=OWN, by=RAVI, now=NOW)
    other = replace(OWN, slug="other", title="Ander onderzoek")
    publish_figure(replace(ROW, source="other"), source=other, by=RAVI, now=NOW)
    first.refresh_from_db()
    assert not first.leading


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (replace(ROW, indicator="happy"), "unknown indicator or area"),
        (replace(ROW, area_code="BU06379999"), "unknown indicator or area"),
        (replace(ROW, lower=Decimal(42), upper=Decimal(50)), "outside its interval"),
        (replace(ROW, value=None), "a value or a reason"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_in_words(
    facts: ImportReport, row: FigureRow, why: str
) -> None:
    del facts
    before = PublishedFigure.objects.count()
    with pytest.raises(FigureRefused, match=why):
        publish_figure(row, source=OWN, by=RAVI, now=NOW)
    assert PublishedFigure.objects.count() == before


def test_load_demo_figures_labels_every_figure_as_made_up(facts: ImportReport) -> None:
    del facts
    load_demo_figures(ZOETERMEER, rng=dice(7), by=RAVI, now=NOW)
    figures = PublishedFigure.objects.filter(source__slug="voorbeeldcijfers")
    assert figures.count() == 26 * 2
    assert set(figures.values_list("period", flat=True)) == {"2020", "2024"}
    assert {f.source.title for f in figures} == {"Voorbeeldcijfers (verzonnen)"}
    assert all(f.source.invented and f.indicator.series == "example" for f in figures)
    assert all("Verzonnen" in f.note for f in figures)
    hidden = {f.area.code for f in figures if f.suppressed}
    assert len(hidden) == 1
    assert all(f.lower is not None for f in figures if not f.suppressed)


def test_the_same_seed_gives_the_same_figures(facts: ImportReport) -> None:
    del facts
    first = load_demo_figures(ZOETERMEER, rng=dice(7), by=RAVI, now=NOW)
    again = load_demo_figures(ZOETERMEER, rng=dice(7), by=RAVI, now=NOW)
    assert (first.created, again.unchanged) == (52, 52)
    assert load_demo_figures(ZOETERMEER, rng=dice(8), by=RAVI, now=NOW).changed > 0


def test_a_town_without_neighbourhoods_gets_no_demo_figures() -> None:
    assert load_demo_figures(TOWN, rng=dice(7), by=RAVI, now=NOW).created == 0


def test_an_analyst_publishes_and_an_administrator_only_imports() -> None:
    importers = {role for role in ROLES if may_import([role])}
    publishers = {role for role in ROLES if may_publish([role])}
    assert importers == {"analyst", "administrator"}
    assert publishers == {"analyst"}
    assert not may_import([])
