"""What can be chosen on the list of offers: words of the address, and the wish they make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models import Taxonomy
from omzien.base.catalogue.queries.search import DAYS, Wish
from omzien.site.queries.list_addresses import AREA_FILTER, FILTERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

# What somebody types is sent in the form, never in the address: see the view.
WORDS, LONGEST_WORDS = "woorden", 80
WHEN, HALF, POSTCODE, FAR, PAGE = "wanneer", "dagdeel", "postcode", "afstand", "bladzijde"
DUTCH_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
WHENS = {
    "vandaag": "today",
    "morgen": "tomorrow",
    "weekend": "weekend",
    "week": "week",
    **dict(zip(DUTCH_DAYS, DAYS, strict=True)),
}
HALVES = {"ochtend": "morning", "middag": "afternoon", "avond": "evening"}
# How far to go from there, in metres; nothing: no further than the neighbourhood itself.
DISTANCES = {"lopen": 1_000, "fietsen": 3_000, "verder": None}
YES = {
    "gratis": ("free",),
    "halen": ("fetched",),
    "samen": ("together",),
    "drempelvrij": ("step_free",),
    "thuis": ("at_home", "by_phone", "online"),
}
YES_NAMES: dict[str, _StrPromise] = {
    "gratis": _("free of charge"),
    "halen": _("I can be fetched"),
    "samen": _("somebody goes with me the first time"),
    "drempelvrij": _("without steps"),
    "thuis": _("I can stay at home"),
}
IN_ADDRESS = (WHEN, HALF, AREA_FILTER, POSTCODE, FAR, *FILTERS.values(), *YES)


def wish_from(given: Mapping[str, str]) -> Wish:
    """Return the wish that these choices make; what is unknown asks nothing."""
    area, place, within = where(given)
    yes = {field for name, fields in YES.items() if given.get(name) == "ja" for field in fields}
    slugs = {kind: slug_in(given, name) for kind, name in FILTERS.items()}
    return Wish(
        words=given.get(WORDS, "").strip()[:LONGEST_WORDS],
        when=WHENS.get(given.get(WHEN, ""), ""),
        half=HALVES.get(given.get(HALF, ""), ""),
        area=area,
        place=place,
        within=within,
        free="free" in yes,
        fetched="fetched" in yes,
        together="together" in yes,
        step_free="step_free" in yes,
        at_home="at_home" in yes,
        by_phone="by_phone" in yes,
        online="online" in yes,
        themes=tuple(filter(None, [slugs[Taxonomy.THEME]])),
        interests=tuple(filter(None, [slugs[Taxonomy.INTEREST]])),
        dimension=slugs[Taxonomy.DIMENSION],
        life_moment=slugs[Taxonomy.LIFE_MOMENT],
    )


def where(given: Mapping[str, str]) -> tuple[str, str, int | None]:
    """Return where to look: in this area; or near this place, at most so many metres from it."""
    area, postcode = given.get(AREA_FILTER, ""), postcode_in(given)
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2,10}", area):
        area = ""
    far = given.get(FAR, "")
    if not postcode and far not in DISTANCES:
        return area, "", None
    place = postcode or area
    return "", place, DISTANCES.get(far, DISTANCES["fietsen"]) if place else None


def postcode_in(given: Mapping[str, str]) -> str:
    """Return the four digits of a postcode; its letters say too much to stand in an address."""
    found = re.match(r"\s*([1-9][0-9]{3})\s*([A-Za-z]{2})?\s*$", given.get(POSTCODE, ""))
    return found[1] if found else ""


def slug_in(given: Mapping[str, str], name: str) -> str:
    slug = given.get(name, "")
    return slug if re.fullmatch(r"[a-z0-9-]{1,60}", slug) else ""


def address_words(given: Mapping[str, str], *left_out: str) -> dict[str, str]:
    """Return the choices as they may stand in an address: from lists, and never what was typed."""
    said = {name: given[name] for name in IN_ADDRESS if given.get(name)}
    if POSTCODE in said:
        said[POSTCODE] = postcode_in(given)
    return {name: value for name, value in said.items() if value and name not in left_out}
