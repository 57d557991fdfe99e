"""Who is on duty and can own work, who is away, and whose each work list is."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from omzien.base.accounts.models import User


class OnDuty(models.Model):
    """Somebody who is here and can own work; open work points at this row, never at a user.

    Who is away or has left has no such row, so the database itself refuses to give them work.
    """

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        User, verbose_name=_("who"), on_delete=models.PROTECT, related_name="+"
    )
    # Always true; with `user` it points at (id, is_active) of the account: see the migration.
    may_log_in = models.BooleanField(_("may log in"), default=True, db_default=True)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("on duty")
        verbose_name_plural = _("on duty")
        constraints = [
            models.CheckConstraint(condition=Q(may_log_in=True), name="on_duty_may_log_in")
        ]

    class Privacy:
        personal = True
        purpose = "Give every piece of open work an owner who is here."
        basis = "AVG art. 6(1)(e): public task"
        controller = "municipality"
        arrangement = "The row goes by itself as soon as somebody is away or leaves."
        keep = timedelta(days=0)
        erase = "elsewhere"

    def __str__(self) -> str:
        return str(self.user)


class WorkList(models.Model):
    """Whose one kind of work is: new work goes to the owner, and the deputy takes over."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind of work"), max_length=80, unique=True)
    owner = models.ForeignKey(
        OnDuty, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="+"
    )
    # Empty only after the deputy took over, until a new one is named: the page asks for it.
    deputy = models.ForeignKey(
        OnDuty,
        verbose_name=_("deputy"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("work list")
        verbose_name_plural = _("work lists")
        constraints = [
            models.CheckConstraint(
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("owner")),
                name="work_list_deputy_is_somebody_else",
            )
        ]

    class Privacy:
        personal = False

    def __str__(self) -> str:
        return self.kind


class Absence(models.Model):
    """Days on which somebody is away, and who takes over their open work."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        User, verbose_name=_("who"), on_delete=models.CASCADE, related_name="+"
    )
    deputy = models.ForeignKey(
        User, verbose_name=_("taken over by"), on_delete=models.PROTECT, related_name="+"
    )
    period = DateRangeField(_("from and until"))
    started_at = models.DateTimeField(_("work moved on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("back on"), null=True, blank=True)

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            ExclusionConstraint(
                name="absence_does_not_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(
                    period__isempty=False, period__lower_inf=False, period__upper_inf=False
                ),
                name="absence_has_a_first_and_a_last_day",
            ),
            models.CheckConstraint(
                condition=~Q(deputy=F("user")), name="absence_deputy_is_somebody_else"
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(started_at__isnull=False, ended_at__isnull=True),
                name="absence_runs_once_at_a_time",
            ),
        ]

    class Privacy:
        personal = True
        fields = {"period": "keep"}
        purpose = "Let no work wait for somebody who is away; no reason is kept."
        basis = "AVG art. 6(1)(b): employment or agreement with a volunteer"
        controller = "municipality"
        arrangement = "Kept with the account."
        keep = timedelta(days=365)
        keep_from = "ended_at"
        erase = "delete"

    def __str__(self) -> str:
        return str(self.key)

    @property
    def running(self) -> bool:
        return self.started_at is not None and self.ended_at is None

    @property
    def last_day(self) -> date:
        """Return the last day itself: the database keeps the day after it."""
        last: date = self.period.upper - timedelta(days=1)
        return last
