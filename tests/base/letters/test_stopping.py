"""Saying “no more of this mail”, and the keys in links."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from omzien.base.journal.models import Entry
from omzien.base.letters.actions import (
    CannotBeStopped,
    keep_in_mailbox,
    make_token,
    opt_out,
    opt_out_by_link,
    stop_link,
    use_token,
)
from omzien.base.letters.models import Kind, OptOut, Token
from omzien.base.letters.queries import (
    AddressKeyLost,
    LinkNotGood,
    address_hash,
    has_opted_out,
    rendered,
    valid_token,
)
from tests.base.letters.test_mail import BY, NOW, trial

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db

ABOUT = UUID("11111111-2222-3333-4444-555555555555")
DAY = timedelta(days=1)


def a_link(kind: Kind = Kind.NEWS) -> str:
    """Return the address, on this site, of the link in a mail that left this moment."""
    mail = trial(kind=kind)
    with_clock = stop_link(mail, by=BY, now=NOW)
    Token.objects.update(expires_at=NOW + timedelta(days=36_500))
    return with_clock.removeprefix("http://127.0.0.1:8000")


# --- Opting out ---------------------------------------------------------------------------------


def test_opt_out_holds_for_one_kind_and_however_the_address_is_written() -> None:
    opt_out(address_hash("Vries@Example.nl"), kind=Kind.NEWS, by=BY, now=NOW)
    assert has_opted_out(" vries@example.NL", kind=Kind.NEWS)
    assert not has_opted_out("vries@example.nl", kind=Kind.REMINDER)
    assert not has_opted_out("ander@example.nl", kind=Kind.NEWS)


def test_opt_out_twice_is_once() -> None:
    for _ in range(2):
        opt_out(address_hash("vries@example.nl"), kind=Kind.NEWS, by=BY, now=NOW)
    assert OptOut.objects.count() == 1
    assert Entry.objects.filter(verb="letters.opt_out").count() == 1


def test_what_is_asked_for_oneself_cannot_be_stopped() -> None:
    with pytest.raises(CannotBeStopped):
        opt_out(address_hash("vries@example.nl"), kind=Kind.SERVICE, by=BY, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        OptOut.objects.create(address_hash="x", kind=Kind.SERVICE, at=NOW)


def test_the_database_knows_no_address_that_opted_out() -> None:
    opt_out(address_hash("vries@example.nl"), kind=Kind.NEWS, by=BY, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT letters_optout::text FROM letters_optout")
        (row,) = cursor.fetchone() or ("",)
    assert "vries" not in row


def test_without_its_key_no_opt_out_is_forgotten_in_silence(
    tmp_path: Path, settings: Settings
) -> None:
    settings.SECRETS_DIR = tmp_path
    with pytest.raises(AddressKeyLost):
        address_hash("vries@example.nl")


def test_an_opt_out_of_one_installation_is_no_opt_out_of_another(
    tmp_path: Path, settings: Settings
) -> None:
    here = address_hash("vries@example.nl")
    settings.SECRETS_DIR = tmp_path
    (tmp_path / "address_key").write_text("another", encoding="ascii")
    assert address_hash("vries@example.nl") != here


# --- The page behind the link -------------------------------------------------------------------


def test_opening_the_link_changes_nothing(client: Client) -> None:
    page = client.get(a_link())
    assert page.status_code == 200
    assert not OptOut.objects.exists()
    assert "no-store" in page["Cache-Control"]


def test_the_page_shows_no_name_and_no_address(client: Client) -> None:
    assert b"vries" not in client.get(a_link()).content.lower()


def test_the_button_stops_mail_of_this_kind(client: Client) -> None:
    link = a_link(Kind.REMINDER)
    assert client.post(link).status_code == 200
    assert has_opted_out("vries@example.nl", kind=Kind.REMINDER)


def test_a_mail_program_stops_it_with_one_click_without_cookie_or_csrf_token() -> None:
    program = Client(enforce_csrf_checks=True)
    answer = program.post(a_link(), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert has_opted_out("vries@example.nl", kind=Kind.NEWS)


def test_pressing_twice_says_the_same_twice(client: Client) -> None:
    link = a_link()
    assert [client.post(link).status_code for _ in range(2)] == [200, 200]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_nobody_made_is_gone(client: Client, method: str) -> None:
    assert getattr(client, method)("/mail/stop/not-a-key/").status_code == 410
    assert not OptOut.objects.exists()


def test_opt_out_by_link_refuses_a_link_that_is_too_old() -> None:
    secret = a_link().split("/")[-2]
    with pytest.raises(LinkNotGood):
        opt_out_by_link(secret, by=BY, now=NOW + timedelta(days=40_000))


def test_keep_in_mailbox_lets_the_demo_show_the_link_that_was_in_the_mail() -> None:
    mail = trial(kind=Kind.NEWS)
    keep_in_mailbox(mail, stop_link="https://example.nl/stop/")
    mail.refresh_from_db()
    assert "https://example.nl/stop/" in rendered(mail)["text"]


# --- Keys in links ------------------------------------------------------------------------------


def made(purpose: str = "test.open") -> str:
    return make_token(purpose, about=ABOUT, valid_for=DAY, by=BY, now=NOW)


def test_make_token_keeps_only_the_hash_of_the_secret() -> None:
    secret = made()
    assert len(secret) >= 32
    assert secret not in str(vars(Token.objects.get()))


def test_use_token_works_once() -> None:
    secret = made()
    assert use_token(secret, purpose="test.open", by=BY, now=NOW).about == ABOUT
    with pytest.raises(LinkNotGood):
        use_token(secret, purpose="test.open", by=BY, now=NOW)


def test_looking_at_a_token_does_not_use_it_up() -> None:
    secret = made()
    for _ in range(3):
        assert valid_token(secret, purpose="test.open", now=NOW).used_at is None


def test_a_token_is_good_for_one_purpose_only() -> None:
    with pytest.raises(LinkNotGood):
        use_token(made(), purpose="test.other", by=BY, now=NOW)


@pytest.mark.parametrize(("later", "good"), [(DAY - timedelta(seconds=1), True), (DAY, False)])
def test_a_token_is_good_until_its_end(later: timedelta, *, good: bool) -> None:
    secret = made()
    if good:
        assert use_token(secret, purpose="test.open", by=BY, now=NOW + later).used_at
        return
    with pytest.raises(LinkNotGood):
        use_token(secret, purpose="test.open", by=BY, now=NOW + later)


@pytest.mark.parametrize("change", [{"expires_at": NOW - DAY}, {"code": "mevrouw De Vries"}])
def test_the_database_refuses_an_impossible_token(change: dict[str, object]) -> None:
    made()
    with pytest.raises(IntegrityError), transaction.atomic():
        Token.objects.update(**change)
