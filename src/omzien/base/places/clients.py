"""Fetching the official files of PDOK, CBS and RIVM; nothing else goes out from here."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from pathlib import Path

PDOK = "https://service.pdok.nl"
CBS = "https://opendata.cbs.nl"
RIVM = "https://dataderden.cbs.nl"
KEY_FIGURE_TABLES = {2022: "85318NED", 2023: "85618NED", 2024: "85984NED", 2025: "86165NED"}
HEALTH_TABLES = {2022: "50120NED", 2024: "50150NED"}
# What PDOK calls the areas, with the property that names the municipality.
LAYERS = ("gemeenten", "wijken", "buurten")
SECONDS = 60
CHUNK = 1 << 16


class CannotFetchError(Exception):
    """The file cannot be fetched from here: download it by hand."""

    def __init__(self, file: OfficialFile, why: str) -> None:
        super().__init__(f"{file.name}: {why}")
        self.file = file


@dataclass(frozen=True, slots=True)
class OfficialFile:
    """A file as it is published: what it is called here, of which kind, and where it is."""

    name: str
    kind: str
    year: int
    url: str


def official_files(municipality: str, year: int, *, mirror: str = "") -> tuple[OfficialFile, ...]:
    """List the files of a municipality for one division; a mirror has the same paths."""
    files = [_boundaries(layer, municipality, year, mirror or PDOK) for layer in LAYERS]
    if table := KEY_FIGURE_TABLES.get(year):
        name = f"kerncijfers_{year}_{table}_{municipality}.json"
        url = _odata(mirror or CBS, table, municipality)
        files.append(OfficialFile(name, "key-figures", year, url))
    if table := HEALTH_TABLES.get(year):
        name = f"gezondheid_{year}_{table}_{municipality}.json"
        url = _odata(mirror or RIVM, table, municipality)
        files.append(OfficialFile(name, "health-monitor", year, url))
    return tuple(files)


def _boundaries(layer: str, municipality: str, year: int, host: str) -> OfficialFile:
    wanted = (
        "<Filter><PropertyIsEqualTo><PropertyName>gemeentecode</PropertyName>"
        f"<Literal>{municipality}</Literal></PropertyIsEqualTo></Filter>"
    )
    query = urlencode(
        {
            "service": "WFS",
            "version": "2.0.0",
            "request": "GetFeature",
            "typeNames": f"wijkenbuurten:{layer}",
            "outputFormat": "application/json",
            "srsName": "EPSG:28992",
            "filter": wanted,
        }
    )
    return OfficialFile(
        name=f"{layer}_{year}_{municipality}.geojson",
        kind="boundaries",
        year=year,
        url=f"{host}/cbs/wijkenbuurten/{year}/wfs/v1_0?{query}",
    )


def _odata(host: str, table: str, municipality: str) -> str:
    starts = ["NL00", *(f"{kind}{municipality[2:]}" for kind in ("GM", "WK", "BU"))]
    wanted = " or ".join(f"startswith(WijkenEnBuurten,'{start}')" for start in starts)
    return f"{host}/ODataApi/odata/{table}/TypedDataSet?$filter={quote(wanted)}"


def fetch(file: OfficialFile, folder: Path) -> Path:
    """Download a file whole or not at all, and give where it is."""
    if urlsplit(file.url).scheme not in {"http", "https"}:
        raise CannotFetchError(file, "not a web address")
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{file.name}.unfinished"
    request = Request(file.url, headers={"User-Agent": "Omzien"})  # noqa: S310 - http(s) only, checked above
    try:
        with urlopen(request, timeout=SECONDS) as answer, unfinished.open("wb") as out:  # noqa: S310 - idem
            while piece := answer.read(CHUNK):
                out.write(piece)
            expected = answer.headers.get("Content-Length")
    except (URLError, OSError, http.client.HTTPException) as problem:
        unfinished.unlink(missing_ok=True)
        raise CannotFetchError(file, str(problem)) from problem
    if expected and unfinished.stat().st_size != int(expected):
        unfinished.unlink()
        raise CannotFetchError(file, "the download stopped half-way")
    return unfinished.rename(folder / file.name)
