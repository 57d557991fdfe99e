"""Reads of mail, opt-outs and tokens; and a mail as a finished message."""

from __future__ import annotations

import hashlib
import hmac
import json
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

from omzien.base.letters.models import Kind, Mail, OptOut, Token

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet


OPT_OUT = "letters.opt_out"


class LinkNotGood(Exception):
    """The link no longer works: it was used already, is too old, or was not copied whole."""


class AddressKeyLost(Exception):
    """The secrets folder has no `address_key`: put it back, or opt-outs are forgotten."""


def address_hash(address: str) -> str:
    """Return the keyed hash by which an opted-out address is known again."""
    return hmac.new(address_key(), address.strip().lower().encode(), hashlib.sha256).hexdigest()


def address_key() -> bytes:
    """Return the key of the hashes; it never changes, or nobody would be known again."""
    file = settings.SECRETS_DIR / "address_key"
    if not file.is_file():
        raise AddressKeyLost
    return file.read_bytes().strip()


def has_opted_out(address: str, *, kind: Kind) -> bool:
    return (
        kind.can_be_stopped
        and OptOut.objects.filter(address_hash=address_hash(address), kind=kind).exists()
    )


def valid_token(
    secret: str, *, purpose: str, now: datetime, used_too: bool = False, lock: bool = False
) -> Token:
    """Return the token of the link, or raise `LinkNotGood`. It does not use it up."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    tokens = Token.objects.select_for_update() if lock else Token.objects.all()
    token = tokens.filter(digest=digest, purpose=purpose, expires_at__gt=now).first()
    if token is None or (token.used_at and not used_too):
        raise LinkNotGood
    return token


def compose(mail: Mail, *, stop_link: str, now: datetime) -> EmailMessage:
    """Return the whole message with its text and HTML part, in the language of the receiver."""
    name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    parts = rendered(mail, stop_link=stop_link)
    # Folded at 78 signs, a long link in a header would be cut or encoded, and no longer a link.
    message = EmailMessage(policy=SMTP.clone(max_line_length=900))
    message["From"] = Address(display_name=name, addr_spec=sender)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = parts["subject"]
    message["Date"] = format_datetime(now)
    # The same at each try, so that a repeat is recognised.
    message["Message-ID"] = f"<{mail.key}@{settings.HOST}>"
    message["Auto-Submitted"] = "auto-generated"
    if stop_link:
        message["List-Unsubscribe"] = f"<{stop_link}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(parts["text"])
    message.add_alternative(parts["html"], subtype="html")
    message["Content-Language"] = mail.language
    return message


def rendered(mail: Mail, *, stop_link: str = "") -> dict[str, str]:
    """Return subject, text and HTML. The subject knows nothing of the context: no names in it."""
    engine = Engine.get_default()
    name = f"letters/mail/{mail.template}"
    own: Mapping[str, object] = json.loads(mail.context)
    with translation.override(mail.language):
        values = {**site_values(), "stop_link": stop_link, **own, "kind": Kind(mail.kind)}
        text = engine.get_template(f"{name}.txt")
        first_line = str(text.source).partition("\n")[0]
        subject = engine.from_string(first_line).render(Context(site_values(), autoescape=False))
        whole = text.render(Context(values, autoescape=False))
        html = engine.get_template(f"{name}.html").render(Context({**values, "subject": subject}))
    text_part = whole.partition("\n")[2].strip() + "\n"
    return {"subject": subject.strip(), "text": text_part, "html": html}


def site_values() -> dict[str, object]:
    """Return what every mail and letter may say: the sender and the phone number of a human."""
    return {
        "municipality": settings.MUNICIPALITY_NAME,
        "phone": settings.PHONE,
        "site_url": settings.SITE_URL,
        "language": translation.get_language(),
    }


def latest_mails() -> QuerySet[Mail]:
    return Mail.objects.order_by("-queued_at", "-pk")


def mailbox(most: int = 50) -> list[tuple[Mail, str]]:
    """Return the newest mails of the demo, each with its subject."""
    return [(mail, rendered(mail)["subject"]) for mail in latest_mails()[:most]]


def kind_of_link(secret: str, *, now: datetime) -> Kind:
    """Return which kind of mail the link of a mail stops."""
    code = valid_token(secret, purpose=OPT_OUT, now=now, used_too=True).code
    return Kind(code.partition(":")[0])
