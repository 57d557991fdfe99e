"""Weights in versions, how often offers were shown, and what was not found."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models import Offer
from omzien.base.places.models import Area


class WeightSet(models.Model):
    """One version of how much each part of advice counts; the newest is in use."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    need = models.FloatField(_("what somebody misses"))
    interests = models.FloatField(_("what somebody likes"))
    nearness = models.FloatField(_("how near it is"))
    text = models.FloatField(_("somebody's own words"))
    mmr_lambda = models.FloatField(_("fitting, against being different from each other"))
    exposure = models.FloatField(_("what an often-shown offer loses"))
    stale = models.FloatField(_("what an offer loses that was not checked lately"))
    lacking = models.FloatField(_("what an offer loses for each wish it is not known to have"))
    why = models.CharField(_("why"), max_length=300)
    since = models.DateTimeField(_("in use since"))

    class Meta:
        verbose_name = _("set of weights")
        verbose_name_plural = _("sets of weights")
        constraints = [
            models.CheckConstraint(
                condition=Q(need__range=(0, 1), interests__range=(0, 1), nearness__range=(0, 1))
                & Q(text__range=(0, 1), mmr_lambda__range=(0, 1), exposure__range=(0, 1))
                & Q(stale__range=(0, 1), lacking__range=(0, 1)),
                name="weights_lie_between_0_and_1",
            ),
            models.CheckConstraint(
                condition=Q(need__gt=0) | Q(interests__gt=0) | Q(nearness__gt=0) | Q(text__gt=0),
                name="weights_count_something",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="weights_say_why"),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return str(self.number)


class Showing(models.Model):
    """How often advice showed an offer in the week that begins on a Monday, to anybody."""

    offer = models.ForeignKey(
        Offer, verbose_name=_("offer"), on_delete=models.CASCADE, related_name="+"
    )
    week = models.DateField(_("week of"))
    times = models.PositiveIntegerField(_("times"), default=1)

    class Meta:
        verbose_name = _("showing")
        verbose_name_plural = _("showings")
        constraints = [
            models.UniqueConstraint(fields=["week", "offer"], name="showing_once_a_week"),
            models.CheckConstraint(
                condition=Q(week__iso_week_day=1), name="showing_week_begins_on_monday"
            ),
        ]

    class Privacy:
        # Counts of offers; who was shown them is not kept.
        personal = False

    def __str__(self) -> str:
        return f"{self.offer_id} {self.week}: {self.times}"


class Gap(models.Model):
    """What somebody looked for and town does not have: what, where and when, and not who."""

    month = models.DateField(_("month"))
    area = models.ForeignKey(
        Area,
        verbose_name=_("neighbourhood"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    layers = ArrayField(models.CharField(max_length=60), verbose_name=_("layers"), default=list)
    interests = ArrayField(
        models.CharField(max_length=60), verbose_name=_("what people like"), default=list
    )
    # Half-days as 0-1: Monday, afternoon.
    half_days = ArrayField(models.CharField(max_length=3), verbose_name=_("when"), default=list)
    because = models.CharField(_("what stood in the way"), max_length=10, blank=True)
    nothing = models.BooleanField(_("nothing fitted at all"))

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1), name="gap_is_known_by_its_month_only"
            ),
        ]
        indexes = [models.Index(fields=["month"], name="gap_by_month")]

    class Privacy:
        # No language, age, mobility, budget or own words, and no day: they would point to people.
        personal = False

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {', '.join([*self.interests, *self.layers])}"
