"""Helpers: people who visit, or do something with somebody; when and how they can."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from omzien.base.accounts.models import User
from omzien.base.people.fields import PersonalTextField
from omzien.base.places.models import Area
from omzien.base.privacy.fields import EncryptedTextField

MOST_PER_WEEK = 20


class Travel(models.TextChoices):
    WALKING = "walking", _("on foot")
    CYCLING = "cycling", _("by bicycle")
    TRANSPORT = "transport", _("by public transport")
    CAR = "car", _("by car")


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class HalfDay(models.TextChoices):
    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")
    EVENING = "evening", _("evening")


class Helper(models.Model):
    """Somebody who visits or helps: what was checked, and what suits them."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        User,
        verbose_name=_("account"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    name = PersonalTextField(_("name"))
    phone = EncryptedTextField(_("phone"), blank=True)
    joined_on = models.DateField(_("since"))
    left_on = models.DateField(_("left on"), null=True, blank=True)
    vog_seen_on = models.DateField(_("certificate of conduct seen on"), null=True, blank=True)
    vog_check_on = models.DateField(_("ask for a new one on"), null=True, blank=True)
    trained_on = models.DateField(_("trained on"), null=True, blank=True)
    secrecy_signed_on = models.DateField(_("promised secrecy on"), null=True, blank=True)
    languages = ArrayField(
        models.CharField(max_length=3), verbose_name=_("languages"), default=list, blank=True
    )
    home_area = models.ForeignKey(
        Area,
        verbose_name=_("lives in"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    travel = models.CharField(_("comes"), max_length=10, choices=Travel, default=Travel.CYCLING)
    most_per_week = models.PositiveSmallIntegerField(_("at most, a week"), default=2)
    pairs_with = models.ForeignKey(
        "self",
        verbose_name=_("goes together with"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("helper")
        verbose_name_plural = _("helpers")
        constraints = [
            models.CheckConstraint(
                condition=Q(vog_seen_on__isnull=True, vog_check_on__isnull=True)
                | Q(vog_check_on__isnull=False, vog_seen_on__isnull=False)
                & Q(vog_check_on__gt=F("vog_seen_on")),
                name="helper_certificate_has_a_next_check",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="helper_leaves_after_joining",
            ),
            models.CheckConstraint(
                condition=Q(most_per_week__gte=1, most_per_week__lte=MOST_PER_WEEK),
                name="helper_does_a_sensible_number_a_week",
            ),
            models.CheckConstraint(
                condition=Q(travel__in=Travel.values), name="helper_travel_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(pairs_with=F("id")), name="helper_does_not_pair_with_themselves"
            ),
        ]

    class Privacy:
        personal = True
        fields = {"languages": "keep"}
        purpose = "Plan who visits or helps whom, and let nobody go who was not checked."
        basis = "AVG art. 6(1)(b): agreement with the volunteer"
        controller = "joint"
        arrangement = "The organisation chooses and trains its volunteers; the list is shared."
        keep = timedelta(days=2 * 365)
        keep_from = "left_on"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)


class Availability(models.Model):
    """A half-day of the week on which a helper usually can."""

    helper = models.ForeignKey(
        Helper, verbose_name=_("helper"), on_delete=models.CASCADE, related_name="availability"
    )
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday)
    half_day = models.CharField(_("part of the day"), max_length=10, choices=HalfDay)

    class Meta:
        verbose_name = _("availability")
        verbose_name_plural = _("availability")
        constraints = [
            models.UniqueConstraint(
                fields=["helper", "weekday", "half_day"], name="availability_once"
            ),
            models.CheckConstraint(
                condition=Q(weekday__in=Weekday.values, half_day__in=HalfDay.values),
                name="availability_is_a_half_day_of_the_week",
            ),
        ]

    class Privacy:
        personal = True
        purpose = "Ask helpers only when it suits them."
        basis = "AVG art. 6(1)(b): agreement with the volunteer"
        controller = "joint"
        arrangement = "Goes with the helper."
        keep = timedelta(days=2 * 365)
        keep_from = "helper__left_on"
        erase = "delete"

    def __str__(self) -> str:
        return f"{self.weekday} {self.half_day}"


class Leave(models.Model):
    """Days on which a helper is away; two periods never overlap."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    helper = models.ForeignKey(
        Helper, verbose_name=_("helper"), on_delete=models.CASCADE, related_name="leave"
    )
    period = DateRangeField(_("from and until"))

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leave")
        constraints = [
            ExclusionConstraint(
                name="leave_does_not_overlap",
                expressions=[
                    ("helper", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False, period__lower_inf=False, period__upper_inf=False
                ),
                name="leave_has_a_first_and_a_last_day",
            ),
        ]

    class Privacy:
        personal = True
        fields = {"period": "keep"}
        purpose = "Plan nothing on days that a helper is away."
        basis = "AVG art. 6(1)(b): agreement with the volunteer"
        controller = "joint"
        arrangement = "Goes with the helper; no reason is kept."
        keep = timedelta(days=2 * 365)
        keep_from = "helper__left_on"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)
