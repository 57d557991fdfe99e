"""The connection to the mail server."""

from __future__ import annotations

import smtplib
import ssl
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from email.message import EmailMessage

# Codes that begin so will be the same next time: no second try.
REFUSED = "refused"
FOR_GOOD = 500


def hand_over(message: EmailMessage) -> str:
    """Give `message` to the mail server; return "" when it said yes, else a code of why not."""
    try:
        with connected() as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        (code, _answer) = next(iter(error.recipients.values()))
        return answered(code)
    except smtplib.SMTPResponseException as error:
        return answered(error.smtp_code)
    except ssl.SSLError:
        return "no_trusted_tls"
    except smtplib.SMTPNotSupportedError:
        return "no_tls_offered"
    except (OSError, smtplib.SMTPException) as error:
        return f"unreachable:{type(error).__name__.lower()}"[:60]
    return ""


def answered(code: int) -> str:
    return f"{REFUSED}:{code}" if code >= FOR_GOOD else f"later:{code}"


def connected() -> smtplib.SMTP:
    """Return a connection to the mail server, encrypted unless the settings say otherwise."""
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    trusted = ssl.create_default_context()
    server = (
        smtplib.SMTP_SSL(host, port, timeout=settings.EMAIL_TIMEOUT, context=trusted)
        if settings.EMAIL_USE_SSL
        else smtplib.SMTP(host, port, timeout=settings.EMAIL_TIMEOUT)
    )
    try:
        if settings.EMAIL_USE_TLS:
            server.starttls(context=trusted)
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except BaseException:
        server.close()
        raise
    return server
