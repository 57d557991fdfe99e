"""Mail on its way, who wants no more of it, and the keys in its links."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from omzien.base.privacy.fields import EncryptedTextField


class Kind(models.TextChoices):
    """What a mail is for, and so whether somebody may say: no more of these."""

    SERVICE = "service", _("what you asked for yourself")
    REMINDER = "reminder", _("reminders")
    NEWS = "news", _("news")

    @property
    def can_be_stopped(self) -> bool:
        return self is not Kind.SERVICE


class Mail(models.Model):
    """One mail to one address: from the moment it was asked for until thirty days later."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    template = models.CharField(_("template"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=5)
    to = EncryptedTextField(_("to"))
    context = EncryptedTextField(_("what is filled in"))
    queued_at = models.DateTimeField(_("asked for"))
    sent_at = models.DateTimeField(_("accepted by the mail server"), null=True)
    failed_at = models.DateTimeField(_("last tried in vain"), null=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    reason = models.CharField(_("why not sent"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(failed_at__isnull=True),
                name="mail_is_sent_or_failed_not_both",
            ),
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True, reason="")
                | Q(failed_at__isnull=False) & ~Q(reason=""),
                name="mail_fails_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="mail_kind_is_one_of_the_list"
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Bring a mail to an address, try again where that failed, prove that it left."
        basis = "AVG art. 6(1)(e); for reminders and news 6(1)(a)"
        controller = "municipality"
        arrangement = "The municipality sends for all; organisations see no addresses by it."
        keep = timedelta(days=30)
        keep_from = "queued_at"
        erase = "delete"

    def __str__(self) -> str:
        return f"{self.template} {self.key}"


class OptOut(models.Model):
    """An address, as a keyed hash, that wants no more mail of one kind."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    address_hash = models.CharField(_("address, as a keyed hash"), max_length=64)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("opt-out")
        verbose_name_plural = _("opt-outs")
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "kind"], name="opt_out_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind for kind in Kind if kind.can_be_stopped]),
                name="opt_out_of_what_can_be_stopped",
            ),
        ]

    class Privacy:
        # A pseudonym: whoever has the key of this installation can test an address against it.
        # It must outlive the erasure of the person, or the mail would start again.
        personal = True
        purpose = "Keep to it when somebody says that they want no more mail of a kind."
        basis = "AVG art. 6(1)(c) with art. 21(3)"
        controller = "municipality"
        arrangement = "Holds for all mail of this installation."
        keep = timedelta(days=20 * 365)
        keep_from = "at"
        erase = "delete"

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class Token(models.Model):
    """The key in a link of a mail: for one purpose, for a while; only its hash is kept."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    digest = models.CharField(_("hash"), max_length=64, unique=True)
    purpose = models.CharField(_("purpose"), max_length=60)
    # The record that the link is about; or, where no record may hold it, a code.
    about = models.UUIDField(_("about"), null=True)
    code = models.CharField(_("code"), max_length=100, blank=True)
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("good until"))
    used_at = models.DateTimeField(_("used"), null=True)

    class Meta:
        verbose_name = _("key in a link")
        verbose_name_plural = _("keys in links")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="token_expires_after_it_was_made"
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__lt=F("expires_at")),
                name="token_is_used_before_it_expires",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[a-z0-9_.:-]*$"), name="token_code_holds_no_text"
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Let a link in a mail open one page, once, for a while."
        basis = "AVG art. 6(1)(c) with art. 32: access control"
        controller = "municipality"
        arrangement = "Kept with the mail."
        keep = timedelta(days=30)
        keep_from = "expires_at"
        erase = "delete"

    def __str__(self) -> str:
        return f"{self.purpose} {self.key}"
