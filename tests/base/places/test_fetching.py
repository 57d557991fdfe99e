"""Fetching the official files: from a server on this machine that has the same addresses."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.core.management import CommandError, call_command

from omzien.base.places.clients import CannotFetchError, OfficialFile, fetch, official_files
from omzien.base.places.models import Outline, PublishedFigure
from tests.base.places.conftest import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings

    from omzien.base.places.actions import ImportReport

ANSWERS = {
    "wijkenbuurten:gemeenten": "gemeente_2024_rd.geojson",
    "wijkenbuurten:wijken": "buurten_2024_rd.geojson",
    "wijkenbuurten:buurten": "buurten_2024_rd.geojson",
    "85984NED": "kwb_85984NED.json",
    "50150NED": "rivm_50150NED.json",
}


class OfficialServer(BaseHTTPRequestHandler):
    """Answers like PDOK, CBS and RIVM, with the invented files."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(unquote(self.path))
        parts = urlsplit(self.path)
        layer = parse_qs(parts.query).get("typeNames", [parts.path.split("/")[-2]])[0]
        if layer == "halfway":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"{")
            return
        if layer not in ANSWERS:
            self.send_error(404)
            return
        content = (FILES / ANSWERS[layer]).read_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's word
        """Say nothing."""


@pytest.fixture
def asked() -> list[str]:
    """Return the addresses that were asked for."""
    return []


@pytest.fixture
def mirror(asked: list[str]) -> Iterator[str]:
    """Start the server and give its address."""
    handler = type("Handler", (OfficialServer,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def _in_the_invented_town(settings: Settings, facts: ImportReport) -> None:
    del facts
    settings.MUNICIPALITY_CODE, settings.MUNICIPALITY_NAME = "GM9901", "Voorbeeldstad"


def test_the_addresses_are_those_of_pdok_cbs_and_rivm() -> None:
    files = official_files("GM0637", 2024)
    hosts = [urlsplit(file.url).netloc for file in files]
    assert hosts == [*["service.pdok.nl"] * 3, "opendata.cbs.nl", "dataderden.cbs.nl"]
    assert "GM0637" in unquote(files[2].url)
    assert "startswith(WijkenEnBuurten,'BU0637')" in unquote(files[3].url)
    assert "85984NED" in files[3].url
    assert "50150NED" in files[4].url
    assert [file.kind for file in official_files("GM0637", 1999)] == ["boundaries"] * 3


def test_a_file_is_fetched_whole(mirror: str, tmp_path: Path) -> None:
    file = official_files("GM9901", 2024, mirror=mirror)[0]
    path = fetch(file, tmp_path / "new")
    assert path.read_bytes() == (FILES / "gemeente_2024_rd.geojson").read_bytes()
    assert [each.name for each in path.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("url", ["/nothing/here", "/halfway/x"])
def test_a_file_that_is_not_there_or_stops_half_way_leaves_nothing(
    mirror: str, tmp_path: Path, url: str
) -> None:
    file = OfficialFile("buurten.json", "boundaries", 2024, mirror + url)
    with pytest.raises(CannotFetchError, match=r"buurten\.json"):
        fetch(file, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_only_web_addresses_are_fetched(tmp_path: Path) -> None:
    file = OfficialFile("x", "boundaries", 2024, "file:///etc/passwd")
    with pytest.raises(CannotFetchError, match="not a web address"):
        fetch(file, tmp_path)


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_the_invented_town")
def test_fetch_places_fetches_and_brings_in_everything(
    mirror: str, asked: list[str], tmp_path: Path
) -> None:
    out = StringIO()
    call_command("fetch_places", "--into", str(tmp_path), "--mirror", mirror, stdout=out)
    assert out.getvalue().count("Done: ") == 5
    assert len(asked) == 5
    assert Outline.objects.count() == 5
    lonely = PublishedFigure.objects.filter(indicator__slug="lonely", area__code="BU99010000")
    assert lonely.count() == 4


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_the_invented_town")
def test_without_internet_it_says_which_file_to_save_where(tmp_path: Path) -> None:
    nobody = "http://127.0.0.1:9"
    with pytest.raises(CommandError) as told:
        call_command(
            "fetch_places", "--into", str(tmp_path), "--mirror", nobody, stderr=StringIO()
        )
    said = str(told.value)
    assert f"save as {tmp_path}/buurten_2024_GM9901.geojson" in said
    assert f"{nobody}/cbs/wijkenbuurten/2024/wfs/v1_0?" in said
    assert said.count("save as") == 5


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_the_invented_town")
def test_a_file_saved_by_hand_is_brought_in_without_the_internet(tmp_path: Path) -> None:
    for file, name in zip(official_files("GM9901", 2024), ANSWERS.values(), strict=True):
        (tmp_path / file.name).write_bytes((FILES / name).read_bytes())
    out = StringIO()
    call_command("fetch_places", "--into", str(tmp_path), "--mirror", "http://x", stdout=out)
    assert out.getvalue().count("Done: ") == 5


@pytest.mark.django_db
@pytest.mark.usefixtures("_in_the_invented_town")
def test_a_broken_file_in_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "gemeenten_2024_GM9901.geojson").write_text("{")
    with pytest.raises(CommandError, match=r"gemeenten_2024_GM9901\.geojson: .*half-way"):
        call_command("fetch_places", "--into", str(tmp_path), "--mirror", "http://x")
