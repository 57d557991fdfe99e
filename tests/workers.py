"""A worker in a process of its own, and a mail server that is really one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller
from django.conf import settings

from tests.source import ROOT

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    from aiosmtpd.smtp import SMTP, Envelope, Session

    from omzien.config.provision import DatabaseUrls

PATIENCE = 40.0


@dataclass
class MailServer:
    """What a mail server got; it can be told to refuse, and to hang before it says yes."""

    port: int = 0
    got: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    answer: str = "250 OK"
    answer_to_address: str = "250 OK"
    # Cleared: the server has the mail but does not answer yet.
    answers: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        del server, session
        envelope.rcpt_tos.append(address)
        return self.answer_to_address

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        del session
        content = envelope.content
        assert isinstance(content, bytes)
        if self.answer.startswith("250"):
            message = message_from_bytes(content, policy=policy.default)
            assert isinstance(message, EmailMessage)
            self.got.append(message)
            self.raw.append(content)
        await server.loop.run_in_executor(None, self.answers.wait, PATIENCE)
        return self.answer


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None, port: int = 0) -> Iterator[MailServer]:
    """Run a mail server on a free port of this machine."""
    server = MailServer(port or free_port())
    server.answers.set()
    controller = Controller(
        server, hostname="127.0.0.1", port=server.port, tls_context=tls, enable_SMTPUTF8=True
    )
    controller.start()
    try:
        yield server
    finally:
        server.answers.set()
        controller.stop()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port


@contextmanager
def worker(
    urls: DatabaseUrls, *options: str, mail: str = "", **variables: str
) -> Iterator[subprocess.Popen[str]]:
    """Run `manage.py worker` on the database of `urls`; end it in the end."""
    environment = {
        **os.environ,
        **urls.environment(),
        "OMZIEN_SECRETS_DIR": str(settings.SECRETS_DIR),
        "OMZIEN_TRUSTED_PROXIES": "0",
        "OMZIEN_MAIL_URL": mail,
        **variables,
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", *options],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until(happened: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait until something happened in another process, and fail where it does not."""
    end = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)
