"""The register, the proof of erasure and emergencies, as pages."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from omzien.base.privacy.forms import SENTENCES
from omzien.base.privacy.models import BreakGlass, Declaration, ErasureProof
from omzien.base.privacy.queries.declarations import personal_declarations
from omzien.base.privacy.queries.proofs import proofs
from omzien.base.privacy.queries.register import (
    register,
    register_in_markdown,
    term,
    without_people,
    words_for,
)

if TYPE_CHECKING:
    from omzien.base.accounts.models import User
    from tests.cast import LogIn

DOCUMENT = Path(__file__).parents[3] / "docs" / "privacy.md"


# --- The register -------------------------------------------------------------------------------


def test_the_register_in_docs_is_the_one_that_the_declarations_make() -> None:
    """If this fails: manage.py privacy_register."""
    assert DOCUMENT.read_text(encoding="utf-8") == register_in_markdown()


def test_the_command_writes_it(tmp_path: Path) -> None:
    call_command("privacy_register", out=tmp_path / "privacy.md", verbosity=0)
    assert (tmp_path / "privacy.md").read_text(encoding="utf-8") == register_in_markdown()


def test_every_table_is_in_the_register_once() -> None:
    listed = [line.table for section in register() for line in section.lines]
    assert sorted(listed) == sorted(one.table for one in personal_declarations())
    assert not set(listed) & set(without_people())


def test_the_register_goes_by_controller_and_then_by_purpose() -> None:
    sections = register()
    assert len({section.controller for section in sections}) == len(sections)
    for section in sections:
        purposes = [line.purpose for line in section.lines]
        assert purposes == sorted(purposes)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (365, "1 year"),
        (1825, "5 years"),
        (90, "3 months"),
        (30, "30 days"),
        (1, "1 day"),
        (400, "400 days"),
    ],
)
def test_a_term_is_said_in_whole_years_months_or_days(days: int, words: str) -> None:
    with translation.override("en"):
        assert words_for(timedelta(days=days)) == words


def test_a_term_says_from_which_date() -> None:
    def said(table: str, keep_from: str, days: int = 30) -> str:
        with translation.override("en"):
            return term(
                Declaration(
                    table=table, personal=True, keep=timedelta(days=days), keep_from=keep_from
                )
            )

    assert said("accounts_user", "left_at") == "30 days after “left on”"
    assert said("account_emailaddress", "user__left_at") == "30 days after “left on”"
    assert said("shared_cache", "expires", days=0) == "until “expires”"
    assert said("procrastinate_jobs", "") == "30 days"


@pytest.mark.django_db
def test_the_privacy_officer_reads_the_register(log_in: LogIn, piet: User, anna: User) -> None:
    page = log_in(piet).get(reverse("privacy:register")).content.decode()
    for section in register():
        assert section.lines[0].title in page
    assert log_in(anna).get(reverse("privacy:register")).status_code == 403


# --- Proof of erasure ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_waits_and_what_was_erased_are_shown(log_in: LogIn, piet: User, jan: User) -> None:
    browser = log_in(piet)
    page = browser.get(reverse("privacy:erasures")).content.decode()
    assert "accounts_user: 1" not in page
    jan.is_active, jan.left_at = False, timezone.now() - timedelta(days=800)
    jan.save(update_fields=["is_active", "left_at"])
    page = browser.get(reverse("privacy:erasures")).content.decode()
    assert "accounts_user: 1" in page
    assert browser.get(reverse("privacy:erasures_export")).content.decode().splitlines() == [
        "run_at,table,erase,rows,until,signature"
    ]


def test_proofs_come_newest_first() -> None:
    assert proofs().query.order_by == ("-id",)
    assert proofs().model is ErasureProof


# --- Emergencies --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_emergency_from_asking_to_closing(log_in: LogIn, jan: User, piet: User) -> None:
    asks, allows = log_in(jan), log_in(piet)
    asked = asks.post(
        reverse("privacy:emergencies"),
        {
            "subject_key": str(uuid.uuid4()),
            "controller": "municipality",
            "reason": "danger",
            "explanation": "De buren horen haar roepen.",
        },
    )
    glass = BreakGlass.objects.get()
    address = reverse("privacy:emergency", args=[glass.key])
    assert asked["Location"] == address
    assert reverse("privacy:allow", args=[glass.key]) not in asks.get(address).content.decode()
    assert "De buren" in allows.get(address).content.decode()
    allows.post(reverse("privacy:allow", args=[glass.key]), {"hours": "4"})
    assert BreakGlass.objects.get().is_open(timezone.now())
    assert reverse("privacy:close", args=[glass.key]) in asks.get(address).content.decode()
    asks.post(reverse("privacy:close", args=[glass.key]))
    assert not BreakGlass.objects.get().is_open(timezone.now())
    assert address in allows.get(reverse("privacy:emergencies")).content.decode()


def ask_as(user: User, log_in: LogIn) -> BreakGlass:
    log_in(user).post(
        reverse("privacy:emergencies"),
        {
            "subject_key": str(uuid.uuid4()),
            "controller": "municipality",
            "reason": "danger",
            "explanation": "De buren horen haar roepen.",
        },
    )
    return BreakGlass.objects.get()


@pytest.mark.django_db
def test_allowing_ones_own_gets_a_sentence(log_in: LogIn, jan: User) -> None:
    glass = ask_as(jan, log_in)
    browser = log_in(jan)
    address = reverse("privacy:allow", args=[glass.key])
    page = browser.post(address, {"hours": "4"}, follow=True)
    assert 'role="status"' in page.content.decode()
    assert BreakGlass.objects.get().opened_at is None


@pytest.mark.django_db
def test_an_administrator_may_ask_and_never_allow(log_in: LogIn, anna: User, jan: User) -> None:
    glass = ask_as(jan, log_in)
    browser = log_in(anna)
    page = browser.get(reverse("privacy:emergency", args=[glass.key])).content.decode()
    assert "De buren" not in page
    address = reverse("privacy:allow", args=[glass.key])
    assert browser.post(address, {"hours": "4"}).status_code == 403


@pytest.mark.django_db
def test_a_form_that_is_not_filled_in_asks_nothing(log_in: LogIn, jan: User) -> None:
    page = log_in(jan).post(reverse("privacy:emergencies"), {"explanation": "x"})
    assert page.content.decode().count("errorlist") == 3
    assert not BreakGlass.objects.exists()


@pytest.mark.django_db
def test_an_emergency_that_is_not_there_is_not_found(log_in: LogIn, jan: User) -> None:
    address = reverse("privacy:emergency", args=[uuid.uuid4()])
    assert log_in(jan).get(address).status_code == 404


@pytest.mark.parametrize("refusal", SENTENCES, ids=lambda one: str(one.__name__))
def test_a_refusal_says_what_its_docstring_says(refusal: type[Exception]) -> None:
    with translation.override("en"):
        assert str(SENTENCES[refusal]) == refusal.__doc__
