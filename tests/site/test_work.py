"""After logging in, everybody finds the pages of their roles and no others."""

from __future__ import annotations

import pytest
from django.urls import reverse

from omzien.base.accounts.roles import ROLES, Assurance
from omzien.config.audiences import AUDIENCES
from omzien.site.queries.work import DOORS
from tests.cast import browser_of, person

pytestmark = pytest.mark.django_db
WORK = reverse("site:work")


@pytest.mark.parametrize("role", list(ROLES))
def test_every_door_on_the_page_opens(role: str) -> None:
    browser = browser_of(person(role))
    page = browser.get(WORK).content.decode()
    shown = [door for door in DOORS if f'href="{door.address}"' in page]
    assert [browser.get(door.address).status_code for door in shown] == [200] * len(shown)


@pytest.mark.parametrize("role", list(ROLES))
def test_no_door_of_ones_role_is_missing(role: str) -> None:
    page = browser_of(person(role)).get(WORK).content.decode()
    mine = {door.name for door in DOORS if AUDIENCES[door.name].is_for({role})}
    assert {door.name for door in DOORS if f'href="{door.address}"' in page} == mine


def test_with_too_little_assurance_the_page_says_how_to_get_further() -> None:
    page = browser_of(person("coordinator"), Assurance.EMAIL).get(WORK).content.decode()
    assert reverse("accounts:second_factor") in page
    assert reverse("desk:find") not in page
