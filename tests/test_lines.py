"""Each line switched off in turn, and the base alone: what remains works and says what is off."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from django.urls import get_resolver, reverse

from omzien.base.jobs.jobs import belongs_to_use
from omzien.base.journal.models import Actor
from omzien.base.places.actions import Scope, load_demo_figures, load_facts
from omzien.config.audiences import AUDIENCES
from omzien.site.queries.lines import LINES
from tests.addresses import addresses
from tests.source import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

ALL = [line.name for line in LINES]
# One line off at a time, and all of them: the base alone.
COMBINATIONS = [[name for name in ALL if name != off] for off in ALL] + [[]]
OFF = "niet in gebruik"


@pytest.fixture(params=COMBINATIONS, ids=lambda used: "+".join(used) or "base alone")
def used(request: pytest.FixtureRequest, settings: Settings) -> Iterator[list[str]]:
    caches["pages"].clear()
    settings.LINES_IN_USE = request.param
    yield request.param
    caches["pages"].clear()


@pytest.fixture
def town(db: None) -> None:
    del db
    scope = Scope(settings.MUNICIPALITY_CODE, settings.MUNICIPALITY_NAME)
    now, by = datetime(2026, 11, 3, tzinfo=UTC), Actor.system("tests")
    load_facts(scope=scope, by=by, now=now)
    load_demo_figures(scope, rng=Random(1), by=by, now=now)  # noqa: S311 - invented figures


def public_pages() -> list[str]:
    return [
        reverse(address.name)
        for address in addresses(get_resolver())
        if AUDIENCES[address.name].public and not address.parameters
        if address.name.startswith("site:")
    ]


@pytest.mark.usefixtures("town")
def test_every_public_page_still_opens(used: list[str]) -> None:
    del used
    sam = Client()
    answers = {path: sam.get(path).status_code for path in public_pages()}
    assert {
        path: status for path, status in answers.items() if status not in {200, 302, 405}
    } == {}


@pytest.mark.usefixtures("town")
def test_the_menu_says_which_lines_are_off(used: list[str]) -> None:
    page = Client().get(reverse("site:plan")).content.decode()
    listed = page.split("</header>")[1]
    assert listed.count(OFF) == len(ALL) - len(used)


@pytest.mark.usefixtures("town")
def test_the_page_of_a_line_says_whether_it_is_used(used: list[str]) -> None:
    for line in LINES:
        page = Client().get(reverse("site:plan_line", args=[line.name])).content.decode()
        assert (OFF in page.split("</header>")[1]) == (line.name not in used)


@pytest.mark.usefixtures("town")
def test_figures_of_a_line_that_is_off_are_not_shown(used: list[str]) -> None:
    page = Client().get(reverse("site:neighbourhoods")).content.decode()
    body = page.split("</header>")[1]
    assert ("Voorbeeld: eenzaam" in body) == ("insight" in used)
    assert (OFF in body) == ("insight" not in used)
    assert "Inwoners" in body


def test_nightly_work_of_a_line_that_is_off_is_left_alone(used: list[str]) -> None:
    for line in LINES:
        assert belongs_to_use(f"omzien.{line.name}.some.jobs") == (line.name in used)
    assert belongs_to_use("omzien.base.jobs.jobs")


def test_the_project_passes_its_checks_with_these_lines(used: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=os.environ | {"OMZIEN_LINES": ",".join(used) or "none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
