"""Bringing mail to a mail server that is really one: this machine's, on a port of its own."""

from __future__ import annotations

import ssl
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from omzien.base.jobs.actions import NotToBeRepeated
from omzien.base.journal.models import Actor, Entry
from omzien.base.letters.actions import (
    MailNotDelivered,
    MailRefused,
    deliver_mail,
    opt_out,
    send_mail,
)
from omzien.base.letters.models import Kind, Mail
from omzien.base.letters.queries import address_hash
from tests.base.letters.test_mail import BY, NOW, trial
from tests.workers import MailServer, free_port, mail_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as server:
        point_at(settings, server.port)
        yield server


def point_at(settings: Settings, port: int, *, starttls: bool = False) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = starttls, False
    settings.EMAIL_TIMEOUT = 5


def deliver(mail: Mail) -> Mail:
    """Try once, and return the mail as it is kept then."""
    try:
        deliver_mail(mail.pk, by=BY, now=NOW)
    finally:
        mail.refresh_from_db()
    return mail


# --- The server says yes ------------------------------------------------------------------------


def test_deliver_mail_brings_both_parts_with_accents_whole(server: MailServer) -> None:
    mail = send_mail(
        "trial", to="vries@example.nl", context={"link": "https://a.nl/é?ë"}, by=BY, now=NOW
    )
    assert deliver(mail).sent_at == NOW
    (got,) = server.got
    text, html = (part.get_content() for part in got.iter_parts())
    assert "https://a.nl/é?ë" in text
    assert "https://a.nl/é?ë" in html
    assert got["To"] == "vries@example.nl"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Date"].datetime == NOW


def test_a_mail_that_was_sent_is_not_sent_again(server: MailServer) -> None:
    mail = deliver(trial())
    deliver(mail)
    assert len(server.got) == 1
    assert mail.tries == 1


def test_the_journal_has_a_line_when_a_mail_left(server: MailServer) -> None:
    mail = deliver(trial())
    assert server.got
    assert Entry.objects.filter(verb="letters.mail_sent", subject_key=mail.key).count() == 1


def test_what_is_asked_for_oneself_has_no_way_to_stop_it(server: MailServer) -> None:
    deliver(trial(kind=Kind.SERVICE))
    (got,) = server.got
    assert got["List-Unsubscribe"] is None


@pytest.mark.parametrize("kind", [Kind.NEWS, Kind.REMINDER])
def test_news_and_reminders_can_be_stopped_with_one_click(server: MailServer, kind: Kind) -> None:
    deliver(trial(kind=kind))
    (got,) = server.got
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = got["List-Unsubscribe"].strip("<>")
    assert link.startswith("http://127.0.0.1:8000/mail/stop/")
    assert all(link in part.get_content() for part in got.iter_parts())


def test_a_long_link_to_stop_stays_whole_in_the_header(
    server: MailServer, settings: Settings
) -> None:
    settings.SITE_URL = "https://omzien.een-gemeente-met-een-lange-naam.example.nl"
    deliver(trial(kind=Kind.NEWS))
    link = b"<https://omzien.een-gemeente-met-een-lange-naam.example.nl/mail/stop/"
    assert b"List-Unsubscribe: " + link in server.raw[0]


def test_whoever_opted_out_gets_nothing_also_when_the_mail_was_queued_before(
    server: MailServer,
) -> None:
    mail = trial(kind=Kind.NEWS)
    opt_out(address_hash("VRIES@example.nl "), kind=Kind.NEWS, by=BY, now=NOW)
    assert deliver(mail).reason == "opted_out"
    deliver(trial(kind=Kind.REMINDER))
    deliver(trial(kind=Kind.SERVICE))
    assert len(server.got) == 2


def test_the_demo_sends_nothing_and_keeps_the_mail_for_its_mailbox(
    server: MailServer, settings: Settings
) -> None:
    settings.DEMO = True
    mail = deliver(trial(kind=Kind.NEWS))
    assert mail.sent_at
    assert "/mail/stop/" in mail.context
    assert server.got == []


# --- The server says no -------------------------------------------------------------------------


def test_a_server_that_is_down_means_try_again_later(settings: Settings) -> None:
    point_at(settings, free_port())
    mail = trial()
    with pytest.raises(MailNotDelivered):
        deliver(mail)
    assert (mail.reason, mail.tries, mail.failed_at) == (
        "unreachable:connectionrefusederror",
        1,
        NOW,
    )


def test_a_server_that_is_busy_means_try_again_later(server: MailServer) -> None:
    server.answer = "451 greylisted"
    mail = trial()
    with pytest.raises(MailNotDelivered, match="later:451"):
        deliver(mail)
    server.answer = "250 OK"
    deliver(mail)
    assert (mail.sent_at, mail.failed_at, mail.reason, mail.tries) == (NOW, None, "", 2)


@pytest.mark.parametrize("where", ["answer", "answer_to_address"])
def test_an_address_that_does_not_exist_is_not_tried_again(server: MailServer, where: str) -> None:
    setattr(server, where, "550 no such user")
    mail = trial()
    with pytest.raises(MailRefused, match="refused:550"):
        deliver(mail)
    assert mail.reason == "refused:550"
    assert issubclass(MailRefused, NotToBeRepeated)


def test_the_reason_never_holds_what_the_server_said(server: MailServer) -> None:
    server.answer = "550 no mailbox for mevrouw De Vries"
    mail = trial()
    with pytest.raises(MailRefused) as caught:
        deliver(mail)
    assert "Vries" not in str(caught.value)
    assert "Vries" not in mail.reason


# --- Encryption on the way ----------------------------------------------------------------------


@pytest.fixture
def own_certificate(tmp_path: Path) -> ssl.SSLContext:
    """Return TLS with a certificate that its owner signed: nobody else vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_mail_does_not_leave_in_the_clear_where_the_server_offers_no_tls(
    server: MailServer, settings: Settings
) -> None:
    point_at(settings, server.port, starttls=True)
    mail = trial()
    with pytest.raises(MailNotDelivered, match="no_tls_offered"):
        deliver(mail)
    assert server.got == []


def test_mail_does_not_go_to_a_server_that_nobody_vouches_for(
    own_certificate: ssl.SSLContext, settings: Settings
) -> None:
    with mail_server(own_certificate) as server:
        point_at(settings, server.port, starttls=True)
        mail = trial()
        with pytest.raises(MailNotDelivered, match="no_trusted_tls"):
            deliver(mail)
    assert server.got == []


def test_an_actor_of_the_system_stands_in_the_journal_for_the_job() -> None:
    assert Actor.system("mail").role == "system.mail"
