"""Try the importers on real files: omzien real <folder>. Leaves the database as it was."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from omzien.base.journal.models import Actor
from omzien.base.places.actions import ImportReport, import_batch, load_facts
from omzien.base.places.importers.errors import FileRefused
from omzien.base.places.importers.facts import FOLDER
from omzien.base.places.importers.kinds import READERS
from omzien.base.places.importers.scale_items import read_scale_items
from omzien.base.places.management.commands.import_places import scope_of_settings, tell
from omzien.base.places.models import Area, Postcode, PublishedFigure

if TYPE_CHECKING:
    from decimal import Decimal

    from django.core.management.base import CommandParser

    from omzien.base.places.importers.rows import Batch

AREAS, OUTLINES, POSTCODES, FIGURES = "areas", "outlines", "postcodes", "figures"


@dataclass(frozen=True, slots=True)
class Spot:
    """One value that was read in the file by eye: a figure, a name or a place."""

    code: str
    indicator: str
    group: str
    expected: str


@dataclass(frozen=True, slots=True)
class RealFile:
    """A real file: how to read it, how many of what it holds, and three values in it."""

    path: str
    kind: str
    year: int
    counts: dict[str, int]
    spots: list[list[str]]
    all_areas: bool = False
    period: str = ""


ITEMS = "loneliness/djg6_nl_liss_wave4.csv"
ITEM_COUNTS = {"emotional": 3, "social": 3}


def real_files() -> list[RealFile]:
    """Read which real files are known, with what to expect of them."""
    listed = json.loads((FOLDER / "real_files.json").read_text(encoding="utf-8"))
    return [RealFile(**entry) for entry in listed]


class Command(BaseCommand):
    help = "Import every real file of a folder, check counts and values, and undo it again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", action="store_true", help="do not undo the imports")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        folder: Path = options["folder"].resolve()
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}: give DATA=<folder with real files>.")
        files, items = real_files(), [ITEMS]
        # One of the folders in it may be given as well.
        if any(file.path.startswith(f"{folder.name}/") for file in files):
            files = [file for file in files if file.path.startswith(f"{folder.name}/")]
            items = [path for path in items if path.startswith(f"{folder.name}/")]
            folder = folder.parent
        with transaction.atomic():
            load_facts(scope=scope_of_settings(), by=Actor.system("real"), now=timezone.now())
            for file in files:
                self.try_out(file, folder)
            for path in items:
                self.check_items(folder / path)
            transaction.set_rollback(not options["keep"])
        self.stdout.write(f"All real files were read and checked: {len(files) + len(items)}.")

    def try_out(self, file: RealFile, folder: Path) -> None:
        """Import a file twice, and compare counts and three values."""
        scope = scope_of_settings(all_areas=file.all_areas)
        try:
            batch = READERS[file.kind](folder / file.path, year=file.year)
            by, now = Actor.system("real"), timezone.now()
            tell(import_batch(batch, scope=scope, by=by, now=now), self.stdout)
            again = import_batch(batch, scope=scope, by=by, now=now)
        except FileRefused as refused:
            raise CommandError(f"{file.path}: {refused}") from refused
        self.compare(f"{file.path}: a second time", "0 changes", _changes(again))
        for what, expected in file.counts.items():
            self.compare(f"{file.path}: {what}", str(expected), str(_count(batch, what)))
        for spot in (Spot(*words) for words in file.spots):
            what = f"{spot.code} {spot.indicator}".strip()
            self.compare(f"{file.path}: {what}", spot.expected, _found(file, spot))

    def check_items(self, path: Path) -> None:
        """Read the statements of the loneliness scale; they are not kept in the database."""
        try:
            items = read_scale_items(path)
        except FileRefused as refused:
            raise CommandError(f"{ITEMS}: {refused}") from refused
        for sub_scale, expected in ITEM_COUNTS.items():
            found = sum(item.sub_scale == sub_scale for item in items)
            self.compare(f"{ITEMS}: {sub_scale} statements", str(expected), str(found))
        self.compare(f"{ITEMS}: the first", "ik ervaar een leegte om me heen", items[0].text)

    def compare(self, what: str, expected: str, found: str) -> None:
        if expected != found:
            raise CommandError(f"{what}: expected {expected}, found {found}")
        self.stdout.write(f"  {what} = {found}")


def _changes(outcome: ImportReport) -> str:
    return f"{outcome.created + outcome.changed} changes"


def _count(batch: Batch, what: str) -> int:
    rows = {
        AREAS: batch.areas,
        OUTLINES: batch.outlines,
        POSTCODES: batch.postcodes,
        FIGURES: batch.figures,
    }
    return len(rows[what])


def _found(file: RealFile, spot: Spot) -> str:
    """Look a spot value up in the database, as the file has it."""
    if file.kind == "postcodes":
        postcode = Postcode.objects.get(code=spot.code, division_year=file.year)
        return "box" if postcode.box else postcode.area.code if postcode.area else "nowhere"
    area = Area.objects.get(code=spot.code, division_year=file.year)
    if not spot.indicator:
        return area.name
    figure = PublishedFigure.objects.filter(
        area=area,
        indicator__slug=spot.indicator,
        group=spot.group,
        period=file.period or str(file.year),
    ).order_by("pk")
    value = figure[0].value if figure else None
    return "nothing" if value is None else _short(value)


def _short(value: Decimal) -> str:
    return f"{value.normalize():f}"
