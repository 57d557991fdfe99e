"""The privacy officer looks things up; what they look up is written down too."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from omzien.base.journal.actions import make_month, record_view
from omzien.base.journal.models import Entry, ViewReason
from omzien.base.journal.queries import for_the_person, kind_of, with_names

if TYPE_CHECKING:
    from django.test import Client

    from omzien.base.accounts.models import User
    from tests.cast import LogIn

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def officer(log_in: LogIn, piet: User) -> Client:
    return log_in(piet)


@pytest.fixture
def seen(jan: User, mevrouw_de_vries: User) -> User:
    """Jan opened the record of mevrouw De Vries."""
    return record_view(
        mevrouw_de_vries, by=jan.actor("coordinator"), reason=ViewReason.PHONE, now=NOW
    )


def test_the_empty_page_shows_no_entries(officer: Client, seen: User) -> None:
    page = officer.get(reverse("journal:search"))
    assert page.status_code == 200
    assert str(seen.key) not in page.content.decode()


def test_looking_up_by_record_shows_who_did_what_and_is_written_down(
    officer: Client, seen: User, piet: User, jan: User
) -> None:
    page = officer.post(reverse("journal:search"), {"record": str(seen.key)})
    assert jan.name in page.content.decode()
    line = Entry.objects.order_by("-id")[0]
    assert (line.verb, line.actor_key, line.subject_key) == ("journal.read", piet.key, seen.key)


@pytest.mark.parametrize("way", ["email", "key"])
def test_looking_up_by_actor_takes_an_address_or_a_key(
    officer: Client, seen: User, jan: User, way: str
) -> None:
    page = officer.post(reverse("journal:search"), {"actor": str(getattr(jan, way))})
    assert str(seen.key) in page.content.decode()


def test_looking_up_a_month(officer: Client, seen: User) -> None:
    make_month(NOW.date())
    page = officer.post(reverse("journal:search"), {"month": "2026-11-01"})
    assert str(seen.key) in page.content.decode()
    make_month(NOW.date().replace(year=2025))
    page = officer.post(reverse("journal:search"), {"month": "2025-11-01"})
    assert str(seen.key) not in page.content.decode()


@pytest.mark.parametrize(
    "typed", [{}, {"record": "no key"}, {"actor": "sam@example.nl"}, {"month": "1999-01-01"}]
)
def test_what_cannot_be_looked_up_gets_a_sentence_and_reads_nothing(
    officer: Client, typed: dict[str, str]
) -> None:
    page = officer.post(reverse("journal:search"), typed)
    assert "errorlist" in page.content.decode()
    assert not Entry.objects.filter(verb="journal.read").exists()


def test_who_looked_at_a_record_names_staff_for_the_officer_only(
    officer: Client, seen: User, jan: User
) -> None:
    page = officer.get(reverse("journal:viewers", args=[seen.key])).content.decode()
    assert jan.name in page
    sheet = officer.get(reverse("journal:sheet", args=[seen.key])).content.decode()
    assert jan.name not in sheet
    assert str(jan.key) not in sheet


def test_the_sheet_and_the_export_say_when_in_which_role_and_why(
    officer: Client, seen: User, jan: User
) -> None:
    export = officer.get(reverse("journal:export", args=[seen.key]))
    head, line = export.content.decode().splitlines()
    assert head == "date,time,role,reason"
    assert line.startswith("2026-11-24,11:00,")
    assert jan.name not in line
    assert export["Content-Disposition"].startswith("attachment")


def test_nobody_looked_is_an_answer_too(officer: Client) -> None:
    for name in ("viewers", "sheet"):
        page = officer.get(reverse(f"journal:{name}", args=[uuid.uuid4()]))
        assert page.status_code == 200
        assert "<table" not in page.content.decode()


def test_unusual_viewing_shows_counts_and_no_dossiers(officer: Client, jan: User) -> None:
    assert "<table" not in officer.get(reverse("journal:unusual")).content.decode()
    keys = [uuid.uuid4() for _ in range(25)]
    for key in keys:
        jan.key, mine = key, jan.key
        record_view(
            jan,
            by=type(jan)(key=mine).actor("coordinator"),
            reason=ViewReason.PHONE,
            now=timezone.now(),
        )
        jan.key = mine
    page = officer.get(reverse("journal:unusual")).content.decode()
    assert jan.name in page
    assert ">25<" in page
    assert not any(str(key) in page for key in keys)


@pytest.mark.parametrize("role", ["jan", "anna", "els", "fatima", "mo"])
def test_nobody_else_reads_the_journal(
    request: pytest.FixtureRequest, log_in: LogIn, seen: User, role: str
) -> None:
    browser = log_in(request.getfixturevalue(role))
    for name, keys in (("search", []), ("unusual", []), ("viewers", [seen.key])):
        assert browser.get(reverse(f"journal:{name}", args=keys)).status_code in {302, 403}


def test_an_entry_is_shown_in_words(seen: User, jan: User) -> None:
    (line,) = with_names(Entry.objects.all())
    assert (line.who, line.key, line.verb) == (jan.name, seen.key, "viewed")
    assert line.record == kind_of("accounts.user")
    (anonymous,) = for_the_person(Entry.objects.all())
    assert anonymous.who == ""
    assert kind_of("gone.model") == "gone.model"
    assert kind_of("") == ""
