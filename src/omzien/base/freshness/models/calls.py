"""A keeper to ring: the phone list of the social map."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omzien.base.accounts.models import User
from omzien.base.catalogue.models import Offer
from omzien.base.desk.models import OwnedWork
from omzien.base.freshness.models.checks import Answer
from omzien.base.freshness.models.keepers import Keeper


class WhyCall(models.TextChoices):
    """Why somebody rings instead of mailing."""

    NO_MAIL = "no-mail", _("is asked by telephone")
    NO_ANSWER = "no-answer", _("did not answer two mails")
    NOBODY = "nobody", _("nobody is known who keeps it")


class CheckCall(OwnedWork):
    """Somebody must ring to ask whether a record is still true."""

    READ_ALONG: ClassVar[tuple[str, ...]] = ("offer",)
    # Only the answer that was given ends it, or the record would stay as old as it was.
    ends_with_an_answer = True

    offer = models.ForeignKey(
        Offer, verbose_name=_("offer"), on_delete=models.CASCADE, related_name="+"
    )
    why = models.CharField(_("why"), max_length=9, choices=WhyCall)
    # Whom to ask for; nobody where nobody is known.
    keeper = models.ForeignKey(
        Keeper,
        verbose_name=_("keeper"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    user = models.ForeignKey(
        User,
        verbose_name=_("delegate"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    tries = models.PositiveSmallIntegerField(_("tried in vain"), default=0)
    answer = models.CharField(_("answer"), max_length=7, choices=Answer, blank=True)

    class Meta(OwnedWork.Meta):
        verbose_name = _("keeper to ring")
        verbose_name_plural = _("keepers to ring")
        constraints = [
            *OwnedWork.Meta.constraints,
            models.CheckConstraint(
                condition=Q(why__in=WhyCall.values), name="check_call_says_why"
            ),
            models.CheckConstraint(
                condition=Q(keeper__isnull=True) | Q(user__isnull=True),
                name="check_call_asks_for_one",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, answer="")
                | Q(closed_at__isnull=False, answer__in=Answer.values),
                name="check_call_ends_with_an_answer",
            ),
            models.UniqueConstraint(
                fields=["offer"],
                condition=Q(closed_at__isnull=True),
                name="check_call_open_once_an_offer",
            ),
        ]

    class Privacy:
        personal = True
        fields = {"why": "keep", "answer": "keep"}
        purpose = "Ask by telephone whether a public record is still true."
        basis = "AVG art. 6(1)(e): a true social map"
        controller = "joint"
        arrangement = "The organisation says who; the municipality rings."
        keep = timedelta(days=180)
        keep_from = "closed_at"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)

    def get_absolute_url(self) -> str:
        return reverse("freshness:call", args=[self.key])

    @property
    def title(self) -> str:
        return str(_("Ring: is it still true?"))

    @property
    def whom(self) -> str:
        """Return what a work list shows where others show a person: the record."""
        return self.offer.name
