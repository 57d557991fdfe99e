"""How fresh the social map was, day by day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DayCount(models.Model):
    """The state of all records on one day: counts, so that a direction can be seen."""

    day = models.DateField(_("day"), unique=True)
    # What somebody here must keep true, and of that: fresh, of which soon due, and past its day.
    kept = models.PositiveIntegerField(_("records kept here"))
    fresh = models.PositiveIntegerField(_("fresh"))
    due = models.PositiveIntegerField(_("due within two weeks"))
    stale = models.PositiveIntegerField(_("past their day"))
    without_owner = models.PositiveIntegerField(_("without an owner"))
    reports_open = models.PositiveIntegerField(_("reports open"))
    # None: no report was closed in the last quarter; no record is kept here.
    days_to_answer = models.FloatField(_("days to answer a report"), null=True, blank=True)
    completeness = models.FloatField(_("completeness"), null=True, blank=True)

    class Meta:
        verbose_name = _("count of a day")
        verbose_name_plural = _("counts of days")
        constraints = [
            models.CheckConstraint(
                condition=Q(kept=F("fresh") + F("stale")), name="day_count_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(due__lte=F("fresh")), name="day_count_due_is_still_fresh"
            ),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
