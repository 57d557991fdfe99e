"""Trying too often: per account and per address, over all processes, and whose address it is."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from omzien.base.accounts.adapters import AccountAdapter
from omzien.base.letters.models import Mail
from tests.cast import person, with_app, with_password

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from omzien.base.accounts.models import User
    from omzien.config.provision import DatabaseUrls

CODES_PER_ACCOUNT = 3
WRONG_PER_ACCOUNT = 5

# Two of these at once knock on the same door; pytest is there so that pages need no built styles.
KNOCK = """
import sys, pytest, django
django.setup()
from django.test import Client
sys.stdin.readline()
for _ in range(6):
    Client().post("/account/login/code/", {"email": sys.argv[1]})
"""


@pytest.mark.parametrize("known", [True, False])
def test_two_processes_together_get_no_more_codes_than_one(
    committed_db: DatabaseUrls, *, known: bool
) -> None:
    resident = person("resident")
    email = resident.email if known else "unknown@example.nl"
    environment = {
        **os.environ,
        **committed_db.environment(),
        "DJANGO_SETTINGS_MODULE": "omzien.config.settings",
        "OMZIEN_SECRETS_DIR": str(settings.SECRETS_DIR),
        "OMZIEN_EXTRA_HOSTS": "testserver",
    }
    both = [
        subprocess.Popen(
            [sys.executable, "-c", KNOCK, email], env=environment, stdin=subprocess.PIPE
        )
        for _ in range(2)
    ]
    for process in both:
        assert process.stdin is not None
        process.stdin.write(b"\n")
        process.stdin.flush()
    for process in both:
        process.communicate()
    assert [process.returncode for process in both] == [0, 0]
    assert Mail.objects.count() == CODES_PER_ACCOUNT


@pytest.mark.django_db
def test_the_sixth_wrong_password_is_not_even_looked_at(jan: User) -> None:
    with_password(jan)
    answers = [wrong_password(jan.email) for _ in range(WRONG_PER_ACCOUNT + 1)]
    said = [str(answer.context["form"].errors) for answer in answers]
    assert len(set(said[:WRONG_PER_ACCOUNT])) == 1
    assert said[-1] != said[0]


@pytest.mark.django_db
def test_an_unknown_address_is_counted_in_the_same_way() -> None:
    answers = [wrong_password("unknown@example.nl") for _ in range(WRONG_PER_ACCOUNT + 1)]
    said = [str(answer.context["form"].errors) for answer in answers]
    assert said[-1] != said[0]


@pytest.mark.django_db
def test_one_address_cannot_try_many_accounts() -> None:
    answers = [wrong_password(f"person{n}@example.nl") for n in range(11)]
    said = [str(answer.context["form"].errors) for answer in answers]
    assert said[9] == said[0]
    assert said[10] != said[0]


@pytest.mark.django_db
def test_another_address_is_not_hindered(jan: User) -> None:
    for n in range(11):
        wrong_password(f"person{n}@example.nl")
    answer = wrong_password(jan.email, address="198.51.100.7")
    fresh = wrong_password("first@example.nl", address="198.51.100.8")
    assert answer.context["form"].errors == fresh.context["form"].errors


@pytest.mark.django_db
def test_wrong_codes_of_the_app_are_counted_per_account(jan: User) -> None:
    with_app(with_password(jan))
    said = []
    for n in range(WRONG_PER_ACCOUNT + 1):
        browser = Client(REMOTE_ADDR=f"198.51.100.{n}")
        browser.post(
            reverse("account_login"),
            {"login": jan.email, "password": "kopje-koffie-in-de-buurt"},
        )
        answer = browser.post(reverse("mfa_authenticate"), {"code": "000000"})
        said.append(str(answer.context["form"].errors))
    assert said[-1] != said[0]


@pytest.mark.django_db
def test_guessing_links_of_invitations_is_stopped() -> None:
    page = reverse("accounts:invitation", kwargs={"token": "guess"})
    codes = [Client().post(page).status_code for _ in range(31)]
    assert codes == [404] * 30 + [429]


def wrong_password(email: str, *, address: str = "198.51.100.1") -> Any:  # noqa: ANN401 - Django's client's answer
    form = {"login": email, "password": "not-the-password"}
    return Client(REMOTE_ADDR=address).post(reverse("account_login"), form)


@pytest.mark.parametrize(
    ("proxies", "address"),
    [(0, "10.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.1")],
)
def test_the_number_of_trusted_proxies_decides_whose_address_it_is(
    settings: Settings, proxies: int, address: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 198.51.100.1, 203.0.113.9"
    )
    assert AccountAdapter().get_client_ip(request) == address


@pytest.mark.django_db
def test_what_is_counted_holds_no_email_address_in_the_clear() -> None:
    wrong_password("somebody@example.nl")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM shared_cache")
        keys = " ".join(row[0] for row in cursor.fetchall())
    assert "login_failed" in keys
    assert "somebody" not in keys
