"""Invented figures and areas, labelled so wherever they are shown."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from omzien.base.places.actions.importing import import_batch
from omzien.base.places.actions.reports import Scope
from omzien.base.places.importers.rows import AreaRow, Batch, FigureRow, SourceRow
from omzien.base.places.models import AreaKind
from omzien.base.places.queries.areas import areas_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from random import Random

    from omzien.base.journal.models import Actor
    from omzien.base.places.actions.reports import ImportReport
    from omzien.base.places.queries.shown import ShownArea

EXAMPLES = SourceRow(
    slug="voorbeeldcijfers",
    title="Voorbeeldcijfers (verzonnen)",
    publisher="Omzien",
    invented=True,
)
EXAMPLE_PERIODS = ("2020", "2024")
MADE_UP = "Verzonnen cijfer, alleen om de kaart te laten zien."


def load_demo_figures(
    municipality: Scope, *, rng: Random, by: Actor, now: datetime
) -> ImportReport:
    """Load made-up figures by neighbourhood, each labelled so: the same for the same `rng`."""
    areas = areas_of(municipality.code, AreaKind.NEIGHBOURHOOD)
    hidden = rng.choice(areas).code if areas else ""
    figures = [
        figure for area in areas for figure in _made_up(area, rng, is_hidden=area.code == hidden)
    ]
    batch = Batch(
        kind="examples",
        file_name=EXAMPLES.title,
        sha256="",
        sources=(EXAMPLES,),
        figures=tuple(figures),
    )
    return import_batch(batch, scope=municipality, by=by, now=now)


def _made_up(area: ShownArea, rng: Random, *, is_hidden: bool) -> list[FigureRow]:
    level = rng.randint(34, 56)
    width = rng.randint(3, 11)
    change = rng.randint(-3, 4)
    values = [Decimal(level), Decimal(level + change)]
    return [
        FigureRow(
            indicator="example-lonely",
            source=EXAMPLES.slug,
            area_code=area.code,
            division_year=area.division_year,
            period=period,
            group="18+",
            value=None if is_hidden else value,
            lower=None if is_hidden else value - width,
            upper=None if is_hidden else value + width,
            modelled=True,
            reason="too-few" if is_hidden else "",
            note=MADE_UP,
        )
        for period, value in zip(EXAMPLE_PERIODS, values, strict=True)
    ]


# Beside the real one, as many as there are in the country; codes from 9000 are not in use.
MUNICIPALITIES, NEIGHBOURHOODS = 341, 40
FIRST_CODE, DIVISION = 9001, 2024
INVENTED_AREA = "Verzonnen gebied, om de site op landelijke schaal te zien."


def load_invented_country(*, rng: Random, by: Actor, now: datetime) -> ImportReport:
    """Load invented municipalities with neighbourhoods and inhabitants: 17 million people's worth.

    They serve to see and measure the site at national scale; every name says that it is invented.
    """
    codes = [f"{FIRST_CODE + number}" for number in range(MUNICIPALITIES)]
    batch = Batch(
        kind="examples",
        file_name=EXAMPLES.title,
        sha256="",
        sources=(EXAMPLES,),
        areas=tuple(area for code in codes for area in _invented_areas(code, rng)),
        figures=tuple(
            figure
            for code, part in product(codes, range(NEIGHBOURHOODS))
            for figure in _invented_inhabitants(f"BU{code}{part:04}", rng)
        ),
    )
    scope = Scope("", "", all_areas=True)
    return import_batch(batch, scope=scope, by=by, now=now)


def _invented_areas(code: str, rng: Random) -> Iterator[AreaRow]:
    name = f"Voorbeelddam {code}"
    x, y = rng.uniform(60_000, 250_000), rng.uniform(360_000, 580_000)
    yield AreaRow(f"GM{code}", DIVISION, name, x, y, INVENTED_AREA)
    yield AreaRow(f"WK{code}00", DIVISION, f"{name}, wijk", x, y, INVENTED_AREA)
    for part in range(NEIGHBOURHOODS):
        near = x + rng.uniform(-4_000, 4_000), y + rng.uniform(-4_000, 4_000)
        yield AreaRow(
            f"BU{code}{part:04}", DIVISION, f"{name}, buurt {part}", *near, INVENTED_AREA
        )


def _invented_inhabitants(code: str, rng: Random) -> Iterator[FigureRow]:
    everybody = rng.randint(100, 500) * 5
    old = int(everybody * rng.uniform(0.1, 0.35)) // 5 * 5
    for group, value in (("all", everybody), ("65+", old)):
        yield FigureRow(
            indicator="inhabitants",
            source=EXAMPLES.slug,
            area_code=code,
            division_year=DIVISION,
            period=str(DIVISION),
            group=group,
            value=Decimal(value),
            note=INVENTED_AREA,
        )
