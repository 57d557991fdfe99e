"""The token sheet keeps its contrast, in light and in dark, by WCAG's own formula."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

import omzien.site

ASSETS = Path(omzien.site.__file__).parent / "assets"
MODES = ("light", "dark")
TEXT_PAIRS = [
    ("text", "ground"),
    ("text", "band"),
    ("text", "panel"),
    ("text", "attention-band"),
    ("text-soft", "ground"),
    ("text-soft", "band"),
    ("text-soft", "panel"),
    ("action", "ground"),
    ("action", "panel"),
    ("action-strong", "band"),
    ("action-strong", "panel"),
    ("on-action", "action"),
    ("on-action", "action-strong"),
    ("attention", "ground"),
    ("attention", "panel"),
    ("ground", "text"),
    ("map-ink", "map-casing"),
    ("map-ink", "map-empty"),
]
EDGE_PAIRS = [
    ("edge", "ground"),
    ("edge", "band"),
    ("edge", "panel"),
    ("action", "band"),
    ("attention", "attention-band"),
    ("focus", "ground"),
    ("focus", "band"),
    ("focus", "focus-halo"),
    ("map-ink", "map-casing"),
]


def sheet() -> dict[str, dict[str, str]]:
    """Read the colours of both modes; dark inherits what it does not set."""
    text = (ASSETS / "tokens.css").read_text(encoding="utf-8")
    light, dark = text.split("@media (prefers-color-scheme: dark)")
    found = {mode: colours(part) for mode, part in zip(MODES, (light, dark), strict=True)}
    return {"light": found["light"], "dark": found["light"] | found["dark"]}


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_published_numbers() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("ink", "paper"), TEXT_PAIRS)
def test_text_can_be_read(mode: str, ink: str, paper: str) -> None:
    tokens = sheet()[mode]
    assert contrast(tokens[ink], tokens[paper]) >= 7


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_can_be_seen(mode: str, edge: str, ground: str) -> None:
    tokens = sheet()[mode]
    assert contrast(tokens[edge], tokens[ground]) >= 3


@pytest.mark.parametrize("mode", MODES)
def test_the_map_goes_from_light_to_dark_in_five_steps_that_stay_apart_in_grey(mode: str) -> None:
    tokens = sheet()[mode]
    steps = [tokens[f"map-{number}"] for number in range(1, 6)]
    for lighter, darker in pairwise(steps):
        assert luminance(lighter) > luminance(darker)
        assert contrast(lighter, darker) >= 1.25


@pytest.mark.parametrize("mode", MODES)
def test_one_of_the_two_rings_of_the_focus_stands_out_on_every_colour_of_the_map(
    mode: str,
) -> None:
    tokens = sheet()[mode]
    for number in range(1, 6):
        rings = (tokens["map-ink"], tokens["map-casing"])
        assert max(contrast(ring, tokens[f"map-{number}"]) for ring in rings) >= 3


def test_no_other_sheet_names_a_colour() -> None:
    for path in ASSETS.glob("*.css"):
        if path.name not in {"tokens.css", "print.css"}:
            assert re.findall(r"#[0-9a-f]{3,8}\b", path.read_text(encoding="utf-8")) == []


def test_every_token_that_is_used_is_in_the_sheet() -> None:
    named = set(re.findall(r"--([\w-]+):", (ASSETS / "tokens.css").read_text(encoding="utf-8")))
    for path in ASSETS.glob("*.css"):
        used = set(re.findall(r"var\(--([\w-]+)\)", path.read_text(encoding="utf-8")))
        assert used <= named
