"""Make the typeface of the pages into files that letters can embed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from omzien.base.letters.queries import FONTS

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = "node_modules/@fontsource-variable/atkinson-hyperlegible-next"
WEIGHTS = {"Regular": 400, "Bold": 700}
# The web font comes in two sets of signs; a letter falls back from the first to the second.
FAMILIES = {
    "latin": "Atkinson Hyperlegible Next",
    "latin-ext": "Atkinson Hyperlegible Next Ext",
}


class Command(BaseCommand):
    help = "Makes the fonts of letters from the web font that npm brought. Twice is once."
    requires_system_checks = ()

    def handle(self, **_options: object) -> None:
        files = settings.PROJECT / PACKAGE / "files"
        if not files.is_dir():
            raise CommandError(f"{PACKAGE} is missing: run `npm ci --ignore-scripts` first.")
        FONTS.mkdir(exist_ok=True)
        for signs, family in FAMILIES.items():
            source = files / f"atkinson-hyperlegible-next-{signs}-wght-normal.woff2"
            for style, weight in WEIGHTS.items():
                target = FONTS / f"{family.replace(' ', '')}-{style}.ttf"
                if not target.is_file():
                    make_font(source, target, family=family, style=style, weight=weight)
        self.stdout.write(f"Fonts for letters: {FONTS}")


def make_font(source: Path, target: Path, *, family: str, style: str, weight: int) -> None:
    """Write one weight of the variable font `source` as a font with its own name."""
    font = instantiateVariableFont(TTFont(source), {"wght": weight})
    font.flavor = None
    names = {1: family, 2: style, 4: f"{family} {style}", 6: target.stem, 16: family, 17: style}
    for number, name in names.items():
        font["name"].setName(name, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    unfinished = target.with_suffix(".new")
    font.save(unfinished)
    unfinished.rename(target)
