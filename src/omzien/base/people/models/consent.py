"""What somebody agreed to: per purpose and per receiver."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from omzien.base.people.models.participant import Participant


class Purpose(models.TextChoices):
    VISIT_NOTES = "visit_notes", _("keep notes of a visit or talk")
    SHARE = "share", _("pass on a question to somebody who can help")
    REPORT_BACK = "report_back", _("tell the visitor what became of it")
    SPECIAL_DATA = "special_data", _("keep something about health or belief")
    EVALUATION = "evaluation", _("ask later what it has brought")


class GivenHow(models.TextChoices):
    ORAL = "oral", _("said it")
    WRITTEN = "written", _("on paper")
    ONLINE = "online", _("on the website")


class Consent(models.Model):
    """A yes to one purpose, for one receiver, in these words; it can be taken back any minute."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(
        Participant,
        verbose_name=_("participant"),
        on_delete=models.PROTECT,
        related_name="consents",
    )
    purpose = models.CharField(_("for what"), max_length=20, choices=Purpose)
    receiver = models.SlugField(
        _("for whom"), max_length=60, help_text=_("The short name of an organisation.")
    )
    wording = models.CharField(_("version of the wording"), max_length=20)
    given_how = models.CharField(_("how"), max_length=10, choices=GivenHow)
    given_at = models.DateTimeField(_("given on"))
    recorded_by = models.UUIDField(_("recorded by"))
    withdrawn_at = models.DateTimeField(_("taken back on"), null=True, blank=True)
    withdrawn_by = models.UUIDField(_("taking back recorded by"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "purpose", "receiver"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_active_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & Q(withdrawn_at__gte=F("given_at")),
                name="consent_taken_back_after_it_was_given_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="consent_purpose_is_known"
            ),
            models.CheckConstraint(
                condition=Q(given_how__in=GivenHow.values), name="consent_way_is_known"
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Show what somebody agreed to, when, in which words, and that it was taken back."
        basis = "AVG art. 7(1) and 9(2)(a): proof of consent"
        controller = "municipality"
        arrangement = "A receiver sees only the consents for itself."
        keep = timedelta(days=5 * 365)
        keep_from = "withdrawn_at"
        erase = "delete"

    def __str__(self) -> str:
        return f"{self.purpose} {self.receiver}"
