"""Sending mail, stopping it, and the keys in its links."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.template.loader import get_template
from django.urls import reverse

from omzien.base.jobs.actions import NotToBeRepeated, defer
from omzien.base.journal.actions import record
from omzien.base.letters import clients
from omzien.base.letters.models import Kind, Mail, OptOut, Token
from omzien.base.letters.queries import OPT_OUT, address_hash, compose, has_opted_out, valid_token

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from omzien.base.journal.models import Actor

# An unsubscribe link must work for as long as somebody may keep the mail.
OPT_OUT_VALID = timedelta(days=400)


class MailNotDelivered(Exception):
    """The mail server could not be reached or asked us to come back later."""


class MailRefused(NotToBeRepeated):
    """The mail server will not take this mail: the address does not exist, or we may not send."""


class CannotBeStopped(ValueError):
    """Mail that somebody asks for, such as a log-in code, cannot be stopped."""


@transaction.atomic
def send_mail(
    template: str,
    *,
    to: str,
    context: Mapping[str, object],
    by: Actor,
    now: datetime,
    language: str = "nl",
    kind: Kind = Kind.SERVICE,
) -> Mail:
    """Queue the mail `letters/mail/<template>.txt` and `.html` to one address.

    It leaves only if this transaction commits. `context` is kept encrypted for thirty days and may
    hold text, numbers and lists of these. Whoever opted out of `kind` gets nothing.
    """
    for part in ("txt", "html"):
        get_template(f"letters/mail/{template}.{part}")
    mail = Mail.objects.create(
        template=template,
        kind=kind,
        language=language,
        to=to,
        context=json.dumps(dict(context)),
        queued_at=now,
    )
    defer("letters.jobs.send_mail", mail=mail.pk)
    record("letters.send_mail", subject=mail, by=by, reason=f"template:{template}", now=now)
    return mail


def deliver_mail(number: int, *, by: Actor, now: datetime) -> None:
    """Hand one queued mail to the mail server, once; raise where that failed.

    A crash between the server's yes and our note of it repeats the mail at most once for each
    crash, with the same Message-ID, by which mail programs drop the second one.
    """
    with transaction.atomic():
        mail = Mail.objects.select_for_update().filter(pk=number, sent_at__isnull=True).first()
        if mail is None:
            return
        if has_opted_out(mail.to, kind=Kind(mail.kind)):
            note_outcome(mail, reason="opted_out", by=by, now=now)
            return
        link = stop_link(mail, by=by, now=now) if Kind(mail.kind).can_be_stopped else ""
        if settings.DEMO:
            keep_in_mailbox(mail, stop_link=link)
            reason = ""
        else:
            reason = clients.hand_over(compose(mail, stop_link=link, now=now))
        note_outcome(mail, reason=reason, by=by, now=now)
    if reason.startswith(clients.REFUSED):
        raise MailRefused(reason)
    if reason:
        raise MailNotDelivered(reason)


def keep_in_mailbox(mail: Mail, *, stop_link: str) -> None:
    """Keep the link with the mail, so that the demo's mailbox shows the mail as it would be."""
    mail.context = json.dumps({**json.loads(mail.context), "stop_link": stop_link})
    mail.save(update_fields=["context"])


def note_outcome(mail: Mail, *, reason: str, by: Actor, now: datetime) -> None:
    """Note that the mail left, or the code of why it did not."""
    mail.tries += 1
    mail.reason = reason
    mail.sent_at, mail.failed_at = (None, now) if reason else (now, None)
    mail.save(update_fields=["tries", "reason", "sent_at", "failed_at"])
    verb = "letters.mail_failed" if reason else "letters.mail_sent"
    record(verb, subject=mail, by=by, reason=reason, now=now)


def stop_link(mail: Mail, *, by: Actor, now: datetime) -> str:
    """Return the address of the page where the receiver of `mail` can stop mail of its kind."""
    secret = make_token(
        OPT_OUT,
        code=f"{mail.kind}:{address_hash(mail.to)}",
        valid_for=OPT_OUT_VALID,
        by=by,
        now=now,
    )
    return f"{settings.SITE_URL}{reverse('letters:stop', args=[secret])}"


@transaction.atomic
def opt_out(hashed: str, *, kind: Kind, by: Actor, now: datetime) -> OptOut:
    """Note that the address behind `hashed` wants no more mail of `kind`; twice is once."""
    if not kind.can_be_stopped:
        raise CannotBeStopped
    stopped, is_new = OptOut.objects.get_or_create(
        address_hash=hashed, kind=kind, defaults={"at": now}
    )
    if is_new:
        record("letters.opt_out", subject=stopped, by=by, reason=f"kind:{kind}", now=now)
    return stopped


@transaction.atomic
def opt_out_by_link(secret: str, *, by: Actor, now: datetime) -> OptOut:
    """Stop mail by the key in a mail's link; pressing the button twice is pressing once."""
    kind, _, hashed = valid_token(secret, purpose=OPT_OUT, now=now, used_too=True).code.partition(
        ":"
    )
    return opt_out(hashed, kind=Kind(kind), by=by, now=now)


@transaction.atomic
def make_token(
    purpose: str,
    *,
    about: UUID | None = None,
    code: str = "",
    valid_for: timedelta,
    by: Actor,
    now: datetime,
) -> str:
    """Return a secret for a link, good for one purpose until `valid_for` from now.

    Only its hash is kept: the link cannot be made again from the database.
    """
    secret = secrets.token_urlsafe(24)
    token = Token.objects.create(
        digest=hashlib.sha256(secret.encode()).hexdigest(),
        purpose=purpose,
        about=about,
        code=code,
        made_at=now,
        expires_at=now + valid_for,
    )
    record("letters.make_token", subject=token, by=by, reason=purpose, now=now)
    return secret


@transaction.atomic
def use_token(secret: str, *, purpose: str, by: Actor, now: datetime) -> Token:
    """Use up the key in a link, once; raise `LinkNotGood` where it is used, too old or unknown.

    Call it from the POST behind the button, never when the link is opened.
    """
    token = valid_token(secret, purpose=purpose, now=now, lock=True)
    token.used_at = now
    token.save(update_fields=["used_at"])
    record("letters.use_token", subject=token, by=by, reason=purpose, now=now)
    return token
