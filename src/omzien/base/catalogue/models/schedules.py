"""When an offer takes place: lines, changes to them, and the meetings that follow."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from omzien.base.catalogue.models.offers import Offer


class Frequency(models.TextChoices):
    ONCE = "once", _("once")
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")
    YEARLY = "yearly", _("every year")


class ScheduleLine(models.Model):
    """One line of a schedule, such as every second Tuesday from 10.00 to 12.00."""

    offer = models.ForeignKey(
        Offer, verbose_name=_("offer"), on_delete=models.CASCADE, related_name="schedule"
    )
    first_day = models.DateField(_("first day"))
    starts_at = models.TimeField(_("from"))
    minutes = models.PositiveSmallIntegerField(_("how long, in minutes"))
    frequency = models.CharField(_("how often"), max_length=7, choices=Frequency)
    interval = models.PositiveSmallIntegerField(_("every how many"), default=1)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    weeks_of_month = ArrayField(models.SmallIntegerField(), default=list, blank=True)
    month_days = ArrayField(models.SmallIntegerField(), default=list, blank=True)
    until = models.DateField(_("last day"), null=True, blank=True)
    count = models.PositiveSmallIntegerField(_("number of times"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("line of a schedule")
        verbose_name_plural = _("lines of a schedule")
        constraints = [
            models.CheckConstraint(
                condition=Q(frequency__in=Frequency.values), name="schedule_frequency_is_known"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 60 * 24 * 7)), name="schedule_lasts_a_while"
            ),
            models.CheckConstraint(
                condition=Q(interval__range=(1, 60)), name="schedule_interval_is_sensible"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(count__isnull=True),
                name="schedule_ends_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("first_day")),
                name="schedule_ends_after_it_began",
            ),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"{self.frequency} {self.starts_at:%H:%M}"


class ScheduleChange(models.Model):
    """A meeting that is cancelled, moved, or added to the schedule."""

    offer = models.ForeignKey(
        Offer, verbose_name=_("offer"), on_delete=models.CASCADE, related_name="changes"
    )
    # Which meeting: none of these where one is added; without a time all of that day.
    day = models.DateField(_("day"), null=True, blank=True)
    starts_at = models.TimeField(_("time"), null=True, blank=True)
    # Where it moved to: none of these where it is cancelled.
    new_day = models.DateField(_("new day"), null=True, blank=True)
    new_starts_at = models.TimeField(_("new time"), null=True, blank=True)
    new_minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    note = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("change of a schedule")
        verbose_name_plural = _("changes of a schedule")
        constraints = [
            models.CheckConstraint(
                condition=Q(day__isnull=False) | Q(new_day__isnull=False),
                name="schedule_change_says_what",
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=False) | Q(starts_at__isnull=True),
                name="schedule_change_time_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    new_day__isnull=True, new_starts_at__isnull=True, new_minutes__isnull=True
                )
                | Q(new_day__isnull=False, new_starts_at__isnull=False, new_minutes__isnull=False),
                name="schedule_change_moves_to_a_whole_moment",
            ),
            models.UniqueConstraint(
                fields=["offer", "day", "starts_at"],
                condition=Q(day__isnull=False),
                nulls_distinct=False,
                name="schedule_change_once_a_meeting",
            ),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"{self.day} → {self.new_day}"


class Meeting(models.Model):
    """One moment on which an offer takes place, computed ahead from its schedule."""

    offer = models.ForeignKey(
        Offer, verbose_name=_("offer"), on_delete=models.CASCADE, related_name="meetings"
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "starts_at"], name="meeting_once_at_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_lasts_a_while"
            ),
        ]
        indexes = [
            models.Index(
                fields=["starts_at", "offer"], include=["ends_at"], name="meeting_by_moment"
            )
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"{self.offer_id} {self.starts_at:%Y-%m-%d %H:%M}"
