"""Every write to areas and figures."""

from __future__ import annotations

from omzien.base.places.actions.demo import load_demo_figures, load_invented_country
from omzien.base.places.actions.importing import import_batch, load_facts
from omzien.base.places.actions.publishing import FigureRefused, publish_figure
from omzien.base.places.actions.reports import ImportReport, Scope, SkippedGroup

__all__ = [
    "FigureRefused",
    "ImportReport",
    "Scope",
    "SkippedGroup",
    "import_batch",
    "load_demo_figures",
    "load_facts",
    "load_invented_country",
    "publish_figure",
]
