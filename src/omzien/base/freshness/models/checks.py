"""What was asked of whom, and what they answered."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from omzien.base.accounts.models import User
from omzien.base.catalogue.models import Offer
from omzien.base.freshness.models.keepers import Keeper


class Answer(models.TextChoices):
    SAME = "same", _("still true")
    CHANGED = "changed", _("changed")
    STOPPED = "stopped", _("stopped")


class CheckRequest(models.Model):
    """One mail to one keeper about all of theirs that is due: asked, reminded, passed on."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    # A keeper, or a delegate where nobody was named.
    keeper = models.ForeignKey(
        Keeper,
        verbose_name=_("keeper"),
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
    )
    user = models.ForeignKey(
        User,
        verbose_name=_("delegate"),
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
    )
    asked_at = models.DateTimeField(_("asked on"))
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True)
    passed_on_at = models.DateTimeField(_("passed on to the phone list"), null=True, blank=True)

    class Meta:
        verbose_name = _("question to a keeper")
        verbose_name_plural = _("questions to keepers")
        constraints = [
            models.CheckConstraint(
                condition=Q(keeper__isnull=False) ^ Q(user__isnull=False),
                name="check_request_is_to_one",
            ),
            models.CheckConstraint(
                condition=Q(reminded_at__isnull=True) | Q(reminded_at__gte=F("asked_at")),
                name="check_request_reminds_after_it_asked",
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Know who was asked what, remind once, then ring."
        basis = "AVG art. 6(1)(e): a true social map"
        controller = "joint"
        arrangement = "The organisation says who; the municipality asks."
        keep = timedelta(days=365)
        keep_from = "asked_at"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)


class RequestedCheck(models.Model):
    """One record in such a mail, and the answer."""

    request = models.ForeignKey(
        CheckRequest, verbose_name=_("question"), on_delete=models.CASCADE, related_name="items"
    )
    offer = models.ForeignKey(
        Offer, verbose_name=_("offer"), on_delete=models.CASCADE, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=7, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("record that was asked about")
        verbose_name_plural = _("records that were asked about")
        constraints = [
            models.UniqueConstraint(fields=["request", "offer"], name="requested_check_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="requested_check_answer_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", *Answer.values]),
                name="requested_check_answer_is_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["offer"],
                condition=Q(answered_at__isnull=True),
                name="requested_check_open",
            )
        ]

    class Privacy:
        # About a public record; who was asked stands in the question.
        personal = False

    def __str__(self) -> str:
        return f"{self.offer_id} {self.answer}"
