"""Where something is on the map of the town: its neighbourhood, and a dot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from omzien.base.places.models import AreaKind
from omzien.base.places.queries import ShownArea, areas_of, shapes_of
from omzien.methods.maps.projection import wgs84_from_rd

if TYPE_CHECKING:
    from omzien.base.catalogue.models import Location
    from omzien.base.places.queries import DrawnMap

STREETS = "https://www.openstreetmap.org/"


@dataclass(frozen=True, slots=True)
class Spot:
    """The neighbourhoods of the town with one of them marked, and a dot where it is known."""

    drawn: DrawnMap
    here: int
    dot: tuple[float, float] | None
    sentence: str


def spot_of(location: Location | None) -> Spot | None:
    """Draw where a location lies; None where neither its point nor its area is on the map."""
    if location is None:
        return None
    area = ShownArea.of(location.area) if location.area else None
    drawn = shapes_of(beside(area))
    if drawn is None:
        return None
    known = location.x is not None and location.y is not None
    dot = drawn.place(location.x or 0.0, location.y or 0.0) if known else None
    here = next((one.area.pk for one in drawn.areas if area and one.area.pk == area.pk), 0)
    if dot is None and not here:
        return None
    return Spot(drawn, here, dot, sentence_of(location))


def beside(area: ShownArea | None) -> tuple[ShownArea, ...]:
    """Return the neighbourhoods among which a location lies."""
    if area is None or area.kind != AreaKind.NEIGHBOURHOOD:
        return areas_of(settings.MUNICIPALITY_CODE, AreaKind.NEIGHBOURHOOD)
    return areas_of(area.municipality_code, AreaKind.NEIGHBOURHOOD, area.division_year)


def sentence_of(location: Location) -> str:
    if location.area is None:
        return _("Map: where %(place)s is") % {"place": location.name}
    return _("Map: %(place)s is in %(area)s") % {
        "place": location.name,
        "area": location.area.name,
    }


def streets_of(location: Location | None) -> str:
    """Return the address of a map with streets, for who plans the way."""
    if location is None or location.x is None or location.y is None:
        return ""
    longitude, latitude = wgs84_from_rd(location.x, location.y)
    place = {"mlat": f"{latitude:.5f}", "mlon": f"{longitude:.5f}"}
    return f"{STREETS}?{urlencode(place)}#map=17/{latitude:.5f}/{longitude:.5f}"
