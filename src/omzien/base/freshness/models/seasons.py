"""Are you open in the holidays? What was asked of whom, and what each organisation answered."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from omzien.base.accounts.models import User
from omzien.base.catalogue.models import Closing
from omzien.base.desk.models import OwnedWork
from omzien.base.freshness.models.keepers import Keeper
from omzien.base.network.models import Organisation

if TYPE_CHECKING:
    from datetime import date


class Season(models.TextChoices):
    """The long school holidays, in which much is closed."""

    SUMMER = "summer", _("summer holidays")
    CHRISTMAS = "christmas", _("Christmas holidays")


class SeasonAnswer(models.TextChoices):
    OPEN = "open", _("goes on as usual")
    CLOSED = "closed", _("closed all that time")
    PARTLY = "partly", _("closed on some days")


class SeasonQuestion(models.Model):
    """Is this organisation open in one holiday? Asked once; the answer may change until then."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )
    season = models.CharField(_("holiday"), max_length=9, choices=Season)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    asked_at = models.DateTimeField(_("asked on"))
    answer = models.CharField(_("answer"), max_length=6, choices=SeasonAnswer, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    # What the answer closed, so that another answer opens it again.
    closing = models.ForeignKey(
        Closing,
        verbose_name=_("closing"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("question about a holiday")
        verbose_name_plural = _("questions about holidays")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "season", "first_day"], name="season_asked_once"
            ),
            models.CheckConstraint(condition=Q(season__in=Season.values), name="season_is_known"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="season_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, closing__isnull=True)
                | Q(answer=SeasonAnswer.OPEN, answered_at__isnull=False, closing__isnull=True)
                | Q(
                    answer__in=[SeasonAnswer.CLOSED, SeasonAnswer.PARTLY],
                    answered_at__isnull=False,
                ),
                name="season_answer_is_whole",
            ),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.season} {self.first_day:%Y}"

    @property
    def closing_last(self) -> date | None:
        """Return the last day that the answer closed; the database keeps the day after."""
        period = self.closing.period if self.closing else None
        return period.upper - timedelta(days=1) if period else None


class SeasonRequest(models.Model):
    """One mail to one keeper about a holiday, for all organisations of theirs."""

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

    class Meta:
        verbose_name = _("mail about a holiday")
        verbose_name_plural = _("mails about holidays")
        constraints = [
            models.CheckConstraint(
                condition=Q(keeper__isnull=False) ^ Q(user__isnull=False),
                name="season_request_is_to_one",
            )
        ]

    class Privacy:
        personal = True
        purpose = "Know who was asked about a holiday, and ring who does not answer."
        basis = "AVG art. 6(1)(e): a true social map"
        controller = "joint"
        arrangement = "The organisation says who; the municipality asks."
        keep = timedelta(days=365)
        keep_from = "asked_at"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)


class RequestedSeason(models.Model):
    """One organisation in such a mail."""

    request = models.ForeignKey(
        SeasonRequest, verbose_name=_("mail"), on_delete=models.CASCADE, related_name="+"
    )
    question = models.ForeignKey(
        SeasonQuestion, verbose_name=_("question"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("organisation that was asked about a holiday")
        verbose_name_plural = _("organisations that were asked about a holiday")
        constraints = [
            models.UniqueConstraint(fields=["request", "question"], name="requested_season_once")
        ]

    class Privacy:
        # About an organisation; who was asked stands in the mail.
        personal = False

    def __str__(self) -> str:
        return f"{self.request_id} {self.question_id}"


class SeasonCall(OwnedWork):
    """Somebody must ring to ask whether an organisation is open in a holiday."""

    READ_ALONG: ClassVar[tuple[str, ...]] = ("question__organisation",)
    ends_with_an_answer = True

    question = models.ForeignKey(
        SeasonQuestion, verbose_name=_("question"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta(OwnedWork.Meta):
        verbose_name = _("holiday to ring about")
        verbose_name_plural = _("holidays to ring about")
        constraints = [
            *OwnedWork.Meta.constraints,
            models.UniqueConstraint(fields=["question"], name="season_call_once"),
        ]

    class Privacy:
        personal = True
        purpose = "Ask by telephone whether an organisation is open in a holiday."
        basis = "AVG art. 6(1)(e): a true social map"
        controller = "joint"
        arrangement = "The organisation says who; the municipality rings."
        keep = timedelta(days=180)
        keep_from = "closed_at"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)

    def get_absolute_url(self) -> str:
        return reverse("freshness:season_call", args=[self.key])

    @property
    def title(self) -> str:
        return str(_("Ring: are you open in the holidays?"))

    @property
    def whom(self) -> str:
        """Return what a work list shows where others show a person: the organisation."""
        return self.question.organisation.name
