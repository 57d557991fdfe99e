"""How many people came to a meeting: a number, never a name."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models import Offer

MOST_PEOPLE = 5_000


class How(models.TextChoices):
    """How a count reached us."""

    LINK = "link", _("by the link of a mail")
    PHONE = "phone", _("by telephone")
    STRIP = "strip", _("on a strip of paper")


class Turnout(models.Model):
    """One meeting that took place and has a host: how many came, once that is told.

    It stands on its own, because meetings are computed anew: by its offer and its moment.
    """

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    offer = models.ForeignKey(
        Offer, verbose_name=_("offer"), on_delete=models.CASCADE, related_name="+"
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    asked_at = models.DateTimeField(_("asked on"))
    people = models.PositiveSmallIntegerField(_("how many came"), null=True, blank=True)
    # Asked in a count week only.
    new_people = models.PositiveSmallIntegerField(
        _("for the first time this year"), null=True, blank=True
    )
    how = models.CharField(_("how it was told"), max_length=5, choices=How, blank=True)
    reported_at = models.DateTimeField(_("told on"), null=True, blank=True)

    class Meta:
        verbose_name = _("turnout")
        verbose_name_plural = _("turnouts")
        constraints = [
            models.UniqueConstraint(fields=["offer", "starts_at"], name="turnout_once_a_meeting"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="turnout_meeting_lasts_a_while"
            ),
            models.CheckConstraint(
                condition=Q(asked_at__gte=F("ends_at")), name="turnout_is_asked_afterwards"
            ),
            models.CheckConstraint(
                condition=Q(
                    people__isnull=True,
                    new_people__isnull=True,
                    how="",
                    reported_at__isnull=True,
                )
                | Q(
                    people__isnull=False,
                    how__in=How.values,
                    reported_at__gte=F("ends_at"),
                ),
                name="turnout_is_told_whole_and_afterwards",
            ),
            models.CheckConstraint(
                condition=Q(people__isnull=True) | Q(people__lte=MOST_PEOPLE),
                name="turnout_is_sensible",
            ),
            models.CheckConstraint(
                condition=Q(new_people__isnull=True) | Q(new_people__lte=F("people")),
                name="turnout_new_people_came",
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="turnout_by_moment")]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"{self.offer_id} {self.starts_at:%Y-%m-%d %H:%M}"
