"""Days on which things are closed: shared calendars, and who follows which."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from omzien.base.network.models import Organisation


class ClosedCalendar(models.Model):
    """A calendar of closed days that many share, such as the school holidays of a region."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    source = models.CharField(_("source"), max_length=300)
    position = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("calendar of closed days")
        verbose_name_plural = _("calendars of closed days")

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        return self.name_en if get_language() == "en" else self.name


class ClosedDays(models.Model):
    """Days in a row of one calendar, with their name."""

    calendar = models.ForeignKey(
        ClosedCalendar, verbose_name=_("calendar"), on_delete=models.CASCADE, related_name="days"
    )
    name = models.CharField(_("name"), max_length=120)
    period = DateRangeField(_("from and until"))

    class Meta:
        verbose_name = _("closed days")
        verbose_name_plural = _("closed days")
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "name", "period"], name="closed_days_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False, period__lower_inf=False, period__upper_inf=False
                ),
                name="closed_days_have_a_first_and_a_last",
            ),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return self.name


class Closing(models.Model):
    """An organisation is closed on the days of a calendar, or on days of its own."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+"
    )
    calendar = models.ForeignKey(
        ClosedCalendar,
        verbose_name=_("calendar"),
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
    )
    period = DateRangeField(_("own closed days"), null=True, blank=True)

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")
        constraints = [
            models.CheckConstraint(
                condition=Q(calendar__isnull=True, period__isnull=False)
                | Q(calendar__isnull=False, period__isnull=True),
                name="closing_is_a_calendar_or_own_days",
            ),
            models.UniqueConstraint(
                fields=["organisation", "calendar"],
                condition=Q(calendar__isnull=False),
                name="closing_follows_a_calendar_once",
            ),
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.calendar_id or self.period}"
