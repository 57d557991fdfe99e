"""The demo's people: one log-in per role, only where the database was made for the demo."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from omzien.base.accounts.actions import NotADemo, make_demo_accounts
from omzien.base.accounts.models import User
from omzien.base.accounts.queries import roles_of, standing_of, user_by_email
from omzien.base.accounts.queries.demo import demo_logins
from omzien.base.accounts.roles import ROLES
from omzien.base.accounts.views import demo

if TYPE_CHECKING:
    from django.test import RequestFactory

    from omzien.config.provision import DatabaseUrls


@pytest.mark.django_db
def test_a_database_that_was_not_made_for_the_demo_gets_no_demo_accounts() -> None:
    with pytest.raises(NotADemo):
        make_demo_accounts(timezone.now())
    with pytest.raises(CommandError):
        call_command("demo_logins", make=True, stdout=StringIO())
    assert User.objects.count() == 0


@pytest.fixture
def demo_database(committed_db: DatabaseUrls) -> DatabaseUrls:
    """Return a database with the demo's marker."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS omzien_demo (made_at timestamptz)")
    return committed_db


def test_there_is_one_demo_account_per_role_and_every_one_comes_in(
    demo_database: DatabaseUrls,
) -> None:
    del demo_database
    for _ in range(2):
        make_demo_accounts(timezone.now())
    assert User.objects.count() == len(ROLES)
    for login in demo_logins(timezone.now()):
        user = user_by_email(login.email)
        assert user is not None
        assert roles_of(user) == {login.role}
        assert stands_as(login.email, login.password, login.code, user) == {login.role}


def stands_as(email: str, password: str, code: str, user: User) -> frozenset[str]:
    browser = Client(REMOTE_ADDR=f"198.51.100.{user.pk % 250}")
    browser.post(reverse("account_login"), {"login": email, "password": password})
    if code:
        browser.post(reverse("mfa_authenticate"), {"code": code})
    return standing_of(user, browser.session).roles


def test_the_command_prints_one_log_in_per_role(demo_database: DatabaseUrls) -> None:
    del demo_database
    said = StringIO()
    call_command("demo_logins", make=True, stdout=said)
    assert len(said.getvalue().splitlines()) == len(ROLES)
    assert Authenticator.objects.count() == len(ROLES) - 2


def test_the_demo_page_is_not_mounted_outside_the_demo() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("accounts:demo")


@pytest.mark.django_db
def test_the_demo_page_shows_every_log_in(rf: RequestFactory) -> None:
    page = demo(rf.get("/demo/")).content.decode()
    assert all(login.email in page for login in demo_logins(timezone.now()))
